"""A stage that is killed at any statement is run again and ends as if nothing had happened."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from counterspin import to_dict
from counterspin.configuration import Configuration, load
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.store import Store, documents, flags
from counterspin.store.backup import problems

KILLED = 9


class Mortal(sqlite3.Connection):
    """Ends its process, without any goodbye, at the n-th statement that writes."""

    countdown = -1

    def execute(self, sql, values=()):
        if not sql.startswith(("SELECT", "PRAGMA")):
            Mortal.countdown -= 1
            if Mortal.countdown == 0:
                os._exit(KILLED)
        return super().execute(sql, values)


def stages(configuration: Configuration, folder: Path, factory: type[sqlite3.Connection] = sqlite3.Connection) -> None:
    with Store.open(configuration.database, factory=factory) as store:
        import_files(store, configuration, [folder], base_url="http://advice.test/")
        extract_all(store, configuration)
        analyse_all(store, configuration)


def outcome(configuration: Configuration) -> tuple[object, ...]:
    with Store.open(configuration.database, readonly=True) as store:
        assert problems(store) == []
        assert store.value("SELECT count(*) FROM run WHERE status='running'") == 0
        last = store.value("SELECT max(id) FROM run WHERE kind='analyse' AND status='ok'")
        events = store.rows("SELECT event,count(*) FROM flag_event WHERE run_id=? GROUP BY 1", (last,))
        states = store.rows("SELECT machine_state,state,count(*) FROM flag GROUP BY 1,2")
        return (
            [to_dict(document) for document in documents.current(store)],
            [to_dict(flag) for flag in flags.current(store)],
            [tuple(row) for row in (*events, *states)],
            store.value("SELECT count(*) FROM capture"),
        )


def killed_at(configuration: Configuration, folder: Path, statement: int) -> bool:
    """Run the stages in a child that dies at this statement; whether it got that far."""
    child = os.fork()
    if child == 0:
        Mortal.countdown = statement
        try:
            stages(configuration, folder, Mortal)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.mark.slow
def test_a_kill_at_any_statement_loses_nothing_and_stores_nothing_twice(project, pages, tmp_path):
    stages(project, pages)
    expected = outcome(project)
    kills, statement = 0, 1
    while True:
        folder = tmp_path / f"killed-{statement}"
        folder.mkdir()
        shutil.copy(tmp_path / "counterspin.toml", folder)
        configuration = load(folder, environment={})
        was_killed = killed_at(configuration, pages, statement)
        stages(configuration, pages)
        assert expected == outcome(configuration), statement
        if not was_killed:
            break
        kills, statement = kills + 1, statement + 1 + statement // 4
    assert kills > 12
