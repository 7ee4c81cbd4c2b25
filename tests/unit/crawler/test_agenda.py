from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from counterspin.store import Store, create_schema
from counterspin.store.frontier import SEED_RANK, Frontier, NewLink, Rise, Visit
from crawler.agenda import Agenda, Limits
from crawler.order import BestFirst, ByOdds
from crawler.robots import ALLOW


def link(host: str, path: str, score: float, **more) -> NewLink:
    url = f"http://{host}/{path}"
    return NewLink(url, f"{host}/{path}", host, more.pop("prefix", "/"), score, **more)


@pytest.fixture
def frontier() -> Frontier:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    create_schema(connection)
    connection.execute("INSERT INTO run(kind,started_at,tool_version) VALUES('crawl','','')")
    yield Frontier(Store(connection, Path("memory"), readonly=False), 1)
    connection.close()


def agenda_of(frontier: Frontier, **limits) -> Agenda:
    given = {"delay": 0.0, "host_pages": 1000, "channel_pages": 1000, **limits}
    return Agenda(frontier, BestFirst(), Limits(**given))


def served(agenda: Agenda, now: float):
    """The next page; robots.txt is answered with all allowed."""
    while (task := agenda.next(now)) is not None and task.row is None:
        task.host.rules, task.host.robots_at = ALLOW, now
        agenda.release(task.host, now)
    return task


def drained(agenda: Agenda) -> list[str]:
    order = []
    while (task := served(agenda, 1.0)) is not None:
        order.append(task.url)
        agenda.frontier.settle(task.row.id, "done", 1.0, Visit())
        agenda.release(task.host, 1.0)
    return order


def test_the_best_page_of_all_ready_hosts_comes_first(frontier):
    frontier.add([link(f"h{n % 7}.test", str(n), (n * 37 % 100) / 100) for n in range(100)])
    agenda = agenda_of(frontier)
    agenda.load(1.0)
    scores = [(int(url.rpartition("/")[2]) * 37 % 100) / 100 for url in drained(agenda)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 100


def test_seeds_come_before_everything_that_was_found(frontier):
    frontier.add([link("a.test", "found", 0.99), link("b.test", "seed", 0.1, rank=SEED_RANK)])
    agenda = agenda_of(frontier)
    agenda.load(1.0)
    assert drained(agenda) == ["http://b.test/seed", "http://a.test/found"]


def test_a_host_has_one_request_at_a_time_and_rests_between(frontier):
    frontier.add([link("a.test", "1", 0.9), link("a.test", "2", 0.8)])
    agenda = agenda_of(frontier, delay=2.0)
    agenda.load(0.0)
    first = served(agenda, 0.0)
    assert served(agenda, 100.0) is None
    first.host.answered(100.0, 0.1)
    agenda.release(first.host, 100.0)
    assert served(agenda, 101.9) is None
    assert agenda.wake_at() >= 102.0
    assert served(agenda, 103.0) is not None


def test_what_a_process_that_died_had_asked_for_is_asked_for_by_the_next(frontier):
    frontier.add([link("a.test", "1", 0.9)])
    agenda = agenda_of(frontier, host_connections=2)
    agenda.load(0.0)
    assert served(agenda, 0.0) is not None
    assert served(agenda, 0.0) is None
    later = Frontier(frontier.store, 1, owner="other")
    later.recover(1.0)
    again = agenda_of(later)
    again.load(1.0)
    assert served(again, 1.0).url == "http://a.test/1"


def test_what_is_under_way_is_neither_picked_nor_raised_nor_refused(frontier):
    frontier.add([link("a.test", "1", 0.9), link("a.test", "2", 0.5)])
    (first, second) = frontier.best(1, 0.0, count=2)
    frontier.take(first)
    assert frontier.best(1, 0.0, count=2) == [second]
    assert frontier.add([link("a.test", "1", 0.95), Rise("a.test/1", 0.95, 0, 0)]) == []
    assert frontier.refuse_queued("gone", "", host=first.host_id) == 1
    assert frontier.waiting_until(first.channel_id) is None
    frontier.put_back(first.id, 5.0, code="timeout")
    assert frontier.waiting_until(first.channel_id) == 5.0
    assert [row.attempts for row in frontier.best(1, 6.0)] == [1]


def test_a_known_url_that_promises_more_rises_and_never_sinks(frontier):
    frontier.add([link("a.test", "1", 0.3, depth=4), link("a.test", "2", 0.5)])
    rise = Rise("a.test/1", 0.8, 2, 0)
    assert frontier.add([rise, Rise("a.test/2", 0.4, 1, 0), Rise("a.test/3", 0.9, 1, 0)]) == [(1, False, rise)]
    assert [(row.url_key, row.score, row.depth) for row in frontier.best(1, 0.0, count=3)] == [
        ("a.test/1", 0.8, 2),
        ("a.test/2", 0.5, 0),
    ]


def test_a_host_belongs_to_one_process(frontier):
    frontier.add([link("a.test", "1", 0.9)])
    other = Frontier(frontier.store, 1, owner="other")
    host = frontier.host_id("a.test")
    assert frontier.own(host, 0.0)
    assert not other.own(host, 1.0)
    assert other.own(host, 1000.0)


def test_a_url_is_queued_once_and_keeps_its_best_score(frontier):
    assert [is_new for _, is_new, _ in frontier.add([link("a.test", "1", 0.2), link("a.test", "1", 0.9)])] == [
        True,
        False,
    ]
    assert frontier.add([link("a.test", "1", 0.5)]) == []
    (channel,) = frontier.channels()
    assert (channel.pending, channel.score) == (1, 0.9)


def test_a_page_that_waits_for_another_attempt_is_not_asked_before(frontier):
    frontier.add([link("a.test", "1", 0.9)])
    agenda = agenda_of(frontier)
    agenda.load(0.0)
    task = served(agenda, 0.0)
    frontier.put_back(task.row.id, 50.0, code="timeout")
    agenda.offer([(task.row.channel_id, True, link("a.test", "1", 0.9))], 0.0)
    agenda.release(task.host, 0.0)
    assert served(agenda, 10.0) is None
    assert agenda.has_work(10.0)
    assert served(agenda, 51.0) is not None


def test_budgets_of_host_and_channel_are_kept(frontier):
    frontier.add([link("a.test", str(n), 0.5, prefix=f"/{n % 2}/") for n in range(40)])
    agenda = agenda_of(frontier, host_pages=12, channel_pages=5)
    agenda.load(0.0)
    assert len(drained(agenda)) == 10


def test_a_section_that_brought_nothing_is_asked_when_nothing_better_waits(frontier):
    ((number, _, _), *_) = frontier.add([link("a.test", f"thread-{n}", 0.1) for n in range(5)])
    for _ in range(60):
        frontier.count_visit(number, 0.0)
    agenda = Agenda(frontier, ByOdds(), Limits(0.0, 1000, 1000))
    agenda.load(1.0)
    assert len(drained(agenda)) == 5


def test_mirrors_share_the_budget_of_one_host(frontier):
    frontier.add([link(host, str(n), 0.5) for n in range(20) for host in ("a.test", "b.test", "c.test")])
    agenda = agenda_of(frontier, host_pages=10)
    agenda.load(0.0)
    agenda.merge(("a.test", "b.test"))
    taken = [url.split("/")[2] for url in drained(agenda)]
    assert taken.count("a.test") + taken.count("b.test") == 10
    assert taken.count("c.test") == 10
    assert {host.code for host in agenda.hosts.values()} == {"trap:mirror", "host_budget"}


def test_a_host_with_thousands_of_channels_is_drained_all_the_same(frontier):
    frontier.add([link("a.test", f"{n}", 0.5, prefix=f"/u{n}/") for n in range(500)])
    agenda = agenda_of(frontier)
    agenda.load(0.0)
    assert len(drained(agenda)) == 500
