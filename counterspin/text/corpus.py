"""What the whole crawl shows: the knowledge that detectors judge a single page by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from counterspin.model import Swap


@dataclass(frozen=True, slots=True)
class Corpus:
    """Frozen, picklable facts folded over all documents. Empty for a page on its own.

    ``passages`` counts passages; ``grams`` maps a character n-gram to the number of passages that hold it;
    ``swaps`` is the learnt dictionary.
    """

    passages: int = 0
    grams: Mapping[str, int] = field(default_factory=dict)
    swaps: tuple[Swap, ...] = ()
