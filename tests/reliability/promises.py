"""The promises of docs/promises.md, each held against what the tests and loops of it say now.

usage: python -m tests.reliability.promises [--short]

Runs the tests named in ``ROWS`` once, the kill loop (10 seeds with 20 kills, short: 1 with 5) and the soak (10,000
pages, short: 300), prints one line for each promise with command, figure and outcome, and ends with 1 if one is broken.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
HOSTILE = "tests/reliability/test_hostile.py"
SLOW_WAIT = 0.1  # s; 99 of 100 verdicts are stored sooner
Outcomes = dict[str, str]  # "file::test" -> passed, failed or skipped
Rows = list[dict[str, str]]  # lines of a table by name of column


@dataclass(frozen=True, slots=True)
class Row:
    """One promise. ``tests`` are patterns of "file::test"; ``loop`` names a loop that adds its figure."""

    number: int
    promise: str
    tests: tuple[str, ...] = ()
    loop: str = ""


ROWS = (
    Row(
        1,
        "no stored page or verdict lost by kill -9",
        (
            "tests/unit/pipeline/test_crashes.py::",
            "tests/unit/pipeline/test_demo.py::.*killed",
            "tests/crawl/test_kill9.py::",
            "tests/reliability/test_crash_points.py::",
            "tests/reliability/test_review_kills.py::",
        ),
        "lost",
    ),
    Row(2, "refetched per kill <= concurrency + 2", ("tests/crawl/test_kill9.py::",), "refetched"),
    Row(
        3,
        "every hostile case ends as it must, no traceback",
        (f"{HOSTILE}::test_a_hostile_host", f"{HOSTILE}::test_every_stage_ends", "tests/reliability/test_fuzz.py::"),
    ),
    Row(
        4,
        "no forbidden address is asked",
        (
            f"{HOSTILE}::test_no_forbidden",
            rf"{HOSTILE}::.*(to-bad|link-bad|form-|place-|sitemap-)",
            "tests/unit/crawler/test_guard.py::",
        ),
    ),
    Row(
        5,
        "memory of any response is bounded",
        (f"{HOSTILE}::test_no_answer_costs", f"{HOSTILE}::.*bomb", "tests/unit/extract/test_workers.py::test_memory"),
    ),
    Row(
        6,
        "no page holds up the crawl or the extraction",
        (
            f"{HOSTILE}::.*(mute|drip|endless|slow|html-|shape-)",
            "tests/unit/extract/test_workers.py::.*too_long",
            "tests/unit/engine/test_local.py::.*(never_ends|nobody_would_read)",
        ),
    ),
    Row(
        7,
        "no silent loss of text: a cut is marked, a charset told",
        (
            f"{HOSTILE}::.*(charset|code-|coded-|cut-gzip|half|length)",
            "tests/unit/crawler/test_transport.py::",
            "tests/unit/extract/test_decode.py::",
        ),
    ),
    Row(
        8,
        "a trap costs little and is named",
        (f"{HOSTILE}::.*trap-", "tests/crawl/test_families.py::.*trap", "tests/unit/crawler/test_traps.py::"),
    ),
    Row(
        9,
        "robots.txt is obeyed, errors too",
        (f"{HOSTILE}::.*robots-", "tests/crawl/test_families.py::.*robots", "tests/unit/crawler/test_manners.py::"),
    ),
    Row(
        10,
        "full, read-only, locked, damaged, older, newer: exit code, one line, no loss",
        (
            "tests/unit/pipeline/test_disk.py::",
            "tests/unit/store/test_connection.py::",
            "tests/unit/store/test_schema.py::",
            "tests/unit/store/test_golden.py::",
            "tests/unit/pipeline/test_rebuilding.py::",
            "tests/unit/cli/test_cli.py::.*(cannot_serve|second_run)",
        ),
    ),
    Row(
        11,
        "no reviewer waits for a run (p99 < 0.1 s, no error)",
        ("tests/unit/store/test_connection.py::.*beside_a_busy_run",),
        "waits",
    ),
    Row(
        12,
        "no text of strangers acts: HTML, CSV, XLSX, terminal, logs, lists",
        (
            f"{HOSTILE}::.*(acts|moves_the_terminal)",
            "tests/unit/reports/test_(safe|sinks|html|blocklists).py::",
            "tests/unit/review/test_app.py::.*hostile",
            "tests/browser/test_review.py::.*hostile",
        ),
    ),
    Row(13, "review app: host, origin, token, policy", ("tests/unit/review/test_guard.py::",)),
    Row(14, "a purge leaves no byte", ("tests/unit/pipeline/test_purging.py::",)),
    Row(15, "no release of a dependency that is known to be vulnerable", ("tests/supply/test_supply.py::",), "audit"),
    Row(16, "memory grows under 50 MB over 10,000 pages, files stay", (), "soak"),
    Row(17, "a clock that is wrong by a day or a year holds up nothing", ("tests/reliability/test_clocks.py::",)),
    Row(18, "two processes of every kind at once do no harm", ("tests/reliability/test_two_at_once.py::",)),
    Row(19, "installs from the lock with pip 23.2 and the newest, works on the oldest versions", (), "install"),
)


def main(words: Sequence[str]) -> int:
    """Print the table; 1 if a promise is broken."""
    short = "--short" in words
    outcomes = run_tests()
    loops = {
        "kills": table("tests.reliability.kill_loop", *(("1", "5") if short else ("10", "20"))),
        "soak": table("tests.reliability.soak", "300" if short else "10000"),
        "long": [] if short else [{}],
    }
    broken = 0
    print("| # | promise | figure | |\n|---|---|---|---|")
    for row in ROWS:
        figure, kept = judged(row, outcomes, loops)
        broken += kept is False
        says = {True: "kept", False: "BROKEN", None: "not measured"}[kept]
        print(f"| {row.number} | {row.promise} | {figure} | {says} |", flush=True)
    return 1 if broken else 0


def run_tests() -> Outcomes:
    """The outcome of each test that the rows name."""
    every = [str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")]
    wanted = {pattern.partition("::")[0] for pattern in _patterns()}
    files = sorted(path for path in every if any(re.fullmatch(pattern, path) for pattern in wanted))
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "tests.xml"
        command = [sys.executable, "-m", "pytest", "--no-header", "--tb=line", f"--junitxml={report}"]
        subprocess.run([*command, "-p", "tests.reliability.promises", *files], cwd=ROOT, stdout=sys.stderr, check=False)
        return dict(_outcome(case) for case in ET.parse(report).iter("testcase"))


def pytest_collection_modifyitems(items: list) -> None:
    """As a plugin of pytest: leave out the tests that no row names."""
    items[:] = [item for item in items if any(re.match(pattern, item.nodeid) for pattern in _patterns())]


def _patterns() -> set[str]:
    return {pattern for row in ROWS for pattern in row.tests}


def _outcome(case: ET.Element) -> tuple[str, str]:
    path = case.get("classname", "").replace(".", "/") + ".py"
    kinds = {child.tag for child in case}
    said = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
    return f"{path}::{case.get('name')}", said


def table(module: str, *words: str) -> Rows:
    """What a loop printed, a row a line; the last row tells its exit code."""
    done = subprocess.run([sys.executable, "-m", module, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stderr.write(done.stdout + done.stderr[-2000:])
    lines = [line.split("\t") for line in done.stdout.splitlines() if "\t" in line] or [[]]
    return [*(dict(zip(lines[0], line, strict=True)) for line in lines[1:]), {"exit": str(done.returncode)}]


def judged(row: Row, outcomes: Outcomes, loops: dict[str, Rows]) -> tuple[str, bool | None]:
    """The figure of a row, and whether the promise is kept; ``None``: it was not measured."""
    said = [how for test, how in outcomes.items() if any(re.match(pattern, test) for pattern in row.tests)]
    counts = ", ".join(f"{said.count(how)} {how}" for how in ("passed", "failed", "skipped") if how in said)
    holds: bool | None = "failed" not in said and "passed" in said if row.tests else None
    if row.loop:
        figure, kept = LOOPS[row.loop](loops)
        said_all = "; ".join(filter(None, (counts and f"tests: {counts}", figure)))
        return said_all, False if holds is False else kept  # what was not measured is not kept by its tests alone
    return f"tests: {counts or 'none ran'}", bool(holds)


def _total(rows: Rows, name: str) -> int:
    return sum(int(row.get(name, 0)) for row in rows)


def _lost(loops: dict[str, Rows]) -> tuple[str, bool | None]:
    rows = loops["kills"]
    names = ("lost", "twice", "unsound", "half_reports", "records_off", "pointers_off", "flags_off", "verdicts_lost")
    harm = {name: _total(rows, name) for name in names}
    told = ", ".join(f"{count} {name}" for name, count in harm.items())
    return f"{_total(rows, 'kills')} kills: {told}", rows[-1] == {"exit": "0"}


def _refetched(loops: dict[str, Rows]) -> tuple[str, bool | None]:
    rows = loops["kills"]
    return f"{_total(rows, 'refetched')} in {_total(rows, 'kills')} kills", rows[-1] == {"exit": "0"}


def _waits(loops: dict[str, Rows]) -> tuple[str, bool | None]:
    rows = loops["kills"][:-1]
    slowest = max((float(row["wait_p99"]) for row in rows), default=float("inf"))
    errors, given = _total(rows, "review_errors"), _total(rows, "verdicts")
    return f"p99 {slowest:.3f} s, {errors} errors in {given} verdicts", slowest < SLOW_WAIT and not errors


def _soaked(loops: dict[str, Rows]) -> tuple[str, bool | None]:
    rows = loops["soak"]
    told = [
        f"{row['stage']} of {row['pages']} pages: +{row['growth_MB']} MB, +{row['files']} files" for row in rows[:-1]
    ]
    return "; ".join(told), rows[-1] == {"exit": "0"}


def _made(*targets: str) -> Callable[[dict[str, Rows]], tuple[str, bool | None]]:
    """A row that is kept when these targets of the Makefile are made; not tried in the short form."""

    def judge(loops: dict[str, Rows]) -> tuple[str, bool | None]:
        if not loops["long"]:
            return f"make {' '.join(targets)}: not in the short form", None
        ends = []
        for target in targets:
            done = subprocess.run(["make", target], cwd=ROOT, capture_output=True, text=True, check=False)
            lines = (done.stdout + done.stderr).strip().splitlines() or [""]
            ends.append((done.returncode, f"make {target}: exit {done.returncode}, {lines[-1][:120]}"))
        return "; ".join(said for _, said in ends), all(code == 0 for code, _ in ends)

    return judge


LOOPS = {
    "lost": _lost,
    "refetched": _refetched,
    "waits": _waits,
    "soak": _soaked,
    "audit": _made("audit", "bill"),
    "install": _made("install", "floors"),
}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
