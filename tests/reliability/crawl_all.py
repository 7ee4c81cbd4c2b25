"""Serve every hostile case, crawl and extract it with the real commands, and write down what the server saw.

usage: python crawl_all.py FOLDER REPORT.json
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import hostile
from conftest import SETTINGS


def counterspin(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "counterspin", *words], capture_output=True, text=True, timeout=400, check=False
    )


def main() -> None:
    folder, report = Path(sys.argv[1]), Path(sys.argv[2])
    project, cases = folder / "project", hostile.every_case()
    counterspin("init", str(project))
    seeds = folder / "seeds.txt"
    seeds.write_text("".join(f"http://{case.host}/\n" for case in cases), encoding="utf-8")
    with hostile.serve(cases) as server:
        settings = {**SETTINGS, "crawl.proxy": server.proxy}
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        crawl = counterspin("crawl", str(seeds), "--project", str(project), *words)
        seen = {"canaries": server.canaries, "requests": dict(server.hits)}
    extract = counterspin("extract", "--project", str(project))
    logs = {
        "exit": crawl.returncode,
        "log": crawl.stderr + crawl.stdout,
        "extract_log": extract.stderr + extract.stdout,
    }
    report.write_text(json.dumps({**seen, **logs}), encoding="utf-8")


if __name__ == "__main__":
    main()
