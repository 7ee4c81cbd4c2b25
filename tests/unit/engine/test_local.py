"""The whole analysis on this machine."""

import re
from contextlib import suppress
from random import Random

import pytest

from counterspin.engine import local
from counterspin.engine.deadline import time_limit
from counterspin.engine.local import MAX_PASSAGE, cut, run
from counterspin.model import Swap
from counterspin.settings import AnalyseSettings, Settings
from counterspin.text.corpus import build
from counterspin.text.example import document_of
from tests.spinner.measure import crawl_of
from tests.spinner.spinner import spin
from tests.spinner.texts import CHINESE, ENGLISH, HEADINGS, REGIONAL, STATUTES
from tests.spinner.words import DEVELOPMENT

TEXT = CHINESE["租房"][0] + CHINESE["租房"][1]


def pair_of(left, right, *, first="http://first.test/a", second="http://second.test/b", decisions=()):
    return run([document_of(left, url=first), document_of(right, url=second)], Settings(), decisions=decisions)


def rules(analysis):
    return [flag.rule for flag in analysis.flags if flag.category in ("spun", "copied")]


def spun(text, rate, seed=3):
    return spin(text, DEVELOPMENT["zh"], rate=rate, random=Random(seed)).text


def test_a_rewrite_is_flagged_with_its_source_and_its_words():
    analysis = pair_of(TEXT, spun(TEXT, 1.0))
    (flag,) = (flag for flag in analysis.flags if flag.rule == "rewrite")
    assert (flag.url, flag.counterpart.url) == ("http://second.test/b", "http://first.test/a")
    assert ("应该", "应当") in flag.swaps or ("应该", "理当") in flag.swaps or ("应该", "该当") in flag.swaps


def test_every_span_of_a_rewrite_is_true():
    documents = {
        url: document_of(text, url=url)
        for url, text in (("http://first.test/a", TEXT), ("http://second.test/b", spun(TEXT, 1.0)))
    }
    for flag in run(documents.values(), Settings()).flags:
        if flag.rule == "rewrite":
            assert documents[flag.url].text[flag.start : flag.end] == flag.passage
            for one in flag.evidence:
                if one.start is not None:
                    assert documents[one.url].text[one.start : one.end] == one.text


def test_only_other_punctuation_makes_a_copy_and_no_rewrite():
    analysis = pair_of(TEXT, TEXT.replace("，", ", ").replace("。", "！"))
    assert rules(analysis) == ["near_copy"]


def test_a_swap_more_does_not_lower_the_score():
    rows = DEVELOPMENT["zh"]
    text, scores = TEXT, []
    for original in [word for word in rows if word in TEXT]:
        text = text.replace(original, rows[original][0])
        found = [flag.score for flag in pair_of(TEXT, text).flags if flag.rule == "rewrite"]
        if found:
            scores.append(max(found))
    assert len(scores) > 3
    assert scores == sorted(scores)


@pytest.mark.parametrize(("left", "right"), STATUTES)
def test_statutes_that_run_parallel_leave_as_statutes(left, right):
    analysis = pair_of(left, right)
    assert (rules(analysis), [reuse.reason for reuse in analysis.reuses]) == ([], ["statute"])


@pytest.mark.parametrize(("left", "right"), REGIONAL)
def test_a_conversion_for_another_region_leaves_as_regional(left, right):
    analysis = pair_of(left, right)
    assert (rules(analysis), [reuse.reason for reuse in analysis.reuses]) == ([], ["regional"])


@pytest.mark.parametrize(("left", "right"), HEADINGS[:3])
def test_headings_of_one_frame_leave_as_templates(left, right):
    analysis = pair_of(f"# {left}", f"# {right}")
    assert (rules(analysis), [reuse.reason for reuse in analysis.reuses]) == ([], ["template"])


def test_a_copy_that_names_its_source_leaves_as_syndicated():
    analysis = pair_of(TEXT, f"@source: first.test\n{TEXT}")
    assert (rules(analysis), [reuse.reason for reuse in analysis.reuses]) == ([], ["syndicated"])


def test_two_versions_of_one_page_leave_as_versions():
    analysis = pair_of(TEXT, TEXT + "谢谢。", first="http://www.site.test/1", second="http://m.site.test/2")
    assert (rules(analysis), [reuse.reason for reuse in analysis.reuses]) == ([], ["version"])


def test_independent_pages_on_one_topic_are_not_flagged():
    pages = [
        document_of(text, url=f"http://site{number}.test/{at}")
        for number, passages in enumerate((*CHINESE.values(), *ENGLISH.values()))
        for at, text in enumerate(passages)
    ]
    assert rules(run(pages, Settings())) == []


def test_order_and_processes_make_no_difference(monkeypatch):
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1, copies=1)
    alone = run(pages, Settings(analyse=AnalyseSettings(workers=1)))
    shuffled = Random(5).sample(pages, len(pages))
    assert alone == run(shuffled, Settings(analyse=AnalyseSettings(workers=2)))
    monkeypatch.setattr(local, "_APART_FROM", 1)
    monkeypatch.setattr(local, "can_fork", lambda: True)
    assert alone == run(pages, Settings(analyse=AnalyseSettings(workers=1)))
    assert len(alone.flags) > 0
    assert len(alone.clusters) > 0


def test_the_dictionary_obeys_a_reviewer():
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=1.0, seed=1, copies=1)
    first = run(pages, Settings()).swaps[0]
    again = run(pages, Settings(), decisions=[(first, "rejected"), (Swap("甲乙", "丙丁", 0, 0, 0, 1.0), "confirmed")])
    learnt = {(swap.source, swap.target) for swap in again.swaps}
    assert (first.source, first.target) not in learnt
    assert ("甲乙", "丙丁") in learnt


def test_learnt_swaps_carry_the_places_that_prove_them():
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=1.0, seed=1, copies=1)
    texts = {page.url: page.text for page in pages}
    for swap in run(pages, Settings()).swaps[:10]:
        assert swap.contexts
        assert all(texts[one.url][one.start : one.end] == one.text for one in swap.contexts)


@pytest.mark.parametrize("text", ["", "a", "\ud800银行" * 40, "Привет мир 你好 สวัสดี مرحبا " * 30, "a\0b" * 100])
def test_odd_texts_are_borne(text):
    pages = [document_of(text or " ", url=f"http://site{number}.test/") for number in range(2)]
    assert run(pages, Settings()).counts["documents"] == 2


def test_a_text_over_the_limit_is_cut_and_counted():
    settings = Settings(analyse=AnalyseSettings(max_chars=1000))
    analysis = run([document_of("银行" * 1500, url="http://a.test/")], settings)
    assert (analysis.counts["documents_cut"], analysis.counts["characters_cut"]) == (1, 2000)


def test_a_passage_that_nobody_would_read_is_cut_and_counted():
    document = document_of("银行" * MAX_PASSAGE, url="http://a.test/")
    page = cut(document, 2_000_000)
    assert "cut:max_passage" in page.marks
    assert all(page.text[p.start : p.end] == p.text for p in page.passages)
    assert run([document], Settings()).counts["characters_cut"] == MAX_PASSAGE


class Endless:
    """A rule that never comes to an end, and takes any exception for its own."""

    name = "endless"

    def scan(self, page, corpus):
        while True:
            with suppress(Exception):
                re.match(r"(a*)*b", "a" * 40)


def test_a_page_on_which_a_rule_never_ends_is_given_up_and_said(monkeypatch):
    monkeypatch.setattr(local, "PAGE_SECONDS", 0.2)
    page = document_of(TEXT, url="http://a.test/")
    with pytest.warns(RuntimeWarning, match="not done after 0.2 s"):
        assert local.Scan((Endless(),), build([TEXT]))(page) == ([], page.url, b"")
    with time_limit(5.0):
        assert local.Scan((), build([TEXT]))(page)[0] == []


def test_two_documents_of_one_url_are_one_page():
    pages = [document_of(TEXT, url="http://a.test/x"), document_of(spun(TEXT, 1.0), url="http://a.test/x#part")]
    analysis = run(pages, Settings())
    assert (analysis.counts["same_url"], rules(analysis)) == (1, [])
