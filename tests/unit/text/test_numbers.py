"""One number, written in figures or in words."""

from __future__ import annotations

import pytest

from counterspin.text.numbers import says_one_number


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("三天", "3天"), ("十五", "15"), ("两万三千", "23000"), ("一千四百多年", "1400多年"), ("二零二四年", "2024年"),
        ("ten days", "10 days"), ("一亿", "100000000"), ("半天", "0.5天"),
    ],
)  # fmt: skip
def test_figures_and_words_may_say_one_number(left, right):
    assert says_one_number(left, right)
    assert says_one_number(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [("三天", "4天"), ("ten days", "11 days"), ("问题", "疑问"), ("3天", "3天"), ("", "3"), ("万一", "10001")],
)
def test_other_numbers_and_other_words_say_something_else(left, right):
    assert not says_one_number(left, right)
