"""Limits on the work for one page that a busy machine, or one that stood still, does not make shorter."""

from __future__ import annotations

import time
from collections.abc import Callable

try:
    import resource
except ImportError:  # Windows: the parent's clock still holds
    resource = None  # type: ignore[assignment]

STEP = 1.0  # seconds that a look at a patient clock counts at most, and so the longest time between two looks


def allow_cpu(seconds: int) -> None:
    """Let this process use ``seconds`` of processor time from now on; the system ends it after that, with SIGXCPU."""
    if resource:
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def bound_memory(size: int) -> None:
    """Let this process have ``size`` bytes of address space, and leave no image of itself when it dies."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class PatientClock:
    """Seconds that somebody was there to wait.

    What lies between two looks counts as ``STEP`` at most: while the whole machine stands still, or the one who waits
    has other work, nobody's time runs out. Look at least every ``STEP`` seconds while you wait.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last = now()
        self._seconds = 0.0

    def look(self) -> float:
        """Seconds since the clock was made, in steps that were waited for."""
        now = self._now()
        self._seconds += min(max(0.0, now - self._last), STEP)
        self._last = now
        return self._seconds
