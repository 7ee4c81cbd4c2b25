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
_DATE = re.compile(r"(?<!\d)((?:18|19|20|21|22)\d{2})[-/_.](?:0?[1-9]|1[0-2])(?:[-/_.]|$)")
_YEAR_PARAMETER = re.compile(r"[?&](?:year|y|date|month|day|start|from)=(\d{4})(?!\d)", re.IGNORECASE)


LEAST_TRIES = 8  # pages of one shape before it may be closed
TRIED_SHARE = 0.01  # of the budget: a shape that brought nothing in so many pages is closed
MIN_FRESH = 0.1  # share of new texts under which a shape repeats itself
MIN_RELEVANT = 0.03  # share of relevant pages under which an endless shape brings nothing
LEAST_HOSTS = 18  # hosts of one domain that may bring nothing before the others are refused,
HOST_SHARE = 0.01  # or this share of the budget
PROOFS = 3  # values of a parameter with one and the same text that make it a session parameter
SOFT_404 = 3  # addresses of one host with the same short text
REPEATING = "/**"  # the shape of all paths of a host in which a folder comes twice
MIN_FRESH_REPEATING = 0.5  # share of new texts under which such paths are a loop
EMPTY = 15  # characters of a text that says nothing: a list, a shell; not the words of an error page
SHORT = 600  # characters of a text that may be an error page


@dataclass(slots=True)
class Shape:
    """What came of addresses of one shape on one host, or of the hosts of one domain."""

    fetched: int = 0
    relevant: int = 0
    fresh: int = 0


@dataclass(slots=True)
class Traps:
    """The traps of one run. ``budget`` is how many pages the run may take."""

    budget: int = 5000
    year: int = field(default_factory=lambda: datetime.now(timezone.utc).year)
    shapes: dict[str, Shape] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)  # shape -> code
    domains: dict[str, dict[str, Shape]] = field(default_factory=dict)
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    votes: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def tries(self) -> int:
        """Pages that one shape may take in vain."""
        return max(LEAST_TRIES, min(50, int(TRIED_SHARE * self.budget)))

    def refusal(self, url: str) -> tuple[str, str] | None:
        """Code and detail if this address belongs to a trap."""
        return static_refusal(url, self.year) or self._closed_shape(url) or self._wild_host(url)

    def meet(self, url: str, text: str, *, chars: int, relevant: bool, fresh: bool, vouched: bool) -> str | None:
        """Count a fetched page (``text``: hash of its text); ``soft_404`` if the host answers everything so.

        ``vouched``: it is of the topic, so its domain is no machine that makes hosts.
        """
        name = shape_name(url)
        shape = self.shapes.setdefault(name, Shape())
        _count(shape, relevant=relevant, fresh=fresh)
        if shape.fetched >= self.tries and name not in self.closed:
            if name.endswith(REPEATING) and shape.fresh < MIN_FRESH_REPEATING * shape.fetched:
                self.closed[name] = "trap:repeat_segment"
            elif shape.fresh < MIN_FRESH * shape.fetched:
                self.closed[name] = "trap:same_text"
            elif "?" in name and shape.relevant < MIN_RELEVANT * shape.fetched:
                self.closed[name] = "trap:endless"
        host = authority_of(url)
        _count(self._host_shape(host), relevant=vouched, fresh=fresh)
        self.texts[host, text] += 1
        return "soft_404" if EMPTY < chars < SHORT and self.texts[host, text] > SOFT_404 and not relevant else None

    def opens(self, url: str) -> tuple[str, str] | None:
        """Code and detail if the host of this address must not be opened; otherwise it counts as one of its domain."""
        why = self._wild_host(url)
        if why is None:
            self._host_shape(authority_of(url))
        return why

    def session_parameter(self, url: str, text: str) -> str | None:
        """A parameter of this address that turned out to name a session: its value changes, the text does not."""
        head, _, query = url.partition("?")
        pairs = [pair.partition("=")[::2] for pair in query.split("&") if "=" in pair]
        for name, value in pairs:
            others = "&".join(f"{key}={kept}" for key, kept in pairs if key != name)
            before = self.seen.setdefault((f"{head}?{others}", name), (value, text))
            if before[0] == value:
                continue
            key = (authority_of(url), name.lower())
            self.votes[key] += 1 if before[1] == text else -PROOFS
            if self.votes[key] >= PROOFS:
                return name.lower()
        return None

    def _closed_shape(self, url: str) -> tuple[str, str] | None:
        if not self.closed:
            return None
        name = shape_name(url)
        code = self.closed.get(name)
        return (code, name) if code else None

    def _wild_host(self, url: str) -> tuple[str, str] | None:
        host = authority_of(url)
        domain = domain_of(host.partition(":")[0])
        hosts = self.domains.get(domain)
        if hosts is None or host in hosts or len(hosts) < max(LEAST_HOSTS, int(HOST_SHARE * self.budget)):
            return None
        fetched = sum(shape.fetched for shape in hosts.values())
        relevant = sum(shape.relevant for shape in hosts.values())
        return ("trap:host_wildcard", f"{len(hosts)} hosts of {domain}") if relevant <= MIN_RELEVANT * fetched else None

    def _host_shape(self, host: str) -> Shape:
        return self.domains.setdefault(domain_of(host.partition(":")[0]), {}).setdefault(host, Shape())


def _count(shape: Shape, *, relevant: bool, fresh: bool) -> None:
    shape.fetched += 1
    shape.relevant += relevant
    shape.fresh += fresh


def static_refusal(url: str, year: int) -> tuple[str, str] | None:
    """Code and detail if an address shows by itself that it belongs to a trap."""
    head, _, query = url.split("://", 1)[-1].partition("?")
    folders = [part for part in head.split("/")[1:-1] if part]
    if len(folders) > MAX_SEGMENTS:
        return "trap:depth", f"{len(folders)} folders"
    if len(folders) - len(set(folders)) >= MAX_REPEATS:
        repeated = [part for part, times in Counter(folders).items() if times > MAX_REPEATS]
        if repeated:
            return "trap:repeat_segment", repeated[0][:80]
    if query and query.count("&") + 1 > MAX_PARAMETERS:
        return "trap:query", f"{query.count('&') + 1} parameters"
    return _calendar(url, year)


def shape_name(url: str) -> str:
    """Host and shape of an address; all queries of one path are one shape, whatever parameters they combine."""
    path, mark, _ = shape_of(url).partition("?")
    folders = [part for part in path.split("/")[1:-1] if part]
    if len(set(folders)) < len(folders):
        return f"{authority_of(url)}{REPEATING}"
    return f"{authority_of(url)}{path}{mark}"


def _calendar(url: str, year: int) -> tuple[str, str] | None:
    found = _DATE.search(url.split("://", 1)[-1].partition("/")[2]) or _YEAR_PARAMETER.search(url)
    if found is None:
        return None
    named = int(found[1])
    return None if year - YEARS_BACK <= named <= year + YEARS_AHEAD else ("trap:calendar", found[0][:40])
