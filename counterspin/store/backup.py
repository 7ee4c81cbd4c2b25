"""Copies of a database that is in use, and checks of its health."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from counterspin.errors import DamagedError, InputError, ReadOnlyError
from counterspin.store import migrations
from counterspin.store.connection import MIN_SQLITE, Store, own_errors

PAGES_A_STEP = 1000  # database pages copied before writers get their turn


def backup(store: Store, target: Path, *, advance: Callable[[int, int], None] | None = None) -> int:
    """Copy the open database to ``target`` while others read and write it; its size in bytes.

    The copy is written beside ``target``, checked, and moved into place: a copy cut short never looks like one.
    Raises :class:`InputError` if ``target`` exists, :class:`DamagedError` if the copy is not sound.
    """
    if target.exists():
        raise InputError(f"{target} exists; name a new file, a backup replaces nothing")
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)
    except OSError as error:
        raise ReadOnlyError(f"{target}: cannot be written ({error.strerror})") from error
    try:
        with own_errors(part), closing(sqlite3.connect(part)) as copy:
            store.connection.backup(copy, pages=PAGES_A_STEP, progress=_progress(advance), sleep=0.005)
            copy.execute("PRAGMA journal_mode=DELETE")
            _refuse_unsound(copy, part)
        _flush(part)
        part.rename(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def problems(store: Store, *, quick: bool = False) -> list[str]:
    """What is wrong with the file, empty if nothing: pages, indexes, references, triggers, the search index."""
    check = "quick_check" if quick else "integrity_check"
    found = [row[0] for row in store.rows(f"PRAGMA {check}(20)") if row[0] != "ok"]
    found += [f"{row[0]} row {row[1]} refers to a missing {row[2]}" for row in store.rows("PRAGMA foreign_key_check")]
    found += [f"the trigger {name} is missing" for name in sorted(migrations.missing_triggers(store.connection))]
    if not quick:
        passages, indexed = (
            store.value("SELECT count(*) FROM passage"),
            store.value("SELECT count(*) FROM passage_fts_docsize"),
        )
        if passages != indexed:
            found.append(f"{passages} passages, but {indexed} in the search index; run `counterspin db reindex`")
    return found


def library() -> tuple[str, str | None]:
    """The version of SQLite that this Python has, and what keeps it from serving, if anything."""
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < MIN_SQLITE:
        return version, f"{version}; {'.'.join(map(str, MIN_SQLITE))} or newer is needed, use another build of Python"
    with closing(sqlite3.connect(":memory:")) as memory:
        try:
            memory.execute("CREATE VIRTUAL TABLE t USING fts5(a, content='')")
        except sqlite3.OperationalError:
            return version, f"{version} without full-text search (FTS5); use another build of Python"
    return version, None


def _refuse_unsound(copy: sqlite3.Connection, path: Path) -> None:
    result = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if result != "ok":
        raise DamagedError(f"{path}: the copy is not sound ({result}); check the original with `counterspin db check`")


def _progress(advance: Callable[[int, int], None] | None) -> Callable[[int, int, int], None] | None:
    if advance is None:
        return None
    return lambda _status, left, total: advance(total - left, total)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
