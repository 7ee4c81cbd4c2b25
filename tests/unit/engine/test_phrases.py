"""Sentences that everybody says are a set phrase; the same sentence among shared passages is a copy."""

from __future__ import annotations

import pytest

from counterspin.engine.aligning import texts_of
from counterspin.engine.local import run
from counterspin.engine.phrases import set_phrases
from counterspin.engine.sides import Sides
from counterspin.settings import Settings
from counterspin.text.example import document_of
from tests.spinner.fresh import CHINESE

PHRASE = "以上内容仅供参考，具体情况请以当地有关部门公布的规定为准。"
VARIANT = "以上信息仅供参考，具体事项请以当地有关部门公布的规定为准。"
TOPICS = [passages[:2] for passages in CHINESE.values()]


def pages(phrases, topics):
    made = []
    for number, (phrase, passages) in enumerate(zip(phrases, topics, strict=True)):
        made.append(document_of("\n".join((*passages, phrase)), url=f"http://site{number}.test/{number}.html"))
    return made


def rules(found):
    return {flag.rule for flag in found.flags} & {"rewrite", "near_copy"}


@pytest.mark.parametrize("phrases", [[PHRASE] * 6, [PHRASE, VARIANT] * 3])
def test_what_independent_pages_of_many_sites_say_is_a_set_phrase(phrases):
    found = run(pages(phrases, TOPICS[:6]), Settings())
    assert not rules(found)
    assert {reuse.reason for reuse in found.reuses} == {"set_phrase"}


def test_on_few_sites_it_is_a_copy():
    found = run(pages([PHRASE] * 4, TOPICS[:4]), Settings())
    assert rules(found) == {"near_copy"}


def test_pages_that_share_more_are_copies():
    found = run(pages([PHRASE] * 6, [TOPICS[0]] * 6), Settings())
    assert rules(found) == {"near_copy"}
    assert "set_phrase" not in {reuse.reason for reuse in found.reuses}


def test_a_page_that_says_nothing_else_is_a_copy():
    found = run([document_of(PHRASE, url=f"http://site{number}.test/a.html") for number in range(6)], Settings())
    assert rules(found) == {"near_copy"}


class Counted(list):
    """Pages that count how often one is opened."""

    opened = 0

    def __getitem__(self, at):
        self.opened += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("sites", [30, 90])
def test_a_page_is_opened_no_more_often_when_more_pages_say_the_same(sites):
    made = Counted(pages([f"{PHRASE}{number}" for number in range(sites)], [["", ""]] * sites))
    texts = texts_of(made)
    kinds = {(at, at + 1): "rewrite" for at in range(sites - 1)}
    made.opened = 0
    set_phrases(texts, Sides(texts), kinds)
    assert len(texts.codes) == sites
    assert made.opened <= 3 * sites
