"""What the checks of the supply chain share: commands that are shown, a wheel, an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*words: object, folder: Path = ROOT) -> None:
    """Run a command, shown; raises :class:`subprocess.CalledProcessError` when it fails."""
    print("$", *words, file=sys.stderr, flush=True)
    subprocess.run(list(map(str, words)), cwd=folder, check=True)


def wheel_in(folder: Path) -> Path:
    """The project's wheel, built into ``folder``."""
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def environment_in(folder: Path) -> Path:
    """The Python of a new, empty environment."""
    run(sys.executable, "-m", "venv", folder)
    return folder / "bin/python"
