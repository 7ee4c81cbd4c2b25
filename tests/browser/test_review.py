"""Judging flags in a real browser: keys, undo, notes, input methods, hostile text."""

from __future__ import annotations

import sqlite3

import pytest

from counterspin.store import Store

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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


def test_undo_shows_the_flag_that_was_judged_and_withdraws_the_verdict(page, database, flags):
    page.goto(f"{page.address}/f/{flags[1].id}")
    press(page, "a")
    press(page, "z")
    assert page.url.endswith(flags[1].id)
    assert said(database) == ["confirmed", "withdrawn"]


def test_keys_typed_into_a_note_judge_nothing(page, database, artefacts, flags):
    page.goto(f"{page.address}/f/{flags[1].id}")
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


def test_keys_of_an_input_method_judge_nothing(page, database, flags):
    page.goto(f"{page.address}/f/{flags[1].id}")
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


def test_skip_goes_on_and_judges_nothing(page, database, flags):
    page.goto(f"{page.address}/f/{flags[1].id}")
    press(page, "Space")
    assert not page.url.endswith(flags[1].id)
    press(page, "k")
    assert said(database) == []


def test_a_verdict_on_changed_evidence_is_refused_in_words(page, database, flags):
    page.goto(f"{page.address}/f/{flags[1].id}")
    with Store.open(database) as store, store.transaction() as connection:
        connection.execute("UPDATE flag SET evidence_hash='moved' WHERE fingerprint=?", (flags[1].id,))
    press(page, "a")
    assert "没有保存任何内容" in page.inner_text("h1")
    assert said(database) == []
    page.complaints.clear()  # the browser itself notes the 409


def test_a_cluster_is_judged_at_once_and_taken_back(page, database, artefacts):
    page.goto(f"{page.address}/c/http%3A//host0.test/a.html%230")
    page.screenshot(path=artefacts / "review-cluster.png", full_page=True)
    page.check("input[name=sure]")
    with page.expect_navigation():
        page.click("button[value=confirmed]")
    judged = len(said(database))
    assert judged >= 3
    press(page, "z")
    assert said(database)[judged:] == ["withdrawn"] * judged


def test_hostile_text_does_nothing_in_a_browser(page, artefacts, flags):
    for path in (f"/f/{flags[3].id}", "/snap/4", "/q/all", "/s/host3.test", "/search?q=alert"):
        page.goto(page.address + path)
        assert page.locator("#main img, #main script, #main [onerror]").count() == 0
    page.goto(f"{page.address}/f/{flags[3].id}")
    page.screenshot(path=artefacts / "review-hostile.png", full_page=True)


@pytest.mark.parametrize("path", ["/d", "/s", "/search?q=滤芯", "/claims"])
def test_further_pages_open_without_complaint(page, artefacts, path):
    page.goto(page.address + path)
    page.screenshot(path=artefacts / f"review-{path.strip('/').partition('?')[0]}.png", full_page=True)
    assert page.locator("h1").count() == 1
