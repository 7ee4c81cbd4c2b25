"""A small pool of processes that read pages, beside the event loop. A page that takes too long costs its process, not
the crawl. Its time is processor time, which the system counts; the clock only ends a process that hangs.

Each process has the next pages at hand while it reads one: otherwise it would wait, after each, until the event loop
comes round to it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Protocol

from counterspin.garbage import look_for_garbage_seldom
from crawler.reading import Job, Reading, read
from extract.limits import allow_cpu

SECONDS = 10  # of processor time for one page; the slowest shape known to be honest takes 0.3 s
CLOCK_SECONDS = 180.0  # by the clock, with the start of a process: a busy machine is not the page's fault
PAGES = 10_000  # a process is replaced after so many pages, so that no leak lasts; from 1,500 to 5,000 it grew by 2 MB
AHEAD = 3  # pages that a process has at hand, the one it reads included; a fourth won nothing (2 cores, 16 requests)
PIPE_ROOM = 96 * 1024  # bytes of bodies that a pipe surely takes at once; what is more waits for its reader to read


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


class _LostError(Exception):
    """Another page broke the process that was to read this one."""


@dataclass(slots=True)
class _Worker:
    """A process and what it was given: the first of ``waiting`` is the page that it reads."""

    process: SpawnProcess
    pipe: Connection
    waiting: deque[asyncio.Future[Reading | None]] = field(default_factory=deque)
    lengths: deque[int] = field(default_factory=deque)  # of the bodies of those, in bytes
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)
    given: int = 0
    timer: asyncio.TimerHandle | None = None
    is_watched: bool = False


class ReaderPool:
    """Reads in ``count`` processes, started when first needed. ``seconds``: by the clock, for one page."""

    def __init__(self, count: int, *, seconds: float = CLOCK_SECONDS) -> None:
        self._count = count
        self._seconds = seconds
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._places: asyncio.Semaphore | None = None

    def warm(self) -> None:
        """Start a first process, so that it is up when the first page comes."""
        if not self._workers:
            self._workers.append(self._start())

    async def read(self, job: Job) -> Reading | None:
        """What was read; ``None`` if the page took too long or broke its process."""
        if self._places is None:
            self._places = asyncio.Semaphore(self._count * AHEAD)
        async with self._places:
            while True:
                try:
                    return await self._ask(self._least_busy(), job)
                except _LostError:  # noqa: PERF203 - next to a page, a `try` costs nothing
                    continue  # each time it is another page that broke a process, so this comes to an end

    async def close(self) -> None:
        """End the processes."""
        for worker in tuple(self._workers):
            self._end(worker)

    def _least_busy(self) -> _Worker:
        worker = min(self._workers, key=lambda one: len(one.waiting), default=None)
        if worker is None or (worker.waiting and len(self._workers) < self._count):
            worker = self._start()
            self._workers.append(worker)
        return worker

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True, name="counterspin-reader")
        process.start()
        theirs.close()
        return _Worker(process, ours)

    async def _ask(self, worker: _Worker, job: Job) -> Reading | None:
        answer: asyncio.Future[Reading | None] = asyncio.get_running_loop().create_future()
        self._watch(worker)
        worker.waiting.append(answer)
        worker.lengths.append(len(job.body))
        worker.given += 1
        if worker.given == PAGES:
            self._workers.remove(worker)  # it ends once it has read what it was given
        if len(worker.waiting) == 1:
            self._set_timer(worker)
        async with worker.sending:
            try:
                if answer.done():
                    pass
                elif sum(worker.lengths) < PIPE_ROOM:
                    worker.pipe.send(job)
                else:
                    await _send(worker.pipe, job)
            except OSError:
                self._break(worker)
        return await answer

    def _watch(self, worker: _Worker) -> None:
        if not worker.is_watched:
            worker.is_watched = True
            asyncio.get_running_loop().add_reader(worker.pipe.fileno(), self._take, worker)

    def _take(self, worker: _Worker) -> None:
        """A page was read, or the process is gone."""
        try:
            reading: Reading = worker.pipe.recv()
        except (EOFError, OSError):
            self._break(worker)
            return
        if worker.waiting:
            worker.lengths.popleft()
            _settle(worker.waiting.popleft(), reading)
        self._set_timer(worker)
        if worker.given >= PAGES and not worker.waiting:
            self._end(worker)

    def _set_timer(self, worker: _Worker) -> None:
        if worker.timer is not None:
            worker.timer.cancel()
        loop = asyncio.get_running_loop()
        worker.timer = loop.call_later(self._seconds, self._break, worker) if worker.waiting else None

    def _break(self, worker: _Worker) -> None:
        """The page that the process reads has broken it; the others are read by another one."""
        if worker.waiting:
            _settle(worker.waiting.popleft(), None)
        self._end(worker)

    def _end(self, worker: _Worker) -> None:
        if worker in self._workers:
            self._workers.remove(worker)
        if worker.timer is not None:
            worker.timer.cancel()
        if worker.is_watched:
            worker.is_watched = False
            asyncio.get_running_loop().remove_reader(worker.pipe.fileno())
        while worker.waiting:
            answer = worker.waiting.popleft()
            if not answer.done():
                answer.set_exception(_LostError())
        _stop(worker)


def _settle(answer: asyncio.Future[Reading | None], reading: Reading | None) -> None:
    if not answer.done():
        answer.set_result(reading)


async def _send(pipe: Connection, job: Job) -> None:
    """Hand over a job that may wait for its reader to read: that must not hold up the event loop."""
    await asyncio.get_running_loop().run_in_executor(None, pipe.send, job)


def _work(pipe: Connection) -> None:
    import signal  # noqa: PLC0415 - only in the child: Ctrl-C is the parent's business

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_for_garbage_seldom()
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
