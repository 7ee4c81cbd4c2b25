"""A real Chromium, driven over loopback. Skipped, and said, where there is none."""

from __future__ import annotations

import shutil
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from counterspin.identity import fingerprint
from counterspin.settings import Settings
from counterspin.store import Store
from reports.review.app import create_app
from reports.review.serve import Door, access_of, bind

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from review import conftest as small

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300_000  # ms; nothing takes long but on a machine that is busy or stood still
FLAGS_OFF = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-domain-reliability", "--disable-default-apps",
)  # fmt: skip


# Not for the whole session: while its driver lives, an event loop runs in this thread, and no crawl can start another.
@pytest.fixture(scope="module")
def chromium(loopback_only):
    playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("the browser tests need Debian's chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS_OFF), timeout=PATIENCE)
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
        thread.join(timeout=300)


MANY = 25


def many_flags():
    """Twenty-five flags of one passage, told apart by their key."""
    model = small.FLAGS[2]
    for number in range(MANY):
        key = f"question {number}"
        name = fingerprint("spun", "rewrite", model.url, key)
        yield replace(model, id=name, key=key, score=0.9 - number / 100, reason=f"Reason {number}")


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "counterspin.db"
    with Store.open(path) as store:
        small.fill(store, (*small.FLAGS, *many_flags()))
    return path


@pytest.fixture
def page(chromium, serving, database):
    door = Door(port=0)
    listening = bind(door)
    door = replace(door, port=listening.getsockname()[1])
    serving(create_app(database, access=access_of(door), settings=Settings(), reviewer="rin"), listening)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.complaints, page.hosts = [], set()
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append("dialog " + dialog.message), dialog.dismiss()))
    page.on("request", lambda request: page.hosts.add(request.url.split("/")[2]))
    page.address = f"http://127.0.0.1:{door.port}"
    page.goto(f"{page.address}/?token={door.token}")
    yield page
    assert page.complaints == []
    assert page.hosts == {f"127.0.0.1:{door.port}"}
    context.close()


@pytest.fixture
def flags():
    """The flags of the small database, in the order they are written down there."""
    return small.FLAGS
