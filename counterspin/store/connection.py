"""The open database: connection rules, transactions in small batches, errors of SQLite as errors of ours."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, final

from counterspin.errors import (
    CounterspinError,
    DamagedError,
    DiskFullError,
    LockedError,
    ReadOnlyError,
    SchemaError,
    UsageError,
)
from counterspin.model import Document, Flag
from counterspin.store import migrations

Item = TypeVar("Item")

BUSY_SECONDS = 10.0  # how long a statement waits for another writer; a batch of ours takes 50 ms at most
BATCH_ROWS = 200  # rows a transaction: a reviewer waits 9-34 ms (99th percentile) beside such a writer
BATCH_SECONDS = 0.05  # time a transaction; whichever comes first
BATCH_PAUSE = 0.001  # s between two transactions: SQLite's lock is not fair, a writer without pause starves others
LOCK_POLL = 0.0005  # s between two tries for a lock of our own; SQLite's grow to 100 ms and miss most pauses
MIN_SQLITE = (3, 37, 0)  # STRICT tables
_PRAGMAS = (
    f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else REPLACE deletes verdicts behind the back of their delete trigger
    "PRAGMA trusted_schema=OFF",
    "PRAGMA secure_delete=ON",
)
# The messages are SQLite's own and have not changed since 2005; error codes reach Python only from 3.11 on.
_MEANINGS: tuple[tuple[str, type[CounterspinError], str], ...] = (
    ("database or disk is full", DiskFullError, "the disk is full; everything committed is kept. Make room, run again"),
    ("disk I/O error", DiskFullError, "the disk cannot be read or written; what was committed is kept. Check the disk"),
    ("attempt to write a readonly", ReadOnlyError, "cannot be written; check the rights of the file and its folder"),
    ("unable to open database", ReadOnlyError, "cannot be opened; check that the folder exists and can be written"),
    ("database is locked", LockedError, "another process is writing; try again when it is done"),
    ("database table is locked", LockedError, "another process is writing; try again when it is done"),
    ("malformed", DamagedError, "is damaged; take the last backup or run `counterspin rebuild --from-warc`"),
    ("file is not a database", SchemaError, "is no SQLite database; name the database of a counterspin project"),
)  # fmt: skip


def translated(error: sqlite3.Error, path: str | Path) -> CounterspinError | None:
    """What an error of SQLite means for the user; ``None`` for one that is a mistake of ours."""
    text = str(error)
    return next((kind(f"{path}: {advice}") for sign, kind, advice in _MEANINGS if sign in text), None)


@contextmanager
def own_errors(path: str | Path) -> Iterator[None]:
    """Raise the errors of SQLite that a user can meet as ours."""
    try:
        yield
    except sqlite3.Error as error:
        ours = translated(error, path)
        if ours is None:
            raise
        raise ours from error


@final
class Store:
    """An open database. Use :meth:`open`; close it, or use it as a context manager.

    One store serves one thread. Every write stands in :meth:`transaction` or :meth:`write`.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
        self.connection = connection
        self.path = path
        self.readonly = readonly
        self._is_durable = False

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        durable: bool = False,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> Store:
        """Open the database at ``path``; with ``create`` it is made if there is none, and an older one is brought up.

        ``durable`` makes each commit survive a loss of power (for verdicts); without it the last commits before one
        may be gone, never the file. ``factory`` lets a test put in a connection that fails.

        Raises :class:`UsageError` without a file, :class:`SchemaError` for a foreign or newer one,
        :class:`DamagedError`, :class:`ReadOnlyError`, :class:`LockedError`.
        """
        place = Path(path)
        _refuse_bad_place(place, create=create and not readonly)
        with own_errors(place):
            connection = _connect(place, readonly=readonly, factory=factory)
            store = cls(connection, place, readonly=readonly)
            try:
                store._settle(durable=durable)
            except BaseException:
                connection.close()
                raise
        return store

    def _settle(self, *, durable: bool) -> None:
        for pragma in _PRAGMAS:
            self.connection.execute(pragma)
        if self.readonly:
            self.connection.execute("PRAGMA query_only=ON")
            migrations.check_readable(self.connection, self.path)
            return
        migrations.check_writable(self.connection, self.path)
        # SQLite does not wait here for another process that makes the same database.
        self._insist("PRAGMA journal_mode=WAL", BUSY_SECONDS)
        mode = self.connection.execute("PRAGMA journal_mode").fetchone()[0]
        if mode not in ("wal", "memory"):
            raise ReadOnlyError(f"{self.path}: this file system cannot hold a shared database; use a local disk")
        self.connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        self._is_durable = durable
        migrations.upgrade(self.connection, self.path)

    def close(self) -> None:
        """Close the file. Uncommitted work is undone."""
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. Takes the write lock at once: a lock that is taken late fails under WAL whatever the timeout.

        Inside another transaction it joins that one. Never wait for anything inside.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        with own_errors(self.path):
            self._begin()
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk has made SQLite roll back already; a second ROLLBACK would hide the reason.
                if bool(self.connection.in_transaction):
                    self.connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        """Take the write lock; a store of verdicts tries for it often, as somebody waits for it."""
        if not self._is_durable:
            self.connection.execute("BEGIN IMMEDIATE")
            return
        (patience,) = self.connection.execute("PRAGMA busy_timeout").fetchone()  # milliseconds
        self.connection.execute("PRAGMA busy_timeout=0")
        try:
            self._insist("BEGIN IMMEDIATE", patience / 1000)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout={patience}")

    def _insist(self, sql: str, seconds: float) -> None:
        """Try a statement until no other process is in its way, for ``seconds`` at most."""
        until = time.monotonic() + seconds
        while not self._is_done(sql, until):
            time.sleep(LOCK_POLL)

    def _is_done(self, sql: str, until: float) -> bool:
        try:
            self.connection.execute(sql)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            return False
        return True

    def write(self, items: Iterable[Item], put: Callable[[sqlite3.Connection, Item], object]) -> int:
        """Hand every item to ``put`` in transactions of at most 200 items and 50 ms; the number of items.

        ``items`` is read outside of the transactions, so it may be slow.
        """
        count = 0
        batch: list[Item] = []
        for item in items:
            batch.append(item)
            if len(batch) >= BATCH_ROWS:
                count += self._write_batch(batch, put)
                batch = []
        return count + self._write_batch(batch, put)

    def _write_batch(self, batch: list[Item], put: Callable[[sqlite3.Connection, Item], object]) -> int:
        done = 0
        while done < len(batch):
            deadline = time.monotonic() + BATCH_SECONDS
            with self.transaction() as connection:
                while done < len(batch):
                    put(connection, batch[done])
                    done += 1
                    if time.monotonic() > deadline:
                        break
            time.sleep(BATCH_PAUSE)
        return len(batch)

    def flags(self) -> Iterator[Flag]:
        """Every flag that the last analysis found, with its evidence, by URL, place and rule."""
        from counterspin.store import flags  # noqa: PLC0415 - it builds on this module

        return flags.current(self)

    def documents(self) -> Iterator[Document]:
        """The document of every page that has one, by page."""
        from counterspin.store import documents  # noqa: PLC0415 - it builds on this module

        return documents.current(self)

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a SELECT."""
        with own_errors(self.path):
            return self.connection.execute(sql, tuple(values)).fetchall()

    def row(self, sql: str, values: Iterable[Any] = ()) -> sqlite3.Row | None:
        """The first row of a SELECT, if there is one."""
        with own_errors(self.path):
            found: sqlite3.Row | None = self.connection.execute(sql, tuple(values)).fetchone()
            return found

    def value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first column of the first row; ``None`` without a row."""
        found = self.row(sql, values)
        return found[0] if found is not None else None


def _refuse_bad_place(path: Path, *, create: bool) -> None:
    if sqlite3.sqlite_version_info < MIN_SQLITE:
        needed = ".".join(map(str, MIN_SQLITE))
        raise SchemaError(f"this Python has SQLite {sqlite3.sqlite_version}; counterspin needs {needed} or newer")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; name the database file, for example {path / 'data/counterspin.db'}")
    if not create and not path.exists():
        raise UsageError(f"{path}: there is no database; run `counterspin init` and `counterspin crawl` first")


def _connect(path: Path, *, readonly: bool, factory: type[sqlite3.Connection]) -> sqlite3.Connection:
    if not readonly and not path.exists():
        _make_private(path)
    address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rw'}"
    if readonly and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        address += "&immutable=1"  # a folder that nobody can write: SQLite cannot make its shared-memory file
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, factory=factory)
    connection.row_factory = sqlite3.Row
    return connection


def _make_private(path: Path) -> None:
    """An empty file that only its owner can read: pages hold names and telephone numbers."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(f"{path}: cannot be made ({error.strerror}); check the rights of the folder") from error
