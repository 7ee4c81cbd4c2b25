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
        self._ranks: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[str]] = defaultdict(list)  # by their first two characters
        for rank, pair in enumerate(self.pairs):
            word = pair[side]
            if word and word not in self._ranks:
                self._words[word[:2]].append(word)
            self._ranks[word].append(rank)
        self.longest = max(map(len, self._ranks), default=0)

    def standing_in(self, text: str) -> list[Pair]:
        """The pairs whose word occurs anywhere in ``text`` (normal form), in order."""
        return [self.pairs[rank] for rank in sorted(rank for word in self.words_in(text) for rank in self._ranks[word])]

    def words_in(self, text: str) -> list[str]:
        """The words that occur anywhere in ``text`` (normal form), each once."""
        return [word for start in self._met(text) for word in self._words[start] if word in text]

    def words_at(self, text: str, at: int) -> Iterator[str]:
        """The words that begin at a place of ``text``."""
        for start in dict.fromkeys((text[at : at + 1], text[at : at + 2])):
            yield from (word for word in self._words.get(start, ()) if text.startswith(word, at))

    def of(self, word: str) -> Iterator[tuple[int, Pair]]:
        """The pairs of one word, with their places in the order."""
        return ((rank, self.pairs[rank]) for rank in self._ranks.get(word, ()))

    def _met(self, text: str) -> list[str]:
        held = _starts(text)
        fewer, more = (self._words, held) if len(self._words) < len(held) else (held, self._words)
        return [start for start in fewer if start in more]


@lru_cache(maxsize=4)  # the lookups go over one page, one after the other
def _starts(text: str) -> frozenset[str]:
    """The single characters and the neighbouring pairs of characters of ``text``."""
    return frozenset((*text, *map(add, text, text[1:])))
