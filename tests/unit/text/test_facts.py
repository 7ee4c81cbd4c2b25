"""Whether two texts differ in what they say or in how they say it."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.facts import other_facts
from counterspin.text.relation import OTHER_FACTS, relate
from counterspin.text.tokens import tokens_of

PLANT = (
    "{}的土壤以{}为宜，每{}施一次{}，{}换盆。常见的病虫害有{}和{}，可用{}防治。",
    ("绿萝", "腐叶土", "半个月", "氮肥", "隔年春天", "叶斑病", "介壳虫", "多菌灵"),
    ("君子兰", "松针土", "一个月", "饼肥", "每年秋天", "软腐病", "红蜘蛛", "链霉素"),
)
BRANCH = (
    "Our {} branch on {} Road opened in {} and is led by {}. People from {} to {} trust us for drains and leaks.",
    ("York", "Fulford", "2005", "Karen Mills", "Acomb", "Haxby"),
    ("Hull", "Beverley", "2011", "Tom Sykes", "Hessle", "Willerby"),
)
TOLD = (
    "{}还不上钱的时候，{}主动和银行{}，说明自己的{}，{}银行会同意{}还款的{}。",
    ("如果", "应该", "联系", "情况", "通常", "延期", "申请"),
    ("倘若", "理应", "联络", "处境", "往往", "延后", "请求"),
)
ADVICE = (
    "{} you are {} to pay, {} the bank {} and {} what {}, because most banks will {} to a longer plan.",
    ("If", "unable", "call", "soon", "explain", "happened", "agree"),
    ("When", "not able", "phone", "quickly", "describe", "occurred", "consent"),
)


def odds(frame, left, right):
    ours, theirs = tokens_of(frame.format(*left)), tokens_of(frame.format(*right))
    return other_facts(relate(ours, theirs), ours, theirs)


@pytest.mark.parametrize("case", [PLANT, BRANCH])
def test_names_figures_and_rare_words_in_one_frame_are_other_facts(case):
    assert odds(*case) >= OTHER_FACTS


@pytest.mark.parametrize("case", [TOLD, ADVICE])
def test_usual_words_for_one_another_are_the_same_facts(case):
    assert odds(*case) < 0


def test_the_odds_do_not_depend_on_the_order_of_the_texts():
    frame, left, right = PLANT
    assert odds(frame, left, right) == pytest.approx(odds(frame, right, left))


def test_two_equal_texts_state_no_other_facts():
    frame, left, _ = PLANT
    assert odds(frame, left, left) == 0.0


def test_capitals_of_a_language_that_writes_nouns_so_are_no_names():
    frame = "Vor dem {} sollte man den {} prüfen und jede {} lesen, sonst droht bald ein {}."
    assert odds(frame, ("Kauf", "Vertrag", "Klausel", "Schaden"), ("Erwerb", "Kontrakt", "Zeile", "Verlust")) == 0.0


@pytest.mark.parametrize(("frame", "left", "right"), [PLANT, BRANCH])
def test_a_template_that_two_sites_fill_differently_leaves_by_that_name(frame, left, right):
    pages = [
        document_from_text(frame.format(*fill), url=f"http://site{at}.test/") for at, fill in enumerate((left, right))
    ]
    analysis = run(pages, Settings())
    assert [reuse.reason for reuse in analysis.reuses] == ["template"]
    assert [flag for flag in analysis.flags if flag.category == "spun"] == []


@pytest.mark.parametrize(("frame", "left", "right"), [TOLD, ADVICE])
def test_the_same_advice_in_other_words_is_a_rewrite(frame, left, right):
    pages = [
        document_from_text(frame.format(*fill), url=f"http://site{at}.test/") for at, fill in enumerate((left, right))
    ]
    assert "rewrite" in {flag.rule for flag in analyse(pages)}


def test_many_towns_weather_teaches_no_swaps():
    frame = "{}今天白天{}，{}风三级，夜间{}，建议穿{}，出门{}，早晚温差{}，注意{}。"
    skies, winds, clothes = (
        ("晴", "多云", "小雨", "阴"),
        ("东北", "偏南", "西北", "东南"),
        ("毛衣", "短袖", "外套", "衬衫"),
    )
    towns = ("南湖", "西岭", "东港", "北城", "石桥", "双河", "青浦", "白塔")
    pages = [
        document_from_text(
            frame.format(
                town, skies[at % 4], winds[at // 2 % 4], skies[at // 3 % 4], clothes[at % 3], ("带伞", "戴帽")[at % 2],
                ("较大", "不大")[at // 2 % 2], ("防风", "路滑", "防雷")[at % 3],
            ),
            url=f"http://weather{at}.test/",
        )
        for at, town in enumerate(towns)
    ]  # fmt: skip
    analysis = run(pages, Settings())
    assert [flag for flag in analysis.flags if flag.category == "spun"] == []
    assert tuple(analysis.swaps) == ()
