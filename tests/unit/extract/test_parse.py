from __future__ import annotations

import pytest

from extract.page import extract
from extract.parse import parse

PROSE = "借款人逾期以后，应当先联系平台，说明原因，再商量还款的办法。"


@pytest.mark.parametrize(
    ("written", "shown"),
    [("&#8220;", "“"), ("&#20013;", "中"), ("&#252;", "ü"), ("&#x201c;", "“"), ("&#x4e2d;", "中"), ("&#38;", "&")],
)  # fmt: skip
def test_characters_written_as_numbers_are_read(written, shown):
    assert "".join(parse(f"<p>甲{written}乙</p>").root.itertext()) == f"甲{shown}乙"


@pytest.mark.parametrize("control", ["&#0;", "&#8;", "&#x0;", "&#x1F;", "&#31;", "&#X0b;"])
def test_references_to_control_characters_are_dropped(control):
    assert "".join(parse(f"<p>甲{control}乙</p>").root.itertext()) == "甲乙"


@pytest.mark.parametrize("holder", ["noscript", "template"])
def test_a_page_that_only_shows_without_scripts_is_read_all_the_same(holder):
    page = f"<body><div id=app></div><{holder}><h1>逾期以后怎么办</h1><p>{PROSE * 12}</p></{holder}></body>"
    assert extract(page.encode()).text == PROSE * 12


def test_what_stands_beside_a_text_for_readers_without_scripts_is_no_text():
    notice = "<noscript><p>请打开脚本，才能看到全部内容。</p></noscript>"
    page = f"<body><h1>逾期以后怎么办</h1><p>{PROSE * 12}</p>{notice}</body>"
    assert extract(page.encode()).text == PROSE * 12


def test_a_heading_that_was_never_closed_is_no_heading():
    page = f"<body><h1>逾期以后怎么办</h1><h2>先联系平台<p>{PROSE * 6}</p><p>{PROSE * 7}</p></body>"
    assert [p.kind for p in extract(page.encode()).passages] == ["heading", "paragraph", "paragraph"]
