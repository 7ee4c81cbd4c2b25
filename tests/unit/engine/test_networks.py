"""Sites of one spinner, words struck out beside a twin, and articles that a blind replacement breaks."""

from __future__ import annotations

import pytest

from counterspin.engine.local import run
from counterspin.engine.networks import networks
from counterspin.settings import Settings
from counterspin.text.articles import wrong_articles
from counterspin.text.example import document_of
from counterspin.text.operators import Operator

ONE = tuple((f"原{number}", f"甲{number}") for number in range(8))
OTHER = tuple((f"原{number}", f"乙{number}") for number in range(8))
SOURCE = (
    "信用卡逾期以后，不要急着躲避银行的电话，应该弄清楚自己一共欠了多少钱。\n"
    "接到银行的电话之后说明目前的困难，并且提出一个自己能够承受的还款计划，然后等待答复。"
)


def uses(site, pairs):
    return [(site, f"http://{site}/1.html", pair) for pair in pairs]


def test_sites_that_choose_the_same_replacements_are_one_network():
    found = networks([*uses("a.test", ONE), *uses("b.test", ONE), *uses("c.test", OTHER)], ())
    assert [network.sites for network in found] == [("a.test", "b.test")]
    assert set(ONE) == set(found[0].swaps)


def test_a_licence_number_joins_spun_sites_alone():
    licence = Operator("licence", "2021009096", ("a.test", "c.test", "honest.test"), ())
    found = networks([*uses("a.test", ONE), *uses("c.test", OTHER)], (licence,))
    assert [network.sites for network in found] == [("a.test", "c.test")]


def test_a_word_that_the_twin_has_and_the_page_has_nowhere_is_a_hole():
    pages = [
        document_of(SOURCE, url="http://source.test/a.html"),
        document_of(SOURCE.replace("电话", ""), url="http://copy.test/a.html"),
    ]
    flags = [flag for flag in run(pages, Settings()).flags if flag.rule == "hole"]
    assert {"http://copy.test/a.html"} == {flag.url for flag in flags}
    assert all("电话" in flag.reason for flag in flags)


@pytest.mark.parametrize(
    ("text", "count"),
    [("an helpful word and a issue", 2), ("a useful hour, an hour, a union, an uninvited guest", 0), ("an MRI", 0)],
)
def test_an_article_must_fit_the_sound_after_it(text, count):
    assert count == sum(1 for _ in wrong_articles(text))


def test_sites_that_share_broken_places_are_one_network():
    broken = (("使用户", "采使用者"), ("银行为", "银表现"))
    found = networks([*uses("a.test", broken), *uses("b.test", broken), *uses("c.test", broken[:1])], ())
    assert [(network.sites, network.links) for network in found] == [(("a.test", "b.test"), (("errors", 1),))]
