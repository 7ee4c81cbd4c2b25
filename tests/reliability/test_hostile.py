"""Nearly three hundred hostile hosts: each ends as it must, costs little, and harms no other."""

from __future__ import annotations

import hostile
import pytest

pytestmark = pytest.mark.slow
CASES = hostile.every_case()
EXTRA = 2  # requests: robots.txt, and one that was under way
MOST_MEMORY = 512 << 20  # bytes of the main process while the worst answers of all hosts come at once


def test_the_crawl_ends_in_order_and_without_a_traceback(crawled):
    assert crawled.exit_code == 0
    assert "Traceback" not in crawled.log + crawled.extract_log


def test_no_forbidden_address_is_asked_for(crawled):
    assert crawled.canaries == []


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_host_ends_as_it_must(crawled, case):
    codes = crawled.codes.get(f"http://{case.host}/") or {hostile.WAITS}
    assert codes & case.expect, f"{case.name}: {sorted(codes)}, expected one of {sorted(case.expect)}"
    assert crawled.requests.get(case.host, 0) <= case.requests + EXTRA


def test_there_are_at_least_two_hundred_cases_in_ten_groups():
    assert len({case.name for case in CASES}) == len(CASES) >= 200
    assert len({case.group for case in CASES}) == 10


def test_no_answer_costs_much_memory(crawled):
    if not crawled.peaks["crawl"]:
        pytest.skip("peak memory is read from /proc, which this system does not have")
    assert crawled.peaks["crawl"]["main"] <= MOST_MEMORY
    assert crawled.peaks["extract"]["main"] <= MOST_MEMORY
