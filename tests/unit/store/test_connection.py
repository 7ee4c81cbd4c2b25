"""Transactions under faults and beside other processes."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time

import pytest

from counterspin.errors import CounterspinError, DiskFullError, LockedError, ReadOnlyError
from counterspin.store import Store, connection, runs
from counterspin.store.backup import backup, problems

MESSAGES = {
    "database or disk is full": DiskFullError, "disk I/O error": DiskFullError, "database is locked": LockedError,
    "attempt to write a readonly database": ReadOnlyError,
}  # fmt: skip


class Failing(sqlite3.Connection):
    """Fails at the n-th statement that writes, as a full disk does: the transaction is rolled back already."""

    countdown = -1
    message = ""

    def execute(self, sql, values=()):
        if not sql.startswith(("SELECT", "PRAGMA")) and Failing.countdown >= 0:
            Failing.countdown -= 1
            if Failing.countdown < 0:
                if self.in_transaction and "full" in Failing.message:
                    super().execute("ROLLBACK")
                raise sqlite3.OperationalError(Failing.message)
        return super().execute(sql, values)


def work(store: Store) -> None:
    """A run with a few hundred rows in batches."""
    run = runs.start(store, "analyse")
    runs.put_numbers(store, run, {("site", f"{number}.test", "pages"): 1.0 for number in range(20)})
    runs.finish(store, run)


def problem_of(store: Store) -> CounterspinError | None:
    try:
        work(store)
    except CounterspinError as error:
        return error
    return None


@pytest.mark.parametrize("message", MESSAGES)
def test_a_fault_at_any_statement_keeps_what_was_committed_and_the_next_run_ends_well(tmp_path, message):
    statements = 0
    for at in range(200):
        path = tmp_path / f"{at}.db"
        Failing.countdown, Failing.message = -1, message
        with Store.open(path, factory=Failing) as store:
            work(store)
            Failing.countdown = at
            problem = problem_of(store)
            if problem is None:
                statements = at
                break
            assert MESSAGES[message] is type(problem)
            assert str(path) in str(problem)
            assert not store.connection.in_transaction
        Failing.countdown = -1
        with Store.open(path) as store:
            assert problems(store) == []
            assert store.value("SELECT count(*) FROM run_stat WHERE run_id=1") == 20
            work(store)
            last = store.value("SELECT max(id) FROM run")
            assert store.value("SELECT count(*) FROM run_stat WHERE run_id=?", (last,)) == 20
            assert store.value("SELECT count(*) FROM run WHERE status='running'") == 0
    Failing.countdown = -1
    assert statements > 25


def fail_after_a_row(store: Store) -> None:
    with store.transaction(), store.transaction():
        runs.start(store, "crawl")
        raise ZeroDivisionError


def test_an_error_undoes_all_of_a_transaction_and_of_those_it_joins(store):
    with pytest.raises(ZeroDivisionError):
        fail_after_a_row(store)
    assert store.value("SELECT count(*) FROM run") == 0


def test_batches_are_small(store, monkeypatch):
    sizes = []
    run = runs.start(store, "crawl")
    original = Store.transaction

    def counting(self):
        sizes.append(0)
        return original(self)

    def put(opened, number):
        sizes[-1] += 1
        opened.execute("INSERT INTO run_stat VALUES(?,'a',?,'b',1)", (run, str(number)))

    monkeypatch.setattr(Store, "transaction", counting)
    assert store.write(range(1001), put) == 1001
    assert sum(sizes) == 1001
    assert max(sizes) <= connection.BATCH_ROWS


def test_a_slow_batch_is_committed_in_parts(store):
    run = runs.start(store, "crawl")
    seen = []

    def put(opened, number):
        time.sleep(0.03)
        opened.execute("INSERT INTO run_stat VALUES(?,'a',?,'b',1)", (run, str(number)))
        with Store.open(store.path, readonly=True) as reader:
            seen.append(reader.value("SELECT count(*) FROM run_stat"))

    store.write(range(6), put)
    assert seen[-1] >= 2


def test_a_database_that_another_process_holds_is_named_as_locked(store, monkeypatch):
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.connection.execute("PRAGMA busy_timeout=20")
    with pytest.raises(LockedError, match="another process is writing"):
        runs.start(store, "crawl")
    other.execute("ROLLBACK")
    other.close()
    assert runs.start(store, "crawl") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_named_as_such(store):
    store.close()
    store.path.chmod(0o400)
    with pytest.raises(ReadOnlyError, match="cannot be written"):
        Store.open(store.path)


def test_a_read_only_store_writes_nothing(store):
    with Store.open(store.path, readonly=True) as reader, pytest.raises(ReadOnlyError):
        runs.start(reader, "crawl")


MOST_BATCHES = (
    20  # of the run that nine of ten verdicts wait for at most; counted, since a busy machine has its own time
)


def _write_batches(path, batches, over):
    with Store.open(path) as store:
        run = runs.start(store, "analyse")
        while not over.is_set():
            number = 200 * batches.value
            runs.put_numbers(store, run, {("a", str(number + row), "b"): 1.0 for row in range(200)})
            batches.value += 1


def test_verdicts_are_written_beside_a_busy_run_without_an_error(store):
    context = multiprocessing.get_context("spawn")
    batches, over = context.Value("q", 0), context.Event()
    writer = context.Process(target=_write_batches, args=(store.path, batches, over))
    writer.start()
    while batches.value == 0:
        assert writer.is_alive()
        time.sleep(0.01)
    waits = []
    with Store.open(store.path, durable=True) as reviewer:
        for number in range(100):
            began = batches.value
            with reviewer.transaction() as opened:
                opened.execute(
                    "INSERT INTO verdict(target_type,target_key,verdict,reviewer,at) VALUES('flag',?,'unsure','r','t')",
                    (str(number),),
                )
                waits.append(batches.value - began)
            time.sleep(0.005)
    over.set()
    writer.join()
    assert writer.exitcode == 0
    assert store.value("SELECT count(*) FROM verdict") == 100
    assert sorted(waits)[90] <= MOST_BATCHES


def _open_new(path, together):
    together.wait()
    with Store.open(path) as store:
        runs.start(store, "import")


def test_several_processes_can_make_one_database_at_once(tmp_path):
    path, context = tmp_path / "new.db", multiprocessing.get_context("spawn")
    together = context.Barrier(3)
    processes = [context.Process(target=_open_new, args=(path, together)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    with Store.open(path) as store:
        assert store.value("SELECT count(*) FROM run") == 3


def test_a_backup_of_a_database_in_use_is_whole(store, tmp_path):
    work(store)
    with store.transaction():
        runs.start(store, "crawl")
        with Store.open(store.path, readonly=True) as reader:
            size = backup(reader, tmp_path / "copies" / "copy.db")
    assert size == (tmp_path / "copies" / "copy.db").stat().st_size
    with Store.open(tmp_path / "copies" / "copy.db", readonly=True) as copy:
        assert problems(copy) == []
        assert copy.value("SELECT count(*) FROM run_stat") == 20
        assert copy.value("SELECT count(*) FROM run") == 1


def test_a_backup_replaces_nothing(store, tmp_path):
    (tmp_path / "copy.db").write_text("dear")
    with pytest.raises(CounterspinError, match="exists"):
        backup(store, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "dear"
