"""What a link promises before it is followed: an online logistic model over its anchor, its path and where it stands.

It begins as a fixed mix of how relevant the page is that names it and how near its anchor is to the topic, and moves
over to what the crawl itself has learnt as pages come in. Source: Rennie and McCallum 1999, Chakrabarti et al. 2002
(the apprentice); what is learnt of single blocks, hosts and channels shrinks to nothing where little is known, as
effects of groups do in mixed models; AdaGrad steps after Duchi et al. 2011.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE
from crawler.tables import dense_of, segment_sums, segments, sparse

PARENT_SHARE = 0.35  # of the first guess; the rest is the anchor (swept on the simulated webs of the tests)
TRUST_AFTER = 120.0  # pages after which guess and model weigh the same
STEP = 0.25  # first AdaGrad step
ZONES = ("main", "navigation", "link_farm", "comment", "footer")
_ZONE_NUMBERS = {zone: number for number, zone in enumerate(ZONES)}
FIRST_SQUARE = 1e-2  # what AdaGrad begins with, so that the first lesson is no leap
SCALE = 1000.0  # dense values are kept as whole thousandths beside the ids
PLACES = 3  # ids of where a link stands and leads: the block that names it, the host and the channel it leads to
_DENSE = 4  # numbers at the head of a feature blob: parent, anchor, zone, kin
_HEAD = _DENSE + PLACES
Ids = NDArray[np.uint32]
Numbers = NDArray[np.float64]


def zone_number(zone: str) -> int:
    """The place of a zone among ``ZONES``; an unknown one is text."""
    return _ZONE_NUMBERS.get(zone, 0)


@dataclass(frozen=True, slots=True)
class Features:
    """A link: relevance of the page that names it, nearness of its anchor (both 0 to 1), zone, kin, ids.

    ``kin``: 0 another site, 1 another host of the site, 2 the same host, 3 the same channel. ``places`` are ids of the
    block that names it, of the host and of the channel: what links there led to counts for the next, whatever is
    written on it.
    """

    parent: float
    anchor: float
    zone: str
    kin: int
    ids: Ids
    places: Ids = field(default_factory=lambda: np.zeros(PLACES, np.uint32))

    def to_bytes(self) -> bytes:
        """For the database."""
        numbers = [round(self.parent * SCALE), round(self.anchor * SCALE), zone_number(self.zone), self.kin]
        head = np.array(numbers, np.uint32)
        return head.tobytes() + self.places.tobytes() + self.ids.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Features:
        """What :meth:`to_bytes` wrote."""
        numbers = np.frombuffer(data, np.uint32)
        parent, anchor, zone, kin = (int(number) for number in numbers[:_DENSE])
        return cls(
            parent / SCALE, anchor / SCALE, ZONES[zone % len(ZONES)], kin, numbers[_HEAD:], numbers[_DENSE:_HEAD]
        )


@dataclass(frozen=True, slots=True)
class Promises:
    """Many links as columns: what :class:`Features` holds of one. Link n has the ``ids`` from its start to its end."""

    parents: Numbers
    anchors: Numbers
    zones: NDArray[np.int64]
    kin: NDArray[np.int64]
    ids: Ids
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    places: NDArray[np.uint32]  # a row of PLACES a link

    @classmethod
    def from_bytes(cls, blobs: Sequence[bytes]) -> Promises:
        """The columns of what :meth:`to_bytes` wrote, one by one."""
        numbers = np.frombuffer(b"".join(blobs), np.uint32)
        starts, ends = segments(blobs)
        heads = numbers[starts[:, None] + np.arange(_DENSE)].astype(np.int64)
        return cls(
            heads[:, 0] / SCALE, heads[:, 1] / SCALE, heads[:, 2] % len(ZONES), heads[:, 3], numbers,
            starts + _HEAD, ends, numbers[starts[:, None] + np.arange(_DENSE, _HEAD)],
        )  # fmt: skip

    def to_bytes(self, chosen: Sequence[int]) -> list[bytes]:
        """The links at some places for the database."""
        parents, anchors = np.rint(self.parents[chosen] * SCALE), np.rint(self.anchors[chosen] * SCALE)
        dense = np.stack([parents, anchors, self.zones[chosen], self.kin[chosen]], axis=1)
        heads = np.concatenate([dense.astype(np.uint32), self.places[chosen]], axis=1)
        return [
            head.tobytes() + self.ids[start:end].tobytes()
            for head, start, end in zip(heads, self.starts[chosen], self.ends[chosen], strict=True)
        ]

    @property
    def guesses(self) -> Numbers:
        """The worth of each before anything was learnt, 0 to 1."""
        return PARENT_SHARE * self.parents + (1 - PARENT_SHARE) * self.anchors

    def summed(self, weights: NDArray[np.float32]) -> Numbers:
        """For each link the sum of the weights of its ids, over the root of their number."""
        sums = segment_sums(weights[self.ids], self.starts, self.ends)
        sums /= np.sqrt(np.maximum(self.ends - self.starts, 1))
        return sums

    def dense(self) -> Numbers:
        """One row a link of what is no id."""
        rows = np.zeros((len(self.parents), 3 + len(ZONES) + 4))
        rows[:, 0], rows[:, 1], rows[:, 2] = 1.0, self.parents, self.anchors
        every = np.arange(len(rows))
        rows[every, 3 + self.zones] = 1.0
        rows[every, 3 + len(ZONES) + self.kin] = 1.0
        return rows


@dataclass(slots=True)
class LinkScorer:
    """Mutable: each page that was fetched through a link teaches it."""

    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    squares: NDArray[np.float32] = field(default_factory=lambda: np.full(SIZE, FIRST_SQUARE, np.float32))
    dense: NDArray[np.float64] = field(default_factory=lambda: np.array([-1.5, 2.0, 2.0] + [0.0] * (len(ZONES) + 4)))
    dense_squares: NDArray[np.float64] = field(default_factory=lambda: np.full(3 + len(ZONES) + 4, 1e-1))
    lessons: int = 0

    def scores(self, links: Promises) -> Numbers:
        """Expected relevance of the page behind each link, 0 to 1."""
        trust = self.lessons / (self.lessons + TRUST_AFTER)
        if not trust or not len(links.parents):
            return links.guesses
        totals = links.dense() @ self.dense + links.summed(self.weights) + self.weights[links.places].sum(axis=1)
        scores: Numbers = (1 - trust) * links.guesses + trust / (1.0 + np.exp(-totals.clip(-30.0, 30.0)))
        return scores

    def learn(self, link: Features, relevance: float) -> None:
        """A page came of a link: with ``relevance`` 0 to 1."""
        slope = self._model(link) - relevance
        dense = _dense(link)
        gradient = slope * dense
        self.dense_squares += gradient * gradient
        self.dense -= STEP * gradient / np.sqrt(self.dense_squares)
        if len(link.ids):
            self._step(link.ids, slope / math.sqrt(len(link.ids)))
        self._step(link.places, slope)
        self.lessons += 1

    def _step(self, ids: Ids, gradient: float) -> None:
        part = np.float32(gradient)
        self.squares[ids] += part * part
        self.weights[ids] -= STEP * part / np.sqrt(self.squares[ids])

    def _model(self, link: Features) -> float:
        total = float(self.dense @ _dense(link))
        if len(link.ids):
            total += float(self.weights[link.ids].sum()) / math.sqrt(len(link.ids))
        total += float(self.weights[link.places].sum())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def to_bytes(self) -> bytes:
        """For the database."""
        out = io.BytesIO()
        np.savez(
            out, weights=sparse(self.weights), squares=sparse(self.squares - FIRST_SQUARE), dense=self.dense,
            dense_squares=self.dense_squares,
            lessons=np.array([self.lessons]),
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> LinkScorer:
        """What :meth:`to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            return cls(
                dense_of(kept["weights"]), dense_of(kept["squares"]) + np.float32(FIRST_SQUARE), kept["dense"],
                kept["dense_squares"], int(kept["lessons"][0]),
            )  # fmt: skip


def _dense(link: Features) -> NDArray[np.float64]:
    values = np.zeros(3 + len(ZONES) + 4)
    values[0], values[1], values[2] = 1.0, link.parent, link.anchor
    values[3 + zone_number(link.zone)] = 1.0
    values[3 + len(ZONES) + link.kin] = 1.0
    return values
