"""What a reviewer sees and does, without a browser."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from urllib.parse import quote

import pytest

from counterspin.model import Answer, Claim, Slot
from counterspin.store import Store

from .conftest import CLUSTER, FLAGS, SAME_ORIGIN, TEXTS, URLS, analyse, flag_on, form_of

PATHS = (
    "/",
    "/q/all",
    "/q/spun",
    "/q/second",
    "/c",
    f"/c/{quote(CLUSTER)}",
    "/s",
    "/s/host1.test",
    "/d",
    "/claims",
    "/search?q=滤芯",
    "/snap/1",
    *(f"/f/{flag.id}" for flag in FLAGS),
)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_shows_hostile_text_as_text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.text
    assert "<script>alert" not in html
    assert "<img" not in html
    assert not re.search(r"\son\w+=[^ ]*alert", re.sub(r"<bdi>.*?</bdi>", "", html, flags=re.DOTALL))
    assert "\u202e" not in html
    assert "\u200b" not in html
    assert 'style="' not in html


def test_the_flag_page_marks_the_swapped_words(client):
    html = client.get(f"/f/{FLAGS[1].id}").text
    assert re.search(r"<del[^>]*>.*?更换.*?</del>", html, re.DOTALL)
    assert re.search(r"<ins[^>]*>.*?调换.*?</ins>", html, re.DOTALL)


def test_every_link_of_the_review_leads_to_a_page(client):
    met, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path not in met:
            met.add(path)
            answer = client.get(path, follow_redirects=True)
            assert answer.status_code == 200, path
            waiting += [unescape(href) for href in re.findall(r'href="(/[^"]*)"', answer.text)]
    assert {f"/c/{quote(CLUSTER)}", "/s/host1.test", f"/f/{FLAGS[0].id}"} <= {path.partition("?")[0] for path in met}


def test_a_flag_without_a_counterpart_marks_what_its_evidence_quotes(client):
    html = client.get(f"/f/{FLAGS[2].id}").text
    assert f"<mark>{TEXTS[2][:4]}</mark>" in re.sub("</?bdi>", "", html)


def test_one_verdict_leads_to_the_next_flag(client):
    order = sorted(FLAGS, key=lambda flag: -flag.score)
    page = client.get(f"/f/{order[0].id}").text
    values = {"verdict": "confirmed", "evidence_hash": form_of(page, "evidence_hash"), "nonce": form_of(page, "nonce")}
    answer = client.post(f"/f/{order[0].id}", data=values, headers=SAME_ORIGIN)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/f/{order[1].id}")


def test_the_last_verdict_leads_back_to_the_queue(client):
    for flag in FLAGS:
        answer = client.post(f"/f/{flag.id}", data={"verdict": "confirmed", "category": "spun"}, headers=SAME_ORIGIN)
    assert answer.headers["location"] == "/q/spun"
    assert "已经审完" in client.get("/q/spun").text


def test_evidence_that_moved_gives_409_and_stores_nothing(client, database):
    values = {"verdict": "confirmed", "evidence_hash": "of yesterday"}
    answer = client.post(f"/f/{FLAGS[0].id}", data=values, headers=SAME_ORIGIN)
    assert answer.status_code == 409
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT count(*) FROM verdict").fetchone() == (0,)


def test_a_vanished_flag_gives_a_clear_page(client):
    answer = client.post(f"/f/{'0' * 24}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
    assert answer.status_code == 410
    assert "not in this database" in answer.text


def test_undo_shows_the_flag_again(client):
    client.post(f"/f/{FLAGS[1].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
    answer = client.post("/undo", data={"x": "1"}, headers=SAME_ORIGIN)
    assert answer.headers["location"] == f"/f/{FLAGS[1].id}"


def test_a_cluster_is_judged_at_once_and_taken_back_at_once(client, database):
    refused = client.post(f"/c/{quote(CLUSTER)}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
    assert refused.status_code == 400
    given = client.post(f"/c/{quote(CLUSTER)}", data={"verdict": "confirmed", "sure": "yes"}, headers=SAME_ORIGIN)
    assert client.get(given.headers["location"]).status_code == 200
    with sqlite3.connect(database) as connection:
        query = "SELECT count(*) FROM flag WHERE state='confirmed'"
        confirmed = connection.execute(query).fetchone()[0]
        assert confirmed >= 2
        client.post("/undo", data={"x": "1"}, headers=SAME_ORIGIN)
        assert connection.execute(query).fetchone()[0] == 0


def test_a_swap_is_rejected_in_the_dictionary(client, database):
    key = form_of(client.get("/d").text, "key")
    client.post("/d", data={"key": key, "verdict": "false_positive"}, headers=SAME_ORIGIN)
    with sqlite3.connect(database) as connection:
        row = connection.execute("SELECT target_type,verdict FROM verdict").fetchone()
    assert row == ("swap", "false_positive")
    assert "误报" in client.get("/d").text


def test_changed_evidence_is_shown_beside_the_old(client, database):
    client.post(f"/f/{FLAGS[1].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
    with Store.open(database) as store:
        changed = (FLAGS[0], flag_on(1, other=2), FLAGS[2], FLAGS[3])
        analyse(store, changed)
        assert store.value("SELECT state FROM flag WHERE fingerprint=?", (FLAGS[1].id,)) == "stale"
    html = client.get(f"/f/{FLAGS[1].id}").text
    assert "先前的证据" in html
    assert "现在的证据" in html


def test_the_reviewer_may_have_a_chinese_name(client):
    client.post("/me", data={"reviewer": "陈审", "locale": "en"}, headers=SAME_ORIGIN)
    html = client.get("/").text
    assert "陈审" in html
    assert "Queues" in html


def test_an_empty_database_says_so(tmp_path, access):
    from starlette.testclient import TestClient

    from counterspin.settings import Settings
    from reports.review.app import create_app

    path = tmp_path / "empty.db"
    Store.open(path).close()
    with TestClient(
        create_app(path, access=access, settings=Settings(), reviewer="rin"), base_url="http://127.0.0.1:8765"
    ) as client:
        assert "还没有数据" in client.get(f"/?token={access.token}").text


def test_a_snapshot_is_text_only(client):
    html = client.get("/snap/4").text
    assert TEXTS[3][:2] in html
    assert "&lt;script&gt;" in html


def test_a_database_that_another_process_holds_gives_a_clear_page_and_stores_nothing(client, database):
    client.portal.call(
        client.app.state.review.desk.do, lambda store: store.connection.execute("PRAGMA busy_timeout=50")
    )
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post(f"/f/{FLAGS[0].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
        other.execute("ROLLBACK")
        assert other.execute("SELECT count(*) FROM verdict").fetchone() == (0,)
    assert answer.status_code == 503
    assert "another process is writing" in answer.text


def test_two_reviewers_are_shown_different_flags_first(client):
    order = sorted(FLAGS, key=lambda flag: -flag.score)
    client.post("/me", data={"reviewer": "ann"}, headers=SAME_ORIGIN)
    client.get(f"/f/{order[1].id}")
    client.post("/me", data={"reviewer": "rin"}, headers=SAME_ORIGIN)
    answer = client.post(f"/f/{order[0].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
    assert answer.headers["location"] == f"/f/{order[2].id}"


def test_a_second_reviewer_is_asked_where_two_are_wanted(database, access):
    from dataclasses import replace

    from starlette.testclient import TestClient

    from counterspin.settings import ReviewSettings, Settings
    from reports.review.app import create_app

    settings = replace(Settings(), review=ReviewSettings(second_reviewer=("spun",)))
    app = create_app(database, access=access, settings=settings, reviewer="rin")
    with TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        client.get(f"/?token={access.token}")
        client.post(f"/f/{FLAGS[0].id}", data={"verdict": "confirmed"}, headers=SAME_ORIGIN)
        assert FLAGS[0].id not in client.get("/q/second").text
        client.post("/me", data={"reviewer": "ann"}, headers=SAME_ORIGIN)
        assert FLAGS[0].id in client.get("/q/second").text
        client.post(f"/f/{FLAGS[0].id}", data={"verdict": "false_positive"}, headers=SAME_ORIGIN)
        assert FLAGS[0].id not in client.get("/q/second").text
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT votes FROM q14_disagreements").fetchall() != []


def test_a_question_and_the_flags_that_rest_on_it_lead_to_each_other(client, database):
    said = [Claim(URLS[n], 0, 9, TEXTS[n], "滤芯", "更换", 1, "must") for n in (0, 1)]
    answers = (Answer("must", "必须", (said[0],), 1), Answer("mustnot", "不得", (said[1],), 1))
    flag = flag_on(0, rule="deontic", category="contradictory", key="abc:must|mustnot", other=1)
    with Store.open(database) as store:
        analyse(store, (flag, *FLAGS), slots=(Slot("abc", "滤芯要更换吗?", "deontic", answers, "conflict"),))
    question = client.get("/claims/abc").text
    assert re.findall(r"/f/([0-9a-f]+)", question) == [flag.id]
    assert 'href="/claims/abc"' in client.get(f"/f/{flag.id}").text
    assert "/claims/" not in re.sub(r"<nav.*?</nav>", "", client.get(f"/f/{FLAGS[1].id}").text, flags=re.DOTALL)
