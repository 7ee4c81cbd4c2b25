"""A word of grammar counts where it stands as a word of its own."""

import pytest

from counterspin.claims.markers import markers_of
from counterspin.claims.tables import lexicon


def _found(text):
    return [(text[m.start : m.end], m.label) for m in markers_of(text, lexicon("zh")) if m.label != "none"]


@pytest.mark.parametrize(
    "text",
    [
        "重要的功能",
        "申请会员",
        "别墅的性能",
        "不锈钢餐具",
        "适应需求",
        "未成年人",
        "智能家电",
        "邀请委员会",
        "人均收入",
        "禁用缓存",
    ],
)
def test_a_character_inside_a_word_is_no_marker(text):
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("每天要换水", ("要", "should")), ("会员会收到", ("会", "will")), ("别把水倒掉", ("别", "mustnot")),
        ("水不开", ("不", "not")), ("温度应为四十度", ("应", "should")), ("别忘了关火", ("别忘了", "should")),
        ("得先铲掉", ("得", "must")), ("孕妇禁用", ("禁", "mustnot")), ("本品禁用于儿童", ("禁", "mustnot")),
        ("天内能拿到", ("能", "may")), ("尚未交费", ("未", "not")), ("洗不掉", ("不", "not")),
        ("治不好", ("不", "not")),
        ("不可能退", ("不可能", "not")), ("双方可以各扣一半", ("可以", "may")), ("每年都要领一次", ("都要", "must")),
    ],
)  # fmt: skip
def test_a_marker_is_found_where_it_is_a_word_or_the_dictionary_swallowed_it(text, marker):
    assert marker in _found(text)


def test_a_shorter_form_is_found_where_the_longer_one_cuts_a_word():
    assert _found("关系稳定发展并不断深化") == []
    assert _found("水并不热") == [("并不", "not")]


@pytest.mark.parametrize("text", ["所需材料", "所需的钱"])
def test_what_is_needed_is_a_name(text):
    assert _found(text) == []
