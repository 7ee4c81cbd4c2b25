"""The passages that one page copied from another, shown together: the longest of them, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from counterspin.text.relation import Pair

MOST_SHOWN = 50  # further passages of a copied page that its flag lists


@dataclass(slots=True)
class Copies:
    """The copied passages of two pages: the longest, the first of equal length; and how many there are."""

    best: list[Pair] = field(default_factory=list)
    count: int = 0

    def add(self, pair: Pair) -> None:
        """Count a copied passage, and keep it where it is one of the longest."""
        self.count += 1
        self.best.append(pair)
        if len(self.best) > 2 * MOST_SHOWN:
            self._sort()

    def in_one(self) -> Pair:
        """The pair of the longest passage, with the others in it."""
        self._sort()
        first, *others = self.best
        return replace(first, more=tuple(pair.copy for pair in others), others=self.count - 1)

    def _sort(self) -> None:
        self.best.sort(key=lambda pair: (-len(pair.copy.text), pair.copy.offset))
        del self.best[MOST_SHOWN + 1 :]
