"""The last texts on the topic as small sets of bits, to tell copies of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crawler.grams import Grams

PLACES = 4096  # of the set of grams
KEPT = 300  # texts; then the oldest give way
COPY_SHARE = 0.5  # of the places set in two texts that are set in both: a copy, if more


@dataclass(slots=True)
class Sketches:
    """A ring of sets: each gram of a text sets one of ``PLACES`` bits."""

    rows: NDArray[np.uint64] = field(default_factory=lambda: np.zeros((KEPT, PLACES // 64), np.uint64))
    sizes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(KEPT, np.int64))
    met: int = 0

    def add(self, grams: Grams) -> bool:
        """Keep a text unless it shares most grams with one that is kept; whether it was new."""
        bits = np.zeros(PLACES, bool)
        bits[grams.ids % PLACES] = True
        mine = np.packbits(bits).view(np.uint64)
        size = int(np.bitwise_count(mine).sum())
        shared = np.bitwise_count(self.rows & mine).sum(axis=1, dtype=np.int64)
        if bool((shared > COPY_SHARE * (self.sizes + size - shared)).any()):
            return False
        place = self.met % KEPT
        self.rows[place], self.sizes[place] = mine, size
        self.met += 1
        return True
