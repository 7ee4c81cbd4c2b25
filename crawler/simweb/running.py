"""Running a simulated web: in a thread for tests, in the foreground for the command line."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counterspin.errors import LockedError
from crawler.simweb.server import MAX_HEAD, State, handle
from crawler.simweb.web import Hit, Web

LOOPBACK = "127.0.0.1"
STOP_SECONDS = 300.0  # for open connections to end; a busy machine needs some, nothing takes long


@dataclass(frozen=True, slots=True)
class Running:
    """A web that is being served. ``proxy`` is what an HTTP client takes as its proxy."""

    port: int
    state: State

    @property
    def proxy(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def web(self) -> Web:
        return self.state.web

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The access log so far, in the order in which replies ended."""
        return tuple(self.state.hits)

    def advance(self, *, days: float = 0.0, seconds: float = 0.0) -> None:
        """Move the virtual clock, as between two crawls."""
        self.state.clock += days * 86_400 + seconds

    def forget(self) -> None:
        """Empty the access log, so that the next crawl is judged alone."""
        self.state.hits.clear()


@contextmanager
def serve(web: Web, *, port: int = 0, log: Path | None = None) -> Iterator[Running]:
    """Serve a web on loopback, in a thread, while the block runs. Port 0 takes a free one.

    Raises :class:`LockedError` if the port is in use.
    """
    loop = asyncio.new_event_loop()
    writer = log.open("a", encoding="utf-8", buffering=1) if log else None
    state = State(web, write=writer.write if writer else None)
    try:
        server = loop.run_until_complete(_listen(state, port))
        thread = threading.Thread(target=loop.run_forever, name="simweb", daemon=True)
        thread.start()
        try:
            yield Running(_port(server), state)
        finally:
            asyncio.run_coroutine_threadsafe(_stop(server), loop).result(STOP_SECONDS)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(STOP_SECONDS)
    finally:
        loop.close()
        if writer:
            writer.close()


async def _listen(state: State, port: int) -> asyncio.Server:
    try:
        return await asyncio.start_server(functools.partial(handle, state), LOOPBACK, port, limit=MAX_HEAD)
    except OSError as error:
        raise LockedError(f"port {port} is in use; give another one, or 0 for a free one") from error


def _port(server: asyncio.Server) -> int:
    return int(server.sockets[0].getsockname()[1])


async def _stop(server: asyncio.Server) -> None:
    server.close()
    open_connections = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in open_connections:
        task.cancel()
    await asyncio.gather(*open_connections, return_exceptions=True)


def run(web: Web, *, port: int = 0, log: Path | None = None) -> Iterator[int]:
    """Serve in the foreground: yields the port once, then serves until the caller stops iterating."""
    with serve(web, port=port, log=log) as running:
        yield running.port
        threading.Event().wait()
