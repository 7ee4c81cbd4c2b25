"""Extraction in child processes with limits, so that one hostile page costs one outcome and no more.

A child lives for many pages (starting one costs more than a page) and is replaced after ``pages_per_worker`` or when
a page broke a limit. The parent talks to it in frames over pipes. A page's time is CPU time, which the child's own
limit holds; the parent's clock, which runs while the parent waits, only ends a child that hangs.
"""

from __future__ import annotations

import os
import pickle
import selectors
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from counterspin.model import Document
from counterspin.settings import ExtractSettings
from extract.limits import STEP, PatientClock
from extract.overrides import Overrides

START_SECONDS = 300.0  # seconds for a child to start; the page's own time begins when it is ready
WALL_FACTOR = 15.0  # times its CPU time that a page may take by the clock: a busy machine is not the page's fault
_FRAME = struct.Struct(">Q")
_DETAIL = 200  # code points of a detail that are kept


@dataclass(frozen=True, slots=True)
class Job:
    """One page to extract. ``key`` comes back with the outcome and may be anything that can be pickled."""

    key: object
    raw: bytes
    url: str
    content_type: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The document of a job, or the code (``extract_timeout``, ``bad_type`` …) and detail of why there is none."""

    key: object
    document: Document | None
    code: str | None = None
    detail: str = ""


def run(jobs: Iterable[Job], settings: ExtractSettings, overrides: Overrides | None = None) -> Iterator[Outcome]:
    """The outcome of each job, in the order in which they end; jobs are taken from ``jobs`` one by one."""
    pool = _Pool(settings, overrides)
    try:
        yield from pool.outcomes(iter(jobs))
    finally:
        pool.close()


def send(stream: IO[bytes], value: object) -> None:
    """Write one frame: its length in eight bytes, then the pickled value.

    A stream without a buffer (standard output under PYTHONUNBUFFERED) may take a part when a signal interrupts it.
    """
    payload = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_FRAME.pack(len(payload)) + payload)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one frame. Raises :class:`EOFError` when the other side is gone."""
    head = stream.read(_FRAME.size)
    if len(head) < _FRAME.size:
        raise EOFError
    (size,) = _FRAME.unpack(head)
    payload = stream.read(size)
    if len(payload) < size:
        raise EOFError
    return pickle.loads(payload)  # noqa: S301 - only our own child writes into this pipe


class _Worker:
    """One child process, and the job that it works on."""

    def __init__(self, settings: ExtractSettings, overrides: Overrides | None, clock: PatientClock) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "extract.child", str(settings.seconds), str(settings.memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        )  # fmt: skip
        assert self.process.stdin
        assert self.process.stdout
        self.inbox, self.outbox = self.process.stdin, self.process.stdout
        self.job: Job | None = None
        self.pages = 0
        self.ready = False
        self.clock = clock
        self.deadline = clock.look() + START_SECONDS
        send(self.inbox, (overrides, settings.min_chars))

    def start(self, job: Job, seconds: float) -> None:
        self.job, self.deadline = job, self.clock.look() + WALL_FACTOR * seconds
        send(self.inbox, (job.raw, job.url, job.content_type, job.fetched_at))

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.inbox.close()
        self.outbox.close()


def _environment() -> dict[str, str]:
    """The parent's environment with its import path, so that a child finds the same packages."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}


class _Pool:
    """The children, and which of them waits for what."""

    def __init__(self, settings: ExtractSettings, overrides: Overrides | None) -> None:
        self._settings, self._overrides = settings, overrides
        self._clock = PatientClock()
        self._selector = selectors.DefaultSelector()
        self._workers: list[_Worker] = []
        self._size = settings.workers or os.cpu_count() or 1

    def outcomes(self, jobs: Iterator[Job]) -> Iterator[Outcome]:
        waiting = next(jobs, None)
        while waiting is not None or any(worker.job for worker in self._workers):
            while waiting is not None and len(self._workers) < self._size and not self._idle():
                self._add()
            idle = self._idle()
            if waiting is not None and idle:
                outcome = self._give(idle, waiting)
                waiting = next(jobs, None)
                if outcome:
                    yield outcome
                continue
            yield from self._events()

    def close(self) -> None:
        for worker in list(self._workers):
            self._remove(worker)
        self._selector.close()

    def _idle(self) -> _Worker | None:
        return next((worker for worker in self._workers if worker.ready and worker.job is None), None)

    def _add(self) -> None:
        worker = _Worker(self._settings, self._overrides, self._clock)
        self._workers.append(worker)
        self._selector.register(worker.outbox, selectors.EVENT_READ, worker)

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._selector.unregister(worker.outbox)
        worker.stop()

    def _give(self, worker: _Worker, job: Job) -> Outcome | None:
        try:
            worker.start(job, self._settings.seconds)
        except BrokenPipeError:
            self._remove(worker)
            return Outcome(job.key, None, "extract_crash", "the worker ended before the page was read")
        return None

    def _events(self) -> Iterator[Outcome]:
        """Wait until a child answers or a deadline passes, and yield what that settles."""
        now = self._clock.look()
        rest = min((worker.deadline for worker in self._workers if worker.job or not worker.ready), default=now + STEP)
        for key, _ in self._selector.select(min(max(0.0, rest - now), STEP)):
            outcome = self._answer(key.data)
            if outcome:
                yield outcome
        yield from self._late()

    def _late(self) -> Iterator[Outcome]:
        """The outcomes of children past their deadline, without those whose answer waits in the pipe.

        The caller may have been away for long between two outcomes; its time is not the page's.
        """
        answered = {key.data for key, _ in self._selector.select(0)}
        now = self._clock.look()
        for worker in [one for one in self._workers if now > one.deadline and (one.job or not one.ready)]:
            if worker in answered:
                continue
            self._remove(worker)
            if worker.job is None:
                raise TimeoutError(f"an extraction worker did not start within {START_SECONDS:.0f} s")
            yield Outcome(worker.job.key, None, "extract_timeout", f"more than {self._settings.seconds} s")

    def _answer(self, worker: _Worker) -> Outcome | None:
        job = worker.job
        try:
            answer: tuple[Document | None, str | None, str] = receive(worker.outbox)
        except EOFError:
            self._remove(worker)
            if job is None:
                raise RuntimeError(
                    "an extraction worker could not start; try python -m extract.child 20 2147483648"
                ) from None
            return Outcome(job.key, None, *_death(worker.process.returncode))
        if job is None:
            worker.ready = True
            return None
        worker.job, worker.pages = None, worker.pages + 1
        document, code, detail = answer
        if worker.pages >= self._settings.pages_per_worker or (code or "").startswith("extract_"):
            self._remove(worker)
        return Outcome(job.key, document, code, detail[:_DETAIL])


def _death(returncode: int) -> tuple[str, str]:
    """Code and detail for how a child ended: SIGXCPU is 24."""
    if returncode == -24:
        return "extract_timeout", "too much CPU time"
    return "extract_crash", f"the worker ended with {returncode}"
