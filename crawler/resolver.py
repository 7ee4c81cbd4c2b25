"""Name look-up with the address guard: every address of every answer is checked at the moment of connecting.

A name that passed as text may still resolve to this machine or its network, and may do so only the second time it is
asked (DNS rebinding): so what is checked here is what is connected to.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

from scrapy.utils.defer import deferred_from_coro
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolverSimple
from zope.interface.declarations import implementer  # type: ignore[import-untyped]

from crawler.guard import Guard

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

DNS_SECONDS = 10.0  # for one look-up (Nutch takes 10)
KEPT = 10_000  # answers kept for the run


class ForbiddenAddressError(DNSLookupError):
    """A name leads to an address that is never asked."""


@implementer(IResolverSimple)
class GuardedResolver:
    """Looks names up in a thread of the event loop."""

    def __init__(self, reactor: Any, guard: Guard) -> None:
        self._reactor = reactor
        self._guard = guard
        self._known: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> GuardedResolver:
        return cls(reactor, Guard(frozenset(crawler.settings.getlist("CRAWL_ALLOW_PRIVATE"))))

    def install_on_reactor(self) -> None:
        """Put this resolver in the place of Twisted's."""
        self._reactor.installResolver(self)

    def getHostByName(self, name: str, timeout: object = ()) -> Any:  # noqa: N802, ARG002 - Twisted's interface
        """The address to connect to."""
        return deferred_from_coro(self._look_up(name))

    async def _look_up(self, name: str) -> str:
        if name in self._known:
            return self._known[name]
        loop = asyncio.get_running_loop()
        try:
            found = await asyncio.wait_for(
                loop.getaddrinfo(name, None, family=socket.AF_INET, type=socket.SOCK_STREAM), DNS_SECONDS
            )
        except (OSError, asyncio.TimeoutError, UnicodeError) as error:
            raise DNSLookupError(f"{name}: {error}") from error
        addresses = [str(answer[4][0]) for answer in found]
        if not addresses or not self._guard.may_connect(name, addresses):
            raise ForbiddenAddressError(f"{name} leads to {', '.join(addresses) or 'nowhere'}")
        if len(self._known) >= KEPT:
            self._known.clear()
        self._known[name] = addresses[0]
        return addresses[0]
