"""SQL of the user, run so that it can only read, for a limited time, and gives a limited number of rows."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterspin.errors import LimitError, UsageError
from counterspin.store.connection import Store, own_errors

_STEPS = 2000  # SQLite operations between two looks at the clock: about 0.1 ms
_LENGTH = 50_000_000  # bytes of the longest value that a statement may build
_LENGTH_LIMIT = 0  # SQLITE_LIMIT_LENGTH, a name that Python 3.10 lacks
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_FUNCTION = sqlite3.SQLITE_FUNCTION
# Reading a full-text index asks for data_version; the others describe tables.
_PRAGMAS = frozenset({"data_version", "table_info", "table_xinfo", "table_list"})
_FORBIDDEN = frozenset({"load_extension", "fts3_tokenizer", "writefile", "edit", "readfile"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a query; ``is_cut`` if there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool


def ask(
    path: Path, statement: str, values: Mapping[str, Any] | None = None, *, seconds: float = 10.0, rows: int = 1000
) -> Answer:
    """Run one reading ``statement`` on the database at ``path``; ``values`` fill its ``:names``.

    Raises :class:`UsageError` for a statement that SQLite refuses or that would change anything, :class:`LimitError`
    when ``seconds`` are over.
    """
    with Store.open(path, create=False, readonly=True) as store, own_errors(path):
        connection = store.connection
        connection.execute("SELECT rowid FROM passage_fts LIMIT 0")  # opens the full-text index; it may not later on
        connection.set_authorizer(_authorize)
        _limit_lengths(connection)
        end = time.thread_time() + seconds  # processor time: on a busy machine a query may do as much as on an idle one
        connection.set_progress_handler(lambda: int(time.thread_time() > end), _STEPS)
        try:
            return _ask(connection, statement, values or {}, rows)
        except sqlite3.Error as error:
            raise _explained(error, seconds) from None
        except sqlite3.Warning as error:  # Python 3.10: more than one statement
            raise UsageError(f"the query cannot run: {error}") from None
        finally:
            connection.set_progress_handler(None, 0)
            connection.set_authorizer(None)


def _ask(connection: sqlite3.Connection, statement: str, values: Mapping[str, Any], limit: int) -> Answer:
    cursor = connection.execute(statement, dict(values))
    if cursor.description is None:
        raise UsageError("the query gives no rows; write a SELECT")
    found = cursor.fetchmany(limit + 1)
    columns = tuple(column[0] for column in cursor.description)
    return Answer(columns, tuple(tuple(row) for row in found[:limit]), len(found) > limit)


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action in _READING:
        return sqlite3.SQLITE_OK
    if action == _FUNCTION:
        return sqlite3.SQLITE_DENY if (second or "").lower() in _FORBIDDEN else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _limit_lengths(connection: sqlite3.Connection) -> None:
    if hasattr(connection, "setlimit"):  # from Python 3.11 on
        connection.setlimit(_LENGTH_LIMIT, _LENGTH)


def _explained(error: sqlite3.Error, seconds: float) -> UsageError | LimitError | sqlite3.Error:
    text = str(error)
    if "interrupted" in text:
        return LimitError(f"the query took more than {seconds:g} s and was stopped; narrow it or raise --seconds")
    if "not authorized" in text or "prohibited" in text:
        return UsageError(f"queries only read: {text}")
    if "malformed" in text or "disk" in text or "not a database" in text or "locked" in text:
        return error  # own_errors says what it means
    return UsageError(f"the query cannot run: {text}")
