"""Pictures of the report for the README and the documentation, made with an installed Chromium.

usage: python -m tests.pictures PROJECT [FOLDER]

PROJECT is a project with a finished analysis, for example ``counterspin-demo``; FOLDER is ``docs/pictures``.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from counterspin.configuration import load
from counterspin.store import Store
from reports.pdf import browser
from reports.write import write

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the whole report (``part`` empty) or of one part; sizes are in CSS pixels."""

    name: str
    language: str
    width: int
    height: int
    part: str = ""
    dark: bool = False


PICTURES = (
    Picture("report", "en", 1280, 960),
    Picture("report-zh", "zh-CN", 1280, 960),
    Picture("report-dark", "en", 1280, 960, dark=True),
    Picture("report-narrow", "zh-CN", 500, 1100),
    Picture("report-rewrites", "en", 980, 900, part="rewrites"),
    Picture("report-swaps", "en", 980, 700, part="swaps"),
    Picture("report-passages", "en", 980, 1000, part="passages"),
    Picture("report-questions", "en", 980, 820, part="questions"),
    Picture("report-network", "en", 980, 900, part="network"),
    Picture("report-sites", "en", 980, 800, part="sites"),
)


def only(html: str, part: str) -> str:
    """The report with everything but one part hidden; the content policy gives way to the style that does it."""
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    style = (
        f"main>*:not(#{part}),.contents{{display:none!important}}.sheet{{display:block!important;max-width:60rem!important}}"
        "main{padding:0 0 1rem!important}section{margin:0!important;border:0!important}"
    )
    return html.replace("</style>", f"{style}</style>")


def take(program: str, page: Path, picture: Picture, target: Path) -> None:
    """Let Chromium draw ``page`` into ``target``."""
    with tempfile.TemporaryDirectory(prefix="counterspin-pictures-") as profile:
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={profile}", f"--window-size={picture.width},{picture.height}",
            f"--blink-settings=preferredColorScheme={0 if picture.dark else 1}", f"--screenshot={target}",
            page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)


def main() -> None:
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    program = browser()
    if program is None:
        raise SystemExit("pictures need Chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")
    configuration = load(Path(sys.argv[1]))
    folder = Path(sys.argv[2] if len(sys.argv) == 3 else "docs/pictures").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="counterspin-pictures-") as made,
        Store.open(configuration.database, readonly=True) as store,
    ):
        for picture in PICTURES:
            place = Path(made) / picture.language
            if not place.exists():
                write(store, place, configuration.settings, formats=("html",), language=picture.language, exact=True)
            page = place / "index.html"
            if picture.part:
                page = place / f"{picture.part}.html"
                page.write_text(
                    only((place / "index.html").read_text(encoding="utf-8"), picture.part), encoding="utf-8"
                )
            take(program, page, picture, folder / f"{picture.name}.png")
            print(folder / f"{picture.name}.png")


if __name__ == "__main__":
    main()
