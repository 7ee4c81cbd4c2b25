"""How a host is treated: the time between requests, what a busy server asks for, when it is left alone. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from crawler.robots import Rules

JITTER = 0.3  # share by which a delay varies, up only: robots.txt names the least time, so it is never undercut
LATENCY_SHARE = 2.0  # a delay is at least so many times what the host takes to answer: a slow host is a loaded one
LATENCY_MEMORY = 0.7  # weight of the past in the average of the time to answer
EASING = 0.9  # of a raised delay is left after each good answer
FIRST_BACKOFF = 10.0  # s after a first 429 or 503 without Retry-After; doubled with each further one
MAX_BACKOFF = 3600.0  # s; a longer Retry-After is obeyed all the same, over the end of the run
FIRST_RETRY = 1.0  # s until a failed page is tried again at the earliest; doubled with each further attempt
BREAK_IN_A_ROW = 20  # failures in a row that end a host for this run (Nutch: 5 exceptions)
BREAK_SHARE = 0.5  # or this share of failures
BREAK_AFTER = 40  # among at least so many answers


@dataclass(slots=True)
class Host:
    """What the running crawl knows of a host (with its port unless that is the default one). Times in seconds."""

    id: int
    authority: str
    domain: str
    base_delay: float
    delay: float
    ready_at: float = 0.0
    busy: int = 0
    latency: float | None = None
    failures: int = 0
    answers: int = 0
    failed: int = 0
    fetched: int = 0
    relevant: float = 0.0
    backoffs: int = 0
    rules: Rules | None = None
    robots_at: float | None = None
    robots_failing_since: float | None = None
    robots_tried_at: float | None = None
    robots_text: str | None = None
    robots_status: int | None = None
    code: str | None = None
    dropped: frozenset[str] = frozenset()
    channels: set[int] = field(default_factory=set)
    owned_until: float = 0.0
    sitemaps_offered: bool = False
    mirrors: frozenset[int] = frozenset()  # hosts that serve the same pages, this one included

    @property
    def least_delay(self) -> float:
        """What the user and robots.txt ask for."""
        return max(self.base_delay, (self.rules.delay or 0.0) if self.rules else 0.0)

    def answered(self, now: float, seconds: float) -> None:
        """A good answer came: ease the delay, keep the next request away."""
        self.answers += 1
        self.failures = 0
        self.backoffs = 0
        self.latency = (
            seconds if self.latency is None else LATENCY_MEMORY * self.latency + (1 - LATENCY_MEMORY) * seconds
        )
        self.delay = max(self.least_delay, self.delay * EASING, self._latency_delay())
        self._rest(now)

    def troubled(self, now: float) -> None:
        """No answer, or a broken one: slow down, and give up at last."""
        self.answers += 1
        self.failed += 1
        self.failures += 1
        self.delay = min(max(self.least_delay, 2 * self.delay), max(self.least_delay, 60.0))
        self._rest(now)
        if self.failures >= BREAK_IN_A_ROW or (
            self.answers >= BREAK_AFTER and self.failed >= BREAK_SHARE * self.answers
        ):
            self.code = "host_failing"

    def asked_to_wait(self, now: float, seconds: float | None) -> float:
        """429 or 503 came, with ``seconds`` of Retry-After if it named any; the time until which nothing is asked."""
        self.answers += 1
        self.backoffs += 1
        own = min(MAX_BACKOFF, FIRST_BACKOFF * 2 ** (self.backoffs - 1))
        wait = seconds if seconds is not None else own * (1 + JITTER * random.random())
        self.delay = max(self.least_delay, 2 * self.delay)
        self.ready_at = max(self.ready_at, now + max(wait, self.delay))
        return self.ready_at

    def _latency_delay(self) -> float:
        return min(LATENCY_SHARE * (self.latency or 0.0), 10.0) if self.base_delay else 0.0

    def _rest(self, now: float) -> None:
        pause = max(self.delay, self.least_delay)
        self.ready_at = max(self.ready_at, now + pause * (1 + JITTER * random.random()))


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds of a Retry-After header, from its number or its date; ``None`` if it holds neither (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), 10**8))
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_wait(attempts: int, base_delay: float) -> float:
    """Seconds until a page that failed ``attempts`` times is tried again."""
    return float(max(FIRST_RETRY, 10 * base_delay) * 2 ** max(0, attempts - 1))
