"""A real Chromium, driven over loopback. Skipped, and said, where there is none."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLAGS_OFF = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-domain-reliability", "--disable-default-apps",
)  # fmt: skip


@pytest.fixture(scope="session")
def chromium(loopback_only):
    playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("the browser tests need Debian's chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS_OFF))
        yield browser
        browser.close()


@pytest.fixture
def artefacts() -> Path:
    """Where the pictures go; `make clean` removes them."""
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def serving():
    """Serve an app on a free loopback port; yields ``start(app, port_socket)``."""
    import uvicorn

    servers = []

    def start(app, listening):
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        servers.append((server, thread))

    yield start
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)
