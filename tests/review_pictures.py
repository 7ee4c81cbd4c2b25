"""Pictures of the review app for the documentation, made with an installed Chromium and playwright.

usage: python -m tests.review_pictures PROJECT [FOLDER]

PROJECT is a project with a finished analysis, for example ``counterspin-demo``; FOLDER is ``docs/pictures``.
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from counterspin.configuration import load
from reports.review.app import create_app
from reports.review.serve import Door, access_of, bind

SIZE = {"width": 1280, "height": 860}
MIN_CHINESE = 25  # characters of the passage that is shown


def first_chinese(page: Any) -> str:
    """The address of the first flag of the queue whose passage is a good piece of Chinese."""
    links = page.locator("tbody tr td:first-child a").all()
    shown = [(link.get_attribute("href"), link.inner_text()) for link in links]
    long = (href for href, text in shown if sum("\u4e00" <= c <= "\u9fff" for c in text) >= MIN_CHINESE)
    return next(long, shown[0][0])


def take(page: Any, base: str, folder: Path) -> None:
    page.screenshot(path=folder / "review-home.png")
    page.goto(f"{base}/q/spun?rule=rewrite")
    page.goto(base + first_chinese(page))
    page.screenshot(path=folder / "review-flag.png")
    page.goto(f"{base}/claims")
    page.click("tbody tr:nth-child(3) a")
    page.screenshot(path=folder / "review-question.png")


def main() -> None:
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("pictures need Chromium: apt-get install -y --no-install-recommends chromium fonts-noto-cjk")
    configuration = load(Path(sys.argv[1]))
    folder = Path(sys.argv[2] if len(sys.argv) == 3 else "docs/pictures").resolve()
    listening = bind(Door(port=0))
    door = Door(port=listening.getsockname()[1])
    app = create_app(
        configuration.database, access=access_of(door), settings=configuration.settings,
        reviewer="reviewer",
    )  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{door.port}"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport=SIZE).new_page()
        page.goto(f"{base}/?token={door.token}")
        take(page, base, folder)
        browser.close()
    server.should_exit = True
    thread.join(timeout=10)


if __name__ == "__main__":
    main()
