"""kill -9 over crawl, extraction, analysis and report of the simulated web, while a second process gives verdicts.

usage: python -m tests.reliability.kill_loop SEEDS KILLS

For each seed the stages of a project are killed KILLS times at random moments and then run to their end, and the
outcome is held against one run that was never killed. A kill falls into whatever goes on: start-up, fetching,
extraction, the analysis, the report, a commit, a write into the archive. When all is done before the kills are used up,
the rest falls on repeated analyses and reports.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from crawler.archive import read_capture
from crawler.simweb import serve
from crawler.simweb.families import build

HERE = Path(__file__).parent
CONCURRENCY = 8
REFETCHED_A_KILL = CONCURRENCY + 2  # requests under way, and two that were answered but not yet committed
SLOW_WAIT = 0.1  # s; 99 of 100 verdicts should be stored sooner, on a machine that has nothing else to do
PATIENCE = 1200.0  # s for one run to its end
MOMENTS = (0.4, 6.0)  # s after the start at which a kill falls
AGAIN = {
    "analyse": ("analyse", "--force"),
    "report": ("report", "--format", "html,json,md,csv,xlsx,sarif,gexf"),
}
ENDS = {".html": b"</html>", ".md": b"\n", ".csv": b"\r\n", ".gexf": b"</gexf>\n"}
SETTINGS = {
    "crawl.contact": "tests@example.test", "crawl.delay": "0", "crawl.readers": "1", "crawl.free_disk": "0",
    "crawl.concurrency": str(CONCURRENCY), "crawl.sitemaps": "false",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """The columns of a row: what the kills of one seed did. Every count but ``kills``, ``pages``, ``flags`` and
    ``verdicts`` should be 0.
    """

    seed: int
    kills: int
    pages: int
    lost: int
    twice: int
    refetched: int
    unsound: int
    half_reports: int
    records_off: int
    pointers_off: int
    flags: int
    flags_off: int
    verdicts: int
    verdicts_lost: int
    review_errors: int
    wait_p99: float
    longest_wait: float

    @property
    def is_good(self) -> bool:
        """Whether nothing was harmed. How long a reviewer waits depends on the machine and is judged elsewhere."""
        harm = (
            self.lost,
            self.twice,
            self.unsound,
            self.half_reports,
            self.records_off,
            self.pointers_off,
            self.flags_off,
        )
        harm += (self.verdicts_lost, self.review_errors)
        return not any(harm) and self.refetched <= self.kills * REFETCHED_A_KILL


class Project:
    """A project folder, the simulated web that it crawls, and the commands on it."""

    def __init__(self, folder: Path, proxy: str, seeds: tuple[str, ...]) -> None:
        self.folder, self.seeds = folder, seeds
        self.database = folder / "data/counterspin.db"
        self.acknowledged = folder / "acknowledged.txt"
        self.settings = [
            word for pair in {**SETTINGS, "crawl.proxy": proxy}.items() for word in ("--set", "=".join(pair))
        ]
        self._run("init", str(folder))

    def _run(self, *words: str) -> None:
        command = [sys.executable, "-m", "counterspin", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(words[:2])}: exit {done.returncode}: {done.stderr[-500:]}")

    def stages(self) -> list[str]:
        """The words of the command that does what is left of crawl, extraction and analysis."""
        return ["run", *self.seeds, "--project", str(self.folder), *self.settings]

    def finish(self) -> None:
        """Run every stage to its end."""
        self._run(*self.stages())

    def killed(self, seconds: float, *, again: str = "") -> bool:
        """Start the stages (or one of them ``again``) and kill them; whether they ended before."""
        words = [*AGAIN[again], "--project", str(self.folder)] if again else self.stages()
        process = subprocess.Popen(
            [sys.executable, "-m", "counterspin", *words],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return False

    def rows(self, sql: str) -> list[tuple]:
        """The rows of a query on the database as it is."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(sql).fetchall()

    def is_sound(self) -> bool:
        """Whether the database passes SQLite's own check (there may be none yet)."""
        if not self.database.exists() or not self.rows("SELECT 1 FROM sqlite_schema"):
            return True
        return self.rows("PRAGMA integrity_check") == [("ok",)] and not self.rows("PRAGMA foreign_key_check")

    def pages(self) -> list[str]:
        """The keys of the captured pages, one for each capture."""
        return [row[0] for row in self.rows("SELECT p.url_key FROM capture k JOIN page p ON p.id=k.page_id")]

    def flags(self) -> set[str]:
        """The fingerprints of the flags that stand."""
        return {row[0] for row in self.rows("SELECT fingerprint FROM flag WHERE machine_state<>'absent'")}

    def records(self) -> int:
        """How many responses the archive has."""
        count = 0
        for file in (self.folder / "data/warc").glob("*.warc.gz"):
            with file.open("rb") as stream:
                count += sum(_is_page(record) for record in ArchiveIterator(stream))
        return count

    def half_reports(self) -> int:
        """Files of reports that stand under their names and are not whole."""
        found = [path for path in (self.folder / "reports").rglob("*") if path.is_file() and path.suffix != ".part"]
        return sum(not _is_whole(path) for path in found)

    def pointers_off(self) -> int:
        """Captures whose place in the archive does not hold their bytes."""
        query = "SELECT warc_file,warc_offset,raw_sha256 FROM capture"
        return sum(
            sha256(read_capture(self.folder / "data/warc", file, offset).body).hexdigest() != digest
            for file, offset, digest in self.rows(query)
        )

    def verdicts_lost(self) -> int:
        """Acknowledged verdicts that are not both in the database and in the journal."""
        stored = {row[0] for row in self.rows("SELECT nonce FROM verdict")}
        journal = self.database.with_name(f"{self.database.name}.verdicts.jsonl")
        written = journal.read_text(encoding="utf-8") if journal.exists() else ""
        return sum(nonce not in stored or nonce not in written for nonce, _ in self.given())

    def given(self) -> list[tuple[str, float]]:
        """The acknowledged verdicts: nonce and seconds. A last line cut by a kill was never acknowledged."""
        return [(words[0], float(words[1])) for words in self._lines() if words[0] != "error"]

    def review_errors(self) -> list[str]:
        """What was refused to the reviewer; that there is no database yet is no error."""
        said = [" ".join(words[1:]) for words in self._lines() if words[0] == "error"]
        return [text for text in said if "no database" not in text and "no counterspin database" not in text]

    def _lines(self) -> list[list[str]]:
        if not self.acknowledged.exists():
            return []
        whole = self.acknowledged.read_text(encoding="utf-8").rpartition("\n")[0]
        return [line.split() for line in whole.splitlines() if len(line.split()) > 1]


def _is_whole(path: Path) -> bool:
    if path.suffix == ".xlsx":
        return zipfile.is_zipfile(path)
    raw = path.read_bytes()
    if path.suffix in (".json", ".sarif"):
        return isinstance(json.loads(raw), dict)
    return raw.endswith(ENDS[path.suffix])


def _is_page(record) -> bool:
    kind = record.rec_headers.get_header("Content-Type") or ""
    return record.rec_type == "response" and "http" in kind


@contextmanager
def reviewing(project: Project) -> Iterator[None]:
    """A reviewer at work, in a process of its own, killed like the rest at the end."""
    command = [sys.executable, str(HERE / "reviewer.py"), str(project.database), str(project.acknowledged)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
        if process.poll() is not None:
            with project.acknowledged.open("a", encoding="utf-8") as lines:
                lines.write(f"error the reviewer ended with {process.returncode}\n")
    finally:
        process.kill()
        process.wait()


def kill_loop(folder: Path, kills: int, seed: int, whole: Project, web) -> Outcome:
    """Kill the stages of a new project ``kills`` times; how that ended against ``whole``, a run without kills."""
    draws = random.Random(seed)
    unsound, half, done = 0, 0, False
    with serve(web) as running:
        project = Project(folder, running.proxy, tuple(web.seeds))
        for _ in range(kills):
            with reviewing(project):
                done |= project.killed(draws.uniform(*MOMENTS), again=draws.choice(tuple(AGAIN)) if done else "")
            unsound += not project.is_sound()
            half += project.half_reports()
        with reviewing(project):
            project.finish()
            time.sleep(1.0)
        asked = Counter(hit.url for hit in running.hits if hit.status == 200 and not hit.url.endswith("/robots.txt"))
    unsound += not project.is_sound()
    pages, given = project.pages(), project.given()
    waits = sorted(seconds for _, seconds in given) or [0.0]
    return Outcome(
        seed=seed, kills=kills, pages=len(pages), lost=len(set(whole.pages()) - set(pages)),
        twice=len(pages) - len(set(pages)), refetched=asked.total() - len(asked), unsound=unsound, half_reports=half,
        records_off=abs(project.records() - len(pages)), pointers_off=project.pointers_off(),
        flags=len(project.flags()), flags_off=len(project.flags() ^ whole.flags()), verdicts=len(given),
        verdicts_lost=project.verdicts_lost(), review_errors=len(project.review_errors()),
        wait_p99=waits[int(0.99 * (len(waits) - 1))], longest_wait=waits[-1],
    )  # fmt: skip


def loops(folder: Path, seeds: range, kills: int) -> Iterator[Outcome]:
    """One outcome for each seed."""
    web = build("demo")
    with serve(web) as running:
        whole = Project(folder / "whole", running.proxy, tuple(web.seeds))
        whole.finish()
    for seed in seeds:
        yield kill_loop(folder / f"seed{seed}", kills, seed, whole, web)


def main() -> int:
    seeds, kills = int(sys.argv[1]), int(sys.argv[2])
    names = [field.name for field in fields(Outcome)]
    print("\t".join(names))
    good = True
    with tempfile.TemporaryDirectory() as place:
        for outcome in loops(Path(place), range(seeds), kills):
            values = [getattr(outcome, name) for name in names]
            print("\t".join(f"{value:.3f}" if isinstance(value, float) else str(value) for value in values), flush=True)
            good &= outcome.is_good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
