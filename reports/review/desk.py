"""The database as the review app uses it: one thread, one connection, and who is looking at what."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from counterspin.store import Store, verdicts

Result = TypeVar("Result")
LEASES_KEPT = 10_000  # flags; older leases are forgotten


class Desk:
    """Runs work on the one connection, in one thread: SQLite serves one writer, and a page takes milliseconds."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="review")
        self._leases: dict[str, tuple[str, float]] = {}
        self.store: Store = self._thread.submit(
            Store.open, path, create=False, readonly=read_only, durable=not read_only
        ).result()
        if not read_only:
            self._thread.submit(verdicts.mend_journal, self.store).result()

    async def do(self, work: Callable[..., Result], *values: object, **named: object) -> Result:
        """``work(store, ...)`` in the database thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: work(self.store, *values, **named)
        )

    async def read(self, work: Callable[..., Result], *values: object, **named: object) -> Result:
        """``work(connection, ...)`` in the database thread."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: work(self.store.connection, *values, **named)
        )

    def close(self) -> None:
        """Close the connection in the thread it lives in."""
        self._thread.submit(self.store.close).result()
        self._thread.shutdown()

    def take(self, fingerprint: str, reviewer: str, minutes: int) -> None:
        """Note that the reviewer is looking at this flag; others get it later, never not at all."""
        if len(self._leases) >= LEASES_KEPT:
            self._leases.clear()
        self._leases[fingerprint] = (reviewer, time.monotonic() + 60 * minutes)

    def is_taken(self, fingerprint: str, reviewer: str) -> bool:
        """Whether another reviewer has this flag on the screen."""
        holder, until = self._leases.get(fingerprint, ("", 0.0))
        return bool(holder) and holder != reviewer and until > time.monotonic()
