"""The schema is what users query: its columns are a promise, and what it refuses as well."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from counterspin import model
from counterspin.errors import DamagedError, SchemaError, UsageError
from counterspin.store import Store, create_schema, migrations
from counterspin.store.backup import problems

GOLDEN = Path(__file__).parent / "columns.json"


def columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    kinds = "SELECT name FROM sqlite_master WHERE type IN('table','view') AND name NOT LIKE 'passage_fts_%' ORDER BY 1"
    names = [row[0] for row in connection.execute(kinds) if not row[0].startswith(("sqlite_", "_"))]
    return {
        name: [column[0] for column in connection.execute(f"SELECT * FROM {name} LIMIT 0").description]
        for name in names
    }


def test_tables_and_views_have_their_golden_columns(store):
    assert json.loads(GOLDEN.read_text()) == columns(store.connection)


def test_all_named_views_can_be_read_on_an_empty_database(store):
    views = [row[0] for row in store.rows("SELECT name FROM sqlite_master WHERE type='view' ORDER BY 1")]
    assert [f"q{number:02}" for number in range(1, 25)] == [view[:3] for view in views]
    for view in views:
        assert store.rows(f"SELECT * FROM {view} WHERE 0") == []


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("flag", "category", model.CATEGORIES), ("passage", "kind", model.PASSAGE_KINDS),
        ("boilerplate", "reason", model.BOILERPLATE_REASONS), ("link", "zone", model.LINK_ZONES),
        ("evidence", "role", model.EVIDENCE_ROLES), ("document", "page_type", model.PAGE_TYPES),
    ],
)  # fmt: skip
def test_the_schema_allows_what_the_values_allow(store, table, column, values):
    sql = store.value("SELECT sql FROM sqlite_master WHERE name=?", (table,))
    found = re.search(rf"CHECK\({column} IN\(([^)]*)\)\)", sql)
    assert set(values) == set(re.findall(r"'(\w+)'", found[1]))


def test_every_table_is_strict_and_no_trigger_is_missing(store):
    loose = store.rows(
        "SELECT name FROM pragma_table_list WHERE type='table' AND strict=0 AND name NOT LIKE 'sqlite_%'"
    )
    assert {"_sqlite_migrations"} == {row[0] for row in loose} - {"passage_fts"}
    assert frozenset() == migrations.missing_triggers(store.connection)
    assert problems(store) == []


def test_a_lost_trigger_is_noticed(store):
    store.connection.execute("DROP TRIGGER verdict_no_delete")
    assert problems(store) == ["the trigger verdict_no_delete is missing"]


def test_a_schema_in_memory_is_the_same(store):
    memory = sqlite3.connect(":memory:")
    create_schema(memory)
    assert columns(store.connection) == columns(memory)
    memory.close()


def test_the_file_is_private_and_says_what_it_is(store):
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert store.value("PRAGMA application_id") == migrations.APPLICATION_ID
    assert store.value("PRAGMA user_version") == migrations.VERSION


def test_every_connection_has_its_rules(store):
    asked = {
        "foreign_keys": 1, "recursive_triggers": 1, "trusted_schema": 0, "secure_delete": 1, "busy_timeout": 10_000,
        "journal_mode": "wal", "synchronous": 1,
    }  # fmt: skip
    assert asked == {name: store.value(f"PRAGMA {name}") for name in asked}
    with Store.open(store.path, durable=True) as durable:
        assert durable.value("PRAGMA synchronous") == 2


def other(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


def test_a_foreign_database_is_refused_and_not_touched(tmp_path):
    path = other(tmp_path / "other.db", "CREATE TABLE t(a)")
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(SchemaError, match="is not a counterspin database"):
            Store.open(path, readonly=readonly)
    assert before == path.read_bytes()


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "page.db"
    path.write_bytes(b"<html>" * 1000)
    with pytest.raises(SchemaError, match="no SQLite database"):
        Store.open(path)
    assert path.read_bytes() == b"<html>" * 1000


def test_a_newer_schema_is_not_written_but_can_be_read(store):
    store.connection.execute(f"PRAGMA user_version={migrations.VERSION + 1}")
    store.close()
    with pytest.raises(SchemaError, match="install a newer counterspin"):
        Store.open(store.path)
    with Store.open(store.path, readonly=True) as reader:
        assert reader.value("SELECT count(*) FROM flag") == 0


def test_an_empty_file_becomes_a_database(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with Store.open(path) as made:
        assert made.value("PRAGMA user_version") == migrations.VERSION


def test_an_older_schema_is_copied_and_brought_up(store, monkeypatch):
    store.connection.execute("INSERT INTO note(target_type,target_key,author,at,body) VALUES('flag','k','a','t','b')")
    store.close()
    first = migrations.all_migrations()

    def with_a_second():
        @first()
        def version_next(database):
            database.execute("ALTER TABLE note ADD COLUMN colour TEXT")

        return first

    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    monkeypatch.setattr(migrations, "all_migrations", with_a_second)
    with pytest.raises(SchemaError, match="db migrate"):
        Store.open(store.path, readonly=True)
    with Store.open(store.path) as newer:
        assert newer.value("PRAGMA user_version") == migrations.VERSION
        assert [tuple(row) for row in newer.rows("SELECT body,colour FROM note")] == [("b", None)]
        assert problems(newer) == []
    before = migrations.VERSION - 1
    copy = sqlite3.connect(f"{store.path}.bak-{before}")
    assert copy.execute("PRAGMA user_version").fetchone()[0] == before
    assert copy.execute("SELECT body FROM note").fetchone()[0] == "b"
    copy.close()


def test_a_file_of_version_1_becomes_what_a_new_one_is(store):
    wanted = columns(store.connection)
    for statement in (
        "ALTER TABLE flag DROP COLUMN reason_json",
        "ALTER TABLE flag DROP COLUMN answers_json",
        "ALTER TABLE evidence DROP COLUMN note_json",
        "DROP VIEW q21_one_answer_only",
        "DROP VIEW q22_measures_not_compared",
        "DROP VIEW q23_named_exits",
        "DROP VIEW q24_spinner_networks",
        "DROP TABLE uncompared",
        "DROP TABLE reuse",
        "DROP TABLE network",
        "DELETE FROM _sqlite_migrations WHERE name='version_2'",
        "PRAGMA user_version=1",
    ):
        store.connection.execute(statement)
    store.close()
    with Store.open(store.path) as upgraded:
        assert columns(upgraded.connection) == wanted
        assert problems(upgraded) == []
        assert upgraded.value("SELECT count(*) FROM sqlite_master WHERE name LIKE 'uncompared_%'") == 3


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(store, monkeypatch):
    store.close()
    first = migrations.all_migrations()

    def with_a_broken_one():
        @first()
        def version_next(database):
            database.execute("ALTER TABLE note ADD COLUMN colour TEXT")
            database.execute("DROP TRIGGER verdict_no_delete")

        return first

    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    monkeypatch.setattr(migrations, "all_migrations", with_a_broken_one)
    with pytest.raises(SchemaError, match="verdict_no_delete"):
        Store.open(store.path)
    monkeypatch.undo()
    with Store.open(store.path) as older:
        assert problems(older) == []
        assert older.value("PRAGMA user_version") == migrations.VERSION
        assert "colour" not in older.connection.execute("SELECT * FROM note").description


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        Store.open(tmp_path)
    with pytest.raises(UsageError, match="there is no database"):
        Store.open(tmp_path / "none.db", create=False)
    with pytest.raises(UsageError, match="there is no database"):
        Store.open(tmp_path / "none.db", readonly=True)


def test_a_damaged_file_is_named_as_such(store):
    path = store.path
    store.close()
    raw = bytearray(path.read_bytes())
    for at in range(4096, len(raw), 4096):
        raw[at : at + 2048] = b"\xff" * 2048
    path.write_bytes(raw)
    with pytest.raises(DamagedError, match="rebuild --from-warc"), Store.open(path, readonly=True) as damaged:
        problems(damaged)


_INSERT = "INSERT INTO verdict(id,target_type,target_key,verdict,reviewer,at,nonce) VALUES"
APPEND_ONLY = (
    "UPDATE verdict SET note='x'",
    "DELETE FROM verdict",
    f"{_INSERT.replace('INSERT', 'INSERT OR REPLACE')}(1,'flag','k','unsure','x','t',NULL)",
    f"{_INSERT.replace('INSERT', 'REPLACE')}(2,'flag','k','unsure','x','t','n')",
    f"{_INSERT}(1,'flag','k','unsure','x','t',NULL) ON CONFLICT(id) DO UPDATE SET verdict='unsure'",
    f"{_INSERT}(2,'flag','k','unsure','x','t','n') ON CONFLICT(nonce) DO UPDATE SET verdict='unsure'",
)


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_a_verdict_can_be_neither_changed_nor_replaced_nor_deleted(store, statement):
    store.connection.execute(f"{_INSERT}(1,'flag','k','confirmed','r','t','n')")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute(statement)
    assert [tuple(row) for row in store.rows("SELECT verdict,reviewer FROM verdict")] == [("confirmed", "r")]


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_the_guards_hold_on_a_connection_without_our_rules(store, statement):
    store.connection.execute("PRAGMA recursive_triggers=OFF")
    test_a_verdict_can_be_neither_changed_nor_replaced_nor_deleted(store, statement)


def test_the_numbers_of_a_finished_run_are_frozen(store):
    from counterspin.store import runs

    run = runs.start(store, "analyse")
    runs.put_numbers(store, run, {("run", "", "flags"): 3.0})
    runs.finish(store, run)
    for statement in (
        "UPDATE run_stat SET value=4",
        "DELETE FROM run_stat",
        "INSERT INTO run_stat VALUES(1,'a','b','c',1)",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="frozen"):
            store.connection.execute(statement)
