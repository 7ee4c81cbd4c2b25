"""Tables of two columns are read row by row; wider ones and lists of names are left as they are."""

from __future__ import annotations

import pytest

from counterspin.api import analyse
from counterspin.claims.cells import rows_of
from counterspin.model import Document, Passage
from counterspin.text.example import document_of

SENTENCE = "水箱每年都要清洗一次，北方水硬的地方尤其要注意。"


def page(*cells: str, text: str = SENTENCE) -> Document:
    """A page of ``text`` with a table of ``cells`` before it."""
    plain = document_of("\n".join([*cells, text]), url="http://table.test/")
    passages = [
        Passage("table_cell" if at < len(cells) else "paragraph", 0, one.start, one.end, one.text)
        for at, one in enumerate(plain.passages)
    ]
    return Document(**{**{name: getattr(plain, name) for name in plain.__slots__}, "passages": tuple(passages)})


def test_a_row_is_one_passage_that_stands_in_the_text():
    document = page("项目", "多久一次", "清洗水箱", "每两年", "擦拭真空管", "每半年")
    rows = [passage for passage in rows_of(document, "zh") if passage.kind == "table_cell"]
    assert [row.text for row in rows] == ["项目\n多久一次", "清洗水箱\n每两年", "擦拭真空管\n每半年"]
    assert all(document.text[row.start : row.end] == row.text for row in rows)


@pytest.mark.parametrize(
    "cells",
    [
        ("清洗水箱", "每两年"),  # one row tells no columns
        ("清洗水箱", "每两年", "必做", "更换镁棒", "每三年", "选做"),  # three columns
        ("清洗水箱", "每两年", "更换镁棒"),  # a cell is missing
        ("北方", "南方", "东北", "西北"),  # no measures
    ],
)
def test_cells_stay_apart_where_names_and_measures_take_no_turns(cells):
    document = page(*cells)
    assert tuple(rows_of(document, "zh")) == document.passages


@pytest.mark.parametrize(("often", "rules"), [("每两年", ["numeric"]), ("每年", [])])
def test_a_row_is_held_against_the_text(often, rules):
    document = page("清洗水箱", often, "擦拭真空管", "每半年")
    assert rules == [flag.rule for flag in analyse([document]) if flag.category == "contradictory"]
