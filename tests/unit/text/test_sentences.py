"""Sentences end where a reader would say so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.text.sentences import sentences


def split(text):
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他来了。我走了！", ["他来了。", "我走了！"]),
        ("还款期是3.5天.请注意.", ["还款期是3.5天.", "请注意."]),
        ("1. 短信提醒。2. 电话提醒。", ["1. 短信提醒。", "2. 电话提醒。"]),
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("Dr. Smith paid 3.5 percent. Then he left.", ["Dr. Smith paid 3.5 percent.", "Then he left."]),
        ("一行\n二行", ["一行", "二行"]),
    ],
)
def test_sentences_are_cut_at_their_ends(text, expected):
    assert split(text) == expected


@given(st.text(alphabet="ab。. \n1，好"))
def test_sentences_cover_all_that_is_no_space(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())
