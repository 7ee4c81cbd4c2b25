"""Traps: families of URLs without end. Each has a name, by which what it refuses is counted.

Two kinds of rule. What the address alone shows (repeated segments, depth, dates far off, too many parameters) is
refused when a link is found. What only fetching shows (the same text again, page after page of nothing new) is kept
per shape of address and closes that shape. Sources: the DecideRules of Heritrix for the first kind; the second is ours.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone

from counterspin.urls import authority_of, domain_of, shape_of

MAX_SEGMENTS = 12  # folders of a path (Heritrix 20; advice pages have at most 6)
MAX_REPEATS = 2  # times one folder may stand in a path (Heritrix 2)
MAX_PARAMETERS = 6  # of a query
YEARS_BACK, YEARS_AHEAD = 15, 1  # a date in an address outside of this span belongs to a calendar
_DATE = re.compile(r"(?<!\d)((?:18|19|20|21|22)\d{2})(?:[-/_.]?(?:0?[1-9]|1[0-2]))(?!\d{3})")
_YEAR_PARAMETER = re.compile(r"[?&](?:year|y|date|month|day|start|from)=(\d{4})(?!\d)", re.IGNORECASE)


@dataclass(slots=True)
class Shape:
    """What came of addresses of one shape on one host."""

    fetched: int = 0
    relevant: int = 0
    fresh: int = 0
    closed: str | None = None


@dataclass(slots=True)
class Traps:
    """The traps of one run. ``budget`` is how many pages the run may take: a shape that brings nothing gets 1 %."""

    budget: int = 5000
    year: int = field(default_factory=lambda: datetime.now(timezone.utc).year)
    shapes: dict[str, Shape] = field(default_factory=dict)
    texts: Counter[str] = field(default_factory=Counter)

    def refusal(self, url: str) -> tuple[str, str] | None:
        """Code and detail if this address belongs to a trap."""
        return static_refusal(url, self.year) or self._closed_shape(url)

    def _closed_shape(self, url: str) -> tuple[str, str] | None:
        name = shape_name(url)
        shape = self.shapes.get(name)
        return (shape.closed, name) if shape is not None and shape.closed else None


def static_refusal(url: str, year: int) -> tuple[str, str] | None:
    """Code and detail if an address shows by itself that it belongs to a trap."""
    head, _, query = url.split("://", 1)[-1].partition("?")
    folders = [part for part in head.split("/")[1:-1] if part]
    if len(folders) > MAX_SEGMENTS:
        return "trap:depth", f"{len(folders)} folders"
    repeated = [part for part, times in Counter(folders).items() if times > MAX_REPEATS]
    if repeated:
        return "trap:repeat_segment", repeated[0][:80]
    if query and query.count("&") + 1 > MAX_PARAMETERS:
        return "trap:query", f"{query.count('&') + 1} parameters"
    return _calendar(url, year)


def shape_name(url: str) -> str:
    """Host and shape of an address."""
    return authority_of(url) + shape_of(url)


def _calendar(url: str, year: int) -> tuple[str, str] | None:
    found = _DATE.search(url.split("://", 1)[-1].partition("/")[2]) or _YEAR_PARAMETER.search(url)
    if found is None:
        return None
    named = int(found[1])
    return None if year - YEARS_BACK <= named <= year + YEARS_AHEAD else ("trap:calendar", found[0][:40])
