"""Words and characters that a filter struck out of copied text, told from what an editor leaves out."""

from __future__ import annotations

import re

import pytest

from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.align import islands
from counterspin.text.example import document_of
from counterspin.text.heads import is_missed
from counterspin.text.missing import Swaps, missing
from counterspin.text.tokens import tokens_of

SOURCE = (
    "第一次使用洗衣机之前，应当检查进水管有没有漏水，然后空转一次，避免留下的油污沾到衣服上。\n"
    "洗完以后要及时取出衣服，打开盖子通风，长时间不用的时候要拔掉插头，必须保持内部干燥。\n"
    "如果排水的声音比平时大，可能是过滤网堵住了，拧开盖子清洗一下，情况就会好转，不必找人维修。"
)
ENGLISH = (
    "Wipe the seal of the door with warm water and a little vinegar, then leave it open until the drum is dry.\n"
    "If the machine shakes, put a spirit level on top and turn the feet, because most floors are really not even."
)


def damage(*pages):
    documents = [document_of(text, url=f"http://site{number}.test/a.html") for number, text in enumerate(pages)]
    return [flag for flag in run(documents, Settings()).flags if flag.category == "damaged"]


def lost(left, right, known=()):
    swaps = Swaps({original: [put for one, put in known if one == original] for original, _ in known})
    found = missing(islands(tokens_of(left), tokens_of(right)), swaps)
    return [(one.word, one.rest) for one in found]


@pytest.mark.parametrize(
    ("whole", "rest", "known", "expected"),
    [
        ("要给客服打电话说明", "要给打电话说明", (), [("客服", "")]),
        ("可以打客服电话询问", "可以打电话询问", (), [("客服", "")]),
        ("及时去医院检查身体", "及时去查验身体", (("检查", "查验"),), [("医院", "")]),
        ("及时去医院检查身体", "及时去查验身体", (), []),
        ("需要时间适应环境", "需要间适应环境", (), [("时间", "间")]),
        ("平时应当保持电量", "平当保持电量", (), [("平时", "平"), ("应当", "当")]),
        ("签证材料应当提前准备", "签证资料当提前准备", (("材料", "资料"),), [("应当", "当")]),
        ("手机银行可以查询", "银行可以查询", (), [("手机", "")]),
        ("办理的时候要带证件", "办理的分要带证件", (("时候", "时分"),), [("时分", "分")]),
        ("写好的合同要保存", "写好的合同要保存", (), []),
        ("当面出示证明文件登记", "当面出示证件登记", (), []),
    ],
)
def test_what_a_text_lacks_is_read_off_the_difference(whole, rest, known, expected):
    assert lost(whole, rest, known) == expected


def test_a_word_struck_out_once_is_found_beside_its_twin():
    flags = damage(SOURCE, SOURCE.replace("过滤网", ""))
    assert [flag.url for flag in flags] == ["http://site1.test/a.html"]
    assert "过滤网" in flags[0].reason


def test_halves_of_several_words_that_lost_one_character_are_found():
    flags = damage(SOURCE, SOURCE.replace("时", ""))
    assert {"http://site1.test/a.html"} == {flag.url for flag in flags}
    assert {"时间", "及时", "平时"} <= {
        word for flag in flags for word in ("时间", "及时", "平时") if word in flag.reason
    }


def test_on_a_page_that_a_filter_went_over_the_other_halves_are_found_too():
    words = [word for flag in damage(SOURCE, SOURCE.replace("时", "").replace("须", "")) for word in ("必须",)]
    assert words
    assert not damage(SOURCE, SOURCE.replace("须", ""))


def test_a_struck_character_teaches_no_swap():
    copies = [SOURCE.replace("避", "").replace("应当", "理应")] * 3
    texts = [f"{copy}\n第{number}次洗衣服的时候又检查了一次进水管。" for number, copy in enumerate(copies)]
    pages = [document_of(text, url=f"http://site{at}.test/a.html") for at, text in enumerate((SOURCE, *texts))]
    learnt = {(swap.source, swap.target) for swap in run(pages, Settings()).swaps}
    assert not {pair for pair in learnt if "避免" in pair}


def test_a_page_that_an_editor_shortened_is_whole():
    shortened = SOURCE.replace("，然后空转一次", "").replace("应当", "").replace("的时候", "时").replace("一下", "")
    assert not damage(SOURCE, shortened)


def test_what_two_pages_have_was_struck_out_of_the_third_though_it_has_more_elsewhere():
    flags = damage(SOURCE.replace("插头", ""), SOURCE.replace("盖子", ""), SOURCE)
    assert {"http://site0.test/a.html", "http://site1.test/a.html"} == {flag.url for flag in flags}


def test_an_english_noun_that_its_phrase_hangs_on_is_missed():
    flags = damage(ENGLISH, ENGLISH.replace(" water", ""))
    assert [flag.url for flag in flags] == ["http://site1.test/a.html"]
    assert not damage(ENGLISH, ENGLISH.replace(" really", "").replace(" little", ""))


@pytest.mark.parametrize(
    ("word", "before", "after", "expected"),
    [
        ("water", "with warm ", " and a little vinegar", True),
        ("bank", "and the ", " will want to see it", True),
        ("large", "put it in a ", " bowl of water", False),
        ("often", "look at it ", " and write down", False),
        ("quickly", "wash it ", ".", False),
        ("phone", "call them by ", ", or write", True),
        ("apart", "let it run dry before you take it ", ".", False),
    ],
)
def test_words_that_can_be_spared_are_not_missed(word, before, after, expected):
    assert is_missed(word, before, after) is expected


@pytest.mark.parametrize("more", ["的合同", "的电话"])
def test_one_more_place_struck_out_leaves_the_others_found(more):
    longer = SOURCE + f"\n修理以前先看清楚{more}上写的保修期限，超过期限以后更换零件要自己付钱，价格可以事先询问。"
    found = damage(longer, longer.replace("过滤网", ""))
    both = damage(longer, longer.replace("过滤网", "").replace("价格", ""))
    assert {flag.id for flag in found} < {flag.id for flag in both}


def test_nothing_is_missing_from_a_page_whose_rewrites_have_longer_words():
    pages = (
        "寄件时需要提供哪些证件？根据实名制要求，寄件人须出示本人有效身份证件，由快递员核验登记，代寄的应当出示双方证件。",
        "住店的客人在前台登记，请出示本人的有效身份证件，由店员核对照片，没有带的可以到派出所开具证明，行李可以先寄存。",
    )
    rules = {"证件": "证明文件", "登记": "注册", "应当": "理当", "核对": "比对", "可以": "能够"}
    pattern = re.compile("|".join(rules))
    spun = [pattern.sub(lambda found: rules[found.group()], page) for page in pages]
    assert damage(*pages, *spun, spun[0].replace("核验", "查验"), spun[1].replace("照片", "相片")) == []
