"""Loose spaces, dangling words, fillers from the crawl, one-slot frames, half words, operators."""

from __future__ import annotations

import pytest

from counterspin.text.corpus import build
from counterspin.text.dangling import dangling
from counterspin.text.example import document_of
from counterspin.text.frames import frames, slot
from counterspin.text.gaps import filler, gaps
from counterspin.text.halves import whole_of
from counterspin.text.normal import fold
from counterspin.text.operators import fold_operators, operator_keys, site_of
from counterspin.text.spaces import loose_spaces, marks_are_strewn


def loose(text: str) -> list[str]:
    passages = document_of(text).passages
    return [passages[space.passage].text[space.start - 1 : space.end + 1] for space in loose_spaces(passages)]


def test_a_space_that_a_word_left_is_loose():
    assert loose("请向官方客服 或营业网点查询余额。") == ["服 或"]


@pytest.mark.parametrize(
    "text",
    [
        "北京 上海 广州三地同步开售，售完即止。",
        "本 报 讯，今 天 上 午，新 馆 开 放。",
        "**重点** 内容 请看，下面的说明。",
        "在《出发 梦之队》里，他演队长。",
        "请打开 设置 页面，再选择 通用 一栏。",
    ],
)
def test_spaces_of_lists_titles_and_layout_are_not(text):
    assert loose(text) == []


def test_a_space_inside_a_word_is_nothing_that_a_word_left():
    assert loose("请把箱子放在阴凉处，否 则容易变形。") == []


def test_marks_are_strewn_where_they_tear_several_words():
    assert marks_are_strewn(["他学过这种技、术。", "她的朋、友也学过。"])
    assert not marks_are_strewn(["他学过这种技、术。", "电话、短信、邮件都可以。"])


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("不得采用、或其他手段推销。", "采用"),
        ("依照的规定办理。", "依照"),
        ("避免受到不必要的或侵害。", "的"),
        ("可以向门店投诉与、或直接退货。", "与"),
        ("费用包括、运费和税。", "包括"),
    ],
)
def test_a_dangling_word_is_named(text, gone):
    assert any(gone in found.why for found in dangling(fold(text)))


@pytest.mark.parametrize(
    "text",
    [
        "国有的或集体的财产。",
        "符合条件的、材料齐全的，当场办理。",
        "从中获利的，依法处理。",
        "包括在内的还有运费。",
        "你的和我的不一样。",
        "目的和手段要分开。",
        "他在的时候，一切都好。",
    ],
)
def test_words_that_have_what_they_need_do_not_dangle(text):
    assert list(dangling(fold(text))) == []


CRAWL = ("店家可以通过电话、短信通知顾客。", "物业可以通过电话、广播通知住户。", "学校可以通过电话、校讯通知家长。")


def test_the_crawl_fills_a_place():
    grams = build(CRAWL).grams
    assert filler("我们可以通过", "、短信联系顾客", grams, 1) == "电话"
    assert filler("我们可以通过", "、短信联系顾客", grams, 3) == ""


def test_an_empty_crawl_fills_nothing():
    assert filler("我们可以通过", "、短信", build(()).grams, 1) == ""
    assert list(gaps([], build(CRAWL).grams, support=1)) == []
    assert list(gaps(["短"], build(CRAWL).grams, support=1)) == []


def test_a_gap_needs_a_passage_that_other_pages_have():
    whole = "物业应当提前一天把停水的通知贴在楼道里，住户看到以后要提前储水。"
    damaged = whole.replace("通知", "")
    grams = build((whole, damaged)).grams
    (gap,) = gaps([damaged], grams, support=1)
    assert (gap.word, damaged[: gap.at]) == ("通知", "物业应当提前一天把停水的")


def test_one_slot_is_told_from_two():
    assert slot("在城东换锁找城东的师傅。", "在城西换锁找城西的师傅。") == [("城东", "城西"), ("城东", "城西")]
    assert slot("甲方应当付款。", "乙方应当交货。") == []
    assert slot("每次三片。", "每次五片。") == []


def test_two_paragraphs_with_one_place_of_the_slot_are_no_frame():
    assert frames(["红茶适合在秋冬的早晨慢慢地喝。", "绿茶适合在秋冬的早晨慢慢地喝。"], least=0.7) == []


def test_a_half_word_knows_its_whole():
    whole = whole_of("措")
    assert whole is not None
    assert whole.word == "措施"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://www.one.test/a", "one.test"),
        ("http://a.b.one.com.cn/x", "one.com.cn"),
        ("http://one.gov.uk/", "one.gov.uk"),
        ("http://localhost/", "localhost"),
    ],
)
def test_a_site_is_the_registered_domain(url, site):
    assert site_of(url) == site


def test_the_licence_number_counts_not_its_spelling_or_suffix():
    one = document_of("@mark: licence:粤ICP备2021009096号-3\n水。", url="http://one.test/a")
    two = document_of("@mark: licence:粤ICP备2021009096号\n土。", url="http://two.test/b")
    assert operator_keys(one) == operator_keys(two)
    (operator,) = fold_operators([one, two])
    assert operator.sites == ("one.test", "two.test")
    assert fold_operators([two, one]) == fold_operators([one, two])
