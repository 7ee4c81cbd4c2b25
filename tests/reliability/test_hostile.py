"""Hundreds of hostile hosts through all stages: each ends as it must, costs little, and harms no other."""

from __future__ import annotations

import re

import hostile
import pytest
from cases import every_case

pytestmark = pytest.mark.slow
CASES = every_case()
EXTRA = 2  # requests: robots.txt, and one that was under way
MOST_MEMORY = 512 << 20  # bytes of the main process while the worst answers of all hosts come at once


STAGES = ("crawl", "extract", "analyse", "report")
STOPPED = 130  # exit code of a crawl that was asked to end, as this one is when only distant retries are left
ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)  # what moves a terminal's cursor or its text


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_ends_in_order_and_without_a_traceback(crawled, stage):
    assert crawled.stages[stage]["exit"] in ((0, STOPPED) if stage == "crawl" else (0,)), crawled.stages[stage]["log"][
        -2000:
    ]
    assert "Traceback" not in crawled.stages[stage]["log"]


@pytest.mark.parametrize("stage", STAGES)
def test_nothing_that_a_page_says_moves_the_terminal(crawled, stage):
    assert ACTING.findall(crawled.stages[stage]["log"]) == []


def test_no_text_of_a_page_acts_in_a_report(crawled):
    made = {path.name: path.read_text(encoding="utf-8") for path in (crawled.folder / "report").glob("*.[hcm]*")}
    assert {"index.html", "report.md", "flags.csv"} <= made.keys()
    for name, text in made.items():
        assert "\x1b" not in text, name
        assert "<script>alert" not in text.lower(), name


def test_no_forbidden_address_is_asked_for(crawled):
    assert crawled.canaries == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_host_ends_as_it_must(crawled, case):
    codes = crawled.codes.get(f"http://{case.host}/") or {hostile.WAITS}
    assert codes & case.expect, f"{case.name}: {sorted(codes)}, expected one of {sorted(case.expect)}"
    assert crawled.requests.get(case.host, 0) <= case.requests + EXTRA
    assert {f"http://{case.host}{path}" for path in case.asks} <= crawled.asked


def test_there_are_hundreds_of_cases_in_eleven_groups():
    assert len({case.name for case in CASES}) == len(CASES) >= 700
    assert len({case.group for case in CASES}) == 11


@pytest.mark.parametrize("stage", STAGES)
def test_no_answer_costs_much_memory(crawled, stage):
    peaks = crawled.stages[stage]["peaks"]
    if not peaks:
        pytest.skip("peak memory is read from /proc, which this system does not have")
    assert peaks["main"] <= MOST_MEMORY
    assert peaks.get("child", 0) <= MOST_MEMORY
