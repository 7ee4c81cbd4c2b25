from __future__ import annotations

import pytest

from counterspin.errors import RefusedPageError
from extract.decode import MAX_BYTES, decode

CHINESE = "<p>信用卡逾期以后，应当先与银行联系，说明情况，再商量还款的办法。</p>" * 3


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"%PDF-1.7 trailer", "bad_type"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "bad_type"),
        (b"\xff\xd8\xff\xe0JFIF", "bad_type"),
        (b"PK\x03\x04" + b"x" * 50, "bad_type"),
        (b"<html>" + b"\x00\x01\x02\x03" * 200, "bad_type"),
        (b"<p>" + b"x" * MAX_BYTES, "too_large"),
    ],
)
def test_bytes_that_are_no_page_are_refused_with_a_code(raw, code):
    with pytest.raises(RefusedPageError) as refusal:
        decode(raw)
    assert code == refusal.value.code


@pytest.mark.parametrize(
    ("codec", "label", "encoding"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", None, "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("gb18030", "utf-8", "gb18030"),
        ("gb18030", "iso-8859-1", "gb18030"),
        ("utf-8", "zlib", "utf-8"),
        ("gb18030", "unicode_escape", "gb18030"),
    ],
)
def test_the_bytes_outrank_what_their_label_says(codec, label, encoding):
    head = f'<meta charset="{label}">' if label else ""
    decoded = decode((head + CHINESE).encode(codec))
    assert encoding == decoded.encoding
    assert decoded.text.endswith(CHINESE)


def test_big5_without_a_label_is_not_read_as_gb18030():
    text = "<p>這個問題很多人都會遇到，要先與銀行聯絡，說明自己的情況，然後再談還款的辦法。</p>" * 3
    assert decode(text.encode("big5")).encoding == "big5hkscs"


def test_curly_quotes_of_windows_are_no_chinese_characters():
    assert (
        decode("<p>don’t pay “early” if you can’t</p>".encode("cp1252")).text == "<p>don’t pay “early” if you can’t</p>"
    )


def test_a_byte_order_mark_wins_and_is_dropped():
    assert decode("\ufeff<p>a</p>".encode("utf-16-le")).text == "<p>a</p>"


def test_a_few_broken_bytes_are_counted_in_a_mark():
    raw = CHINESE.encode("gb18030")
    decoded = decode(raw[:40] + b"\xff" + raw[40:])
    assert any(mark.startswith("charset:replaced") for mark in decoded.marks)


def test_the_header_is_heard_before_the_page():
    raw = '<meta charset="utf-8"><p>Ответ на вопрос о кредите</p>'.encode("cp1251")
    assert decode(raw, "text/html; charset=windows-1251").encoding == "cp1251"


def test_wide_characters_are_read_when_the_header_says_so():
    decoded = decode(CHINESE.encode("utf-16-le"), "text/html; charset=utf-16le")
    assert (decoded.encoding, decoded.text) == ("utf-16-le", CHINESE)


def test_utf_16_without_a_byte_order_mark_or_an_order_in_its_label_is_read():
    text = "<p>借款人逾期以后，应当先联系平台。</p>" * 3
    assert decode(text.encode("utf-16-le"), "text/html; charset=utf-16").text == text


def test_text_instead_of_bytes_is_refused_with_what_to_do():
    with pytest.raises(TypeError, match="from its bytes, not from str: open the file with 'rb'"):
        decode("<p>保修期</p>")
