"""Serve every hostile case, run all stages on it with the real commands, and write down what was seen.

usage: python crawl_all.py FOLDER REPORT.json [CASE OR GROUP ...]
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import cases
import hostile
from conftest import SETTINGS
from memory import Watch

MAX_CHARS = 20_000  # of a text that the analysis looks at: the rules cost the same for each further thousand


def counterspin(*words: str) -> tuple[int, str, dict[str, int]]:
    """Run a command; its exit code, what it said, and its peak memory in bytes."""
    command = [sys.executable, "-m", "counterspin", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watch = Watch(process.pid)
    said, _ = process.communicate(timeout=400)
    return process.returncode, said, watch.stop()


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
        code, log, peaks = counterspin("crawl", str(seeds), "--project", str(project), *words)
    seen = {"crawl": {"exit": code, "log": log, "peaks": peaks}, "canaries": server.canaries}
    seen |= {"requests": dict(server.hits), "asked": sorted(server.asked)}
    formats = ("--format", "html,json,md,csv,xlsx,sarif,gexf", "--out", str(folder / "report"))
    longest = ("--set", f"analyse.max_chars={MAX_CHARS}")
    for stage, *more in (("extract",), ("analyse", *longest), ("report", *formats)):
        code, log, peaks = counterspin(stage, *more, "--project", str(project))
        seen[stage] = {"exit": code, "log": log, "peaks": peaks}
    report.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
