"""A scheduled run that failed is told: to a command, to a webhook, each for itself; what was quiet stays quiet."""

from __future__ import annotations

import http.server
import json
import threading

import pytest
from click.testing import CliRunner

from counterspin.cli import schedule
from counterspin.settings import ScheduleSettings
from crawler.alerts import alert
from crawler.schedule import read_state

VALUES = {"project": "/p", "planned": "2026-01-01T03:30:00+00:00", "exit_code": 9, "outcome": "failed"}


@pytest.fixture
def webhook():
    """A server on loopback that answers with the status named in the path; yields its address and what it was told."""
    told = []

    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 10.0  # s: a connection that says nothing is given up

        def do_POST(self):
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(int(self.path[1:]))
            self.end_headers()

        def log_message(self, *_):
            pass

    # A thread a connection: one that says nothing must not keep the next, nor the end of the test, waiting.
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", told
        server.shutdown()


def test_command_and_webhook_are_told_the_same(webhook, tmp_path):
    address, told = webhook
    command = f'echo "$COUNTERSPIN_ALERT_EXIT_CODE $COUNTERSPIN_ALERT_OUTCOME" > {tmp_path}/told'
    assert alert(ScheduleSettings(alert_command=command, alert_webhook=f"{address}/200"), VALUES) is None
    assert told == [VALUES]
    assert (tmp_path / "told").read_text() == "9 failed\n"


def test_a_command_that_fails_does_not_keep_the_webhook_from_being_called(webhook):
    address, told = webhook
    problem = alert(ScheduleSettings(alert_command="exit 3", alert_webhook=f"{address}/500"), VALUES)
    assert told == [VALUES]
    assert "ended with 3" in problem
    assert "500" in problem


@pytest.mark.parametrize("address", ["ftp://a.test/x", "file:///etc/passwd"])
def test_a_webhook_that_is_none_is_said(address):
    assert "http or https" in alert(ScheduleSettings(alert_webhook=address), VALUES)


def test_a_run_made_once_is_told_and_shown_as_the_last(webhook, tmp_path):
    address, told = webhook
    settings = f'[schedule]\ncron = "30 3 * * *"\nalert_webhook = "{address}/200"\n'
    (tmp_path / "counterspin.toml").write_text(settings, encoding="utf-8")
    done = CliRunner().invoke(schedule.command, ["once", "--project", str(tmp_path)])
    assert done.exit_code == 2  # no contact is set
    assert [one["exit_code"] for one in told] == [2]
    state = read_state(next(tmp_path.rglob("schedule.json")))
    assert (state.exit_code, state.outcome) == (2, "failed")
    assert state.ended > state.started
