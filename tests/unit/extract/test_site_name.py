"""The name that a site gives itself beside its titles."""

from __future__ import annotations

import pytest

from extract.page import extract

BODY = "<h1>退租之后几天内退押金</h1>" + "<p>房东应当在交还房屋之日起十五日内退还押金,逾期要付违约金。</p>" * 4


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>退租之后几天内退押金_民生法律援助</title>", ["site_name:民生法律援助"]),
        ("<title>退租之后几天内退押金 | Rent Desk</title>", ["site_name:Rent Desk"]),
        ("<title>退租之后几天内退押金</title>", []),
        ('<title>退租之后几天内退押金_频道</title><meta property="og:site_name" content="民生">', ["site_name:民生"]),
    ],
)
def test_the_last_part_of_the_head_title_names_the_site(head, expected):
    page = f"<html><head>{head}</head><body>{BODY}</body></html>".encode()
    assert expected == [mark for mark in extract(page).marks if mark.startswith("site_name:")]
