"""The HTML report as PDF, printed by a Chromium that is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from counterspin.errors import UsageError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SECONDS = 600  # 1.5 MB of HTML take about 6 s on two shared cores


def browser() -> str | None:
    """The path of the first installed browser that can print, or ``None``."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write_pdf(html: Path, path: Path) -> Path:
    """Print ``html`` to ``path``; nothing is loaded from the network.

    Raises :class:`UsageError` if no browser is installed or it does not print.
    """
    program = browser()
    if program is None:
        raise UsageError(f"PDF needs Chromium; install it ({', '.join(BROWSERS[:3])}) or print index.html in a browser")
    with tempfile.TemporaryDirectory(prefix="counterspin-pdf-") as profile:
        command = [program, *_options(profile), f"--print-to-pdf={path.resolve()}", html.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 - no shell
        except subprocess.TimeoutExpired:
            raise UsageError(f"{program} did not print the report within {_SECONDS} s") from None
    if done.returncode or not path.is_file():
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["it says nothing"]
        raise UsageError(f"{program} did not print the report (exit {done.returncode}): {last[0][:200]}")
    return path


def _options(profile: str) -> list[str]:
    return [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}", "--no-pdf-header-footer", "--generate-pdf-document-outline",
    ]  # fmt: skip
