"""What rules say stands in the report's language; what was compared and what was not is said."""

from __future__ import annotations

import json

import pytest

from counterspin.claims.tables import lexicon
from counterspin.model import Uncompared
from counterspin.store import figures, findings, flags, listing
from reports import html, markdown
from reports.quality import build
from reports.words import LANGUAGES, words


def made(store, language):
    return build(figures.read(store.connection), project="p", made_at="2026-11-22T08:00:00Z", language=language)


def say(store) -> None:
    """As if every rule had said its reason, and noted its evidence, in Chinese as well."""
    with store.transaction() as connection:
        connection.execute("UPDATE flag SET reason_json=?", (json.dumps({"zh": "两页的说法不同。"}),))
        connection.execute("UPDATE evidence SET note='a note', note_json=?", (json.dumps({"zh": "一条备注"}),))
        connection.execute("UPDATE cluster SET source_reasons_json=?", (json.dumps([{"en": "older", "zh": "更早"}]),))


@pytest.mark.parametrize(("language", "reason", "note", "source"), [
    ("zh-CN", "两页的说法不同。", "一条备注", "更早"), ("en", "The pages give two answers.", "a note", "older"),
])  # fmt: skip
def test_reasons_and_notes_stand_in_the_language_of_the_report(store, language, reason, note, source):
    say(store)
    report = made(store, language)
    assert reason in {line.reason for line in report.evidence}
    assert {piece.note for line in report.evidence for piece in line.evidence} == {note}
    assert {why for group in report.rewrites for why in group.source_reasons} == {source}
    assert reason in html.render(report)
    assert reason in markdown.render(report).replace("\\", "")


@pytest.mark.parametrize(("language", "reason"), [("zh", "两页的说法不同。"), ("en", "The pages give two answers.")])
def test_lists_for_spreadsheets_give_reasons_in_the_language_of_the_report(store, language, reason):
    say(store)
    found = listing.listing(store.connection, "flags", language)
    at = found.columns.index("reason")
    assert reason in {row[at] for row in found.rows}


def test_the_database_and_programs_keep_the_english_reason(store):
    say(store)
    found = [flag for flag in flags.current(store) if flag.rule == "deontic"]
    assert [str(flag.reason) for flag in found] == ["The pages give two answers."]
    assert store.value("SELECT reason FROM q01_open_queue WHERE rule='deontic'") == "The pages give two answers."


def test_the_report_says_what_was_compared_and_what_was_not(store):
    page = store.row("SELECT p.url,a.start,a.'end',a.text FROM passage a JOIN page p ON p.document_id=a.document_id")
    one = Uncompared(page["url"], page["start"], page["start"] + 4, page["text"][:4], ("7天",))
    run = store.value("SELECT max(id) FROM run WHERE kind='analyse'")
    findings.put_uncompared(store, [one], run=run, places=flags.Places(store))
    report = made(store, "en")
    assert (report.asked.conflict, report.asked.uncompared, report.asked.passages) == (1, 1, 1)
    assert "1 sentences with a measure, in 1 passages, stand in no question" in html.render(report)
    findings.put_uncompared(store, [], run=run, places=flags.Places(store))
    assert made(store, "en").asked.uncompared == 0


def test_answers_are_named_in_words(store):
    text = markdown.render(made(store, "zh-CN"))
    assert "**可以**" in text
    assert "**不得**" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_that_tells_answers_apart_has_words(language):
    known = words(language).texts.keys()
    families = {family for family, _ in lexicon("zh").families.values()}
    assert [name for name in sorted(families) if f"suppressor.scope:{name}" not in known] == []
