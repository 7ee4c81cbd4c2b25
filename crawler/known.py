"""Which links a run has put into the frontier already: most links of a page were on the page before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.found import key_hash
from crawler.stopping import chapman

SLOTS = 1 << 17  # links remembered, 1.5 MB; a link whose place another one took is offered to the frontier once more
OWN, OTHERS = 1, 2  # ways in which a page is found: by its own site; by other sites, sitemaps and feeds
LEAST_BOTH = 10  # pages found in both ways under which nothing is said of how many there are
GAIN = 0.02  # by which a score must have risen for a link to be offered again


@dataclass(slots=True)
class Known:
    """A table of fixed size: for each slot the hash of a URL key and the best score that it was offered with.

    The frontier's unique key decides what is new; this only spares asking it again and again.
    """

    hashes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(SLOTS, np.int64))
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SLOTS, np.float32))

    ways: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(SLOTS, np.uint8))
    relevant: list[int] = field(default_factory=list)  # hashes of pages on the topic

    def news(
        self, hashes: NDArray[np.int64], scores: NDArray[np.float64], ways: NDArray[np.uint8]
    ) -> tuple[list[int], list[int]]:
        """The places of the links that are new here, and of those that promise more than they did.

        They are known from now on.

        ``hashes``: of the keys of the links (see :func:`hashes_of`).
        """
        slots = hashes & (SLOTS - 1)
        is_new = self.hashes[slots] != hashes
        is_risen = ~is_new & (scores > self.scores[slots] + GAIN)
        offered = is_new | is_risen
        self.hashes[slots[offered]] = hashes[offered]
        self.scores[slots[offered]] = scores[offered]
        self.ways[slots[is_new]] = 0
        self.ways[slots] |= ways
        return np.flatnonzero(is_new).tolist(), np.flatnonzero(is_risen).tolist()

    def meet(self, key: str) -> None:
        """A fetched page is on the topic."""
        if len(self.relevant) < SLOTS:
            self.relevant.append(int(hashes_of([key])[0]))

    def within_reach(self) -> float | None:
        """About how many pages on the topic there are, from how many two ways found, and both (Chapman 1951).

        ``None`` while too few were found in both ways. The ways are not quite independent: what everybody links to is
        found in both, so there are rather more pages than this.
        """
        hashes = np.array(self.relevant, np.int64)
        slots = hashes & (SLOTS - 1)
        ways = self.ways[slots][self.hashes[slots] == hashes]
        own, others = (ways & OWN) > 0, (ways & OTHERS) > 0
        both = int((own & others).sum())
        return chapman(int(own.sum()), int(others.sum()), both) if both >= LEAST_BOTH else None


def hashes_of(keys: Iterable[str]) -> NDArray[np.int64]:
    """The hashes of URL keys."""
    return np.frombuffer(b"".join(map(key_hash, keys)), np.int64)
