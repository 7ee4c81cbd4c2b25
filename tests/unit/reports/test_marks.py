"""A passage cut into stretches: what a flag is about stands apart from the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.marks import SUBJECT, SWAP, stretches
from reports.values import Mark

TEXT = "倘若不按时更换,可能会作用出水质量。"
LETTERS = st.text("换水影", max_size=3)


def test_a_quote_is_marked_wherever_it_stands():
    assert stretches("甲乙甲", [("甲", "note")], ()) == (
        Mark(SUBJECT, "甲", "note"), Mark("", "乙"), Mark(SUBJECT, "甲", "note"),
    )  # fmt: skip


def test_replaced_words_are_marked_with_what_stood_there():
    found = stretches(TEXT, [], [("如果", "倘若"), ("影响", "作用")])
    assert [(mark.text, mark.note) for mark in found if mark.role == SWAP] == [("倘若", "如果"), ("作用", "影响")]


def test_a_quote_around_a_replacement_is_marked_whole():
    found = stretches("倘利客户不熟悉操作。", [("倘利客户", "")], [("用户", "客户")])
    assert found[0] == Mark(SUBJECT, "倘利客户", "")


def test_a_quote_of_the_whole_passage_marks_nothing():
    assert stretches(TEXT, [(TEXT, "")], ()) == (Mark("", TEXT),)


@given(st.text("换水影响", max_size=12), st.lists(LETTERS), st.lists(st.tuples(LETTERS, LETTERS)))
def test_the_stretches_joined_are_the_passage(text, quotes, swaps):
    assert text == "".join(mark.text for mark in stretches(text, [(quote, "") for quote in quotes], swaps))
