"""What the crawl is about: a model of the topic from a handful of seeds, sharpened by what the crawl meets.

A text is a bag of grams weighted by log frequency and by rarity among the pages fetched so far; its nearness is the
cosine to the middle of the seeds and of the pages that were surely like them. Where relevance begins is not given: the
logarithms of nearness of the pages met lie in two heaps, and the line is where a page is as likely of the one as of the
other. Method: Rocchio 1971; mixture of two normal distributions, fitted by expectation and maximisation with the seeds
(each left out in turn) as prior (Dempster et al. 1977; Nigam et al. 2000 for a few texts with labels and many without).
"""

from __future__ import annotations

import io
import math
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE, Grams
from crawler.mixture import Line, drawn
from crawler.printed import Printed
from crawler.sketches import Sketches
from crawler.tables import dense_of, segment_sums, segments, sparse

MAX_REVIEWED = 16  # pages confirmed by reviewers that stand beside the seeds: one megabyte each
MAX_SEEDS = 64  # texts that stand for the topic
EARLY_PAGES = 20.0  # pages that the rarity of a gram is smoothed by: few pages say little about what is common
LEAST_RARITY = 0.02  # a gram on every page still weighs a little
UNLIKE = 3.0  # power by which a text fades that is nearer to an unwanted text than to the topic
SAMPLE = 300  # fetched pages kept to see how nearness is spread: the newest of the topic, and the newest others
LEAST_GRAMS = 60.0  # of a page that is sampled: lists and shells say nothing of how texts lie
USUAL_GRAMS, FEWEST_GRAMS = 300.0, 30.0  # of a text whose cosine stands as it is; and those it is raised for at most
SHORTNESS = 0.35  # power of length that a cosine rises with; 0.25 to 0.5 in pieces of real pages, Chinese and English
OWN_HALVES, LONE_FIRMNESS = 0.4, 0.7  # of the nearness of its halves is that of a lone seed to its topic; how sure
LONE = 0.1  # the same of a text that says no gram twice
HIGHEST = 0.8  # of the nearness of the examples to each other can the line be: they belong to the topic themselves
AGAIN = 3  # times that the line is drawn anew, the topic lying where the fit before found it
CLOSER = 1.3  # times as near to each other as one alone says examples count at most; 1 to 1.3 did well, 2 is no limit
BEST, LEAST_BEST = 0.8, 3  # quantile of the pages met: a lone seed's topic is not farther than these, if so many are
LEAST_NEARNESS = 0.01  # cosine below which two texts share nothing
RELEVANT = 0.5  # relevance from which a page counts as one that was looked for
SURE = 0.9  # relevance from which a page teaches
FIRST, FEW = 3.0, 0.1  # pages of either kind, and pages with a gram, that are taken as met before any was
MOST_LIFT = 4.0  # logarithm; no gram alone decides
ANCHOR_LINE, ANCHOR_SLOPE = 1.5, 0.8  # what an anchor must say to be as likely as not on the topic; most are not
SITE_LESSONS = 10  # pages of one site on the topic that teach or are sampled: what a site prints on each is no topic
LESSONS = 200  # pages that teach the model at most; then it stays, so that it cannot drift on
Weights = NDArray[np.float32]


@dataclass(slots=True)
class TopicModel:
    """Mutable: it counts the pages it meets. ``seeds`` are grams of the texts that stand for the topic."""

    seeds: list[Grams] = field(default_factory=list)
    against: list[Grams] = field(default_factory=list)
    reviewed: list[Grams] = field(default_factory=list)  # of pages that reviewers confirmed; read anew for each run
    pages: int = 0
    spread: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    heard: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))  # as spread, each page by its relevance
    told: float = 0.0  # pages, each by its relevance
    taught: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    lessons: int = 0
    sample: deque[Grams] = field(default_factory=lambda: deque(maxlen=SAMPLE // 2))
    likely: deque[tuple[Grams, bool]] = field(
        default_factory=lambda: deque(maxlen=SAMPLE // 2)
    )  # and whether it taught
    # What was judged to be of the topic is sampled apart: when no more of it is found, the line must not sink.
    sites: Counter[str] = field(default_factory=Counter)  # pages on the topic in this run, by registered domain
    homes: list[str] = field(default_factory=list)  # the registered domain of each seed, or ""
    _printed: Printed = field(default_factory=Printed)
    _sketches: Sketches = field(default_factory=Sketches)
    _rarity: Weights = field(default_factory=lambda: np.ones(SIZE, np.float32))
    _rows: NDArray[np.float32] = field(default_factory=lambda: np.zeros((1, SIZE), np.float32))
    # The examples and, last, the middle of them and of what was taught; each of length 1.
    _others: NDArray[np.float32] | None = None
    _lift: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    _line: Line = field(default_factory=lambda: drawn(np.empty(0), LONE))
    _made_at: int = -1

    def add_seed(self, grams: Grams, site: str = "") -> None:
        """Take a text as one that the crawl looks for. ``site``: its registered domain, if it has one."""
        if self._add(self.seeds, grams, MAX_SEEDS, site):
            self.homes.append(site)

    def add_reviewed(self, grams: Grams) -> None:
        """Take the text of a page on which a reviewer confirmed a flag: one more that stands for the topic."""
        self._add(self.reviewed, grams, MAX_REVIEWED)

    def add_against(self, grams: Grams) -> None:
        """Take a text as one that the crawl does not look for."""
        self._add(self.against, grams, MAX_SEEDS)

    def _add(self, kept: list[Grams], grams: Grams, most: int, site: str = "") -> bool:
        """Add a text once: a nightly run names the same ones again. Whether it was added."""
        is_there = any(np.array_equal(one.ids, grams.ids) and np.array_equal(one.counts, grams.counts) for one in kept)
        if not len(grams.ids) or is_there or len(kept) >= most:
            return False
        kept.append(grams)
        self._made_at = -1
        if kept is not self.against:
            self._sketches.add(grams)
            self._printed.vouch(grams, site)
        return True

    def relevance(self, grams: Grams) -> float:
        """How surely a text belongs to the topic, 0 to 1; 0.5 is the line. There must be a seed."""
        return self._line_now().belonging(self.nearness(grams)) if len(grams.ids) else 0.0

    def nearness(self, grams: Grams) -> float:
        """Cosine to the topic, as if the text were of usual length; 0 if it shares nothing, seldom above 1."""
        self._prepare()
        weights = np.log1p(grams.counts) * self._rarity[grams.ids]
        length = float(np.sqrt(weights @ weights))
        if not length:
            return 0.0
        length *= _shortness(len(grams.ids))
        near = float(np.max(_products(weights, self._rows, grams))) / length
        if self._others is None:
            return near
        other = float(np.max(_products(weights, self._others, grams))) / length
        return near * (near / other) ** UNLIKE if other > near else near

    def anchor_nearness(self, anchors: Sequence[bytes]) -> NDArray[np.float64]:
        """How sure each anchor makes it that a page is of the topic, 0 to 1. An anchor: ids of 32 bits, as bytes.

        The sum of what its grams say, each by how much oftener it was met on the topic than elsewhere (naive Bayes; the
        root tempers that grams are not independent).
        """
        if not anchors:
            return np.zeros(len(anchors))
        self._prepare()
        ids = np.frombuffer(b"".join(anchors), np.uint32)
        starts, ends = segments(anchors)
        said = segment_sums(self._lift[ids], starts, ends) / np.sqrt(np.maximum(ends - starts, 1))
        sure: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-ANCHOR_SLOPE * (said - ANCHOR_LINE).clip(-30.0, 30.0)))
        return sure

    def meet(self, grams: Grams, site: str = "") -> float:
        """Count a fetched page: what is common on the way gets lighter; a page that is surely of the topic teaches.

        Returns its relevance by what was known before; 0 without a seed. ``site``: its registered domain.
        """
        if not len(grams.ids):
            return 0.0
        relevance = self.relevance(grams) if self.seeds or self.reviewed else 0.0
        self._count(grams, relevance)
        self._printed.meet(grams, site)
        if relevance <= RELEVANT or self._sketches.add(grams):
            self._learn(grams, relevance, site)
        return relevance

    def _count(self, grams: Grams, relevance: float) -> None:
        self.pages += 1
        self.spread[grams.ids] += 1.0
        self.heard[grams.ids] += relevance
        self.told += relevance

    def _learn(self, grams: Grams, relevance: float, site: str) -> None:
        """Take a page for an example of how texts lie, and one that is surely of the topic for a lesson.

        A copy of a page on the topic is neither, nor is one of a site that has taught enough: farms print one text a
        hundred times, and it would draw the line so high that only its copies lie above.
        """
        if relevance > RELEVANT and site:
            self.sites[site] += 1
            if self.sites[site] > SITE_LESSONS:
                return
        teaches = relevance > SURE and self.lessons < LESSONS
        if teaches:
            logs = np.log1p(grams.counts)
            self.taught[grams.ids] += logs / max(1.0, float(np.sqrt(logs @ logs)))
            self.lessons += 1
        if float(grams.counts.sum()) < LEAST_GRAMS:
            return
        if relevance > RELEVANT:
            self.likely.append((grams, teaches))
        else:
            self.sample.append(grams)

    @property
    def line(self) -> float:
        """The cosine at which relevance is 0.5."""
        return self._line_now().at

    def _line_now(self) -> Line:
        self._prepare()
        return self._line

    def _prepare(self) -> None:
        """Weigh the seeds anew now and then: often at first, when each page changes what is rare."""
        if self._made_at >= 0 and self.pages < self._made_at + max(5, self._made_at // 10):
            return
        self._made_at = self.pages
        rarity = np.log((self.pages + EARLY_PAGES + 1) / (self.spread + 1.0))
        whole = rarity.clip(LEAST_RARITY).astype(np.float32)
        self._rarity = whole * self._printed.shared()
        examples = [*self.seeds, *self.reviewed]
        rows = self._unit_rows(examples, 1)
        lesson, factor = self._lesson(len(examples), whole)
        middle = _summed(rows, examples, lesson)
        length = float(np.sqrt(middle @ middle))
        rows[-1] = middle / max(1e-6, length)
        self._rows = rows
        self._others = self._unwanted() if self.against else None
        self._lift = self._lifts(examples)
        sampled = self._sampled(factor, length)
        own, firm = self._own(examples, length, sampled)
        line = drawn(sampled, own, firm)
        for _ in range(AGAIN):
            line = drawn(sampled, max(own, line.middle), firm)
        self._line = replace(line, at=min(line.at, HIGHEST * own)) if len(examples) > 1 else line

    def _lifts(self, examples: Sequence[Grams]) -> Weights:
        """For each gram the logarithm of how much oftener it is met on the topic than elsewhere; 0 if never met."""
        heard = self.heard.copy()
        for grams in examples:
            heard[grams.ids] += 1.0
        told = self.told + len(examples)
        others = np.maximum(self.spread - self.heard, 0.0)
        lift = np.log((heard + FEW) / (told + FIRST)) - np.log((others + FEW) / (self.pages - self.told + FIRST))
        met = heard + others
        lifts: Weights = (lift.clip(-MOST_LIFT, MOST_LIFT) * met / (met + 1.0)).astype(np.float32)
        return lifts

    def _own(self, examples: Sequence[Grams], length: float, sampled: NDArray[np.float64]) -> tuple[float, float]:
        """How near an example is to the topic without it, on the median, and how sure that is, 0 to 1.

        Examples that are nearer to each other than one alone tells of its topic (copies, pages of one site) say nothing
        of how near other pages will be.
        """
        alone = self._own_of_one(examples, sampled)
        if len(examples) <= 1:
            return alone, LONE_FIRMNESS
        near = [
            _without(float(row[grams.ids] @ self._rows[-1][grams.ids]), 1.0, length) / _shortness(len(grams.ids))
            for row, grams in zip(self._rows, examples, strict=False)
        ]
        return max(LEAST_NEARNESS, min(CLOSER * alone, float(np.median(near)))), min(1.0, len(near) / 3)

    def _own_of_one(self, examples: Sequence[Grams], sampled: NDArray[np.float64]) -> float:
        """How near the topic is to one example, by what its halves have in common and by the nearest pages met."""
        halves = [_nearness_of_halves(grams, self._rarity[grams.ids]) for grams in examples]
        few = max(LEAST_BEST, round((1 - BEST) * len(sampled)))
        best = float(np.sort(sampled)[-few]) if len(sampled) >= few else 0.0
        return max(OWN_HALVES * max(halves, default=0.0) or LONE, best)

    def _unit_rows(self, texts: list[Grams], more: int = 0) -> NDArray[np.float32]:
        """A row of length 1 for each text, and so many empty ones; what they say of one gram lies side by side."""
        rows: NDArray[np.float32] = np.zeros((SIZE, len(texts) + more), np.float32).T
        for row, grams in zip(rows, texts, strict=False):
            weights = np.log1p(grams.counts) * self._rarity[grams.ids]
            row[grams.ids] = weights / max(1e-6, float(np.sqrt(weights @ weights)))
        return rows

    def _unwanted(self) -> NDArray[np.float32]:
        rows = self._unit_rows(self.against, 1)
        middle = _summed(rows, self.against, np.zeros(SIZE, np.float32))
        rows[-1] = middle / max(1e-6, float(np.sqrt(middle @ middle)))
        return rows

    def _lesson(self, count: int, whole: Weights) -> tuple[Weights, float]:
        """What pages taught, weighing as much as ``count`` seeds, and the factor that brought it there.

        It weighs less by what one site prints: were the rest of it raised, words of no topic would become the topic.
        ``whole``: the weights of grams as if all were shared.
        """
        lesson = self.taught * whole
        factor = count / max(1e-6, float(np.sqrt(lesson @ lesson))) if self.lessons else 0.0
        return self.taught * self._rarity * np.float32(factor), factor

    def _sampled(self, factor: float, length: float) -> NDArray[np.float64]:
        """Nearness of the pages of the sample, each to the topic without what it taught itself."""
        found: list[float] = []
        for grams, teaches in (*((one, False) for one in self.sample), *self.likely):
            logs = np.log1p(grams.counts)
            weights = logs * self._rarity[grams.ids]
            norm = max(1e-6, float(np.sqrt(weights @ weights)))
            *others, near = (_products(weights, self._rows, grams) / norm).tolist()
            part = factor * norm / max(1.0, float(np.sqrt(logs @ logs))) if teaches else 0.0
            found.append(max([_without(near, part, length), *others]) / _shortness(len(grams.ids)))
        return np.array(found)

    def to_bytes(self) -> bytes:
        """The model for the database."""
        out = io.BytesIO()
        texts = [*self.seeds, *self.against]
        np.savez(
            out,
            lengths=np.array([len(grams.ids) for grams in texts], np.int64),
            ids=np.concatenate([np.empty(0, np.uint32), *(grams.ids for grams in texts)]),
            counts=np.concatenate([np.empty(0, np.float32), *(grams.counts for grams in texts)]),
            wanted=np.array([len(self.seeds)], np.int64),
            homes=np.array(self.homes, np.str_),
            pages=np.array([self.pages, self.lessons], np.int64),
            spread=sparse(self.spread),
            heard=sparse(self.heard),
            told=np.array([self.told]),
            taught=sparse(self.taught),
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> TopicModel:
        """The model that :meth:`to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            ends = np.cumsum(kept["lengths"])
            starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
            texts = [
                Grams(kept["ids"][a:b].astype(np.uint32), kept["counts"][a:b].astype(np.float32))
                for a, b in zip(starts, ends, strict=True)
            ]
            pages, lessons = (int(value) for value in kept["pages"])
            wanted = int(kept["wanted"][0]) if "wanted" in kept else len(texts)
            made = cls(
                seeds=texts[:wanted], against=texts[wanted:], pages=pages, lessons=lessons,
                spread=dense_of(kept["spread"]), taught=dense_of(kept["taught"]),
                heard=dense_of(kept["heard"]), told=float(kept["told"][0]),
                homes=[str(name) for name in kept["homes"]] if "homes" in kept else [""] * wanted,
            )  # fmt: skip
        for grams, home in zip(made.seeds, made.homes, strict=True):
            made._printed.vouch(grams, home)
        return made


def _products(weights: Weights, rows: Weights, grams: Grams) -> Weights:
    """The scalar product of a text's weights with each row; ``rows`` as :meth:`TopicModel._unit_rows` lays them."""
    products: Weights = weights @ np.take(rows.T, grams.ids, axis=0)
    return products


def _summed(rows: Weights, texts: Sequence[Grams], first: Weights) -> Weights:
    """The sum of ``first`` and of the rows of texts; a row is looked at where its text has grams."""
    total: Weights = first.copy()
    for row, grams in zip(rows, texts, strict=False):
        total[grams.ids] += row[grams.ids]
    return total


def _shortness(count: float) -> float:
    """What the cosine of a text of ``count`` grams is to be divided by: it is the less the shorter the text is."""
    return float((max(FEWEST_GRAMS, count) / USUAL_GRAMS) ** SHORTNESS)


def _nearness_of_halves(grams: Grams, rarity: Weights) -> float:
    """The expected nearness of two halves of a text to each other, each gram going to either by chance."""
    squares = (np.log1p(grams.counts / 2) * rarity) ** 2
    in_one = 1.0 - 0.5**grams.counts
    in_both = 1.0 - 0.5 ** (grams.counts - 1.0)
    cosine = float(squares @ in_both) / max(1e-9, float(squares @ in_one))
    return cosine / _shortness(float(in_one.sum()))


def _without(near: float, part: float, length: float) -> float:
    """The cosine to a sum of some length without one's own part of it; ``near``: the cosine to the whole."""
    rest = math.sqrt(max(1e-9, length * length - 2 * part * near * length + part * part))
    return (near * length - part) / rest
