"""What the crawl is about: a model of the topic from a handful of seeds, sharpened by what the crawl meets.

A text is a bag of grams weighted by log frequency and by rarity among the pages fetched so far. Its nearness is the
larger of the cosine to the nearest seed and that to the middle of all seeds. Where relevance begins is not given: it
is learnt from how near the seeds are to one another (each left out in turn) and how far the pages of the crawl lie.
Method: Rocchio 1971; leave-one-out and two-class threshold after Otsu 1979; the near-to-seed floor is our own.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE, Grams

MAX_SEEDS = 64  # texts that stand for the topic themselves; more go into the middle only
EARLY_PAGES = 20.0  # pages that the rarity of a gram is smoothed by: few pages say little about what is common
BINS = 100  # of the histogram of nearness
MIN_NEARNESS = 0.03  # cosine below which two texts share function words only
SHARE_OF_SEEDS = 0.45  # the line never lies above this share of the seeds' own nearness
FLOOR_OF_SEEDS = 0.12  # nor below this one
SURE = 1.35  # times the line: a page so near teaches the model
LESSONS = 200  # pages that teach the model at most; then it stays, so that it cannot drift on
Weights = NDArray[np.float32]


@dataclass(slots=True)
class TopicModel:
    """Mutable: it counts the pages it meets. ``seeds`` are grams of the texts that stand for the topic."""

    seeds: list[Grams] = field(default_factory=list)
    against: list[Grams] = field(default_factory=list)
    pages: int = 0
    spread: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    taught: Weights = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    lessons: int = 0
    histogram: NDArray[np.float64] = field(default_factory=lambda: np.zeros(BINS, np.float64))
    _rows: NDArray[np.float32] | None = None
    _rarity: Weights | None = None
    _made_at: int = -1
    _line: float = 0.1

    def add_seed(self, grams: Grams) -> None:
        """Take a text as one that the crawl looks for."""
        if len(grams.ids) and len(self.seeds) < MAX_SEEDS:
            self.seeds.append(grams)
            self._made_at = -1

    def add_against(self, grams: Grams) -> None:
        """Take a text as one that the crawl does not look for."""
        if len(grams.ids) and len(self.against) < MAX_SEEDS:
            self.against.append(grams)
            self._made_at = -1

    def relevance(self, grams: Grams) -> float:
        """How surely a text belongs to the topic, 0 to 1; 0.5 is the line. Without seeds every text does."""
        if not self.seeds:
            return 1.0
        if not len(grams.ids):
            return 0.0
        near = self.nearness(grams)
        return 1.0 / (1.0 + math.exp(-9.0 * math.log(max(near, 1e-4) / self._line)))

    def nearness(self, grams: Grams) -> float:
        """Cosine to the topic, 0 to 1."""
        self._prepare()
        assert self._rows is not None
        assert self._rarity is not None
        weights = np.log1p(grams.counts) * self._rarity[grams.ids]
        length = float(np.sqrt(weights @ weights))
        if not length:
            return 0.0
        return float(np.max(self._rows[:, grams.ids] @ weights) / length)

    def anchor_nearness(self, ids: NDArray[np.uint32]) -> float:
        """How much of an anchor's weight the topic shares, 0 to 1."""
        if not self.seeds or not len(ids):
            return 0.0
        self._prepare()
        assert self._rarity is not None
        weights = self._rarity[ids]
        total = float(weights.sum())
        known = np.minimum(self._peak[ids], 1.0)
        return float(weights @ known) / total if total else 0.0

    def meet(self, grams: Grams, *, near: float | None = None) -> None:
        """Count a fetched page: what is common on the way gets lighter; a page that is surely of the topic teaches."""
        if not len(grams.ids):
            return
        near = self.nearness(grams) if near is None and self.seeds else (near or 0.0)
        self.pages += 1
        self.spread[grams.ids] += 1.0
        self.histogram[min(BINS - 1, int(near * BINS))] += 1
        if near > SURE * self._line and self.lessons < LESSONS:
            weights = np.log1p(grams.counts)
            self.taught[grams.ids] += weights / max(1.0, float(np.sqrt(weights @ weights)))
            self.lessons += 1

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
        rows = np.zeros((len(self.seeds) + 1, SIZE), np.float32)
        for row, grams in zip(rows, self.seeds, strict=False):
            row[grams.ids] = np.log1p(grams.counts) * self._rarity[grams.ids]
            row /= max(1e-6, float(np.sqrt(row @ row)))
        middle = rows[:-1].sum(axis=0) + self._lesson()
        rows[-1] = middle / max(1e-6, float(np.sqrt(middle @ middle)))
        self._rows = rows
        present = np.zeros(SIZE, np.float32)
        for grams in self.seeds:
            present[grams.ids] += 1.0
        self._peak = np.maximum(present / max(1.0, len(self.seeds) / 2), np.minimum(1.0, rows[-1] * 25))
        self._line = self._drawn_line()

    def _lesson(self) -> Weights:
        if not self.lessons:
            return np.zeros(SIZE, np.float32)
        assert self._rarity is not None
        lesson = self.taught * self._rarity
        return lesson * (len(self.seeds) / max(1e-6, float(np.sqrt(lesson @ lesson))))

    def _drawn_line(self) -> float:
        own = self._own_nearness()
        low, high = FLOOR_OF_SEEDS * own, SHARE_OF_SEEDS * own
        between = _valley(self.histogram) if self.pages >= 30 else (low + high) / 2
        return max(MIN_NEARNESS, min(high, max(low, between)))

    def _own_nearness(self) -> float:
        """How near a seed is to the others, on average; a lone seed is compared with its own halves."""
        assert self._rows is not None
        rows = self._rows[:-1]
        if len(rows) < 2:
            return 0.5
        total = rows.sum(axis=0)
        values = []
        for row in rows:
            rest = total - row
            values.append(float(row @ rest) / max(1e-6, float(np.sqrt(rest @ rest))))
        return max(2 * MIN_NEARNESS, float(np.median(values)))

    def to_bytes(self) -> bytes:
        """The model for the database."""
        out = io.BytesIO()
        lengths = [len(grams.ids) for grams in self.seeds]
        np.savez_compressed(
            out,
            lengths=np.array(lengths, np.int64),
            ids=np.concatenate([grams.ids for grams in self.seeds]) if lengths else np.empty(0, np.uint32),
            counts=np.concatenate([grams.counts for grams in self.seeds]) if lengths else np.empty(0, np.float32),
            pages=np.array([self.pages, self.lessons], np.int64),
            spread=self.spread,
            taught=self.taught,
            histogram=self.histogram,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> TopicModel:
        """The model that :meth:`to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            ends = np.cumsum(kept["lengths"])
            starts = np.concatenate([[0], ends[:-1]]) if len(ends) else ends
            seeds = [
                Grams(kept["ids"][a:b].astype(np.uint32), kept["counts"][a:b].astype(np.float32))
                for a, b in zip(starts, ends, strict=True)
            ]
            pages, lessons = (int(value) for value in kept["pages"])
            return cls(
                seeds=seeds, pages=pages, lessons=lessons, spread=kept["spread"], taught=kept["taught"],
                histogram=kept["histogram"],
            )  # fmt: skip


def _valley(histogram: NDArray[np.float64]) -> float:
    """The value that parts a histogram over 0..1 into two classes of least variance (Otsu 1979)."""
    places = (np.arange(BINS) + 0.5) / BINS
    weight = np.cumsum(histogram)
    mass = np.cumsum(histogram * places)
    total, whole = weight[-1], mass[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (whole * weight / total - mass) ** 2 / (weight * (total - weight))
    between[~np.isfinite(between)] = 0.0
    return float(places[int(np.argmax(between))])
