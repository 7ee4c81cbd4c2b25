"""kill -9 on the review while it takes verdicts over HTTP: what was answered is stored, and in the journal."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Timer
from urllib.parse import urlencode

import pytest

from counterspin.configuration import Configuration, load
from counterspin.store import Store, verdicts
from counterspin.store.backup import problems
from tests.unit.pipeline.conftest import SETTINGS, write_pages

KILLS = 4
PATIENCE = 900.0  # s until a review has opened its door, or has answered


@pytest.fixture
def project(tmp_path: Path) -> Configuration:
    """A project whose pages have flags."""
    (tmp_path / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    configuration = load(tmp_path, environment={})
    taken_in = ("import", str(write_pages(tmp_path / "pages")), "--base-url", "http://advice.test/")
    for words in (taken_in, ("run", "--no-crawl", "--no-report")):
        subprocess.run([sys.executable, "-m", "counterspin", *words], cwd=tmp_path, check=True, capture_output=True)
    return configuration


class Review:
    """A running ``counterspin review`` and a browser at its door."""

    def __init__(self, project: Configuration, port: int) -> None:
        command = [sys.executable, "-u", "-m", "counterspin", "review", "--port", str(port), "--reviewer", "one"]
        self.process = subprocess.Popen(command, cwd=project.folder, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        address = self.process.stderr.readline().split()[1]
        self.port = port
        self.cookie = ""
        deadline = time.monotonic() + PATIENCE
        while not self.cookie:
            try:
                _, headers = self.ask("GET", address.partition(str(port))[2])
                self.cookie = headers["set-cookie"].partition(";")[0]
            except ConnectionError:  # noqa: PERF203 - it is still starting
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def ask(self, method: str, path: str, **form: str) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer."""
        host = f"127.0.0.1:{self.port}"
        headers = {"Host": host, "Cookie": self.cookie, "Sec-Fetch-Site": "same-origin", "Origin": f"http://{host}"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        with closing(HTTPConnection(host, timeout=PATIENCE)) as connection:
            connection.request(method, path, urlencode(form) or None, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.slow
def test_no_answered_verdict_is_lost_when_the_review_is_killed(project):
    draws, port = random.Random(7), a_free_port()
    with Store.open(project.database, readonly=True) as store:
        flags = [row[0] for row in store.rows("SELECT fingerprint FROM flag ORDER BY 1")]
    answered: list[str] = []
    for kill in range(KILLS):
        review = Review(project, port)
        death = Timer(draws.uniform(0.0, 0.1), review.process.kill)
        number, last = 0, draws.randrange(2, 30)
        while True:
            nonce = f"{kill}-{number}"
            if number == last:
                death.start()
            try:
                said = draws.choice(verdicts.DECISIONS)
                status, _ = review.ask("POST", f"/f/{draws.choice(flags)}", verdict=said, nonce=nonce)
            except (OSError, HTTPException):
                break
            assert status == 303
            answered.append(nonce)
            number += 1
        death.join()
        review.process.wait(PATIENCE)
        assert review.process.stderr is not None
        review.process.stderr.close()
    assert len(answered) > KILLS
    with Store.open(project.database, durable=True) as store:
        assert problems(store) == []
        assert verdicts.verify(store).broken is None
        stored = {row[0] for row in store.rows("SELECT nonce FROM verdict")}
        assert set(answered) <= stored
        verdicts.mend_journal(store)
        journal = verdicts.journal_path(store)
    assert journal is not None
    written = journal.read_text(encoding="utf-8")
    assert all(f'"{nonce}"' in written for nonce in stored)
