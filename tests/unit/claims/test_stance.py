"""What a clause says of an action in the many phrases that forbid, allow, ask for or spare it."""

from __future__ import annotations

import pytest

from counterspin.claims.read import claims_of
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

AGAINST = (
    "湿头发睡觉要不得。",
    "链条碰不得水。",
    "这种药吃不得。",
    "碰都不能碰酒精。",
    "用不着天天换水。",
    "大可不必每天洗头。",
    "犯不着花钱做检测。",
    "洗头没必要用热水。",
    "最好别用热水洗头。",
    "尽量不要用热水洗头。",
    "热水洗头使不得。",
    "用热水洗头不可取。",
    "用热水洗头并不可取。",
    "热水洗头是大忌。",
    "洗头忌用热水。",
    "切不可用热水洗头。",
    "用热水洗头万万不行。",
    "热水洗头行不通。",
    "用热水洗头不合适。",
    "不适合用热水洗头。",
    "不宜用热水洗头。",
    "不推荐用热水洗头。",
    "我反对用热水洗头。",
    "杜绝用热水洗头。",
    "拒绝用热水洗头。",
    "谁都不许用热水洗头。",
    "一律不准用热水洗头。",
    "Washing wool in hot water is a bad idea.",
    "Washing wool in hot water is out of the question.",
    "Washing wool in hot water is a no-no.",
    "Hot water is off limits for wool.",
    "Steer clear of hot water for wool.",
    "Stay away from hot water when you wash wool.",
    "Refrain from washing wool in hot water.",
    "Avoid washing wool in hot water.",
    "Hold off washing wool in hot water.",
    "Don't bother washing wool in hot water.",
    "There is no need to wash wool in hot water.",
    "There's no point in washing wool in hot water.",
    "You're better off not washing wool in hot water.",
    "You'd better not wash wool in hot water.",
    "Under no circumstances wash wool in hot water.",
    "On no account should you wash wool in hot water.",
    "Wool is not to be washed in hot water.",
    "Wool mustn't be washed in hot water.",
    "Resist the temptation to wash wool in hot water.",
    "Think twice before washing wool in hot water.",
    "It is unwise to wash wool in hot water.",
    "It is unsafe to wash wool in hot water.",
    "It's not advisable to wash wool in hot water.",
    "Washing wool in hot water is not recommended.",
    "Washing wool in hot water is forbidden.",
    "Washing wool in hot water is a mistake.",
    "I wouldn't wash wool in hot water.",
    "Washing wool in hot water is unnecessary.",
)
FOR = (
    "用热水洗头无妨。",
    "用热水洗头也无妨。",
    "用热水洗头没问题。",
    "用热水洗头没关系。",
    "用热水洗头不碍事。",
    "用热水洗头不要紧。",
    "用热水洗头是可以的。",
    "用热水洗头完全可以。",
    "大可放心用热水洗头。",
    "不妨用热水洗头。",
    "用热水洗头就行。",
    "用热水洗头也成。",
    "用热水洗头最好。",
    "务必用热水洗头。",
    "洗头少不了热水。",
    "洗头离不开热水。",
    "洗头非用热水不可。",
    "洗头不能不用热水。",
    "洗头必须得用热水。",
    "记得用热水洗头。",
    "一定记着用热水洗头。",
    "有必要用热水洗头。",
    "推荐用热水洗头。",
    "建议用热水洗头。",
    "提倡用热水洗头。",
    "鼓励用热水洗头。",
    "允许用热水洗头。",
    "不用热水洗头可不行。",
    "There is no harm in washing wool in hot water.",
    "Feel free to wash wool in hot water.",
    "By all means wash wool in hot water.",
    "It is fine to wash wool in hot water.",
    "It's perfectly safe to wash wool in hot water.",
    "It's okay to wash wool in hot water.",
    "Washing wool in hot water is fine.",
    "Washing wool in hot water won't hurt.",
    "Washing wool in hot water is a must.",
    "Make sure you wash wool in hot water.",
    "Be sure to wash wool in hot water.",
    "Remember to wash wool in hot water.",
    "It pays to wash wool in hot water.",
    "You're better off washing wool in hot water.",
    "You'd better wash wool in hot water.",
    "You are welcome to wash wool in hot water.",
    "Wool ought to be washed in hot water.",
    "Wool is supposed to be washed in hot water.",
    "It is essential to wash wool in hot water.",
    "It is important to wash wool in hot water.",
    "We recommend washing wool in hot water.",
    "Washing wool in hot water is recommended.",
    "You are allowed to wash wool in hot water.",
    "Don't forget to wash wool in hot water.",
    "Never fail to wash wool in hot water.",
    "Nothing stops you from washing wool in hot water.",
    "There is nothing wrong with washing wool in hot water.",
)


def _stances(text: str) -> list[tuple[int, str]]:
    claims = claims_of(document_of(text), Corpus())
    return [(claim.polarity, claim.modality) for claim in claims if claim.slot_kind == "stance"]


@pytest.mark.parametrize("text", AGAINST)
def test_a_phrase_against_an_action_is_read_so(text):
    stances = _stances(text)
    assert stances
    assert all(polarity < 0 and modality for polarity, modality in stances)


@pytest.mark.parametrize("text", FOR)
def test_a_phrase_for_an_action_is_read_so(text):
    stances = _stances(text)
    assert stances
    assert all(polarity > 0 and modality for polarity, modality in stances)


@pytest.mark.parametrize("text", ["她舍不得扔掉旧衣服。", "他恨不得马上出发。"])
def test_feelings_forbid_nothing(text):
    assert "mustnot" not in {modality for _, modality in _stances(text)}
