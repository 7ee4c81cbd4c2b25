"""Waiting that a stall of the machine does not shorten.

A crawl that stood still for half a minute (a laptop that slept, a virtual machine that was moved, a host that swaps)
finds every answer under way overdue, though no host was slow. A heartbeat sees the gap before any other timer runs,
since it was due first, and moves the rest by it.
"""

from __future__ import annotations

import math
from typing import Any

BEAT = 0.5  # s between two beats
LATE = 2.0  # s that a beat may be late before it counts as a stall; a busy crawl is late by some tenths


class Heartbeat:
    """Beats on Twisted's ``reactor`` from :meth:`start` to :meth:`stop`; ``stalled`` is the seconds lost so far."""

    def __init__(self, reactor: Any) -> None:
        self._reactor = reactor
        self._next: Any = None
        self.stalled = 0.0

    def start(self) -> None:
        """Beat for the first time in ``BEAT`` seconds."""
        self._next = self._reactor.callLater(BEAT, self._beat)

    def stop(self) -> None:
        """Beat no more."""
        if self._next is not None and self._next.active():
            self._next.cancel()

    def _beat(self) -> None:
        late = self._reactor.seconds() - self._next.getTime()
        if late > LATE:
            self.stalled += late
            for call in self._reactor.getDelayedCalls():
                call.delay(math.ceil(late))
        self.start()
