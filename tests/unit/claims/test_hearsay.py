"""Whose claim it is: what a page quotes and takes back is not what it says."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.claims.hearsay import others_words, rejects

TAKEN_BACK = (
    ("“感冒必须吃抗生素”是错误的。", "感冒不需要吃抗生素。"),
    ("老一辈常讲，孕妇不能吃螃蟹。这是误区。", "孕妇可以吃螃蟹。"),
    ("邻居都讲空调每天要关机两小时，事实并非如此。", "空调不必每天关机。"),
    ("手机充电必须先把电用光，这种说法早就过时了。", "手机充电不用先把电用光。"),
    ("很多人觉得眼镜戴久了度数会变深，这并不准确。", "眼镜戴久了度数不会变深。"),
    ("The idea that cats must drink milk is a myth.", "Cats must not drink milk."),
    ('"Never wash cast iron with soap" is simply wrong.', "You can wash cast iron with soap."),
    ("Many people think you must shave a dog in summer. That is not true.", "You should not shave a dog in summer."),
    ("Mushrooms must never be washed, people will tell you. In fact, they can.", "Mushrooms can be washed."),
)
STANDING = (
    ("“会员卡过期不能退费”，店员告诉我们，这是规定。会员卡过期不能退费。", "会员卡过期可以退费。"),
    ("冰箱不用每周除霜。这话没错，说明书上写着。", "冰箱必须每周除霜。"),
    ("有人说孕妇不能吃螃蟹，其实孕妇可以吃螃蟹。", "孕妇不能吃螃蟹。"),
    ("Some people say mushrooms must never be washed, but mushrooms can be washed.", "Mushrooms must never be washed."),
)


def contradictions(*texts: str) -> list[str]:
    documents = [document_from_text(text, url=f"http://{at}.test/x", title="") for at, text in enumerate(texts)]
    return [flag.rule for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("texts", TAKEN_BACK, ids=lambda texts: texts[0])
def test_what_is_taken_back_contradicts_nothing(texts):
    assert contradictions(*texts) == []


@pytest.mark.parametrize("texts", STANDING, ids=lambda texts: texts[0])
def test_what_the_page_says_itself_still_contradicts(texts):
    assert contradictions(*texts)


def test_what_judges_a_quotation_ends_what_is_not_the_page_s_own():
    text = "认为气压越高越省油是不对的,气压要打到2.5巴。"
    assert text[: others_words(text, "zh", hearsay=False)] == "认为气压越高越省油是不对"
    assert others_words("气压要打到2.5巴。", "zh", hearsay=False) == 0


@pytest.mark.parametrize(
    "text", ["这话没错。", "这不是谣言。", "这个角度不对称。", "This is not a myth.", "It is wrong to wait."]
)
def test_a_sentence_that_rejects_nothing_takes_nothing_back(text):
    assert not rejects(text.lower(), "", "en" if text.isascii() else "zh")
