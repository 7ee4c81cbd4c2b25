"""Which words stand for one another between pages, and which pages state other facts in the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from counterspin.text.mining import unordered
from counterspin.text.relation import OTHER_FACTS

Words = tuple[str, str]


class Shown:
    """What the differences of passages show of the pages they stand on, told in order of their first pages.

    ``support`` tells how many pairs of pages show two words (:func:`unordered`) put for one another, ``facts`` the
    log-odds of two pages, by all of their passages, that they state other facts in the same words, ``edited`` that an
    editor made one of the other and no dictionary. Pages that state other facts show no words.
    """

    def __init__(self) -> None:
        self.support: Counter[Words] = Counter()
        self.facts: dict[tuple[int, int], float] = defaultdict(float)
        self.edited: dict[tuple[int, int], float] = defaultdict(float)
        self._page = -1
        self._met: dict[int, set[Words]] = defaultdict(set)  # words met with each other page

    def add(self, pages: tuple[int, int], words: Iterable[Words], facts: float, edited: float) -> None:
        """Take in one difference of two pages."""
        if pages[0] != self._page:  # a page comes but once
            self.settle()
            self._page = pages[0]
        self._met[pages[1]].update(map(unordered, words))
        if facts:
            self.facts[pages] += facts
        if edited:
            self.edited[pages] += edited

    def end(self) -> None:
        """No more will come. What a single pair of pages shows goes: it supports nothing."""
        self.settle()
        self.support = Counter({words: pages for words, pages in self.support.items() if pages > 1})

    def settle(self) -> None:
        """Count what the page that came last shows."""
        for other, words in self._met.items():
            if self.facts.get((self._page, other), 0.0) < OTHER_FACTS:
                self.support.update(words)
        self._met.clear()
