"""What is said of a crawl while it runs."""

from __future__ import annotations

from collections import Counter

from counterspin.cli._watch import LINE_EVERY, watching
from crawler.answer import Tally

TALLY = Tally(
    pages=200, relevant=120.0, hosts=17, failed=Counter({"timeout": 3}), refused=Counter({"robots_denied": 5})
)


def test_without_a_terminal_a_plain_line_comes_now_and_then(capsys):
    now = [0.0]
    with watching(clock=lambda: now[0]) as watch:
        for _ in range(20):
            now[0] += LINE_EVERY / 5
            watch(TALLY, 1500)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert lines[0] == "200 of at most 1,500 pages, harvest 60%, 17 hosts, 3 failed, 5 refused"


def test_a_terminal_shows_pages_harvest_hosts_and_errors(capsys, monkeypatch):
    monkeypatch.setattr("counterspin.cli._watch.on_terminal", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    with watching() as watch:
        watch(TALLY, 1500)
    shown = capsys.readouterr().err
    assert "200/1500" in shown
    assert "harvest 60%, 17 hosts, 3 failed" in shown


def test_a_program_that_reads_gets_no_lines(capsys):
    with watching(quiet=True, clock=lambda: 1e9) as watch:
        watch(TALLY, 1500)
    assert capsys.readouterr().err == ""
