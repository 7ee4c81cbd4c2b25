"""A topic with several sides: seeds that have nothing in common, such as those of two languages, are judged apart.

Each side has a model of its own with its own line; a page is as relevant as it is to the side that it is nearest to.
One model for all would draw its line through the pages of the side that the crawl met first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import Grams
from crawler.topic import TopicModel

MAX_SIDES = 4  # a model takes some megabytes; what comes after joins the first
KIN = 0.02  # cosine of plain counts over which two texts are of one side: texts of one language share function words
KIN_SHARE = 0.3  # of the kinship of a page to its nearest side from which another side takes it for its own, too
_SIZE = 8  # bytes of a length


@dataclass(slots=True)
class Topic:
    """What the crawl is about. Mutable: it learns from the pages that it meets, see :class:`TopicModel`."""

    sides: list[TopicModel] = field(default_factory=lambda: [TopicModel()])
    is_on: bool = True  # without it every page counts as relevant

    @property
    def is_known(self) -> bool:
        """Whether there is a topic at all."""
        return self.is_on and any(side.seeds or side.reviewed for side in self.sides)

    def add_seed(self, grams: Grams, site: str = "") -> None:
        """Take a text as one that the crawl looks for. ``site``: its registered domain, if it has one."""
        self._side_of(grams).add_seed(grams, site)

    def add_reviewed(self, grams: Grams) -> None:
        """Take the text of a page on which a reviewer confirmed a flag."""
        self._side_of(grams).add_reviewed(grams)

    def add_against(self, grams: Grams) -> None:
        """Take a text as one that the crawl does not look for."""
        for side in self.sides:
            side.add_against(grams)

    def anchor_nearness(self, anchors: Sequence[bytes]) -> NDArray[np.float64]:
        """How much of the weight of each anchor the topic shares, 0 to 1. An anchor: ids of 32 bits, as bytes."""
        near = np.zeros(len(anchors))
        for side in self._used():
            near = np.maximum(near, side.anchor_nearness(anchors))
        return near

    def meet(self, grams: Grams, site: str = "") -> float:
        """Learn from a fetched page; how surely it belongs to the topic, 0 to 1. Without seeds every page does.

        Sides that it has nothing in common with do not see it: to a side in English all pages in English would else
        look alike among many in Chinese.
        """
        used = self._used()
        relevance = max(
            [side.meet(grams, site) for side in _kin(used, grams)] if used else [self.sides[0].meet(grams, site)]
        )
        return relevance if self.is_known else 1.0

    def _used(self) -> list[TopicModel]:
        return [side for side in self.sides if side.seeds or side.reviewed]

    def _side_of(self, grams: Grams) -> TopicModel:
        used = self._used()
        if not used:
            return self.sides[0]
        near, place = max((_kinship(side, grams), -number) for number, side in enumerate(used))
        if near > KIN or len(used) >= MAX_SIDES:
            return used[-place]
        first = self.sides[0]
        made = TopicModel(against=list(first.against), pages=first.pages, spread=first.spread.copy())
        self.sides.append(made)
        return made

    def to_bytes(self) -> bytes:
        """The sides for the database."""
        parts = [side.to_bytes() for side in self.sides]
        return b"".join(len(part).to_bytes(_SIZE, "little") + part for part in parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Topic:
        """The topic that :meth:`to_bytes` wrote."""
        sides = []
        while data:
            size = int.from_bytes(data[:_SIZE], "little")
            sides.append(TopicModel.from_bytes(data[_SIZE : _SIZE + size]))
            data = data[_SIZE + size :]
        return cls(sides)


def _kin(sides: Sequence[TopicModel], grams: Grams) -> list[TopicModel]:
    """The sides that a text is about as near to, by plain counts, as to the nearest."""
    if len(sides) == 1:
        return list(sides)
    near = [_kinship(side, grams) for side in sides]
    return [side for side, its in zip(sides, near, strict=True) if its >= KIN_SHARE * max(near)]


def _kinship(side: TopicModel, grams: Grams) -> float:
    return max(_cosine(grams, one) for one in (*side.seeds, *side.reviewed))


def _cosine(left: Grams, right: Grams) -> float:
    _, mine, theirs = np.intersect1d(left.ids, right.ids, assume_unique=True, return_indices=True)
    ours, others = np.log1p(left.counts), np.log1p(right.counts)
    length = float(np.sqrt((ours @ ours) * (others @ others)))
    return float(ours[mine] @ others[theirs]) / length if length else 0.0
