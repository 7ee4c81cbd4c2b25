"""Personal data is masked in place; what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.masks import mask, mask_name, mask_names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请拨打13912345678咨询", "请拨打139••••••••咨询"),
        ("手机 139-1234-5678", "手机 139-••••-••••"),
        ("+86 13912345678", "+86 1••••••••••"),
        ("１３９１２３４５６７８", "１３９••••••••"),
        ("电话：0571-88886666", "电话：057•-••••••••"),
        ("身份证11010519491231002X", "身份证110•••••••••••••••"),
        ("卡号6222 0212 3456 7894", "卡号622• •••• •••• ••••"),
        ("写信到 someone@mail.test", "写信到 •••••••@mail.test"),
        ("call (415) 555-0134 now", "call (415) •••-•••• now"),
        ("+44 20 7946 0958", "+44 2• •••• ••••"),
    ],
)
def test_personal_data_is_masked_in_place(text, expected):
    assert mask(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "客服95188",
        "400-820-8820",
        "2024年5月1日",
        "110105194912310021",
        "6222021234567890",
        "第13条第2款",
        "3.14159265358979",
        "订单号 20240501123456",
        "1111111111111111",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert mask(text) == text


@given(st.text(st.sampled_from("0123456789０１ -+()@.Xx中a"), max_size=60))
def test_masking_never_moves_an_offset(text):
    assert len(mask(text)) == len(text)


@given(st.text(max_size=60))
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)


def test_a_commenters_name_is_masked_and_the_role_stays():
    assert mask_name("王小明-律师") == "王••-律师"
    assert mask_names("王小明-律师说得对", ["王小明-律师"]) == "王••-律师说得对"
