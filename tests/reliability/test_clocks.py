"""A clock that was wrong by a day or a year, before a run, between two, and while one goes on."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta, timezone

import pytest

from counterspin.configuration import load
from counterspin.model import Verdict
from counterspin.settings import CrawlSettings, ScheduleSettings, Settings
from counterspin.store import Store, verdicts
from counterspin.store.clock import mend_clock
from crawler.run import crawl, steady_clock
from crawler.schedule import Service, State, plan_of, write_state
from crawler.seeds import Seeds
from crawler.simweb import serve
from crawler.simweb.families import build
from tests.unit.pipeline.conftest import SETTINGS, write_pages

DAY, YEAR = 86_400.0, 365 * 86_400.0
COUNT = "SELECT count(*) FROM {} WHERE {}"


@pytest.mark.parametrize("ahead", [DAY, YEAR])
def test_a_crawl_under_a_clock_that_ran_ahead_holds_up_no_later_one(tmp_path, ahead):
    with serve(build("size:pages=12,hosts=3,bytes=1")) as running, Store.open(tmp_path / "a.db") as store:
        given = {"contact": "me@example.test", "delay": 0.0, "readers": 0, "free_disk": 0, "focus": False}
        settings = Settings(crawl=CrawlSettings(proxy=running.proxy, **given))
        seeds, now = Seeds(urls=tuple(running.web.seeds)), time.time()
        first = crawl(store, settings, seeds, warc=tmp_path / "warc", clock=lambda: time.time() + ahead)
        store.connection.execute("UPDATE frontier_host SET ready_at=?", (now + ahead,))
        asked = len([hit for hit in running.hits if hit.url.endswith("/robots.txt")])
        again = crawl(store, settings, seeds, warc=tmp_path / "warc", fresh=True, clock=time.time)
        assert first.tally.captures >= 12
        assert again.tally.unchanged + again.tally.captures >= 12
        assert len([hit for hit in running.hits if hit.url.endswith("/robots.txt")]) == 2 * asked
        for table, wrong in (
            ("frontier", "fetched_at>:n+3600"),
            ("frontier_host", "robots_at>:n+3600 OR ready_at>:n+3600"),
        ):
            assert store.connection.execute(COUNT.format(table, wrong), {"n": now}).fetchone()[0] == 0
        assert mend_clock(store, now) == 0.0


def test_a_page_due_in_a_week_is_due_in_a_week_when_the_clock_was_a_year_ahead(tmp_path):
    with serve(build("size:pages=12,hosts=3,bytes=1")) as running, Store.open(tmp_path / "a.db") as store:
        given = {"contact": "me@example.test", "delay": 0.0, "readers": 0, "free_disk": 0, "focus": False}
        settings = Settings(crawl=CrawlSettings(proxy=running.proxy, **given))
        now = time.time()
        crawl(
            store, settings, Seeds(urls=tuple(running.web.seeds)), warc=tmp_path / "w", clock=lambda: time.time() + YEAR
        )
        wait = store.value("SELECT max(next_at-fetched_at) FROM frontier WHERE state='done'")
        assert mend_clock(store, now) == pytest.approx(YEAR, abs=600)
        assert store.value("SELECT max(next_at) FROM frontier WHERE state='done'") == pytest.approx(now + wait, abs=600)


def test_the_clock_of_a_run_goes_on_evenly_whatever_is_done_to_the_machine_s(monkeypatch):
    clock = steady_clock()
    first = clock()
    for jump in (-DAY, YEAR):
        monkeypatch.setattr(time, "time", lambda jump=jump: first + jump)
        assert 0 <= clock() - first < 5


@pytest.mark.parametrize("ahead", [DAY, YEAR])
def test_a_schedule_that_ran_ahead_of_its_time_runs_again_the_next_night(tmp_path, ahead):
    start = datetime(2026, 3, 1, 12, 0, tzinfo=timezone.utc)
    planned = (start + timedelta(seconds=ahead)).isoformat()
    write_state(tmp_path / "s.json", State(planned, planned, planned, 0, "ok"))
    world = {"now": start, "runs": []}

    def nap(seconds: float) -> bool:
        world["now"] += timedelta(seconds=seconds + 0.25)
        return world["now"] < start + timedelta(days=3)

    def run() -> int:
        world["runs"].append(world["now"])
        if len(world["runs"]) == 1:
            world["now"] -= timedelta(days=1)  # and set back once more while it ran
        return 0

    plan = plan_of(Settings(schedule=ScheduleSettings(cron="30 2 * * *")))
    Service(plan, tmp_path / "s.json", run, nap, lambda: world["now"], lambda _: None, random.Random(1)).serve()
    assert 3 <= len(world["runs"]) <= 4


def test_verdicts_stand_in_the_order_in_which_they_were_given_whatever_their_times_say(tmp_path):
    (tmp_path / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    project = load(tmp_path, environment={})
    write_pages(tmp_path / "pages")
    with Store.open(project.database, durable=True) as store:
        _analysed(store, project)
        flag = store.value("SELECT fingerprint FROM flag ORDER BY 1")
        for at, said in (("2027-01-01", "confirmed"), ("2025-01-01", "false_positive"), ("2026-01-01", "unsure")):
            verdicts.add(store, Verdict("flag", flag, said, "one", f"{at}T00:00:00Z"))
        assert store.value("SELECT state FROM flag WHERE fingerprint=?", (flag,)) == "unsure"
        verdicts.undo(store, "one", "2020-01-01T00:00:00Z")
        assert store.value("SELECT state FROM flag WHERE fingerprint=?", (flag,)) == "false_positive"
        assert verdicts.verify(store).broken is None


def _analysed(store, project) -> None:
    from counterspin.pipeline.analysing import analyse_all
    from counterspin.pipeline.extracting import extract_all
    from counterspin.pipeline.importing import import_files

    import_files(store, project, [project.folder / "pages"], base_url="http://advice.test/")
    extract_all(store, project)
    analyse_all(store, project)
