"""Which of two actions comes first, in whatever form a sentence says it."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.claims.sequence import actions, order_of
from counterspin.claims.tables import lexicon
from counterspin.text.normal import fold

OPPOSED = (
    ("炒鸡蛋先放盐再下锅。", "炒鸡蛋要先下锅，最后才放盐。"),
    ("做瑜伽之前先吃早饭。", "早饭要放在瑜伽之后吃。"),
    ("先贴地砖，再贴墙砖。", "墙砖贴完以后再贴地砖。"),
    ("护肤时精华用在面霜前面。", "护肤时先涂面霜，然后再上精华。"),
    ("刷完牙再用漱口水。", "先用漱口水，再刷牙。"),
    ("灯装了再刷墙。", "先刷墙，再装灯。"),
    ("The milk goes in before the tea.", "Pour the tea first, then add the milk."),
    ("Floss before you brush.", "Brush first; floss after that."),
    ("Tighten the wheel nuts after lowering the car.", "Tighten the wheel nuts first and lower the car afterwards."),
)
AGREED = (
    ("先洗菜再切菜。", "菜切好了再下锅。"),
    ("先放油再放鱼。", "油放了以后再放鱼。"),
    ("Brush first, then floss.", "Floss after you brush."),
    ("Apply the primer first and the paint afterwards.", "The primer goes on before the paint."),
    ("Put the sunscreen on before the moisturiser.", "Never put the moisturiser on before the sunscreen."),
    ("Shake the bottle of syrup before opening it.", "Do not shake the bottle of syrup after opening it."),
    ("炒鸡蛋要先放油再放盐。", "炒鸡蛋不要先放盐再放油。"),
)


def contradictions(*texts: str) -> list[str]:
    documents = [document_from_text(text, url=f"http://{at}.test/x", title="") for at, text in enumerate(texts)]
    return [flag.rule for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("texts", OPPOSED, ids=lambda texts: texts[0])
def test_two_actions_in_opposite_order_are_a_conflict(texts):
    assert contradictions(*texts) == ["order"]


@pytest.mark.parametrize("texts", AGREED, ids=lambda texts: texts[0])
def test_one_order_in_two_forms_is_none(texts):
    assert contradictions(*texts) == []


def test_words_of_both_actions_tell_them_not_apart():
    order = order_of("先贴地砖,再贴墙砖。", lexicon("zh"))
    assert actions(order, "zh") == (("地砖",), ("墙砖",))


def test_a_sentence_without_two_actions_has_no_order():
    assert order_of("先把火关掉。", lexicon("zh")) == ""
    assert order_of("we left at noon.", lexicon("en")) == ""


@pytest.mark.parametrize("text", ["It lasts five years after the sale.", "We left before noon."])
def test_a_span_of_time_is_no_action(text):
    assert order_of(fold(text), lexicon("en")) == ""
