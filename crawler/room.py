"""How many bytes of answers may be on their way at once, over all hosts.

One answer is bounded by ``crawl.max_bytes``, but as many as ``crawl.concurrency`` come at once. When together they
hold more than ``crawl.max_bytes_in_flight``, the one that has just grown is broken off and its page waits for another
turn; the others have its room. One that is alone is never broken off, so that every page comes through in the end.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.exceptions import StopDownload


class Room:
    """Counts the bytes that each request has received so far; ``highest`` is the most that was held at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: dict[Request, int] = {}
        self._total = 0
        self.highest = 0

    def connect(self, crawler: Any) -> None:
        """Listen to a crawler's downloads."""
        crawler.signals.connect(self.received, signal=signals.bytes_received)
        crawler.signals.connect(self.left, signal=signals.request_left_downloader)

    def received(self, data: bytes, request: Request) -> None:
        """More of an answer came. Raises :class:`StopDownload` where there is no room for it.

        robots.txt is never broken off: without it a whole host would be left alone.
        """
        own = self._held.get(request, 0) + len(data)
        self._held[request] = own
        self._total += len(data)
        self.highest = max(self.highest, self._total)
        if self._total > self._limit and own < self._total and request.cb_kwargs["task"].row is not None:
            self.left(request)
            raise StopDownload

    def left(self, request: Request) -> None:
        """A request is answered, failed or broken off."""
        self._total -= self._held.pop(request, 0)
