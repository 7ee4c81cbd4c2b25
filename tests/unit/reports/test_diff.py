"""The differences of two passages lose nothing and show learnt swaps as such."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.diff import KNOWN, NEW, OTHER, align

TEXT = st.text(st.sampled_from("用户使用者进行实施处理应对的, ab。\n1"), max_size=40)


def test_learnt_swaps_are_told_from_other_changes():
    swaps = {("用户", "使用者"): KNOWN, ("进行", "实施"): KNOWN, ("处理", "应对"): NEW}
    found = align("用户可以提前进行处理并约定时间。", "使用者可以提前实施应对并预约时间。", swaps)
    changed = [(piece.left, piece.right, piece.swap) for piece in found.pieces if piece.kind == "replaced"]
    assert changed == [
        ("用户", "使用者", KNOWN),
        ("进行", "实施", KNOWN),
        ("处理", "应对", NEW),
        ("约定", "预约", OTHER),
    ]


def test_an_equal_rest_beside_a_learnt_swap_is_no_change():
    found = align("之后都应该用护理液清洗镜片。", "之后都理应用护理液清洗镜片。", {("应该", "理应"): KNOWN})
    assert [(piece.left, piece.right) for piece in found.pieces if piece.kind != "same"] == [("应该", "理应")]


def test_texts_with_little_in_common_are_not_laid_side_by_side():
    found = align("净水器滤芯多久换一次", "房东应当退还全部押金", {})
    assert not found.aligned
    assert len(found.pieces) == 1


def test_english_is_compared_word_by_word():
    found = align("You should clean the filter every month.", "You should wash the filter every month.", {})
    assert [(p.left, p.right) for p in found.pieces if p.kind == "replaced"] == [("clean", "wash")]


@given(TEXT, TEXT, st.dictionaries(st.tuples(TEXT, TEXT), st.sampled_from([KNOWN, NEW]), max_size=4))
def test_the_sides_of_the_pieces_are_the_texts(left, right, swaps):
    found = align(left, right, swaps)
    assert "".join(piece.left for piece in found.pieces) == left
    assert "".join(piece.right for piece in found.pieces) == right


@given(TEXT)
def test_equal_texts_have_no_difference(text):
    assert all(piece.kind == "same" for piece in align(text, text, {}).pieces)
