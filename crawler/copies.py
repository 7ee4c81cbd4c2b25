"""Which texts the crawl has met before, whole or nearly: kept as evidence, but no reason to dig on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from crawler.grams import distance

NEAR = 3  # places of 64 in which two simhashes may differ (Manku et al. 2007)
BANDS = 4  # of 16 bits: two simhashes that differ in three places share one band at least
MAX_KEPT = 100_000  # texts remembered; then the oldest are forgotten as a whole
LEAST_CHARS = 120  # of a text that is compared: short ones are alike by chance
ALIKE_PATHS = 10  # equal texts under equal paths that make two hosts mirrors


@dataclass(slots=True)
class Copies:
    """Texts of the crawl, by hash and by simhash."""

    texts: dict[str, str] = field(default_factory=dict)  # hash of the text -> first URL
    bands: list[dict[int, int]] = field(default_factory=lambda: [{} for _ in range(BANDS)])
    mirrors: Counter[tuple[str, str]] = field(default_factory=Counter)

    def first(self, text_sha256: str) -> str | None:
        """Where exactly this text was met first."""
        return self.texts.get(text_sha256)

    def is_near(self, simhash: int) -> bool:
        """Whether a text nearly like this one was met."""
        return any(
            distance(band[key], simhash) <= NEAR
            for band, key in zip(self.bands, _keys(simhash), strict=True)
            if key in band
        )

    def meet(self, url: str, text_sha256: str, simhash: int) -> tuple[str, str] | None:
        """Remember a text; two hosts, if it is this one that shows them to be mirrors."""
        if len(self.texts) >= MAX_KEPT:
            self.texts.clear()
            self.bands = [{} for _ in range(BANDS)]
        first = self.texts.setdefault(text_sha256, url)
        mirrors = self._count_mirror(first, url)
        for band, key in zip(self.bands, _keys(simhash), strict=True):
            band[key] = simhash
        return mirrors

    def _count_mirror(self, first: str, url: str) -> tuple[str, str] | None:
        here, _, path = url.split("://", 1)[-1].partition("/")
        there, _, other = first.split("://", 1)[-1].partition("/")
        if here == there or path != other:
            return None
        pair = (min(here, there), max(here, there))
        self.mirrors[pair] += 1
        return pair if self.mirrors[pair] == ALIKE_PATHS else None


def _keys(simhash: int) -> list[int]:
    return [(simhash >> (16 * band)) & 0xFFFF for band in range(BANDS)]
