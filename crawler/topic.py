"""What the crawl is about: a model of the topic from a handful of seeds, sharpened by what the crawl meets.

A text is a bag of grams weighted by log frequency and by rarity among the pages fetched so far. Its nearness is the
larger of the cosine to the nearest seed and that to the middle of all seeds. Where relevance begins is not given: it
is learnt from how near the seeds are to one another (each left out in turn) and how far the pages of the crawl lie.
Method: Rocchio 1971; leave-one-out and two-class threshold after Otsu 1979; the near-to-seed floor is our own.
"""

from __future__ import annotations

import io
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE, Grams
from crawler.tables import dense_of, shares, sparse

MAX_REVIEWED = 16  # pages confirmed by reviewers that stand beside the seeds: one megabyte each
MAX_SEEDS = 64  # texts that stand for the topic themselves; more go into the middle only
EARLY_PAGES = 20.0  # pages that the rarity of a gram is smoothed by: few pages say little about what is common
UNLIKE = 2.0  # power by which a text fades that is nearer to an unwanted text than to the topic
COPY_OF_SEED = 0.9  # cosine
SAMPLE = 300  # fetched pages kept to see how nearness is spread: the newest
SKETCH = 4096  # places of the set of grams by which copies are told
COPY_SHARE = 0.5  # of the places set in two pages that are set in both: a copy, if more
LONE = 0.5  # how near a lone seed is taken to be to its topic
ALONE = 0.15  # cosine under which a seed is not like any other: another language, another side of the topic
MIN_NEARNESS = 0.03  # cosine below which two texts share function words only
FIRST_SHARE = 0.55  # of the seeds' own nearness: the line before there is a sample
LEAST_SHARE, MOST_SHARE = 0.4, 0.95  # of the same: between these the line moves later
DEVIATIONS = 1.3  # the line lies so many deviations below the middle of the pages about the topic
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
    taught: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    lessons: int = 0
    sample: deque[Grams] = field(default_factory=lambda: deque(maxlen=SAMPLE))
    _sketches: deque[NDArray[np.uint64]] = field(default_factory=lambda: deque(maxlen=SAMPLE))
    _rows: NDArray[np.float32] | None = None
    _others: NDArray[np.float32] | None = None
    _rarity: Weights | None = None
    _made_at: int = -1
    _line: float = 0.1
    _middle: float = 0.2

    def add_seed(self, grams: Grams) -> None:
        """Take a text as one that the crawl looks for."""
        self._add(self.seeds, grams)

    def add_reviewed(self, grams: Grams) -> None:
        """Take the text of a page on which a reviewer confirmed a flag: one more that stands for the topic."""
        if len(self.reviewed) < MAX_REVIEWED:
            self._add(self.reviewed, grams)

    def add_against(self, grams: Grams) -> None:
        """Take a text as one that the crawl does not look for."""
        self._add(self.against, grams)

    def _add(self, kept: list[Grams], grams: Grams) -> None:
        """Add a text once: a nightly run names the same ones again."""
        is_there = any(np.array_equal(one.ids, grams.ids) and np.array_equal(one.counts, grams.counts) for one in kept)
        if len(grams.ids) and not is_there and len(kept) < MAX_SEEDS:
            kept.append(grams)
            self._made_at = -1

    def relevance(self, grams: Grams) -> float:
        """How surely a text belongs to the topic, 0 to 1; 0.5 is the line. There must be a seed."""
        if not len(grams.ids):
            return 0.0
        near = self.nearness(grams)
        return 1.0 / (1.0 + math.exp(-9.0 * math.log(max(near, 1e-4) / self._line)))

    def nearness(self, grams: Grams) -> float:
        """Cosine to the topic, 0 to 1."""
        self._prepare()
        assert self._rows is not None
        assert self._rarity is not None
        return self._nearness(grams)

    def _nearness(self, grams: Grams) -> float:
        assert self._rows is not None
        assert self._rarity is not None
        weights = np.log1p(grams.counts) * self._rarity[grams.ids]
        length = float(np.sqrt(weights @ weights))
        if not length:
            return 0.0
        near = float(np.max(self._rows[:, grams.ids] @ weights) / length)
        if self._others is None:
            return near
        other = float(np.max(self._others[:, grams.ids] @ weights) / length)
        return near * (near / other) ** UNLIKE if other > near else near

    def anchor_nearness(self, anchors: Sequence[bytes]) -> NDArray[np.float64]:
        """How much of the weight of each anchor the topic shares, 0 to 1. An anchor: ids of 32 bits, as bytes."""
        if not anchors:
            return np.zeros(len(anchors))
        self._prepare()
        assert self._rarity is not None
        return shares(self._rarity, self._peak, anchors)

    def meet(self, grams: Grams) -> None:
        """Count a fetched page: what is common on the way gets lighter; a page that is surely of the topic teaches."""
        if not len(grams.ids):
            return
        near = self.nearness(grams) if self.seeds or self.reviewed else 0.0
        self.pages += 1
        self.spread[grams.ids] += 1.0
        if near > COPY_OF_SEED or (near > self._line and self._is_copy(grams)):
            return  # a seed, or a copy of a page that was met, teaches nothing about how others lie
        self.sample.append(grams)
        if near > self._middle and self.lessons < LESSONS:
            weights = np.log1p(grams.counts)
            self.taught[grams.ids] += weights / max(1.0, float(np.sqrt(weights @ weights)))
            self.lessons += 1

    def _is_copy(self, grams: Grams) -> bool:
        """Whether a page on the topic shares most grams with one of the last; otherwise it is one to compare with.

        Farms print one text a hundred times: it would draw the line so high that only its copies lie above.
        """
        bits = np.zeros(SKETCH, bool)
        bits[grams.ids % SKETCH] = True
        mine = np.packbits(bits).view(np.uint64)
        if self._sketches:
            others = np.stack(self._sketches)
            shared = np.bitwise_count(others & mine).sum(axis=1, dtype=np.int64)
            every = np.bitwise_count(others | mine).sum(axis=1, dtype=np.int64)
            if float((shared / np.maximum(every, 1)).max()) > COPY_SHARE:
                return True
        self._sketches.append(mine)
        return False

    @property
    def line(self) -> float:
        """The cosine at which relevance is 0.5."""
        self._prepare()
        return self._line

    _peak: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))

    def _prepare(self) -> None:
        """Weigh the seeds anew now and then: often at first, when each page changes what is rare."""
        if self._made_at >= 0 and self.pages < self._made_at + max(5, self._made_at // 10):
            return
        self._made_at = self.pages
        self._rarity = np.log((self.pages + EARLY_PAGES + 1) / (self.spread + 1.0)).clip(0.0).astype(np.float32)
        examples = [*self.seeds, *self.reviewed]
        rows = self._unit_rows(examples, 1)
        middle = rows[:-1].sum(axis=0) + self._lesson()
        rows[-1] = middle / max(1e-6, float(np.sqrt(middle @ middle)))
        self._rows = rows
        self._others = self._unit_rows(self.against) if self.against else None
        present = np.zeros(SIZE, np.float32)
        for grams in examples:
            present[grams.ids] += 1.0
        self._peak = np.maximum(present / max(1.0, len(examples) / 2), np.minimum(1.0, rows[-1] * 25))
        self._draw_line()

    def _unit_rows(self, texts: list[Grams], more: int = 0) -> NDArray[np.float32]:
        """A row of length 1 for each text, and so many empty ones."""
        assert self._rarity is not None
        rows = np.zeros((len(texts) + more, SIZE), np.float32)
        for row, grams in zip(rows, texts, strict=False):
            row[grams.ids] = np.log1p(grams.counts) * self._rarity[grams.ids]
        rows /= np.maximum(np.sqrt((rows * rows).sum(axis=1, keepdims=True)), 1e-6)
        return rows

    def _lesson(self) -> Weights:
        if not self.lessons:
            return np.zeros(SIZE, np.float32)
        assert self._rarity is not None
        lesson = self.taught * self._rarity
        return lesson * (len(self.seeds) / max(1e-6, float(np.sqrt(lesson @ lesson))))

    def _draw_line(self) -> None:
        """Where relevance begins: a little below the middle of the pages that are as near as seeds are.

        Pages of neighbouring topics lie below, so the spread is taken from the upper half alone.
        """
        own = self._own_nearness()
        self._middle, self._line = own, max(MIN_NEARNESS, FIRST_SHARE * own)
        near = np.array([self._nearness(grams) for grams in self.sample])
        for _ in range(3):
            above = near[near > max(MIN_NEARNESS, LEAST_SHARE * own, self._line)]
            if len(above) < 12:
                return
            middle = float(np.median(above))
            upper = above[above >= middle] - middle
            spread = float(np.sqrt(np.mean(upper * upper)))
            self._middle = middle
            self._line = max(MIN_NEARNESS, LEAST_SHARE * own, min(MOST_SHARE * middle, middle - DEVIATIONS * spread))

    def _own_nearness(self) -> float:
        """How near a seed is to the topic without it, on the median; a lone seed is taken to be half as near."""
        assert self._rows is not None
        rows = self._rows[:-1]
        if len(rows) < 2:
            return LONE
        whole = rows.sum(axis=0) + self._lesson()
        rest = [whole - row for row in rows]
        values = [
            float(row @ other) / max(1e-6, float(np.sqrt(other @ other))) for row, other in zip(rows, rest, strict=True)
        ]
        return max(2 * MIN_NEARNESS, float(np.median([value if value > ALONE else LONE for value in values])))

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
            pages=np.array([self.pages, self.lessons], np.int64),
            spread=sparse(self.spread),
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
            return cls(
                seeds=texts[:wanted], against=texts[wanted:], pages=pages, lessons=lessons,
                spread=dense_of(kept["spread"]), taught=dense_of(kept["taught"]),
            )  # fmt: skip
