"""One run of a project at a time: the file ``<database>.lock`` is held while a stage writes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterspin.errors import LockedError, ReadOnlyError
from counterspin.store import runs

_held: set[Path] = set()


@contextmanager
def run_lock(database: Path, what: str) -> Iterator[None]:
    """Hold the run lock of a project; inside of a run that holds it already this does nothing.

    The lock ends with the process, however it ends. Raises :class:`LockedError` with process, run and start of the
    holder. A review does not need it: it writes verdicts while a run goes on.
    """
    place = Path(f"{database.absolute()}.lock")
    if place in _held:
        yield
        return
    handle = _open(place)
    try:
        _take(handle, place, what)
        _held.add(place)
        try:
            yield
        finally:
            _held.discard(place)
    finally:
        os.close(handle)


def _open(place: Path) -> int:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ReadOnlyError(f"{place}: cannot be written ({error.strerror}); check the rights of the folder") from error


def _take(handle: int, place: Path, what: str) -> None:
    import fcntl  # noqa: PLC0415 - not on Windows, where there is no lock

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError(f"{_holder(place)} is at work on {place.with_suffix('')}; wait for it or end it") from None
    os.ftruncate(handle, 0)
    holder = {"pid": os.getpid(), "what": what, "started": runs.now()}
    os.write(handle, json.dumps(holder).encode())


def _holder(place: Path) -> str:
    try:
        holder = json.loads(place.read_bytes() or b"{}")
        return f"`{holder['what']}` (process {holder['pid']}, since {holder['started']})"
    except (OSError, ValueError, KeyError):
        return "another run"
