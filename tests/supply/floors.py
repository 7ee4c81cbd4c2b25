"""The oldest versions that pyproject.toml allows: smoke test and a part of the unit tests on them.

usage: python -m tests.supply.floors       (needs uv)
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.supply.places import ROOT, environment_in, run

# Not the review: the test client of the oldest Starlette needs another HTTP library than the one that is locked.
TESTS = ("store", "extract", "crawler", "cli", "text", "detect")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lock, project = folder / "oldest.txt", ROOT / "pyproject.toml"
        resolve = ("uv", "pip", "compile", "--quiet", "--resolution", "lowest-direct", "--group", f"{project}:dev")
        run(*resolve, project, "--output-file", lock)
        python = environment_in(folder / "venv")
        run("uv", "pip", "install", "--quiet", "--python", python, "--requirement", lock)
        install = ("uv", "pip", "install", "--quiet", "--python", python, "--no-deps", "--no-build-isolation")
        run(*install, "--editable", ROOT)
        run(python, ROOT / "tests/smoke.py", folder=folder)
        run(python, "-m", "pytest", "-m", "not slow", *(f"tests/unit/{part}" for part in TESTS))


if __name__ == "__main__":
    main()
