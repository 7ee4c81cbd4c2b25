"""The schema and its versions. A file says what it is by ``application_id`` and ``user_version``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from counterspin.errors import SchemaError

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x43535057  # "CSPW"
VERSION = 2
SCHEMA = Path(__file__).parent / "schema"


def create_schema(connection: sqlite3.Connection) -> None:
    """All tables, triggers and views on a connection without any, as for a database in memory."""
    for statement in _statements():
        connection.execute(statement)


def check_readable(connection: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`SchemaError` for a file that is not ours or has no tables yet. A newer one can be read."""
    identity, version = _identity(connection)
    if identity != APPLICATION_ID:
        raise SchemaError(f"{path} is not a counterspin database; run `counterspin init` to make one")
    if version < VERSION:
        raise SchemaError(
            f"{path} has the older schema {version}; run `counterspin db migrate` to bring it to {VERSION}"
        )


def check_writable(connection: sqlite3.Connection, path: Path) -> None:
    """Raise :class:`SchemaError` for a file that is not ours or that a newer version has written."""
    identity, version = _identity(connection)
    if identity not in (0, APPLICATION_ID) or (identity == 0 and _has_tables(connection)):
        raise SchemaError(f"{path} is not a counterspin database; name another file or another folder")
    if version > VERSION:
        raise SchemaError(
            f"{path} has schema {version}, this counterspin writes {VERSION}; install a newer counterspin"
            " (reading with `query`, `report` and `backup` still works)"
        )


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file to :data:`VERSION`, in one transaction, after a copy of an older one beside it."""
    if _identity(connection)[1] == VERSION:
        return
    from sqlite_utils import Database  # noqa: PLC0415 - 60 ms that only a new or older file has to pay

    before = _identity(connection)[1]
    if before:
        _copy(connection, path.with_name(f"{path.name}.bak-{before}"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _identity(connection)[1] != VERSION:  # another process may have been first
            all_migrations().apply(Database(connection))
            _make_views(connection)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            _verify(connection, path)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def triggers() -> frozenset[str]:
    """The names of all triggers that the schema defines; a table rebuilt by a tool loses them without a word."""
    words = [statement.split() for statement in _statements()]
    return frozenset(word[2] for word in words if word[:2] == ["CREATE", "TRIGGER"])


def missing_triggers(connection: sqlite3.Connection) -> frozenset[str]:
    """Triggers of the schema that the file lacks."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
    return triggers() - {row[0] for row in rows}


def _identity(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return application, connection.execute("PRAGMA user_version").fetchone()[0]


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def all_migrations() -> Migrations:
    """What brings a file from nothing to :data:`VERSION`, in order."""
    from sqlite_utils import Migrations as Set  # noqa: PLC0415

    migrations = Set("counterspin")

    @migrations()
    def version_1(database: Database) -> None:
        for statement in _statements():
            if not statement.startswith("CREATE VIEW"):
                database.execute(statement)

    @migrations()
    def version_2(database: Database) -> None:
        """Reasons in further languages, answers that a reviewer has seen, measures that were not compared,
        likenesses with a reason of their own, networks of spinners; no leases and few indexes in the frontier.
        """
        for table, column, empty in (
            ("flag", "reason_json", "{}"),
            ("flag", "answers_json", "[]"),
            ("evidence", "note_json", "{}"),
        ):
            if column not in {known.name for known in database[table].columns}:  # version 1 makes a new file complete
                database.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT NOT NULL DEFAULT '{empty}'")
        for table in {"uncompared", "reuse", "network"} - set(database.table_names()):
            for statement in _statements():
                if statement.startswith((f"CREATE TABLE {table}(", f"CREATE INDEX {table}_")):
                    database.execute(statement)
        _lighten_frontier(database)

    return migrations


def _lighten_frontier(database: Database) -> None:
    """Take away leases, which only a process holds now, and indexes that each link found had to be put into."""
    for name in ("leased", "host_rows", "added", "run", "page"):
        database.execute(f"DROP INDEX IF EXISTS frontier_{name}")
    database.execute("DROP INDEX IF EXISTS capture_raw")
    for statement in _statements():
        if statement.startswith(("CREATE INDEX frontier_run ", "CREATE INDEX frontier_page ")):
            database.execute(statement)
    if "leased_at" in {known.name for known in database["frontier"].columns}:
        database.execute("UPDATE frontier SET state='queued' WHERE state='leased'")
        database.execute("ALTER TABLE frontier DROP COLUMN leased_at")


def _make_views(connection: sqlite3.Connection) -> None:
    """Views are made anew with every upgrade: their columns are the public interface of this version."""
    for statement in _statements():
        if statement.startswith("CREATE VIEW"):
            connection.execute(f"DROP VIEW IF EXISTS {statement.split()[2]}")
            connection.execute(statement)


def _statements() -> Iterator[str]:
    """The statements of all schema files, the core first, the views last."""
    order = {"core.sql": 0, "views.sql": 2}
    for file in sorted(SCHEMA.glob("*.sql"), key=lambda file: (order.get(file.name, 1), file.name)):
        statement = ""
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
            if not statement.strip() and line.lstrip().startswith("--"):
                continue
            statement += line
            if sqlite3.complete_statement(statement):
                yield statement.strip()
                statement = ""


def _verify(connection: sqlite3.Connection, path: Path) -> None:
    lost = missing_triggers(connection)
    if lost or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise SchemaError(f"{path}: the upgrade failed its check ({', '.join(sorted(lost)) or 'broken references'})")


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.touch(mode=0o600)
    with sqlite3.connect(target) as copy:
        connection.backup(copy)
    copy.close()
