"""Texts that nobody writes for readers cost bounded time and memory, and what is left out is counted."""

import resource
import time

import pytest

from counterspin.engine import local
from counterspin.engine.copies import MOST_SHOWN
from counterspin.engine.local import MAX_PASSAGE, run
from counterspin.engine.pairs import MOST_REUSES
from counterspin.settings import AnalyseSettings, Settings
from counterspin.text.example import document_of
from tests.spinner.texts import CHINESE

ALONE = Settings(analyse=AnalyseSettings(workers=1))
PASSAGE = CHINESE["租房"][0]


def test_an_endless_passage_is_cut_and_counted():
    analysis = run([document_of("银行" * 50_000, url="http://a.test/")], ALONE)
    assert analysis.counts["documents_cut"] == 1
    assert analysis.counts["characters_cut"] == 100_000 - MAX_PASSAGE


@pytest.mark.parametrize(
    "text", ["", "a", "。", "\ud800\udc00\udfff" * 50, "Привет 你好 สวัสดี مرحبا こんにちは 12３ " * 40, "\u0301" * 500]
)
def test_no_text_is_too_odd_to_stand_beside_others(text):
    pages = [document_of(text or " ", url="http://odd.test/"), document_of(PASSAGE, url="http://first.test/")]
    copied = run([*pages, document_of(PASSAGE, url="http://second.test/")], ALONE)
    assert [flag.url for flag in copied.flags if flag.rule == "near_copy"] == ["http://second.test/"]


def test_passages_too_short_to_compare_are_not_counted_as_compared():
    analysis = run([document_of(f"a\n。\n短\n{PASSAGE}\n{PASSAGE}", url="http://a.test/")], ALONE)
    assert (analysis.counts["passages_compared"], analysis.counts["texts_compared"]) == (2, 1)


def test_a_copied_page_lists_its_longest_passages_and_counts_all():
    lines = [f"{PASSAGE}另有第{number}点,{'请留意' * number}。" for number in range(70)]
    pages = [document_of("\n".join(lines), url=f"http://{site}.test/") for site in "ab"]
    flag = next(flag for flag in run(pages, ALONE).flags if flag.rule == "near_copy")
    assert len(flag.evidence) == 1 + MOST_SHOWN
    assert [len(piece.text) for piece in flag.evidence] == sorted(map(len, lines), reverse=True)[: 1 + MOST_SHOWN]
    assert flag.reason.startswith("70 passages")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*some rules did not look at this page")
def test_five_million_characters_in_passages_are_cut_to_the_limit_in_bounded_time(monkeypatch):
    monkeypatch.setattr(local, "PAGE_SECONDS", 4.0)
    lines = "\n".join(f"{PASSAGE}{number}" for number in range(5_000_000 // len(PASSAGE)))
    before = time.process_time()
    analysis = run([document_of(lines, url="http://a.test/")], ALONE)
    assert analysis.counts["characters_cut"] > 2_900_000
    assert time.process_time() - before < 2 * local.PAGE_SECONDS + 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 << 20  # kB


@pytest.mark.slow
def test_many_equal_passages_are_flagged_once_a_page_and_the_rest_is_counted():
    pages = [document_of("\n".join([PASSAGE] * 1000), url=f"http://site{number}.test/") for number in range(30)]
    analysis = run(pages, ALONE)
    assert sum(flag.rule == "near_copy" for flag in analysis.flags) == 29
    assert analysis.counts["passages_compared"] == 30_000
    assert len(analysis.reuses) <= MOST_REUSES
    assert len(analysis.reuses) + analysis.counts["reuses_cut"] >= 29_000
