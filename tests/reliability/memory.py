"""Peak memory and processor time of processes, read from the kernel while they run (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

EVERY = 0.1  # s between two looks


class Watch:
    """Watches a process and all below it until :meth:`stop`; ``peaks`` is bytes by name of process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peaks: dict[str, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> dict[str, int]:
        """End the watch; the highest resident size of the process itself and of any process below it."""
        self._over.set()
        self._thread.join()
        return self.peaks

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self._meet("main", self.pid)
            for child in descendants(self.pid):
                self._meet("child", child)

    def _meet(self, name: str, pid: int) -> None:
        self.peaks[name] = max(self.peaks.get(name, 0), peak_of(pid))


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    own = children(pid)
    return own + [further for child in own for further in descendants(child)]


def peak_of(pid: int) -> int:
    """The highest resident size that a process has had, in bytes; 0 if it is gone."""
    return _status(pid, "VmHWM")


def resident(pid: int) -> int:
    """The resident size of a process now, in bytes; 0 if it is gone."""
    return _status(pid, "VmRSS")


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process and all below it have used."""
    return sum(_ticks(one) for one in (pid, *descendants(pid))) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0
    return int(words[11]) + int(words[12])


def open_files(pid: int) -> int:
    """How many files a process has open; 0 if it is gone."""
    try:
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return 0


def _status(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    found = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(found[0]) * 1024 if found else 0
