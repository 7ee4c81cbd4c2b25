"""Verdicts are append-only, chained, undone by adding, and survive a lost database."""

from __future__ import annotations

import json
import sqlite3

import pytest

from counterspin.errors import UsageError
from counterspin.model import Verdict
from counterspin.store import Store, review, verdicts

from .conftest import FLAGS, fill

AT = "2026-02-01T08:00:00+00:00"


def say(fingerprint: str, said: str = "confirmed", reviewer: str = "rin", **more: str) -> Verdict:
    return Verdict("flag", fingerprint, said, reviewer, AT, **more)


@pytest.fixture
def store(database):
    with Store.open(database) as store:
        yield store


def state(store: Store, number: int) -> str:
    return store.value("SELECT state FROM flag WHERE fingerprint=?", (FLAGS[number].id,))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE verdict SET verdict='unsure'",
        "DELETE FROM verdict",
        "INSERT OR REPLACE INTO verdict SELECT * FROM verdict",
        (
            "INSERT OR REPLACE INTO verdict(target_type,target_key,verdict,reviewer,at,nonce)"
            " SELECT target_type,target_key,'unsure',reviewer,at,nonce FROM verdict"
        ),
        (
            "INSERT INTO verdict(target_type,target_key,verdict,reviewer,at,nonce) "
            "SELECT target_type,target_key,'unsure',reviewer,at,nonce FROM verdict WHERE 1 "
            "ON CONFLICT(nonce) DO UPDATE SET verdict='unsure'"
        ),
    ],
)
def test_no_statement_changes_a_verdict(store, statement):
    verdicts.add(store, say(FLAGS[0].id))
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        store.connection.execute(statement)
    assert [row["verdict"] for row in verdicts.export(store)] == ["confirmed"]


def test_a_verdict_sets_the_state_of_its_flag(store):
    verdicts.add(store, say(FLAGS[0].id, "false_positive"))
    assert state(store, 0) == "false_positive"


def test_a_second_press_with_the_same_nonce_stores_nothing(store):
    first = verdicts.add(store, say(FLAGS[0].id, nonce="n1"))
    assert first == verdicts.add(store, say(FLAGS[0].id, "unsure", nonce="n1"))
    assert state(store, 0) == "confirmed"


def test_a_verdict_on_evidence_that_moved_is_refused(store):
    with pytest.raises(verdicts.EvidenceMovedError):
        verdicts.add(store, say(FLAGS[0].id, evidence_hash="of yesterday"))
    assert state(store, 0) == "open"


def test_a_verdict_on_a_vanished_flag_is_refused(store):
    with pytest.raises(verdicts.UnknownTargetError, match="not in this database"):
        verdicts.add(store, say("0" * 24))
    assert list(verdicts.export(store)) == []


def test_a_note_of_ten_thousand_characters_is_kept_and_a_longer_one_refused(store):
    verdicts.add(store, say(FLAGS[0].id, note="备" * 10_000))
    with pytest.raises(UsageError, match="shorten"):
        verdicts.add(store, say(FLAGS[1].id, note="备" * 10_001))
    assert [len(row["note"]) for row in verdicts.export(store)] == [10_000]


def test_undo_gives_the_flag_back_the_verdict_before(store):
    verdicts.add(store, say(FLAGS[0].id, "confirmed", "ann"))
    verdicts.add(store, say(FLAGS[0].id, "false_positive", "rin"))
    assert verdicts.undo(store, "rin", AT) == [FLAGS[0].id]
    assert state(store, 0) == "confirmed"
    assert verdicts.undo(store, "rin", AT) == []


def test_one_undo_takes_back_a_whole_batch(store):
    verdicts.add_all(store, [say(flag.id, batch_id="b1") for flag in FLAGS])
    assert {flag.id for flag in FLAGS} == set(verdicts.undo(store, "rin", AT))
    assert [state(store, n) for n in range(4)] == ["open"] * 4


def test_a_batch_is_stored_whole_or_not_at_all(store):
    with pytest.raises(verdicts.UnknownTargetError):
        verdicts.add_all(store, [say(FLAGS[0].id), say("0" * 24)])
    assert list(verdicts.export(store)) == []


def test_the_chain_shows_a_row_that_was_changed_behind_the_triggers(store):
    for flag in FLAGS:
        verdicts.add(store, say(flag.id))
    assert verdicts.verify(store) == verdicts.Chain(4, None)
    store.connection.execute("DROP TRIGGER verdict_no_update")
    store.connection.execute("UPDATE verdict SET verdict='unsure' WHERE id=2")
    assert verdicts.verify(store).broken == 2


def test_the_chain_shows_a_row_that_is_missing(store):
    for flag in FLAGS:
        verdicts.add(store, say(flag.id))
    store.connection.execute("DROP TRIGGER verdict_no_delete")
    store.connection.execute("DELETE FROM verdict WHERE id=2")
    assert verdicts.verify(store).broken == 3


def test_the_journal_brings_every_verdict_into_a_new_database(store, tmp_path):
    verdicts.add(store, say(FLAGS[0].id, note="看过原文"))
    verdicts.add(store, say(FLAGS[1].id, "false_positive"))
    verdicts.undo(store, "rin", AT)
    journal = verdicts.journal_path(store)
    rows = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    with Store.open(tmp_path / "other.db") as other:
        fill(other)
        assert verdicts.load(other, rows) == verdicts.Loaded(added=3, known=0, orphans=0)
        assert verdicts.load(other, rows) == verdicts.Loaded(added=0, known=3, orphans=0)
        assert [state(other, n) for n in range(2)] == ["confirmed", "open"]
        assert verdicts.verify(other).broken is None


def test_an_import_keeps_verdicts_whose_flag_is_not_here(store):
    row = {"target_type": "flag", "target_key": "f" * 24, "verdict": "confirmed", "reviewer": "ann", "at": AT}
    assert verdicts.load(store, [row]) == verdicts.Loaded(added=0, known=0, orphans=1)


def test_the_queue_by_keyset_meets_every_flag_once(store):
    met, after = [], None
    while rows := review.queue(store.connection, after=after, rows=1):
        met.append(rows[0].fingerprint)
        after = rows[0].place
    assert [flag.id for flag in sorted(FLAGS, key=lambda flag: -flag.score)] == met
    back = review.queue(store.connection, before=after, rows=1)
    assert back[0].fingerprint == met[-2]
