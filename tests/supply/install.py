"""A clean install from the lock, by the pip that Python 3.11 shipped with and by the newest one, and the smoke test.

usage: python -m tests.supply.install
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.supply.places import ROOT, environment_in, run, wheel_in

PIPS = ("pip==23.2.1", "pip")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = wheel_in(folder)
        for number, pip in enumerate(PIPS):
            python = environment_in(folder / str(number))
            run(python, "-m", "pip", "install", "--quiet", "--upgrade", pip)
            lock = ROOT / "requirements/runtime.txt"
            run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", lock)
            run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel)
            run(python, ROOT / "tests/smoke.py", folder=folder)
            print(f"{pip}: ok")


if __name__ == "__main__":
    main()
