from __future__ import annotations

from datetime import datetime, timezone
from email.utils import format_datetime

import pytest

from crawler.manners import BREAK_IN_A_ROW, Host, retry_after
from crawler.revisit import DAY, LEAST, MOST, next_visit
from crawler.robots import ALLOW, DENY, parse, rules_of
from crawler.stopping import Harvest, chapman


def host(delay: float = 1.0) -> Host:
    return Host(1, "a.test", "a.test", delay, delay)


def test_retry_after_is_read_as_seconds_and_as_a_date():
    moment = datetime(2026, 5, 1, 12, 0, 0, tzinfo=timezone.utc)
    assert retry_after("120", 0.0) == 120
    assert retry_after(format_datetime(moment, usegmt=True), moment.timestamp() - 30) == 30
    assert retry_after(format_datetime(moment, usegmt=True), moment.timestamp() + 30) == 0
    assert retry_after("soon", 0.0) is None
    assert retry_after(None, 0.0) is None


def test_a_busy_host_rests_as_long_as_it_asks_and_longer_each_time_without_a_word():
    asked = host()
    assert asked.asked_to_wait(100.0, 7.0) >= 107.0
    silent = host()
    waits = [silent.asked_to_wait(0.0, None) for _ in range(4)]
    assert waits == sorted(waits)
    assert waits[0] >= 10


def test_the_delay_grows_with_trouble_and_eases_with_good_answers():
    one = host()
    one.troubled(0.0)
    slow = one.delay
    assert slow == 2.0
    for _ in range(30):
        one.answered(0.0, 0.01)
    assert one.delay == 1.0


def test_a_slow_host_is_asked_less_often():
    one = host()
    for _ in range(20):
        one.answered(0.0, 3.0)
    assert one.delay == pytest.approx(6.0, rel=0.05)


def test_robots_delay_is_never_undercut():
    one = host(0.0)
    one.rules = parse("User-agent: *\nCrawl-delay: 5\nRequest-rate: 1/10")
    one.answered(100.0, 0.1)
    assert one.ready_at >= 110.0


def test_twenty_failures_in_a_row_end_a_host():
    one = host()
    for _ in range(BREAK_IN_A_ROW):
        assert one.code is None
        one.troubled(0.0)
    assert one.code == "host_failing"


@pytest.mark.parametrize(
    ("status", "rules"), [(404, ALLOW), (403, ALLOW), (500, DENY), (503, DENY), (429, DENY), (None, DENY)]
)
def test_the_answer_to_robots_txt_decides(status, rules):
    assert rules_of(status, None) == rules


def test_after_thirty_days_without_robots_txt_all_is_allowed():
    assert rules_of(None, None, failing_for=31 * DAY) == ALLOW


def test_rules_name_our_agent_before_all_agents():
    rules = parse(
        "\ufeffUser-agent: *\nDisallow: /\n\nUser-agent: counterspin\nAllow: /a/\nDisallow: /*.pdf$\nSitemap: http://a.test/s.xml"
    )
    assert rules.allows("http://a.test/a/x")
    assert not rules.allows("http://a.test/x.pdf")
    assert rules.sitemaps == ("http://a.test/s.xml",)


def test_a_page_that_changes_is_visited_sooner_than_one_that_does_not():
    assert next_visit(10, 10, interval=DAY) < next_visit(10, 0, interval=DAY)
    assert LEAST * 0.9 <= next_visit(10, 10, interval=DAY) <= 1.2 * DAY
    assert next_visit(50, 0, interval=MOST) <= MOST * 1.1


def test_a_crawl_ends_when_its_harvest_has_fallen():
    harvest = Harvest()
    for _ in range(800):
        harvest.meet(1.0, is_new_text=True)
    assert harvest.verdict() is None
    for _ in range(1600):
        harvest.meet(0.0, is_new_text=False)
    assert harvest.verdict() == "harvest_fell"


def test_a_crawl_ends_when_relevant_pages_bring_no_new_text():
    harvest = Harvest()
    for _ in range(3000):
        harvest.meet(1.0, is_new_text=False)
    assert harvest.verdict() == "nothing_new"


def test_capture_and_recapture_estimate_the_whole():
    assert chapman(100, 80, 40) == pytest.approx(198.5, abs=0.5)
