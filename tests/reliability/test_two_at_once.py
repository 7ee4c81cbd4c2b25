"""Two processes of every kind at once on one project: one may be told to wait, nothing is lost or stored twice."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from counterspin.configuration import Configuration, load
from counterspin.model import Verdict
from counterspin.store import Store, verdicts
from counterspin.store.backup import problems
from crawler.simweb import serve
from crawler.simweb.families import build
from crawler.simweb.web import Reply, Request, Web, merge, text_reply
from tests.unit.pipeline.conftest import SETTINGS, write_pages

LOCKED = 7
LISTS = ("robots.txt", ".xml")
PATIENCE = 900.0
PAIRS = (
    ("analyse --force", "analyse --force"), ("extract", "analyse --force"),
    ("analyse --force", "purge --match 王小明 --yes"), ("analyse --force", "backup copy.db"),
    ("analyse --force", "report"), ("rebuild --from-warc", "analyse --force"),
    ("purge --match 王小明 --yes", "backup copy.db"),
)  # fmt: skip


def start(folder: Path, words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "counterspin", *words.split()]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(*processes: subprocess.Popen[str]) -> list[tuple[int, str]]:
    """Exit code and what was said on standard error, of each."""
    return [(process.returncode, said) for process in processes for _, said in [process.communicate(timeout=PATIENCE)]]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose pages have flags; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("finished")
    (folder / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    taken_in = f"import {write_pages(folder / 'pages')} --base-url http://advice.test/"
    for words in (taken_in, "run --no-crawl --no-report"):
        assert ended(start(folder, words))[0][0] == 0
    return folder


@pytest.fixture
def project(tmp_path: Path, finished: Path) -> Configuration:
    """A copy of it."""
    shutil.copytree(finished, tmp_path / "project")
    return load(tmp_path / "project", environment={})


@pytest.mark.slow
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_two_at_once_do_no_harm(project, left, right):
    first, second = ended(start(project.folder, left), start(project.folder, right))
    for code, said in (first, second):
        assert code in (0, LOCKED), said
        assert code == 0 or (len(said.strip().splitlines()) == 1 and "process" in said)
    assert 0 in (first[0], second[0])
    with Store.open(project.database, durable=True) as store:
        assert problems(store) == []
        assert store.value("SELECT count(*) FROM run WHERE status='running'") == 0
        assert store.value("SELECT count(*)-count(DISTINCT url_key) FROM page") == 0
        assert store.value("SELECT count(*)-count(DISTINCT fingerprint) FROM flag") == 0
        assert store.value("SELECT count(*) FROM flag WHERE machine_state<>'absent'") >= 1


@pytest.mark.slow
def test_verdicts_are_taken_while_an_analysis_runs(project):
    running = start(project.folder, "analyse --force")
    with Store.open(project.database, durable=True) as store:
        flag = store.value("SELECT fingerprint FROM flag ORDER BY 1")
        for number in range(40):
            verdicts.add(store, Verdict("flag", flag, "unsure", "one", "2026-01-01T00:00:00Z", nonce=str(number)))
        assert ended(running)[0][0] == 0
        assert verdicts.verify(store) == verdicts.Chain(40, None)
        assert store.value("SELECT state FROM flag WHERE fingerprint=?", (flag,)) == "unsure"


@pytest.mark.slow
def test_a_backup_and_a_second_crawl_during_a_crawl(tmp_path):
    (tmp_path / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    goes_on = threading.Event()

    def held(request: Request) -> Reply:
        if request.path == "/":
            goes_on.wait()  # the server with it, so that the first crawl lasts until the others have ended
        return text_reply("<p>waited</p>")

    with serve(merge(build("size:pages=40,hosts=4,bytes=1"), Web({"held.test": held}))) as running:
        options = f"--delay 0 --proxy {running.proxy} --set crawl.free_disk=0 --set crawl.readers=1"
        words = f"crawl {' '.join(running.web.seeds)} http://held.test/ {options} --set crawl.timeout=600"
        try:
            first = start(tmp_path, words)
            while not (tmp_path / "data/counterspin.db").exists() or not running.hits:
                assert first.poll() is None
                time.sleep(0.02)
            others = (words, "backup copy.db", "purge --host no.test --yes")
            (two, said), (three, _), (four, told) = ended(*(start(tmp_path, each) for each in others))
        finally:
            goes_on.set()
        ((one, _),) = ended(first)
    assert (one, two, three, four) == (0, LOCKED, 0, LOCKED)
    assert "`crawl`" in said
    assert "`crawl`" in told
    for database in (tmp_path / "data/counterspin.db", tmp_path / "copy.db"):
        with Store.open(database) as store:
            assert problems(store) == []
    with Store.open(tmp_path / "data/counterspin.db", readonly=True) as store:
        asked = {hit.url for hit in running.hits if hit.status == 200}
        assert store.value("SELECT count(*) FROM capture") == len({url for url in asked if not url.endswith(LISTS)})
