"""The measured differences of pairs of texts, held small: there are several for each text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from counterspin.text.align import Island
from counterspin.text.packed import dumps, loads
from counterspin.text.relation import Relation
from counterspin.text.spool import Spool

_AT_HAND = 1024  # relations kept as they are: the pairs of two pages, or of one cluster, are looked at together
TextPair = tuple[int, int]
_island = attrgetter("left", "right", "left_first", "left_last", "right_first", "right_last")


class Relations(Mapping[TextPair, Relation]):
    """Relations by pair of texts, in the order in which they came; one is made anew when it is asked for."""

    def __init__(self) -> None:
        self._spool = Spool()
        self._numbers: dict[TextPair, int] = {}
        self._at = lru_cache(maxsize=_AT_HAND)(self._read)

    def add(self, pair: TextPair, relation: Relation) -> None:
        """Take in the relation of a pair that has none."""
        islands = tuple(map(_island, relation.islands))
        content = (relation.similarity, islands, relation.tokens, relation.ratio, relation.stretches)
        self._numbers[pair] = self._spool.add(dumps(content))

    def __getitem__(self, pair: TextPair) -> Relation:
        return self._at(self._numbers[pair])

    def __contains__(self, pair: object) -> bool:
        return pair in self._numbers

    def __iter__(self) -> Iterator[TextPair]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def _read(self, number: int) -> Relation:
        similarity, islands, *rest = loads(self._spool.get(number))
        values: Any = tuple(Island(*row) for row in islands)
        return Relation(similarity, values, *rest)
