"""Where one heap of values ends and the next begins: two normal distributions fitted to logarithms of nearness. Pure.

Source: expectation and maximisation (Dempster, Laird and Rubin 1977), with prior means and variances (Fraley and
Raftery 2007), so that few values, or values of one heap alone, move the line little.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAP = 0.5  # nearness of other pages to that of pages on the topic, before any were met
FLOOR = 0.5  # of that again: what lies lower counts as lying here, so that empty pages are no heap of their own
DEVIATION = 0.35  # of the logarithm within a heap, before any were met; real and simulated pages have 0.2 to 0.5
FIRM_TOPIC, FIRM_OTHERS, FIRM_SPREAD = 6.0, 2.0, 6.0  # values that the prior means and the prior spread count as
SHARE = 0.3  # of the pages that are on the topic, before any were met; counts as FIRST_PAGES
FIRST_PAGES = 5.0
APART = 0.3  # least distance of the two means
STEPS = 25
LEAST_SLOPE, MOST_SLOPE = 4.0, 10.0
_POINTS = 60  # places looked at between the means
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """Where both heaps are as likely (a nearness), how steeply the odds rise there, and the middle of the upper one."""

    at: float
    slope: float
    middle: float

    def belonging(self, nearness: float) -> float:
        """How surely a value is of the upper heap, 0 to 1; 0.5 at the line. It never falls as nearness rises."""
        odds = self.slope * math.log(max(nearness, 1e-4) / self.at)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class _Heap:
    mean: float
    variance: float
    share: float

    def log_density(self, values: Values) -> Values:
        parts: Values = (values - self.mean) ** 2 / (2 * self.variance)
        return math.log(self.share) - 0.5 * math.log(self.variance) - parts


def drawn(nearness: Values, own: float, firm: float = 1.0) -> Line:
    """The line through values of nearness. ``own``: nearness of what is known to belong; ``firm``: how sure that is."""
    upper = prior = _Heap(math.log(own), DEVIATION**2, SHARE)
    lower = others = _Heap(prior.mean + math.log(GAP), DEVIATION**2, 1 - SHARE)
    values = np.maximum(np.log(np.maximum(nearness, 1e-4)), lower.mean + math.log(FLOOR))
    for _ in range(STEPS if len(values) else 0):
        odds = upper.log_density(values) - lower.log_density(values)
        mine = 1.0 / (1.0 + np.exp(-odds.clip(-30.0, 30.0)))
        mine = np.where(values >= upper.mean, 1.0, np.where(values <= lower.mean, 0.0, mine))
        upper = _fitted(values, mine, prior, FIRM_TOPIC * firm)
        lower = _fitted(values, 1.0 - mine, others, FIRM_OTHERS)
        if upper.mean < lower.mean + APART:
            upper = _Heap(lower.mean + APART, upper.variance, upper.share)
    return _between(lower, upper)


def _fitted(values: Values, weights: Values, first: _Heap, firm: float) -> _Heap:
    """The heap of values that belong to it by ``weights``; ``first``: what it is before any, worth ``firm`` values."""
    total = float(weights.sum())
    mean = (firm * first.mean + float(weights @ values)) / (firm + total)
    spread = DEVIATION**2 * FIRM_SPREAD + float(weights @ (values - mean) ** 2)
    share = (first.share * FIRST_PAGES + total) / (FIRST_PAGES + len(values))
    return _Heap(mean, spread / (FIRM_SPREAD + total), share)


def _between(lower: _Heap, upper: _Heap) -> Line:
    places = np.linspace(lower.mean, upper.mean, _POINTS)
    is_upper = upper.log_density(places) > lower.log_density(places)
    at = float(places[int(np.argmax(is_upper))]) if is_upper.any() else upper.mean
    slope = 2 * (upper.mean - lower.mean) / (upper.variance + lower.variance)
    return Line(math.exp(at), min(MOST_SLOPE, max(LEAST_SLOPE, slope)), math.exp(upper.mean))
