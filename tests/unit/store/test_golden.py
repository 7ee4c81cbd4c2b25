"""Databases of every released schema, as their version left them: today's code brings them up and loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from counterspin.configuration import load
from counterspin.errors import SchemaError
from counterspin.pipeline.analysing import analyse_all
from counterspin.store import Store, documents, flags, migrations, verdicts
from counterspin.store.backup import problems
from counterspin.store.frontier import Frontier
from counterspin.store.search import find

GOLDEN = sorted((Path(__file__).parent / "golden").glob("schema_*.sql"))


def made(folder: Path, golden: Path) -> Path:
    """A project with the database of a golden file."""
    (folder / "counterspin.toml").write_text('[crawl]\ncontact = "me@example.test"\n', encoding="utf-8")
    database = folder / "data/counterspin.db"
    database.parent.mkdir()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(golden.read_text(encoding="utf-8"))
    return database


def test_there_is_a_golden_database_of_every_older_schema():
    assert [f"schema_{version}.sql" for version in range(1, migrations.VERSION)] == [path.name for path in GOLDEN]


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_an_old_database_is_brought_up_and_keeps_everything(tmp_path, golden):
    database = made(tmp_path, golden)
    with pytest.raises(SchemaError, match="db migrate"):
        Store.open(database, readonly=True)
    with Store.open(database) as store:
        assert store.value("PRAGMA user_version") == migrations.VERSION
        assert problems(store) == []
        assert [document.url for document in documents.current(store)] == [
            "http://advice.test/a.html",
            "http://advice.test/b.html",
        ]
        assert len(list(flags.current(store))) == 2
        assert {row[0] for row in store.rows("SELECT state FROM flag")} == {"confirmed", "false_positive"}
        assert verdicts.verify(store) == verdicts.Chain(2, None)
        assert len(find(store, "王小明")) == 1
        assert analyse_all(store, load(tmp_path, environment={})).documents == 2
        assert problems(store) == []
        assert {row[0] for row in store.rows("SELECT verdict FROM verdict")} == {"confirmed", "false_positive"}
    copy = Path(f"{database}.bak-{golden.stem.rpartition('_')[2]}")
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT count(*) FROM verdict").fetchone() == (2,)


def test_what_an_old_crawl_had_under_way_is_queued_again(tmp_path):
    database = made(tmp_path, GOLDEN[0])
    with closing(sqlite3.connect(database)) as old:
        old.executescript(
            "INSERT INTO frontier_host(id,host,domain) VALUES(9,'a.test','a.test');"
            "INSERT INTO frontier_channel(id,host_id,prefix) VALUES(9,9,'/');"
            "INSERT INTO frontier(url_key,url,host_id,channel_id,state,origin,leased_at,added_run)"
            " SELECT 'a.test/9','http://a.test/9',9,9,'leased','link',1.0,min(id) FROM run;"
        )
    with Store.open(database) as store:
        crawls = Frontier(store, 1)
        assert [row.url for row in crawls.best(9, 2.0)] == ["http://a.test/9"]
        assert crawls.counts()["queued"] == 1
        assert problems(store) == []


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_a_newer_database_is_refused_in_one_line_and_not_touched(tmp_path, golden):
    database = made(tmp_path, golden)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version={migrations.VERSION + 1}")
    before = database.read_bytes()
    command = [sys.executable, "-m", "counterspin", "analyse"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 8
    assert len(done.stderr.strip().splitlines()) == 1
    assert "install a newer counterspin" in done.stderr
    assert before == database.read_bytes()


def test_an_upgrade_that_is_killed_leaves_the_old_database(tmp_path):
    database = made(tmp_path, GOLDEN[0])
    whole = tmp_path / "whole.db"
    shutil.copy(database, whole)
    script = (
        "import os,sys; from counterspin.store import Store, migrations\n"
        "migrations._verify = lambda *_: os._exit(9)\nStore.open(sys.argv[1])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(database)], check=False, timeout=300)
    assert done.returncode == 9
    with closing(sqlite3.connect(database)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
    with Store.open(database) as store:
        assert problems(store) == []
