"""A limit of processor time for work on a page that may have been made to take for ever."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.05  # s of processor time until the next try, should the exception be swallowed


class OutOfTimeError(BaseException):
    """The limit is reached. No ``Exception``: a rule that catches its own errors must not catch this one."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`OutOfTimeError` in the body when it has used ``seconds`` of this process's processor time.

    Processor time and not the clock, so that a busy machine finds the same as an idle one. Regular expressions are
    stopped as well. Without effect outside of a process's main thread and on Windows, which have no such timer.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before or signal.SIG_DFL)


def _stop(_number: int, frame: FrameType | None) -> None:
    signal.setitimer(signal.ITIMER_PROF, _AGAIN)  # weak references swallow exceptions as well, and no frame shows it
    if not _is_swallowed(frame):
        raise OutOfTimeError


def _is_swallowed(frame: FrameType | None) -> bool:
    """Whether an exception raised here would be: Python drops those of finalizers and callbacks of the collector."""
    callbacks = {getattr(callback, "__code__", None) for callback in gc.callbacks}
    while frame is not None:
        if frame.f_code in callbacks or frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False
