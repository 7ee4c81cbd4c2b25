"""A small pool of processes that read pages, beside the event loop. A page that takes too long costs its process, not
the crawl. Its time is processor time, which the system counts; the clock only ends a process that hangs.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from crawler.reading import Job, Reading, read
from extract.limits import allow_cpu

SECONDS = 10  # of processor time for one page; the slowest shape known to be honest takes 0.3 s
CLOCK_SECONDS = 180.0  # by the clock, with the start of a process: a busy machine is not the page's fault
PAGES = 2_000  # a process is replaced after so many pages, so that no leak of a parser lasts
PIPE_ROOM = 32 * 1024  # bytes of a body that a pipe surely takes at once; a longer one waits for its reader to read


class Reader(Protocol):
    """Reads answers, one after another or side by side."""

    async def read(self, job: Job) -> Reading | None:
        """What was read; ``None`` if the page took too long or broke its process."""

    def warm(self) -> None:
        """Make ready for the first page."""

    async def close(self) -> None:
        """End the processes."""


class InlineReader:
    """Reads in this process: for tests and for crawls of a few pages."""

    async def read(self, job: Job) -> Reading | None:
        return read(job)

    def warm(self) -> None:
        return

    async def close(self) -> None:
        return


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    pages: int = 0


class ReaderPool:
    """Reads in ``count`` processes, started when first needed."""

    def __init__(self, count: int, *, seconds: float = CLOCK_SECONDS) -> None:
        self._count = count
        self._seconds = seconds
        self._context = multiprocessing.get_context("spawn")
        self._idle: deque[_Worker] = deque()
        self._started = 0
        self._free: asyncio.Semaphore | None = None

    def warm(self) -> None:
        """Start a first process, so that it is up when the first page comes."""
        if not self._idle:
            self._idle.append(self._start())

    async def read(self, job: Job) -> Reading | None:
        """What was read; ``None`` if the page took too long or broke its process."""
        if self._free is None:
            self._free = asyncio.Semaphore(self._count)
        async with self._free:
            worker = self._idle.popleft() if self._idle else self._start()
            reading = await self._ask(worker, job)
            worker.pages += 1
            if reading is None or worker.pages >= PAGES:
                _stop(worker)
            else:
                self._idle.append(worker)
            return reading

    async def close(self) -> None:
        """End the processes."""
        while self._idle:
            _stop(self._idle.popleft())

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True, name="counterspin-reader")
        process.start()
        theirs.close()
        return _Worker(process, ours)

    async def _ask(self, worker: _Worker, job: Job) -> Reading | None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        loop.add_reader(worker.pipe.fileno(), _setter(ready))
        try:
            await asyncio.wait_for(_send(worker.pipe, job), self._seconds)
            await asyncio.wait_for(ready, self._seconds)
            answer: Reading = worker.pipe.recv()
        except (asyncio.TimeoutError, EOFError, OSError):
            return None
        finally:
            loop.remove_reader(worker.pipe.fileno())
        return answer


async def _send(pipe: Connection, job: Job) -> None:
    """Hand over a job. A process that still starts reads nothing, and a long body must not hold up the event loop."""
    if len(job.body) < PIPE_ROOM:
        pipe.send(job)
    else:
        await asyncio.get_running_loop().run_in_executor(None, pipe.send, job)


def _setter(ready: asyncio.Future[None]) -> Callable[[], None]:
    def set_once() -> None:
        if not ready.done():
            ready.set_result(None)

    return set_once


def _work(pipe: Connection) -> None:
    import signal  # noqa: PLC0415 - only in the child: Ctrl-C is the parent's business

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        allow_cpu(SECONDS)
        pipe.send(read(job))


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.terminate()
    worker.process.join(timeout=1)
