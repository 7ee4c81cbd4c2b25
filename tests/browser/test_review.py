"""Judging flags in a real browser: keys, undo, notes, input methods, hostile text."""

from __future__ import annotations

import sqlite3
import sys
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

pytestmark = [pytest.mark.browser, pytest.mark.slow]
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


def said(database):
    with sqlite3.connect(database) as connection:
        return [row[0] for row in connection.execute("SELECT verdict FROM verdict ORDER BY id")]


def press(page, key):
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_twenty_flags_are_judged_by_keys_alone(page, database, artefacts):
    page.screenshot(path=artefacts / "review-home.png")
    press(page, "1")
    press(page, "j")
    keys = ["a", "x", "u", "a"] * 5
    for key in keys:
        before = page.url
        press(page, key)
        assert page.url != before
    words = {"a": "confirmed", "x": "false_positive", "u": "unsure"}
    assert [words[key] for key in keys] == said(database)


def test_undo_shows_the_flag_that_was_judged_and_withdraws_the_verdict(page, database):
    page.goto(f"{page.address}/f/{small.FLAGS[1].id}")
    press(page, "a")
    press(page, "z")
    assert page.url.endswith(small.FLAGS[1].id)
    assert said(database) == ["confirmed", "withdrawn"]


def test_keys_typed_into_a_note_judge_nothing(page, database, artefacts):
    page.goto(f"{page.address}/f/{small.FLAGS[1].id}")
    page.screenshot(path=artefacts / "review-flag.png", full_page=True)
    page.keyboard.press("n")
    page.keyboard.type("a x u z j k ? 备注")
    assert page.input_value("#note") == "a x u z j k ? 备注"
    assert said(database) == []
    page.keyboard.press("Escape")
    press(page, "x")
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT verdict,note FROM verdict").fetchall() == [
            ("false_positive", "a x u z j k ? 备注")
        ]


def test_keys_of_an_input_method_judge_nothing(page, database):
    page.goto(f"{page.address}/f/{small.FLAGS[1].id}")
    page.evaluate(
        """() => {
            document.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "a", bubbles: true, isComposing: true}));
            document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "x", bubbles: true}));
            document.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
        }"""
    )
    page.wait_for_timeout(200)
    assert said(database) == []


def test_skip_goes_on_and_judges_nothing(page, database):
    page.goto(f"{page.address}/f/{small.FLAGS[1].id}")
    press(page, "Space")
    assert not page.url.endswith(small.FLAGS[1].id)
    press(page, "k")
    assert said(database) == []


def test_a_verdict_on_changed_evidence_is_refused_in_words(page, database):
    page.goto(f"{page.address}/f/{small.FLAGS[1].id}")
    with Store.open(database) as store, store.transaction() as connection:
        connection.execute("UPDATE flag SET evidence_hash='moved' WHERE fingerprint=?", (small.FLAGS[1].id,))
    press(page, "a")
    assert "没有保存任何内容" in page.inner_text("h1")
    assert said(database) == []
    page.complaints.clear()  # the browser itself notes the 409


def test_a_cluster_is_judged_at_once_and_taken_back(page, database, artefacts):
    page.goto(f"{page.address}/c/cluster-of-filters")
    page.screenshot(path=artefacts / "review-cluster.png", full_page=True)
    page.check("input[name=sure]")
    with page.expect_navigation():
        page.click("button[value=confirmed]")
    judged = len(said(database))
    assert judged >= 3
    press(page, "z")
    assert said(database)[judged:] == ["withdrawn"] * judged


def test_hostile_text_does_nothing_in_a_browser(page, artefacts):
    for path in (f"/f/{small.FLAGS[3].id}", "/snap/4", "/q/all", "/s/host3.test", "/search?q=alert"):
        page.goto(page.address + path)
        assert page.locator("#main img, #main script, #main [onerror]").count() == 0
    page.goto(f"{page.address}/f/{small.FLAGS[3].id}")
    page.screenshot(path=artefacts / "review-hostile.png", full_page=True)


@pytest.mark.parametrize("path", ["/d", "/s", "/search?q=滤芯", "/claims"])
def test_further_pages_open_without_complaint(page, artefacts, path):
    page.goto(page.address + path)
    page.screenshot(path=artefacts / f"review-{path.strip('/').partition('?')[0]}.png", full_page=True)
    assert page.locator("h1").count() == 1
