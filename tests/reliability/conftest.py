"""The hostile server's modules are imported by name; its crawl runs once for all cases."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import hostile

SETTINGS = {
    "crawl.contact": "tests@example.test", "crawl.delay": "0", "crawl.timeout": "40", "crawl.retries": "0",
    "crawl.max_pages": "3000", "crawl.host_pages": "30", "crawl.max_seconds": "7200",
}  # fmt: skip


@dataclass
class Crawled:
    """What all stages left of all cases: codes by URL, requests by host, URLs asked for, forbidden ones among them.

    ``stages`` holds exit code, output and peak memory of each command; ``folder`` the project and its report.
    """

    folder: Path
    stages: dict[str, dict[str, Any]]
    canaries: list[str]
    requests: dict[str, int]
    asked: frozenset[str]
    codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _alone() -> list[str]:
    """The words that put a command into a network of its own, with nothing but loopback, where that can be had."""
    if shutil.which("unshare") is None:
        return []
    words = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    return words if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0 else []


@pytest.fixture(scope="session")
def crawled(tmp_path_factory) -> Crawled:
    """Take every hostile host through all stages once, in a process (and, where possible, a network) of its own."""
    folder = tmp_path_factory.mktemp("hostile")
    report = folder / "report.json"
    command = [*_alone(), sys.executable, str(Path(__file__).parent / "crawl_all.py"), str(folder), str(report)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    assert report.is_file(), done.stderr[-3000:]
    made = json.loads(report.read_text(encoding="utf-8"))
    stages = {name: made[name] for name in ("crawl", "extract", "analyse", "report")}
    crawled = Crawled(folder, stages, made["canaries"], made["requests"], frozenset(made["asked"]))
    with sqlite3.connect(folder / "project/data/counterspin.db") as connection:
        for url, code in connection.execute("SELECT url,code FROM fetch"):
            crawled.codes[url].add(hostile.KEPT if code in ("ok", "new") else code)
        for url, code in connection.execute("SELECT url,code FROM frontier WHERE code IS NOT NULL AND state='refused'"):
            crawled.codes[url].add(code)
        query = (
            "SELECT p.url,coalesce(d.code,CASE WHEN d.page_type='empty' THEN 'empty' END) FROM document d "
            "JOIN capture k ON k.id=d.capture_id JOIN page p ON p.id=k.page_id"
        )
        for url, code in connection.execute(query):
            if code:
                crawled.codes[url].add(code)
                if code != "empty":
                    crawled.codes[url].discard(hostile.KEPT)
    return crawled
