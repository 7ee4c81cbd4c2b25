"""Texts that say the same in another order, between other sentences, or cut into other paragraphs."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.text.moved import moved
from counterspin.text.relation import relate
from counterspin.text.tokens import tokens_of

SOURCE = (
    "租房之前要先看房产证,确认房东是不是本人。看房时检查水电和门窗,发现问题马上拍照。签合同的时候写清楚押金和退还时间,"
    "不要只听口头承诺。入住以后保存好转账记录,方便以后维权。"
)
SPUN = (
    "租房之前需先看房产证,核实房东是否本人。看房时查看水电和门窗,察觉问题立刻拍照。签合同的时候写明白押金和归还时间,"
    "切勿只听口头许诺。入住以后保管好转账记录,便于以后维权。"
)
OTHER = (
    "新买的多肉先晒一周再浇水。花盆底下要有排水孔,土里多掺一些粗沙。夏天中午遮一遮太阳,晚上搬到通风的地方。"
    "叶子发皱说明缺水了。"
)
ENGLISH = (
    "Before you rent a flat, look at the deed and make sure the landlord is the owner. Check the taps and windows "
    "during the visit and take photos of any problem. Write the deposit and the date of its return into the contract."
)
ENGLISH_SPUN = (
    "Before you rent a flat, view the deed and ensure the landlord is the owner. Inspect the taps and windows during "
    "the visit and take pictures of any issue. Put the deposit and the date of its return into the agreement."
)


def sentences(text):
    return [part + end for part, end in zip(text.split("。")[:-1], "。" * 9, strict=False)]


def interleaved(one, other):
    return "".join(part for both in zip(sentences(one), sentences(other), strict=True) for part in both)


SHUFFLED = "".join(reversed(sentences(SPUN)))
PADDED = "".join(part + "相信很多朋友都有这样的疑惑吧。" for part in sentences(SPUN))
CUT = "\n\n".join(sentences(SPUN))
ENGLISH_CUT = "\n\n".join(part.strip().rstrip(".") + "." for part in ENGLISH_SPUN.split(". "))
ENGLISH_SHUFFLED = " ".join(part.rstrip(".") + "." for part in reversed(ENGLISH_SPUN.split(". ")))


@pytest.mark.parametrize(
    ("source", "copy"),
    [
        (SOURCE, SHUFFLED), (SOURCE, PADDED), (SOURCE, CUT), (SOURCE, interleaved(SPUN, OTHER)),
        (ENGLISH, ENGLISH_CUT), (ENGLISH, ENGLISH_SHUFFLED),
    ],
    ids=["shuffled", "padded", "cut", "stitched", "cut in English", "shuffled in English"],
)  # fmt: skip
def test_a_rewrite_is_found_whatever_became_of_its_order_and_paragraphs(source, copy):
    pages = [document_from_text(source, url="http://a.test/"), document_from_text(copy, url="http://b.test/")]
    assert "rewrite" in {flag.rule for flag in analyse(pages)}


def test_islands_of_moved_clauses_stand_where_they_say():
    left, right = tokens_of(SOURCE), tokens_of(SHUFFLED)
    relation = relate(left, right)
    assert relation.moved
    for island in relation.islands:
        assert island.left == left.word(island.left_first, island.left_last)
        assert island.right == right.word(island.right_first, island.right_last)
    assert ("发现", "察觉") in relation.pairs


def test_texts_that_are_alike_as_they_stand_are_not_taken_apart():
    assert not relate(tokens_of(SOURCE), tokens_of(SPUN)).moved


@pytest.mark.parametrize("other", [OTHER, "", "租房。", "看房时检查水电和门窗。" + OTHER])
def test_texts_that_share_little_are_not_alike_in_any_order(other):
    assert moved(tokens_of(SOURCE), tokens_of(other)) is None


def test_verbatim_sentences_in_another_order_are_no_rewrite():
    pages = [
        document_from_text(text, url=f"http://{name}.test/")
        for name, text in (("a", SOURCE), ("b", "".join(reversed(sentences(SOURCE)))))
    ]
    assert "rewrite" not in {flag.rule for flag in analyse(pages)}
