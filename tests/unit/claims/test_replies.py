"""A short reply is the statement that it makes of its question."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.claims.replies import restated, without_speaker

STATED = (
    ("能不能给兔子洗澡?", "不能,容易着凉。", "不能给兔子洗澡,容易着凉。"),
    ("发烧可以运动吗?", "没关系,照样能练。", "发烧可以运动,照样能练。"),
    ("新锅要不要开锅?", "不需要开锅,直接用。", "新锅不需要开锅,直接用。"),
    ("押金退不退?", "不退。", "押金不退。"),
    ("定金退不退?", "退。", ""),
    ("会不会掉色?", "当然会的。", "会掉色。"),
    ("是否可以分期?", "可以。", "可以分期。"),
    ("能否改签?", "不行。", "不能改签。"),
    ("是不是所有的票都要交?", "不是。", ""),
    ("泡多久?", "可以,泡一夜。", ""),
    ("用热水还是冷水?", "不能用热水。", ""),
    ("要不要开锅?", "不需要提前三天通知房东。", ""),
)
STATED_EN = (
    ("can i give rabbits bread?", "no, it swells.", "you can not give rabbits bread; it swells."),
    ("do i need my card with me?", "yes, you do. bring it.", "you need my card with me; bring it."),
    ("is it safe to eat?", "no.", "it is not safe to eat; "),
    ("should all windows stay shut?", "no.", ""),
    ("how long does it last?", "no longer than a week.", ""),
)


@pytest.mark.parametrize(("question", "reply", "stated"), STATED)
def test_a_chinese_reply_is_spelt_out_by_its_question(question, reply, stated):
    assert restated(reply, question, "zh") == stated


@pytest.mark.parametrize(("question", "reply", "stated"), STATED_EN)
def test_an_english_reply_is_spelt_out_by_its_question(question, reply, stated):
    assert restated(reply, question, "en") == stated


def test_a_long_question_lends_nothing():
    assert restated("不能。", f"{'好' * 60}能不能生吃?", "zh") == ""


def test_the_label_of_who_speaks_is_no_word_of_what_is_said():
    assert without_speaker("问:能不能生吃?") == "  能不能生吃?"
    assert without_speaker("a vitamin helps") == "a vitamin helps"


@pytest.mark.parametrize(
    "text",
    [
        "兔子绝对不能洗澡。兔毛很难干。\n问：能不能给兔子洗澡？\n答：可以，夏天洗最好。",
        "兔粮每天喂两次。放在食盆里。\n问：兔粮多久喂一次？\n答：三天一次就够了。",
        "Rabbits must not be bathed. Their fur dries slowly.\nShould rabbits be bathed?\nYes, in summer.",
    ],
)
def test_a_reply_that_denies_what_the_page_said_is_found(text):
    document = document_from_text(text, url="http://one.test/x", title="")
    assert [flag for flag in analyse([document]) if flag.category == "contradictory"]


@pytest.mark.parametrize(
    "text",
    [
        "兔子绝对不能洗澡。兔毛很难干。\n问：兔子能不能吃菜叶？\n答：可以，晾干再喂。",
        "兔粮每天喂两次。放在食盆里。\n问：笼子多久洗一次？\n答：三天一次就够了。",
    ],
)
def test_a_reply_to_another_question_is_no_conflict(text):
    document = document_from_text(text, url="http://one.test/x", title="")
    assert [flag.rule for flag in analyse([document]) if flag.category == "contradictory"] == []
