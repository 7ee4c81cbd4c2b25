"""A reviewer reads why in his own language."""

from __future__ import annotations

import pytest

from counterspin.claims import finding
from counterspin.store import Store
from reports.review.words import words

from .conftest import FLAGS


@pytest.mark.parametrize(("locale", "reason", "note"), [("zh-CN", "少了一个词。", "附注"), ("en", "word", "remark")])
def test_reason_and_notes_are_in_the_language_of_the_page(client, database, locale, reason, note):
    with Store.open(database) as store, store.transaction() as connection:
        connection.execute("UPDATE flag SET reason='a word is gone', reason_json=?", ('{"zh": "少了一个词。"}',))
        connection.execute("UPDATE evidence SET note='a remark', note_json=?", ('{"zh": "附注"}',))
    client.cookies.set("counterspin_locale", locale)
    page = client.get(f"/f/{FLAGS[0].id}").text
    assert reason in page
    assert note in page
    assert reason in client.get("/q/all").text
    assert ("a word is gone" in page) is (locale == "en")


def test_every_stance_has_a_word_in_both_languages():
    for stance in finding._STANCES:
        assert not words("zh-CN")(stance).isascii()
        assert words("en")(stance)


@pytest.mark.parametrize(("locale", "names"), [
    ("zh-CN", {"rule.numeric": "数字不同", "role.subject": "此处", "rule.of_somebody": "of somebody"}),
    ("en", {"role.subject": "Stands here"}),
])  # fmt: skip
def test_rules_and_evidence_have_the_names_that_the_report_gives_them(locale, names):
    look_up = words(locale)
    assert {key: look_up(key) for key in names} == names
