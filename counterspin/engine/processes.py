"""Work in other processes: a task of many values side by side, and a step whose memory goes back to the system."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, Pipe
from traceback import format_exc
from typing import Any, TypeVar

from counterspin.errors import LimitError
from counterspin.garbage import look_for_garbage_seldom

CHUNK = 16  # values handed to a process at once
AHEAD = 4  # such chunks a process that wait or are done; more would pile up where they are put together
_BATCH = 100  # values that a step in a process of its own hands over at once
_PR_SET_PDEATHSIG = 1  # prctl(2)
_ENDED = (
    "a process of the analysis was ended, most likely for want of memory; what was stored is kept."
    ' Set analyse.workers = 1 or analyse.engine = "spark", run again'
)
Value = TypeVar("Value")
Result = TypeVar("Result")
Hand = Callable[[Any], None]


def mapped(task: Callable[[Value], Result], values: Sequence[Value], workers: int) -> Iterator[Result]:
    """``task`` of every value, in order, in processes when there are more than one.

    Raises :class:`LimitError` where a process is ended from outside.
    """
    if workers <= 1 or len(values) < 2:
        yield from map(task, values)
        return
    context = get_context("fork" if can_fork() else "spawn")
    pool = ProcessPoolExecutor(workers, context, _set_task, (task, os.getpid()))
    waiting: deque[Future[list[Result]]] = deque()
    try:
        for start in range(0, len(values), CHUNK):
            waiting.append(pool.submit(_run_task, list(values[start : start + CHUNK])))
            if len(waiting) > workers * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise LimitError(_ENDED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def apart(step: Callable[[Hand], None]) -> Iterator[Any]:
    """What ``step`` hands to the function that it is given, in order, from a process of its own (a fork).

    All memory that the step takes goes back to the system with that process; freed in this one much of it would stay,
    in pieces. Raises what the step raises, :class:`LimitError` where its process is ended from outside.
    """
    ours, theirs = Pipe(duplex=False)
    process: Any = get_context("fork").Process(target=_hand_over, args=(step, theirs, os.getpid()))
    process.start()
    theirs.close()
    try:
        yield from _received(ours)
    finally:
        process.kill()
        process.join()
        ours.close()


def can_fork() -> bool:
    """Whether a fork is safe: it shares what is there without copying it, and needs no guarded main module."""
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a step raised, and where."""

    error: BaseException
    trace: str


def _received(connection: Connection) -> Iterator[Any]:
    try:
        while told := connection.recv():
            if isinstance(told, _Failed):
                raise told.error from RuntimeError(told.trace)
            yield from told
    except (EOFError, MemoryError) as error:
        raise LimitError(_ENDED) from error


def _hand_over(step: Callable[[Hand], None], connection: Connection, parent: int) -> None:
    _end_with(parent)
    look_for_garbage_seldom()
    batch: list[Any] = []

    def hand(value: Any) -> None:
        batch.append(value)
        if len(batch) == _BATCH:
            connection.send(batch)
            batch.clear()

    try:
        step(hand)
        if batch:
            connection.send(batch)
        connection.send([])  # no more will come
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the step was called
        connection.send(_Failed(error, format_exc()))


_task: Any = None


def _set_task(task: Any, parent: int) -> None:
    global _task  # noqa: PLW0603 - a worker process gets its task, with the corpus in it, once
    _end_with(parent)
    look_for_garbage_seldom()
    _task = task


def _run_task(values: list[Any]) -> list[Any]:
    return [_task(value) for value in values]


def _end_with(parent: int) -> None:
    """End when the parent is killed, on Linux, so that a run that is started again meets no orphan.

    Ctrl-C goes to the parent alone, which ends this process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
