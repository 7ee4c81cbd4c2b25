"""robots.txt after RFC 9309: what it allows, how fast, and what its absence means. Pure; the crawl fetches it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.transport import Headers, decoded

MAX_BYTES = 512 * 1024  # of a file that count; RFC 9309 asks for 500 KiB at least
LIFE = 86_400.0  # s a copy is good for (RFC 9309, 2.4)
STALE_LIFE = 30 * 86_400.0  # s an old copy is still obeyed while no new one can be had; then all is allowed (2.3.1.4)
RETRY = 1800.0  # s until a robots.txt that could not be had is asked for again
MAX_REDIRECTS = 5  # hops followed, to other hosts too (2.3.1.2)
AGENT = "counterspin"  # our product token


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host says. ``delay`` is the least time between requests in seconds, if it names one."""

    parser: Any  # protego.Protego, or None when everything has one answer
    allows_all: bool
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    code: str | None = None  # ``robots_unreachable`` where the host gave no answer

    def allows(self, url: str) -> bool:
        """Whether our agent may ask for a URL. ``/robots.txt`` itself always may be."""
        if self.parser is None:
            return self.allows_all
        return bool(self.parser.can_fetch(url, AGENT))


ALLOW = Rules(None, allows_all=True)
DENY = Rules(None, allows_all=False, code="robots_unreachable")


def text_of(body: bytes, headers: Headers) -> str:
    """The text of an answer, uncompressed, as far as it counts."""
    plain = decoded(body, headers, limit=MAX_BYTES)
    return (plain.body or body)[:MAX_BYTES].decode("utf-8", "replace")


def parse(text: str) -> Rules:
    """The rules in a robots.txt. Raises nothing: a line that is no rule is passed over."""
    from protego import Protego  # noqa: PLC0415 - not needed where the robots.txt is missing

    parser = Protego.parse(text.lstrip("\ufeff").replace("\x00", ""))
    return Rules(parser, allows_all=False, delay=_delay(parser), sitemaps=tuple(list(parser.sitemaps)[:50]))


def rules_of(status: int | None, text: str | None, *, failing_for: float = 0.0) -> Rules:
    """The rules that follow from the answer to robots.txt. ``status`` is ``None`` when there was none.

    2xx: the file. 4xx but 429: there is none, all is allowed. Anything else: nothing is allowed until it can be had,
    for ``STALE_LIFE`` at most (``failing_for`` seconds so far); then all is.
    """
    if status is not None and 200 <= status < 300:
        return parse(text or "")
    if status is not None and 400 <= status < 500 and status != 429:
        return ALLOW
    return ALLOW if failing_for > STALE_LIFE else DENY


def _delay(parser: Any) -> float | None:
    named = parser.crawl_delay(AGENT)
    rate = parser.request_rate(AGENT)
    paced = rate.seconds / rate.requests if rate is not None and rate.requests else None
    given = [float(value) for value in (named, paced) if value is not None and value >= 0]
    return max(given) if given else None
