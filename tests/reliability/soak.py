"""Many pages through crawl, extraction and analysis: what memory and open files do.

usage: python -m tests.reliability.soak [PAGES [STAGE ...]]   (10,000 if not said; the promise is made for these)

Growth is counted from the first fifth of the pages on: what a process has then, it has warmed up with. The analysis
takes all pages at once; its growth is by how much its peak is above that of an analysis of a fifth of them. Of fewer
than 2,500 pages a fifth is no warm-up for it, so there its growth is printed and not judged.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.simweb import serve
from crawler.simweb.families import build

sys.path.insert(0, str(Path(__file__).parent))
from memory import Watch, open_files, resident

WARM = 0.2  # share of the pages
MOST_GROWTH = 50 << 20  # bytes after warm-up, in the main process
MOST_FILES = 16  # more open files than at warm-up: connections come and go
EVERY = 0.5  # s between two samples
HOSTS = 40
BYTES = 1  # of a page at least: its text stands in it once
LEAST_JUDGED = 2500  # pages of an analysis: from 500 on it compares passages in a process of its own
STAGES = ("crawl", "extract", "analyse")
COUNTS = {"crawl": "SELECT count(*) FROM capture", "extract": "SELECT count(*) FROM document"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One look at a running stage: pages done, resident bytes and open files of its main process."""

    pages: int
    bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Soaked:
    """One stage: pages, seconds, growth of memory in bytes and of open files after warm-up, peak bytes by process."""

    stage: str
    pages: int
    seconds: float
    growth: int
    files: int
    peaks: dict[str, int]

    @property
    def is_good(self) -> bool:
        """Whether the stage keeps within its growth; so does an analysis of too few pages to be judged."""
        too_few = self.stage == "analyse" and self.pages < LEAST_JUDGED
        return too_few or (self.growth <= MOST_GROWTH and self.files <= MOST_FILES)

    def since(self, fifth: Soaked) -> Soaked:
        """This stage with its growth counted from the peaks of ``fifth``, the same stage over a fifth of the pages."""
        growth = self.peaks["main"] - fifth.peaks["main"]
        return replace(self, growth=max(0, growth), files=max(0, self.files - fifth.files))


def soak(folder: Path, pages: int, stages: tuple[str, ...]) -> Iterator[Soaked]:
    """Run these stages, in their order, over a simulated web of so many pages; the analysis also over a fifth."""
    fifth = None
    if "analyse" in stages and pages >= LEAST_JUDGED:
        *_, fifth = _stages(folder / "fifth", int(WARM * pages), stages)
    for done in _stages(folder / "whole", pages, stages):
        yield done.since(fifth) if fifth and done.stage == "analyse" else done


def _stages(folder: Path, pages: int, stages: tuple[str, ...]) -> Iterator[Soaked]:
    web = build(f"size:pages={pages},hosts={HOSTS},bytes={BYTES}")
    _command("init", str(folder)).wait(60)
    project = ["--project", str(folder)]
    with serve(web) as running:
        settings = {
            "crawl.contact": "tests@example.test", "crawl.delay": "0", "crawl.proxy": running.proxy,
            "crawl.focus": "false", "crawl.max_pages": str(pages + 100), "crawl.host_pages": str(pages),
            "crawl.max_depth": "30", "crawl.max_seconds": "7200",
        }  # fmt: skip
        words = [word for pair in settings.items() for word in ("--set", "=".join(pair))]
        yield _watched("crawl", folder, pages, "crawl", *web.seeds, *project, *words)
    for stage in (name for name in stages if name != "crawl"):
        yield _watched(stage, folder, pages, stage, *project)


def _command(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "counterspin", *words], stdout=subprocess.DEVNULL)


def _watched(stage: str, folder: Path, pages: int, *words: str) -> Soaked:
    began = time.monotonic()
    process = _command(*words)
    watch, samples = Watch(process.pid), []
    with _counter(folder / "data/counterspin.db", COUNTS.get(stage)) as count:
        while process.poll() is None:
            samples.append(Sample(count(), resident(process.pid), open_files(process.pid)))
            time.sleep(EVERY)
        done = count()
    peaks = watch.stop()
    if process.returncode:
        raise SystemExit(f"{stage}: exit {process.returncode}")
    living = [sample for sample in samples if sample.bytes]
    warm = next((n for n, sample in enumerate(living) if sample.pages >= WARM * pages), len(living) - 1)
    later = living[warm:]
    return Soaked(
        stage, done, time.monotonic() - began, max(s.bytes for s in later) - later[0].bytes,
        max(s.files for s in later) - later[0].files, peaks,
    )  # fmt: skip


@contextmanager
def _counter(database: Path, query: str | None):
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        yield lambda: connection.execute(query or "SELECT count(*) FROM page").fetchone()[0]


def main() -> int:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    stages = tuple(stage for stage in STAGES if stage in (sys.argv[2:] or STAGES))
    print("stage\tpages\tseconds\tgrowth_MB\tfiles\tpeak_main_MB\tpeak_child_MB")
    good = True
    with tempfile.TemporaryDirectory() as place:
        for done in soak(Path(place), pages, stages):
            megabytes = [
                number / (1 << 20) for number in (done.growth, *(done.peaks.get(k, 0) for k in ("main", "child")))
            ]
            grown, main_peak, child_peak = megabytes
            print(
                f"{done.stage}\t{done.pages}\t{done.seconds:.1f}\t{grown:.1f}\t{done.files}\t{main_peak:.0f}\t{child_peak:.0f}",
                flush=True,
            )
            good &= done.is_good and (done.stage != "crawl" or done.pages >= pages)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
