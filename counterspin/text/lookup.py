"""Many pairs of words, looked for in a page without going through all of them.

The learnt dictionary grows with the crawl: thousands of pairs, of which a page shows a few. Pairs are filed under the
first two characters of the words that are looked for, so that a page costs as much as it is long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from operator import add

Pair = tuple[str, str]
LEFT, RIGHT = 0, 1


class Lookup:
    """Different pairs in their order, found by the words of one side (``RIGHT``: the replacements) in a text."""

    def __init__(self, pairs: Iterable[Pair], side: int = RIGHT) -> None:
        self.pairs = tuple(dict.fromkeys(pairs))
        self._side = side
        self._filed: dict[str, list[int]] = defaultdict(list)
        for rank, pair in enumerate(self.pairs):
            if pair[side]:
                self._filed[pair[side][:2]].append(rank)

    def standing_in(self, text: str) -> list[Pair]:
        """The pairs whose word occurs anywhere in ``text`` (normal form), in order."""
        near = (rank for start in self._starts(text) for rank in self._filed[start])
        return [self.pairs[rank] for rank in sorted(near) if self.pairs[rank][self._side] in text]

    def _starts(self, text: str) -> Iterator[str]:
        held = _starts(text)
        return (start for start in self._filed if start in held) if len(self._filed) < len(held) else (
            start for start in held if start in self._filed
        )  # fmt: skip


def standing_in(text: str, lookups: Iterable[Lookup]) -> list[Pair]:
    """The pairs of several lookups, one after the other, that stand in ``text``, each once."""
    return list(dict.fromkeys(pair for lookup in lookups for pair in lookup.standing_in(text)))


@lru_cache(maxsize=4)  # the lookups go over one page, one after the other
def _starts(text: str) -> frozenset[str]:
    """The single characters and the neighbouring pairs of characters of ``text``."""
    return frozenset((*text, *map(add, text, text[1:])))
