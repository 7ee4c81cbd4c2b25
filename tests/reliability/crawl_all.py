"""Serve every hostile case, run all stages on it with the real commands, and write down what was seen.

usage: python crawl_all.py FOLDER REPORT.json [CASE OR GROUP ...]
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import cases
import hostile
from conftest import SETTINGS
from memory import Watch, processor_time

from extract.limits import PatientClock

MAX_CHARS = 20_000  # of a text that the analysis looks at: the rules cost the same for each further thousand
QUIET = 60.0  # seconds without a request, more than the time-out: what is left waits for minutes or hours
WORK = 0.5  # seconds of processor time in which a crawl does something; one that waits uses less in all of ``QUIET``


def counterspin(*words: str, until: Callable[[int], bool] | None = None) -> dict[str, object]:
    """Run a command, or ask it to stop once ``until`` says so.

    Gives its exit code, what it said, peak memory in bytes and CPU time in seconds.
    """
    command = [sys.executable, "-m", "counterspin", *words]
    before = os.times()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watch, over = Watch(process.pid), threading.Event()
    stopper = threading.Thread(target=_stop_when, args=(process, until, over), daemon=True)
    if until is not None:
        stopper.start()
    said, _ = process.communicate(timeout=3600)
    over.set()
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return {"exit": process.returncode, "log": said, "peaks": watch.stop(), "cpu": spent}


def _stop_when(process: subprocess.Popen[str], until: Callable[[int], bool], over: threading.Event) -> None:
    while not over.wait(0.5):
        if until(process.pid):
            process.send_signal(signal.SIGINT)
            return


def quiet(server: hostile.Hostile) -> Callable[[int], bool]:
    """Says whether a crawl has asked and worked for nothing for ``QUIET`` seconds.

    A machine that stands still makes no quiet, and one that is busy none either: work is measured in processor time.
    """
    clock, seen, worked, since = PatientClock(), 0, 0.0, 0.0

    def is_quiet(pid: int) -> bool:
        nonlocal seen, worked, since
        now, hits, work = clock.look(), server.hits.total(), processor_time(pid)
        if hits != seen or abs(work - worked) > WORK:  # it falls when a reader ends
            seen, worked, since = hits, work, now
        return seen > 0 and now - since > QUIET

    return is_quiet


def main() -> None:
    folder, report = Path(sys.argv[1]), Path(sys.argv[2])
    project, wanted = folder / "project", set(sys.argv[3:])
    chosen = [case for case in cases.every_case() if not wanted or wanted & {case.name, case.group}]
    counterspin("init", str(project))
    seeds = folder / "seeds.txt"
    addresses = [f"http://{case.host}{path}\n" for case in chosen for path in ("/", *case.asks)]
    seeds.write_text("".join(addresses), encoding="utf-8")
    with hostile.serve(chosen) as server:
        settings = {**SETTINGS, "crawl.proxy": server.proxy}
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        crawled = counterspin("crawl", str(seeds), "--project", str(project), *words, until=quiet(server))
    seen = {"crawl": crawled, "canaries": server.canaries}
    seen |= {"requests": dict(server.hits), "asked": sorted(server.asked)}
    formats = ("--format", "html,json,md,csv,xlsx,sarif,gexf", "--out", str(folder / "report"))
    longest = ("--set", f"analyse.max_chars={MAX_CHARS}")
    for stage, *more in (("extract",), ("analyse", *longest), ("report", *formats)):
        seen[stage] = counterspin(stage, *more, "--project", str(project))
    report.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
