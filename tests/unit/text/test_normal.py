"""The normal form keeps the way back to the text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from counterspin.text.normal import fold, han_share, normal, table


def test_width_case_and_script_are_levelled():
    assert normal("ＡＢＣ 軟體").text == "abc软体"


def test_a_space_between_two_words_of_a_spaced_script_stays():
    assert normal("Pay  the bank 账 单").text == "pay the bank账单"


def test_a_span_of_the_normal_form_leads_back_to_the_original():
    text = "银 行　为 了"
    form = normal(text)
    span = form.span(1, 3)
    assert (form.text[1:3], text[span.start : span.end]) == ("行为", "行　为")


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_every_character_of_the_normal_form_comes_from_its_place(text):
    form = normal(text)
    assert [fold(text)[at] for at in form.offsets if not fold(text)[at].isspace()] == [
        char for char in form.text if not char.isspace()
    ]


def test_an_empty_text_has_no_share_of_chinese():
    assert han_share("") == 0.0


@given(st.text(alphabet=" \t\u3000\xa0\x1cab1Z'，。銀行ｶﾞ\ud800\udc00\U0001f642é\u2028\x85か한", max_size=20))
def test_the_normal_form_is_that_of_one_character_after_the_other(text):
    folded = text.translate(table())
    spaced = {at for at in range(1, len(folded) - 1) if folded[at].isspace() and not folded[at - 1].isspace()}
    letters = re.compile("[^\\W_\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff]")
    kept = {
        at
        for at in spaced
        if letters.match(folded[at - 1]) and (rest := folded[at:].lstrip()) and letters.match(rest[0])
    }
    offsets = [at for at, char in enumerate(folded) if not char.isspace() or at in kept]
    form = normal(text)
    assert fold(text) == folded
    assert list(form.offsets) == offsets
    assert form.text == "".join(" " if at in kept else folded[at] for at in offsets)
