"""The demo: the simulated web, crawled over HTTP on loopback, through every stage, held against its truth."""

from __future__ import annotations

import ctypes
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterspin.configuration import FILE, Configuration, load
from counterspin.errors import CounterspinError, ReadOnlyError
from counterspin.model import Flag, Swap
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import Extracted, extract_all
from counterspin.pipeline.reporting import report
from counterspin.store import Store, findings, flags, pages, runs
from counterspin.wording import counted
from crawler.simweb.truth import Result, score

_PR_SET_PDEATHSIG = 1  # prctl(2)
SETTINGS = """\
# The demo: a simulated web on this machine. Nothing here leaves it.
[project]
name = "demo"

[crawl]
contact = "demo@counterspin.test"
delay = 0.0          # the simulated hosts do not mind
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demo found: where the report is, all flags, the learnt dictionary, and the score against the truth."""

    folder: Path
    report: Path
    flags: tuple[Flag, ...]
    swaps: tuple[Swap, ...]
    result: Result
    seconds: float
    stages: Mapping[str, Mapping[str, Any]]


def run_demo(folder: Path, tell: Callable[[str], None]) -> Shown:
    """Run every stage into ``folder``; ``tell`` gets a line for each.

    Killed and started again, it goes on; when all is done, a further start does only what is not done yet.
    """
    began = time.monotonic()
    configuration = _project(folder)
    stages: dict[str, Mapping[str, Any]] = {}
    with Store.open(configuration.database) as store:
        stages["crawl"] = _crawl(store, configuration, tell)
        extracted = extract_all(store, configuration)
        stages["extract"] = {"documents": extracted.documents, "refused": extracted.refused}
        tell(_line_of_extract(extracted))
        analysed = analyse_all(store, configuration)
        stages["analyse"] = {"documents": analysed.documents, "flags": analysed.flags}
        tell(f"analyse  {counted(analysed.flags, 'flag')} on {counted(analysed.documents, 'document')}")
        written = report(store, configuration)
        stages["report"] = {"files": [str(file) for file in written.files]}
        place = folder / written.folder.relative_to(configuration.folder)  # as the folder was named, easier to read
        tell(f"report   {place}")
        found = tuple(flags.current(store))
        seconds = time.monotonic() - began
        return Shown(folder, place, found, findings.swaps(store), score(found), seconds, stages)


def _line_of_extract(done: Extracted) -> str:
    if done.run is None:
        return "extract  done before"
    refused = ", ".join(f"{count} {code}" for code, count in done.refused.items())
    return f"extract  {counted(done.documents, 'document')}" + (f"; refused: {refused}" if refused else "")


def _project(folder: Path) -> Configuration:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        if not file.exists():
            file.write_text(SETTINGS, encoding="utf-8")
    except OSError as error:
        raise ReadOnlyError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
    return load(folder)


def _crawl(store: Store, configuration: Configuration, tell: Callable[[str], None]) -> Mapping[str, Any]:
    """Crawl to the end. A crawl that has ended is not repeated: the simulated web does not change."""
    last = runs.latest(store, "crawl", statuses=("ok", "running", "interrupted", "failed"))
    if last is not None and last.status == "ok" and pages.archives(store):
        tell("crawl    done before")
        return {"pages": 0, "captures": 0}
    with simulated_web(configuration.folder / "access.jsonl") as (proxy, seeds):
        done = _crawl_in_a_process(configuration, proxy, seeds)
    if not pages.archives(store):
        codes = ", ".join(f"{count} {code}" for code, count in {**done["failed"], **done["refused"]}.items())
        raise CounterspinError(f"the crawl of the simulated web kept no page: {codes}; please report it")
    tell(f"crawl    {counted(done['pages'], 'page')} over HTTP in {done['seconds']:.0f} s, {done['captures']} kept")
    return done


@contextmanager
def simulated_web(log: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Serve the simulated web in a process of its own; yields its address as a proxy, and the seeds."""
    from crawler.simweb.demo.site import demo_web  # noqa: PLC0415

    command = [sys.executable, "-m", "crawler.simweb", "--port", "0", "--log", str(log)]
    # A session of its own: Ctrl-C stops the crawl, which still wants its last answers.
    with _child(command, session=True) as server:
        try:
            port = (server.stdout.readline() if server.stdout else "").strip()
            if not port.isdigit():
                raise CounterspinError("the simulated web did not start; see the lines above")
            yield f"http://127.0.0.1:{port}", demo_web().seeds
        finally:
            server.kill()


def _crawl_in_a_process(configuration: Configuration, proxy: str, seeds: tuple[str, ...]) -> dict[str, Any]:
    """The `crawl` command itself, as a user would call it."""
    command = [
        sys.executable, "-m", "counterspin", "crawl", *seeds, "--project", str(configuration.folder),
        "--proxy", proxy, "--json",
    ]  # fmt: skip
    with _child(command, session=False, errors=subprocess.PIPE) as crawl:
        out, errors = crawl.communicate()
    if crawl.returncode:
        said = (errors or "").strip().splitlines() or ["it ended without a word"]
        raise StageError(f"crawl: {said[-1].removeprefix('counterspin: ')}", crawl.returncode)
    values: dict[str, Any] = json.loads(out)
    return values


def _child(command: list[str], *, session: bool, errors: int | None = None) -> subprocess.Popen[str]:
    # preexec_fn is unsafe beside threads that hold locks; here it makes one system call, and there are none yet.
    return subprocess.Popen(  # noqa: S603 - our own modules
        command,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        start_new_session=session,
        preexec_fn=_die_with_parent,  # noqa: PLW1509
    )


class StageError(CounterspinError):
    """A stage in a process of its own failed; its exit code is passed on."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code if code > 0 else CounterspinError.exit_code


def _die_with_parent() -> None:
    """In a child, on Linux: end when the parent is killed, so that a demo that is started again meets no orphan."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
