"""What one site alone prints on all its pages, such as an affiliate's box or a closing line: it is no topic. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE, Grams

_NONE = -1  # no site


@dataclass(slots=True)
class Printed:
    """For each gram the site that had it last, and how many of its pages had it since another site did.

    A gram that several sites use is counted from one again whenever the site changes, so it never comes near all pages
    of a site. What an example of another site has is no site's own. Kept for one run. Mutable.
    """

    sites: dict[str, int] = field(default_factory=dict)
    pages: NDArray[np.float32] = field(default_factory=lambda: np.zeros(64, np.float32))  # of each site
    latest: NDArray[np.int32] = field(default_factory=lambda: np.zeros(SIZE, np.int32))
    examples: NDArray[np.int32] = field(default_factory=lambda: np.full(SIZE, _NONE, np.int32))  # site of the last one
    is_common: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(SIZE, bool))
    counts: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SIZE, np.float32))

    def meet(self, grams: Grams, site: str) -> None:
        """Count a page of a site, its registered domain; nothing is known of a page without one."""
        if not site:
            return
        number = self._number(site)
        self.pages[number] += 1.0
        ids = grams.ids
        self.counts[ids] = np.where(self.latest[ids] == number, self.counts[ids], 0.0) + 1.0
        self.latest[ids] = number

    def vouch(self, grams: Grams, site: str) -> None:
        """Take a text that stands for the topic; without a site it is of a site by itself."""
        number = self._number(site or f"example {len(self.sites)}")
        last = self.examples[grams.ids]
        self.is_common[grams.ids] |= (last != _NONE) & (last != number)
        self.examples[grams.ids] = number

    def _number(self, site: str) -> int:
        number = self.sites.setdefault(site, len(self.sites))
        if number >= len(self.pages):
            self.pages = np.concatenate([self.pages, np.zeros_like(self.pages)])
        return number

    def shared(self) -> NDArray[np.float32]:
        """For each gram whether it is more than what one site prints on all its pages: near 0 to 1.

        By the third power of its share of them: on half the pages it says little, on all of them much.
        """
        share = self.counts / (self.pages[self.latest] + 1.0)
        is_own = (self.examples == _NONE) | (self.examples == self.latest) & ~self.is_common
        shared: NDArray[np.float32] = 1.0 - share * share * share * is_own
        return shared
