"""Shares that always carry their numerator, denominator and interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """``count`` of ``of``; ``low`` and ``high`` bound the share (0 to 1) at 95 %, ``None`` if ``of`` is 0."""

    count: int
    of: int
    value: float | None
    low: float | None
    high: float | None


def share(count: int, of: int) -> Share:
    """The share with Wilson's score interval.

    Source: Wilson 1927; unlike the normal interval it stays within 0 to 1 and holds for small numbers.
    """
    if of <= 0:
        return Share(count, max(of, 0), None, None, None)
    rate = min(1.0, count / of)
    spread = _Z * sqrt(rate * (1 - rate) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    centre = rate + _Z**2 / (2 * of)
    low, high = (centre - spread) / scale, (centre + spread) / scale
    return Share(count, of, round(rate, 4), round(max(0.0, low), 4), round(min(1.0, high), 4))
