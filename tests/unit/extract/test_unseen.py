"""Characters that show nothing hide no word, and those that spell words of other scripts stay."""

from __future__ import annotations

import pytest

from extract.page import extract
from extract.parse import parse
from extract.plain import document_from_text
from extract.unseen import without_unseen

ADVICE = "Rep{0}lace the fil{0}ter every six months, and rinse it with warm water before it is used for the first time."
REFERENCES = ("&#8203;", "&#x200B;", "&#x200b", "&ZeroWidthSpace;", "&shy;", "&#173;", "&zwnj;", "&#8288;", "&#65279;")
CHARACTERS = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2063\u2066\u206f\ufeff\ufff9\U000e0041"


@pytest.mark.parametrize("unseen", [*REFERENCES, *CHARACTERS])
def test_a_word_is_read_whole_whatever_unseen_character_splits_it(unseen):
    document = extract(f"<meta charset='utf-8'><h1>Filters</h1><p>{ADVICE.format(unseen)}</p>".encode())
    assert ADVICE.format("") in document.text


@pytest.mark.parametrize("unseen", CHARACTERS)
def test_plain_text_is_read_without_unseen_characters(unseen):
    assert document_from_text(ADVICE.format(unseen), url="http://a.test/").text == ADVICE.format("")


@pytest.mark.parametrize(
    "text",
    [
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\U0001f468\u200d\U0001f469",
        "\u2764\ufe0f\u200d\U0001f525",
    ],
    ids=["Persian", "Hindi", "family", "burning heart"],
)
def test_a_joiner_that_spells_a_word_or_an_emoji_stays(text):
    assert without_unseen(text).decode() == text


@pytest.mark.parametrize("text", ["滤\u200d芯", "fil\u200cter", "\u200d", "\u0645\u200c", "滤\u200d\u0645"])
def test_a_joiner_that_joins_nothing_goes(text):
    assert not {"\u200c", "\u200d"} & set(without_unseen(text).decode())


def test_a_parameter_named_like_an_unseen_character_stays_in_its_address():
    assert parse('<a href="/x?a=1&shy=2&zwj=3">x</a>').root.find(".//a").get("href") == "/x?a=1&shy=2&zwj=3"


def test_lone_surrogates_go():
    assert without_unseen("滤\ud800芯") == "滤芯".encode()
