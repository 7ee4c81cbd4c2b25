"""When a focused crawl has had what there is: rules that end a run before its budget does. Pure."""

from __future__ import annotations

from dataclasses import dataclass

WINDOW = 300.0  # pages over which harvest is averaged
LEAST_HARVEST = 0.03  # harvest under which a crawl may end
PEAK_SHARE = 0.15  # or under this share of the best it had
PATIENCE = 600  # pages that it must stay there
LEAST_PAGES = 1000  # pages before a run may end at all: a good site may be found late
NEW_TEXT = 0.01  # share of relevant pages with a new text (Good and Turing) under which all is said


@dataclass(slots=True)
class Harvest:
    """Running averages of a crawl."""

    pages: int = 0
    rate: float = 0.0
    peak: float = 0.0
    low_since: int = 0
    new_texts: float = 1.0

    def meet(self, relevant: float, *, is_new_text: bool) -> None:
        """Count a fetched page."""
        self.pages += 1
        share = 1 / min(WINDOW, self.pages)
        self.rate += share * (relevant - self.rate)
        if self.pages >= WINDOW:
            self.peak = max(self.peak, self.rate)
        if relevant:
            self.new_texts += (is_new_text - self.new_texts) / WINDOW
        if self.rate >= max(LEAST_HARVEST, PEAK_SHARE * self.peak):
            self.low_since = self.pages

    def verdict(self) -> str | None:
        """The rule that ends the run: ``harvest_fell`` or ``nothing_new``."""
        if self.pages < LEAST_PAGES:
            return None
        if self.pages - self.low_since >= PATIENCE:
            return "harvest_fell"
        return "nothing_new" if self.new_texts < NEW_TEXT else None


def chapman(first: int, second: int, both: int) -> float:
    """How many pages there are, from how many two independent ways found, and both (Chapman 1951)."""
    return (first + 1) * (second + 1) / (both + 1) - 1
