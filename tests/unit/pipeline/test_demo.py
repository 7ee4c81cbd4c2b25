"""The demo as a user runs it: whole, killed in the crawl, and a second time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import pytest

from counterspin.errors import CounterspinError
from counterspin.pipeline import demo
from counterspin.store import Store, flags
from counterspin.store.backup import problems

TIMES = {"made_at", "started_at", "ended_at", "first_fetch", "last_fetch", "fetched_at", "at"}
PLACES = {"warc_file", "warc_offset"}  # the file's name has the time in it, the offset the order of arrival


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "counterspin", "demo", str(folder), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> dict[str, object]:
    out, err = process.communicate(timeout=1200)
    assert process.returncode == 0, err
    return json.loads(out)


def captures(folder: Path) -> int:
    """How many pages are stored by now; 0 while there is no database."""
    try:
        with Store.open(folder / "data" / "counterspin.db", readonly=True) as store:
            return store.value("SELECT count(*) FROM capture")
    except Exception:  # noqa: BLE001 - whatever is not there yet
        return 0


def contents(folder: Path) -> tuple[object, ...]:
    with Store.open(folder / "data" / "counterspin.db", readonly=True) as store:
        assert problems(store) == []
        urls = [row[0] for row in store.rows("SELECT url FROM page WHERE document_id IS NOT NULL ORDER BY url")]
        twice = store.rows("SELECT url_key FROM page GROUP BY 1 HAVING count(*)>1")
        assert twice == []
        return urls, [flag.id for flag in flags.current(store)]


def without_times(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_times(item) for key, item in value.items() if key not in TIMES | PLACES}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def report(folder: Path) -> object:
    (file,) = (folder / "reports").glob("*/report.json")
    return without_times(json.loads(file.read_text("utf-8")))


def test_a_demo_that_gets_no_page_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "simulated_web", lambda _: nullcontext(("http://127.0.0.1:1", ())))
    done = {"pages": 7, "captures": 0, "failed": {"timeout": 7}, "refused": {}}
    monkeypatch.setattr(demo, "_crawl_in_a_process", lambda *_: done)
    with pytest.raises(CounterspinError, match="kept no page: 7 timeout"):
        demo.run_demo(tmp_path / "d", lambda _: None)


@pytest.mark.slow
def test_a_demo_killed_in_its_crawl_loses_nothing_and_stores_nothing_twice(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    shown = finished(start(whole))
    assert shown["stages"]["analyse"]["flags"] > 100
    kills = 0
    for stored in (5, 40):
        process = start(broken)
        while captures(broken) < stored and process.poll() is None:
            time.sleep(0.05)
        kills += process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    assert kills == 2
    finished(start(broken))
    assert contents(whole) == contents(broken)
    with Store.open(broken / "data" / "counterspin.db", readonly=True) as store:
        rows = store.rows("SELECT warc_file,warc_offset,raw_sha256,page_id FROM capture")
    assert {1} == set(Counter((row[2], row[3]) for row in rows).values())


@pytest.mark.slow
def test_a_demo_run_twice_gives_the_same_report_but_for_times(tmp_path):
    finished(start(tmp_path / "one"))
    first = report(tmp_path / "one")
    again = finished(start(tmp_path / "one"))
    assert again["stages"]["crawl"] == {"pages": 0, "captures": 0}
    assert first == report(tmp_path / "one")
    finished(start(tmp_path / "two"))
    assert first == report(tmp_path / "two")
