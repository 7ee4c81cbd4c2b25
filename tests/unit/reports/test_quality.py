"""What the report says of a database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterspin.errors import UsageError
from counterspin.store import Store, figures
from counterspin.store.figure_rows import Limits
from reports.quality import build


def made(store, **options):
    return build(figures.read(store.connection), project="p", made_at="2026-11-22T08:00:00Z", language="en", **options)


def test_every_page_and_flag_is_counted(report):
    assert (report.coverage.documents, report.coverage.hosts) == (4, 3)
    assert dict(report.coverage.outcomes) == {"ok": 4}
    assert {line.category: line.flags for line in report.categories} == {
        "spun": 2, "contradictory": 1, "copied": 0, "padded": 1, "damaged": 1, "link_farm": 0,
    }  # fmt: skip


def test_every_share_has_its_denominator(report):
    spun = next(line for line in report.categories if line.category == "spun")
    assert (spun.pages.count, spun.pages.of) == (2, 4)
    assert spun.pages.low < spun.pages.value < spun.pages.high


def test_four_sentences_say_what_was_found_and_where(report):
    texts = [finding.text for finding in report.findings]
    assert len(texts) == 4
    assert texts[0].startswith("Of 4 pages from 3 sites, 75 %")
    assert f"{report.sites[0].host} ({report.sites[0].flagged.count} of {report.sites[0].pages} pages)" in texts[1]
    assert "用户→使用者" in texts[2]
    assert "1 question" in texts[3]


def test_a_rewrite_stands_beside_its_probable_source(report):
    rewrite = report.rewrites[0]
    assert rewrite.source.host == "honest.test"
    assert rewrite.source_reasons == ("it is dated first",)
    swaps = {(p.left, p.right) for p in rewrite.members[0].alignment.pieces if p.swap == "known"}
    assert ("用户", "使用者") in swaps


def test_a_swap_learnt_in_this_run_is_new(report):
    assert {(s.source, s.is_new) for s in report.swaps} == {
        ("用户", False),
        ("如果", False),
        ("进行", False),
        ("处理", True),
    }
    pieces = report.rewrites[0].members[0].alignment.pieces
    assert ("处理", "应对", "new") in {(p.left, p.right, p.swap) for p in pieces}


def test_a_new_flag_of_a_changed_rule_is_put_down_to_the_rule(report):
    assert ("new", "rule", 1) in report.changes.counts
    changed = {(change.rule, change.what) for change in report.changes.rules}
    assert changed == {("rewrite", "version"), ("hole", "least")}


def test_rival_answers_stand_side_by_side(report):
    question = report.questions[0]
    assert {answer.value for answer in question.answers} == {"may", "mustnot"}
    assert (question.outcome, question.scope) == ("conflict", "web")
    assert question.flags


@pytest.mark.parametrize(("host", "scope"), [("one.test", "site"), ("", "web")])
def test_files_of_unknown_sites_do_not_count_as_one_site(store, host, scope):
    with store.transaction() as connection:
        site = connection.execute("SELECT min(id) FROM site").fetchone()
        connection.execute("UPDATE page SET site_id=?", site)
        connection.execute("UPDATE site SET host=? WHERE id=?", (host, *site))
    assert made(store).questions[0].scope == scope


def test_sites_with_one_licence_are_a_group(report):
    assert [operator.hosts for operator in report.network.operators] == [("farm.test", "honest.test")]
    assert {node.domain for node in report.network.nodes} == {"farm.test", "friend.test"}


def test_the_missing_word_is_marked_in_its_passage(report):
    line = next(one for one in report.evidence if one.rule == "hole")
    assert "".join(mark.text for mark in line.marks) == line.passage
    assert [mark.note for mark in line.marks if mark.role == "hole"] == ["电话"]


def test_evidence_leads_to_the_archive(report):
    line = next(one for one in report.evidence if one.rule == "hole")
    assert (line.warc_file, line.warc_offset) == ("c-1.warc.gz", 1)
    assert len(line.sha256) == 64


def test_personal_data_is_masked_unless_it_is_wanted(store):
    assert "13912345678" not in repr(made(store))
    assert "13912345678" in repr(made(store, masked=False))


def test_names_of_commenters_are_masked(store):
    figures_read = figures.read(store.connection)
    assert "王小明-律师" in figures_read.people
    flag = replace(figures_read.flags[0], rule="comment_echo", passage="王小明-律师说过。")
    report = build(replace(figures_read, flags=(flag,)), project="p", made_at="2026-11-22T08:00:00Z")
    assert report.evidence[0].passage == "王••-律师说过。"


def test_verdicts_count_as_precision_and_review(judged):
    report = made(judged)
    precision = {rule.rule: rule.precision for rule in report.review.rules}
    assert (precision["rewrite"].count, precision["rewrite"].of) == (2, 2)
    assert (precision["self_repeat"].count, precision["self_repeat"].of) == (0, 1)
    assert (report.review.decided.count, report.review.decided.of) == (3, 5)
    assert all(line.rule != "self_repeat" for line in report.evidence)


def test_what_a_limit_cuts_is_counted(store):
    cut = figures.read(store.connection, Limits(sites=1, swaps=2, evidence=1, questions=1, rewrites=1))
    report = build(cut, project="p", made_at="2026-11-22T08:00:00Z")
    assert {(one.what, one.shown, one.total) for one in report.left_out} >= {
        ("sites", 1, 3),
        ("swaps", 2, 4),
        ("evidence", 1, 5),
    }


def test_trends_say_what_changed(report):
    assert [point.changed for point in report.trend] == [(), ("rules", "thresholds")]
    assert dict(report.trend[1].shares)["spun"] == 50.0


def test_the_same_database_gives_the_same_report(store):
    assert made(store) == made(store)


def test_comparing_with_a_run_that_is_none_names_the_earlier_ones(store):
    with pytest.raises(UsageError, match="earlier analyses are 2"):
        figures.read(store.connection, compare=99)


def test_a_database_without_analysis_says_what_to_do(tmp_path):
    with Store.open(tmp_path / "new.db") as empty, pytest.raises(UsageError, match="counterspin analyse"):
        figures.read(empty.connection)


def test_only_the_first_run_has_nothing_to_compare_with(store):
    first = figures.read(store.connection, compare=2)
    assert first.previous.id == 2
