"""Serve every hostile case, crawl and extract it with the real commands, and write down what the server saw.

usage: python crawl_all.py FOLDER REPORT.json [CASE OR GROUP ...]
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import hostile
from conftest import SETTINGS
from memory import Watch


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
    cases = [case for case in hostile.every_case() if not wanted or wanted & {case.name, case.group}]
    counterspin("init", str(project))
    seeds = folder / "seeds.txt"
    seeds.write_text("".join(f"http://{case.host}/\n" for case in cases), encoding="utf-8")
    with hostile.serve(cases) as server:
        settings = {**SETTINGS, "crawl.proxy": server.proxy}
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        code, log, crawl_peaks = counterspin("crawl", str(seeds), "--project", str(project), *words)
        seen = {"canaries": server.canaries, "requests": dict(server.hits), "exit": code, "log": log}
    _, extract_log, extract_peaks = counterspin("extract", "--project", str(project))
    seen |= {"extract_log": extract_log, "crawl_peaks": crawl_peaks, "extract_peaks": extract_peaks}
    report.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main()
