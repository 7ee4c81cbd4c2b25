"""Pairs of claims in columns: a crawl has several for each claim."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterspin.claims.rivals import Rivalry
from counterspin.text.groups import groups

KINDS = ("numeric", "deontic", "polarity", "actor", "order", "antonym", "exclusivity", "advice_direction")


@dataclass(frozen=True, slots=True)
class Edge:
    """Two claims (positions) in conflict, or kept from it by suppressors."""

    left: int
    right: int
    rivalry: Rivalry
    covered: float
    suppressors: tuple[str, ...]


class Edges(Sequence[Edge]):
    """Edges as a sequence, about 30 bytes each; one is made anew whenever it is asked for."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self._left, self._right, self._rivalry, self._against = (array("I") for _ in range(4))
        self._covered = array("d")
        self._rivalries: dict[Rivalry, int] = {}
        self._suppressors: dict[tuple[str, ...], int] = {(): 0}
        self._names: tuple[list[Rivalry], list[tuple[str, ...]]] = [], [()]
        for edge in edges:
            self.add(edge)

    def add(self, edge: Edge) -> None:
        """Take in an edge."""
        self._left.append(edge.left)
        self._right.append(edge.right)
        self._rivalry.append(_number(edge.rivalry, self._rivalries, self._names[0]))
        self._against.append(_number(edge.suppressors, self._suppressors, self._names[1]))
        self._covered.append(edge.covered)

    def __len__(self) -> int:
        return len(self._left)

    def __getitem__(self, at: Any) -> Any:
        rivalry, against = self._names[0][self._rivalry[at]], self._names[1][self._against[at]]
        return Edge(self._left[at], self._right[at], rivalry, self._covered[at], against)

    def surest(self, places: Sequence[int]) -> Edges:
        """One edge for two sentences: without suppressors first, then by the order of ``KINDS``, then by coverage.

        ``places`` numbers the sentence of each claim; the edges come in order of their sentences.
        """
        held = np.array(places, dtype=np.int64)
        ends = np.sort(held[np.array([self._left, self._right], dtype=np.int64)], axis=0)
        kinds = np.array([KINDS.index(rivalry.kind) for rivalry in self._names[0]], dtype=np.int64)
        rank = (np.array(self._against) > 0, kinds[np.array(self._rivalry, dtype=np.int64)], -np.array(self._covered))
        order = np.lexsort((*rank[::-1], *ends[::-1]))
        return Edges(self[at] for at in order[_fresh(ends[:, order])].tolist())

    def connected(self) -> Iterator[list[Edge]]:
        """The edges of one kind that claims hold together, by the first claim."""
        of_kind: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for at, rivalry in enumerate(self._rivalry):
            of_kind[self._names[0][rivalry].kind].append(at)
        for _, own in sorted(of_kind.items()):
            yield from ([self[at] for at in group] for group in self._together(own))

    def _together(self, edges: Sequence[int]) -> list[list[int]]:
        """These edges in groups that claims hold together, by the first claim."""
        held = groups((self._left[at], self._right[at]) for at in edges)
        group_of = {claim: number for number, claims in enumerate(held) for claim in claims}
        found: list[list[int]] = [[] for _ in held]
        for at in edges:
            found[group_of[self._left[at]]].append(at)
        return found


def _number(value: Any, known: dict[Any, int], names: list[Any]) -> int:
    number = known.setdefault(value, len(names))
    if number == len(names):
        names.append(value)
    return number


def _fresh(ends: Any) -> Any:
    """Whether each of these pairs, i64[2, n] in order, is another one than the pair before."""
    changed: Any = np.ones(ends.shape[1], dtype=bool)
    changed[1:] = (ends[:, 1:] != ends[:, :-1]).any(axis=0)
    return changed
