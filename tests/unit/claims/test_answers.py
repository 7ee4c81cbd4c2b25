"""A title asks, and the opening of its page answers in the midst of a sentence."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.claims.answers import answered, question_in
from counterspin.claims.tables import lexicon

ANSWERED = (
    ("柿子能空腹吃吗", "少吃一点是可以的,别贪多。", "柿子可以空腹吃"),
    ("新锅要不要开锅", "说实话,完全没有必要开,洗净就能用。", "新锅不用开锅"),
    ("染发会伤头皮吗", "其实不会伤,放心染。", "染发不会伤头皮"),
    ("窗帘多久洗一次合适", "普通人家一年洗一回就够了。", "窗帘一年洗一次合适"),
    ("吊兰要浇多久", "至少要浇十分钟。", "吊兰要浇至少十分钟"),
    ("换纱窗要多少钱", "一般八十元左右。", "换纱窗要八十元左右"),
)
UNANSWERED = (
    ("柿子能空腹吃吗", "葡萄是可以的。"),  # another thing
    ("新锅要不要开锅", "这种涂层锅完全没有必要开。"),
    ("小孩能吃柿子吗", "三岁以上可以吃。"),  # a case
    ("柿子能空腹吃吗", "能不能吃要看情况。"),
    ("柿子能空腹吃吗", "一定要洗干净再吃。"),  # who asks if he may, is not told that he must
    ("窗帘多久洗一次", "窗帘的保修期是三年。"),
    ("车膜贴完几天可以洗车", "三天之内别洗。"),
    ("柿子怎么吃", "可以空腹吃。"),
)


@pytest.mark.parametrize(("question", "text", "stated"), ANSWERED)
def test_an_answer_in_the_midst_of_a_sentence_is_spelt_out_by_its_question(question, text, stated):
    assert answered(text, question, lexicon("zh")) == stated


@pytest.mark.parametrize(("question", "text"), UNANSWERED)
def test_what_speaks_of_another_thing_or_of_a_case_is_no_answer(question, text):
    assert answered(text, question, lexicon("zh")) == ""


def test_the_part_of_a_title_that_asks_is_its_question():
    assert question_in("定金可以退吗?律师说清楚了_某某网", "zh") == "定金可以退吗?"
    assert question_in("空调多久洗一次才合适", "zh") == "空调多久洗一次才合适"
    assert question_in("空调的清洗", "zh") == ""


def _pages(*pages):
    return [
        document_from_text(text, url=f"http://asked{at}.test/", title=title) for at, (title, text) in enumerate(pages)
    ]


def _conflicts(*pages):
    return [flag for flag in analyse(_pages(*pages)) if flag.category == "contradictory"]


def test_two_pages_that_answer_their_titles_differently_are_in_conflict():
    first = ("柿子能空腹吃吗", "秋天柿子上市。很多人早上就吃。\n其实空着肚子少吃一点是可以的，别贪多。")
    second = ("柿子可以空腹吃吗？", "消化科的医生见得多了。千万不要吃，会结石。")
    found = _conflicts(first, second)
    assert [flag.rule for flag in found] == ["deontic"]
    assert "可以" in found[0].passage + found[0].counterpart.passage


def test_answers_to_titles_about_two_things_are_no_conflict():
    assert not _conflicts(
        ("柿子能空腹吃吗", "秋天柿子上市。少吃一点是可以的。"),
        ("香蕉能空腹吃吗", "香蕉便宜。最好还是不要吃。"),
    )


def test_an_age_told_in_months_is_the_age_of_whom_the_clause_speaks():
    assert not _conflicts(("六个月宝宝能喝鲜牛奶吗", "不能。"), ("两岁宝宝能喝鲜牛奶吗", "可以喝。"))
