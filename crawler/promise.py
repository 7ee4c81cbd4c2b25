"""What a link promises before it is followed: an online logistic model over its anchor, its path and where it stands.

It begins as a fixed mix of how relevant the page is that names it and how near its anchor is to the topic, and moves
over to what the crawl itself has learnt as pages come in. Source: Rennie and McCallum 1999, Chakrabarti et al. 2002
(the apprentice); AdaGrad steps after Duchi et al. 2011.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE
from crawler.topic import dense as dense_of
from crawler.topic import sparse

PARENT_SHARE = 0.35  # of the first guess; the rest is the anchor (swept on the simulated webs of the tests)
TRUST_AFTER = 120.0  # pages after which guess and model weigh the same
STEP = 0.25  # first AdaGrad step
ZONES = ("main", "navigation", "link_farm", "comment", "footer")
FIRST_SQUARE = 1e-2  # what AdaGrad begins with, so that the first lesson is no leap
SCALE = 1000.0  # dense values are kept as whole thousandths beside the ids
_DENSE = 4  # numbers at the head of a feature blob: parent, anchor, zone, kin
Ids = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Features:
    """A link: relevance of the page that names it, nearness of its anchor (both 0 to 1), zone, kin, ids.

    ``kin``: 0 another site, 1 another host of the site, 2 the same host, 3 the same channel.
    """

    parent: float
    anchor: float
    zone: str
    kin: int
    ids: Ids

    def to_bytes(self) -> bytes:
        """For the database."""
        zone = ZONES.index(self.zone) if self.zone in ZONES else 0
        head = np.array([round(self.parent * SCALE), round(self.anchor * SCALE), zone, self.kin], np.uint32)
        return head.tobytes() + self.ids.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Features:
        """What :meth:`to_bytes` wrote."""
        numbers = np.frombuffer(data, np.uint32)
        parent, anchor, zone, kin = (int(number) for number in numbers[:_DENSE])
        return cls(parent / SCALE, anchor / SCALE, ZONES[zone % len(ZONES)], kin, numbers[_DENSE:])

    @property
    def guess(self) -> float:
        """The worth before anything was learnt, 0 to 1."""
        return PARENT_SHARE * self.parent + (1 - PARENT_SHARE) * self.anchor


@dataclass(slots=True)
class LinkScorer:
    """Mutable: each page that was fetched through a link teaches it."""

    weights: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SIZE, np.float32))
    squares: NDArray[np.float32] = field(default_factory=lambda: np.full(SIZE, FIRST_SQUARE, np.float32))
    dense: NDArray[np.float64] = field(default_factory=lambda: np.array([-1.5, 2.0, 2.0] + [0.0] * (len(ZONES) + 4)))
    dense_squares: NDArray[np.float64] = field(default_factory=lambda: np.full(3 + len(ZONES) + 4, 1e-1))
    lessons: int = 0

    def score(self, link: Features) -> float:
        """Expected relevance of the page behind a link, 0 to 1."""
        trust = self.lessons / (self.lessons + TRUST_AFTER)
        if not trust:
            return link.guess
        return (1 - trust) * link.guess + trust * self._model(link)

    def scores(self, links: Sequence[Features]) -> list[float]:
        """:meth:`score` of each."""
        return [self.score(link) for link in links]

    def learn(self, link: Features, relevance: float) -> None:
        """A page came of a link: with ``relevance`` 0 to 1."""
        slope = self._model(link) - relevance
        dense = _dense(link)
        gradient = slope * dense
        self.dense_squares += gradient * gradient
        self.dense -= STEP * gradient / np.sqrt(self.dense_squares)
        if len(link.ids):
            part = np.float32(slope / math.sqrt(len(link.ids)))
            self.squares[link.ids] += part * part
            self.weights[link.ids] -= STEP * part / np.sqrt(self.squares[link.ids])
        self.lessons += 1

    def _model(self, link: Features) -> float:
        total = float(self.dense @ _dense(link))
        if len(link.ids):
            total += float(self.weights[link.ids].sum()) / math.sqrt(len(link.ids))
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
    values[3 + (ZONES.index(link.zone) if link.zone in ZONES else 0)] = 1.0
    values[3 + len(ZONES) + link.kin] = 1.0
    return values
