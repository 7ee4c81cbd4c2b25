"""Aligned texts show which word stands for which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.text.align import islands, similarity
from counterspin.text.tokens import tokens_of


def swaps(left, right):
    return [(island.left, island.right) for island in islands(tokens_of(left), tokens_of(right))]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("银行会提前与用户联系,约定好时间", "银行会提前与客户联系,预约好时间", [("用户", "客户"), ("约定", "预约")]),
        ("贷款流程及注意事项", "贷款流程及关注事项", [("注意", "关注")]),
        ("Call your bank before it closes", "Ring your bank before it closes", [("call", "ring")]),
        ("银行会联系你", "银行会马上联系你", [("", "马上")]),
        ("银行，会联系你。", "银行会联系你", []),
    ],
)
def test_islands_are_whole_words(left, right, expected):
    assert swaps(left, right) == expected


@given(st.text(alphabet="银行为了客户ab 1，", max_size=30), st.text(alphabet="银行为了客户ab 1，", max_size=30))
def test_islands_and_the_rest_rebuild_both_texts(left, right):
    ours, theirs = tokens_of(left), tokens_of(right)
    at = other = 0
    for island in islands(ours, theirs):
        assert ours.code[at : island.left_first] == theirs.code[other : island.right_first]
        at, other = island.left_last, island.right_last
    assert ours.code[at:] == theirs.code[other:]


def test_two_empty_texts_are_alike():
    assert similarity("", "") == 1.0
