"""Who may talk to the review app."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from counterspin.errors import LockedError, UsageError
from counterspin.settings import Settings
from reports.review.app import create_app
from reports.review.guard import Access
from reports.review.serve import PASSWORD, Door, access_of, bind

from .conftest import FLAGS, HOST, SAME_ORIGIN, TOKEN

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def stranger(database, access):
    app = create_app(database, access=access, settings=Settings(), reviewer="rin")
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
        yield client


def test_without_the_start_token_nothing_is_shown(stranger):
    answer = stranger.get("/")
    assert answer.status_code == 403
    assert "counterspin review" in answer.text


def test_the_token_moves_from_the_address_into_a_strict_cookie(stranger):
    answer = stranger.get(f"/q/spun?token={TOKEN}&state=open")
    assert (answer.status_code, answer.headers["location"]) == (303, "/q/spun?state=open")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_the_redirect_after_the_token_never_leaves_this_host(stranger):
    answer = stranger.get(f"//evil.example/x?token={TOKEN}")
    assert not answer.headers.get("location", "/").startswith("//")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "localhost:9999", ""])
def test_a_foreign_host_header_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "http://evil.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_write_from_another_place_is_refused(client, headers):
    answer = client.post(f"/f/{FLAGS[0].id}", data={"verdict": "confirmed"}, headers=headers)
    assert answer.status_code == 403


def test_a_click_in_a_report_reaches_its_flag_on_the_second_hop(stranger):
    first = stranger.get(f"/f/{FLAGS[0].id}", headers={"sec-fetch-site": "cross-site"})
    assert first.status_code == 200
    assert 'http-equiv="refresh"' in first.text
    assert "滤芯" not in first.text


def test_a_program_comes_in_with_the_token_as_bearer(stranger):
    bearer = {"authorization": f"Bearer {TOKEN}", "accept": "application/json"}
    rows = stranger.get("/q/all", headers=bearer).json()["rows"]
    assert len(FLAGS) == len(rows)
    said = stranger.post(f"/f/{FLAGS[0].id}", json={"verdict": "unsure"}, headers=bearer)
    assert said.json() == {"stored": FLAGS[0].id}


def test_a_text_body_is_refused(client):
    answer = client.post(
        f"/f/{FLAGS[0].id}", content="verdict=confirmed", headers=SAME_ORIGIN | {"content-type": "text/plain"}
    )
    assert answer.status_code == 415


def test_a_body_that_is_too_large_is_refused(client):
    answer = client.post(f"/f/{FLAGS[0].id}", content="note=" + "x" * 70_000, headers=SAME_ORIGIN | FORM)
    assert answer.status_code == 413


def test_read_only_takes_no_verdict(database):
    access = Access(hosts=frozenset({HOST}), token=TOKEN, read_only=True)
    app = create_app(database, access=access, settings=Settings(), reviewer="rin")
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False) as client:
        client.get(f"/?token={TOKEN}")
        assert 'name="verdict"' not in client.get(f"/f/{FLAGS[0].id}").text
        assert client.post(f"/f/{FLAGS[0].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN).status_code == 403


def test_every_answer_carries_the_policy(client):
    for path in ("/", "/static/review.css", "/nowhere"):
        policy = client.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_an_open_door_off_loopback_is_refused(monkeypatch):
    monkeypatch.delenv(PASSWORD, raising=False)
    with pytest.raises(UsageError, match="can be reached from outside"):
        access_of(Door(host="0.0.0.0"))
    monkeypatch.setenv(PASSWORD, "short")
    with pytest.raises(UsageError, match="too short"):
        access_of(Door(host="0.0.0.0"))


def test_a_header_from_anybody_proves_nothing():
    with pytest.raises(UsageError, match="go together"):
        access_of(Door(user_header="x-user"))


def test_a_port_in_use_is_named():
    first = bind(Door(port=0))
    port = first.getsockname()[1]
    try:
        with pytest.raises(LockedError, match=f"port {port}"):
            bind(Door(port=port))
    finally:
        first.close()
