"""Passages to drop, annotation tasks, gates and queries."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import counterspin.store
from counterspin.errors import CounterspinError, LimitError, UsageError
from counterspin.model import CATEGORIES
from counterspin.store import Store, figures, listing, sandbox
from counterspin.store.questions import QUESTIONS, view
from reports import annotation, gate, passages, tables
from reports.masks import cleaner
from reports.terminal import table

ALL = frozenset(CATEGORIES)
CLEAN = cleaner([], masked=True)


def stretch(start, end, text, *, rule="swap", score=0.5, state="open", url="http://a.test/"):
    return (
        url,
        "a.test",
        "zh",
        "0" * 64,
        start,
        end,
        text,
        "spun",
        rule,
        score,
        state,
        f"{start}{rule}",
        "why",
        "2026",
    )


def test_overlapping_flags_of_a_page_are_one_stretch():
    rows = [
        stretch(0, 10, "0123456789"),
        stretch(5, 15, "56789abcde", rule="rewrite", score=0.9),
        stretch(20, 22, "xy"),
    ]
    found = list(passages.dropped(rows, categories=ALL, clean=CLEAN))
    assert [(one.start, one.end, one.text) for one in found] == [(0, 15, "0123456789abcde"), (20, 22, "xy")]
    assert found[0].rules == ("rewrite", "swap")
    assert found[0].score == 0.9


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=8))
def test_stretches_of_any_flags_hold_the_page_text(spans):
    page = "".join(chr(0x4E00 + n) for n in range(50))
    rows = [stretch(s, s + n, page[s : s + n], rule=str(i)) for i, (s, n) in enumerate(sorted(spans))]
    found = list(passages.dropped(rows, categories=ALL, clean=CLEAN))
    assert all(one.text == page[one.start : one.end] for one in found)
    assert {i for one in found for i in range(one.start, one.end)} == {i for s, n in spans for i in range(s, s + n)}


def test_offsets_of_the_database_are_true(store):
    texts = {
        document["url"]: document["text"]
        for document in store.rows("SELECT p.url,d.text FROM page p JOIN document d ON d.id=p.document_id")
    }
    found = list(
        passages.dropped(listing.flagged_passages(store.connection), categories=ALL, clean=cleaner([], masked=False))
    )
    assert found
    assert all(texts[one.url][one.start : one.end] == one.text for one in found)


def test_flags_judged_wrong_drop_nothing(judged):
    found = passages.dropped(listing.flagged_passages(judged.connection), categories=ALL, clean=CLEAN)
    assert "self_repeat" not in {rule for one in found for rule in one.rules}


def test_parquet_and_jsonl_hold_the_same_rows(store, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")

    def rows():
        return passages.dropped(listing.flagged_passages(store.connection), categories=ALL, clean=CLEAN)

    stream = io.StringIO()
    count = passages.write_jsonl(stream, rows())
    assert passages.write_parquet(tmp_path / "x.parquet", rows()) == count
    read = parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert read == [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_table_of_passages_has_a_row_for_each_and_one_cell_for_a_list(store, tmp_path):
    rows = list(passages.dropped(listing.flagged_passages(store.connection), categories=ALL, clean=CLEAN))
    assert tables.write_csv(tmp_path / "x.csv", passages.listing(rows)) == len(rows) > 0
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert [row["flags"].split("; ") for row in read] == [list(row.flags) for row in rows]


@pytest.mark.parametrize("form", annotation.FORMATS)
def test_every_task_carries_its_fingerprint(store, form):
    stream = io.StringIO()
    count = annotation.write(stream, annotation.tasks(listing.listing(store.connection, "flags"), form, CLEAN))
    lines = stream.getvalue().splitlines()
    fingerprints = {row["fingerprint"] for row in store.rows("SELECT fingerprint FROM flag")}
    assert count == len(lines) == len(fingerprints)
    assert all(any(fingerprint in line for fingerprint in fingerprints) for line in lines)


def test_verdicts_become_answers_in_a_task(judged):
    found = list(annotation.tasks(listing.listing(judged.connection, "flags"), "label-studio", CLEAN))
    said = {task["data"]["meta"]["rule"]: task.get("annotations") for task in found}
    assert said["rewrite"][0]["result"][0]["value"]["choices"] == ["confirmed"]
    assert said["hole"] is None


@pytest.mark.parametrize("text", ["", "new", "new>", "fresh>0", "new.rubbish>0", "new>=-1", "new>0; drop"])
def test_a_condition_that_makes_no_sense_is_refused(text):
    with pytest.raises(UsageError, match="--fail-on"):
        gate.parse(text)


def test_a_gate_names_the_condition_and_the_number():
    conditions = (gate.parse("new_confirmed>0"), gate.parse("flags.spun >= 20"))
    assert gate.holding(conditions, {("new_confirmed", ""): 2.0, ("flags", "spun"): 3.0}) == (
        "new_confirmed>0 (it is 2)",
    )


def test_what_reviewers_settled_never_fails_a_gate(judged):
    numbers = figures.gate_numbers(judged.connection)
    assert numbers["flags", ""] == 4
    assert numbers["new", "spun"] == numbers["new_confirmed", "spun"] == 1
    assert ("flags", "padded") not in numbers
    assert numbers["pages_pct", "spun"] == 50.0


def test_the_first_run_is_the_baseline_of_a_gate(tmp_path):
    from counterspin.store import runs

    with Store.open(tmp_path / "x.db") as store:
        runs.finish(store, runs.start(store, "analyse"))
        assert figures.gate_numbers(store.connection)["new", ""] == 0


def path_of(store):
    return store.rows("PRAGMA database_list")[0]["file"]


def test_every_view_of_the_schema_has_its_question():
    schema = (Path(counterspin.store.__file__).parent / "schema" / "views.sql").read_text()
    assert set(re.findall(r"CREATE VIEW (q\d\d_\w+)", schema)) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_named_query_can_be_asked(store, name):
    answer = sandbox.ask(path_of(store), f"SELECT * FROM {name}")
    assert answer.columns


WRITES = """
DELETE FROM flag
UPDATE flag SET score=0
INSERT INTO note VALUES(1,'flag','x','a','b','c')
DROP TABLE flag
CREATE TEMP TABLE x(y)
ATTACH 'x.db' AS y
PRAGMA journal_mode=DELETE
PRAGMA writable_schema=1
VACUUM INTO '/x'
SELECT load_extension('x')
SELECT 1; SELECT 2
BEGIN IMMEDIATE
REINDEX
ANALYZE
SELEKT
-- nothing
WITH x AS (SELECT 1) DELETE FROM verdict
SELECT zeroblob(500000000)
"""


@pytest.mark.parametrize("statement", WRITES.splitlines())
def test_a_query_can_only_read(store, statement):
    path = path_of(store)
    before = store.value("SELECT count(*) FROM flag")
    with pytest.raises(UsageError):
        sandbox.ask(path, statement)
    assert store.value("SELECT count(*) FROM flag") == before


def test_a_query_without_end_is_stopped(store):
    endless = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM t) SELECT count(*) FROM t"
    with pytest.raises(LimitError, match="stopped"):
        sandbox.ask(path_of(store), endless, seconds=0.2)


def test_more_rows_than_the_limit_are_cut_and_said(store):
    answer = sandbox.ask(path_of(store), "SELECT * FROM flag", rows=2)
    assert (len(answer.rows), answer.is_cut) == (2, True)


def test_full_text_search_works_in_a_query(store):
    found = sandbox.ask(path_of(store), "SELECT count(*) FROM passage_fts WHERE passage_fts MATCH :w", {"w": '"押 金"'})
    assert found.rows[0][0] > 0


def test_values_fill_the_names_of_a_query(store):
    found = sandbox.ask(path_of(store), "SELECT count(*) FROM flag WHERE rule=:rule", {"rule": "hole"})
    assert found.rows == ((1,),)


@given(st.text(max_size=40))
def test_any_text_is_a_named_query_or_sql_or_refused_in_one_line(text):
    try:
        found = view(text)
    except CounterspinError as refused:
        found = str(refused)
    assert found in (None, *QUESTIONS) or "there is no such query" in found


def test_a_query_is_found_by_number_or_name():
    assert view("q04") == view("Q04_site_scorecard") == "q04_site_scorecard"
    assert view("SELECT 1") is None


@given(
    st.lists(
        st.lists(st.text(max_size=20) | st.integers() | st.none() | st.floats(allow_nan=False), min_size=2, max_size=2),
        max_size=4,
    ),
    st.integers(30, 120),
)
def test_a_table_has_a_line_for_every_row_and_no_control_characters(rows, wide):
    text = table(["name", "value"], rows, columns_wide=wide)
    assert len(text.splitlines()) == len(rows) + 2
    assert not any(ord(character) < 32 and character != "\n" for character in text)


def test_numbers_stand_to_the_right_and_chinese_is_two_columns_wide():
    text = table(["词", "n"], [["用户", 5], ["a", 100]], columns_wide=40)
    assert text.splitlines()[2:] == ["用户    5", "a     100"]
