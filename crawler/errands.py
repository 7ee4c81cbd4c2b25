"""What a page that is made by scripts asks for besides itself: fetched by us, by the rules of the crawl.

The browser opens no connection. Each address that a page names is looked at by the guard, asked for only if the
robots.txt of its host allows it, one at a time to a host with the pause that the host wants, and kept for other pages.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from counterspin.urls import authority_of, fetch_url
from crawler.answer import Answer
from crawler.guard import Guard
from crawler.robots import MAX_BYTES, Rules, rules_of
from crawler.transport import decoded

MAX_ASKED = 40  # requests of one page; a page of scripts takes five to twenty
MAX_HOPS = 3  # redirects of one request
MAX_KEPT = 32 << 20  # bytes of answers kept in a run: the scripts of a site serve all its pages
REDIRECTS = frozenset({301, 302, 303, 307, 308})
Ask = Callable[[str], Awaitable[Answer | None]]


@dataclass(slots=True)
class Errands:
    """The requests of the pages of one run. ``rules``: what is known of a host from the crawl, by ``host:port``."""

    guard: Guard
    ask: Ask
    rules: Callable[[str], Rules | None]
    delay: float
    limit: int  # bytes of one answer
    kept: dict[str, Answer] = field(default_factory=dict)
    size: int = 0
    refused: int = 0
    _own: dict[str, Rules] = field(default_factory=dict)
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)
    _ready: dict[str, float] = field(default_factory=dict)

    async def fetch(self, url: str) -> Answer | None:
        """The answer to a request of a page, redirects followed; ``None`` if it must not be asked or was not had."""
        target: str | None = fetch_url(url)
        for _ in range(MAX_HOPS + 1):
            if target is None or self.guard.refusal(target) is not None:
                self.refused += 1
                return None
            answer = self.kept.get(target) or await self._fetched(target)
            if answer is None or answer.status not in REDIRECTS:
                return answer
            target = fetch_url(answer.header("location") or "", target)
        return None

    async def _fetched(self, url: str) -> Answer | None:
        host = authority_of(url)
        async with self._hosts.setdefault(host, asyncio.Lock()):
            if url in self.kept:
                return self.kept[url]
            rules = await self._rules_of(url, host)
            if not rules.allows(url):
                self.refused += 1
                return None
            answer = await self._asked(url, host, rules.delay or 0.0)
            if answer is not None and self.size + len(answer.body) <= MAX_KEPT:
                self.kept[url] = answer
                self.size += len(answer.body)
            return answer

    async def _rules_of(self, url: str, host: str) -> Rules:
        known = self.rules(host) or self._own.get(host)
        if known is None:
            answer = await self._asked(f"{url.partition(':')[0]}://{host}/robots.txt", host, 0.0)
            text = answer.body[:MAX_BYTES].decode("utf-8", "replace") if answer is not None else None
            known = self._own[host] = rules_of(answer.status if answer is not None else None, text)
        return known

    async def _asked(self, url: str, host: str, delay: float) -> Answer | None:
        await asyncio.sleep(max(0.0, self._ready.get(host, 0.0) - time.monotonic()))
        answer = await self.ask(url)
        self._ready[host] = time.monotonic() + max(self.delay, delay)
        if answer is None or answer.truncated:
            return None
        plain = decoded(answer.body, answer.headers, limit=self.limit)
        if plain.problem is not None:
            return None
        return Answer(answer.status, answer.headers, plain.body, answer.seconds)
