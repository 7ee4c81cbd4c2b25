"""Which links a run has put into the frontier already: most links of a page were on the page before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SLOTS = 1 << 17  # links remembered, 1.5 MB; a link whose place another one took is offered to the frontier once more
GAIN = 0.02  # by which a score must have risen for a link to be offered again


@dataclass(slots=True)
class Known:
    """A table of fixed size: for each slot the hash of a URL key and the best score that it was offered with.

    The frontier's unique key decides what is new; this only spares asking it again and again.
    """

    hashes: NDArray[np.int64] = field(default_factory=lambda: np.zeros(SLOTS, np.int64))
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros(SLOTS, np.float32))

    def news(self, keys: Sequence[str], scores: NDArray[np.float64]) -> list[int]:
        """The places of the links that are new here, or promise more than they did. They are known from now on."""
        hashes = np.frombuffer(b"".join(blake2b(key.encode(), digest_size=8).digest() for key in keys), np.int64)
        slots = hashes & (SLOTS - 1)
        offered = (self.hashes[slots] != hashes) | (scores > self.scores[slots] + GAIN)
        self.hashes[slots[offered]] = hashes[offered]
        self.scores[slots[offered]] = scores[offered]
        return [int(place) for place in np.flatnonzero(offered)]
