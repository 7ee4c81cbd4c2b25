"""kill -9 at random moments: nothing lost, nothing stored twice, the archive as long as the database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from warcio.archiveiterator import ArchiveIterator

CONCURRENCY = 8


def crawl_command(crawls, running) -> list[str]:
    return [
        sys.executable, "-m", "counterspin", "crawl", *running.web.seeds, "--project", str(crawls.folder),
        "--proxy", running.proxy, "--contact", "test@example.org", "--delay", "0",
        "--set", "crawl.readers=0", "--set", f"crawl.concurrency={CONCURRENCY}", "--set", "crawl.free_disk=0",
        "--set", "project.database=test.db", "--set", "project.warc=warc",
    ]  # fmt: skip


def killed_after(command: list[str], seconds: float) -> None:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def responses(folder) -> int:
    count = 0
    for file in folder.glob("*.warc.gz"):
        with file.open("rb") as stream:
            count += sum(record.rec_type == "response" for record in ArchiveIterator(stream))
    return count


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0])
def test_five_kills_lose_nothing_and_store_nothing_twice(crawls, web, seed):
    running = web("demo")
    (crawls.folder / "counterspin.toml").write_text("", encoding="utf-8")
    command = crawl_command(crawls, running)
    draws = random.Random(seed)
    for _ in range(5):
        killed_after(command, draws.uniform(1.0, 2.6))
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    captures = [row[0] for row in crawls.rows("SELECT page.url_key FROM capture JOIN page ON page.id=page_id")]
    times = Counter(hit.url for hit in running.hits if not hit.url.endswith("/robots.txt") and hit.status == 200)
    assert len(captures) == len(set(captures))
    assert crawls.rows("SELECT count(*) FROM frontier WHERE state='queued'") == [(0,)]
    assert sum(times.values()) - len(times) <= 5 * (CONCURRENCY + 2)
    assert responses(crawls.folder / "warc") == len(captures)
    assert crawls.rows("PRAGMA integrity_check") == [("ok",)]
    reference = type(crawls)(crawls.folder / "whole")
    reference.folder.mkdir()
    reference.run(running)
    whole = {row[0] for row in reference.rows("SELECT page.url_key FROM capture JOIN page ON page.id=page_id")}
    assert set(captures) == whole
