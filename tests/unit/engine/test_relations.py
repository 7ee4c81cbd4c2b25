"""Differences and sides held small are those that were measured."""

from __future__ import annotations

from counterspin.engine.aligning import texts_of
from counterspin.engine.relations import Relations
from counterspin.engine.sides import Sides, Strings
from counterspin.text.example import document_of
from counterspin.text.normal import fold
from counterspin.text.relation import relate
from counterspin.text.source import Link
from counterspin.text.tokens import tokens_of
from tests.spinner.texts import CHINESE

LEFT, RIGHT = CHINESE["租房"][0], CHINESE["租房"][0].replace("房东", "业主").replace("合同", "协议")
FIRST, SECOND = LEFT[: len(LEFT) // 2], LEFT[len(LEFT) // 2 :]
OTHER = CHINESE["租房"][1]


def test_relations_come_back_as_they_were_in_their_order(monkeypatch):
    monkeypatch.setattr("counterspin.engine.relations._AT_HAND", 1)
    measured = {
        (1, 4): relate(tokens_of(LEFT), tokens_of(RIGHT)),
        (0, 9): relate(tokens_of(LEFT), tokens_of(OTHER)),
        (2, 3): relate(tokens_of(f"{FIRST}。{OTHER}。{SECOND}"), tokens_of(f"{SECOND}。{OTHER}。{FIRST}")),
    }
    held = Relations()
    for pair, relation in measured.items():
        held.add(pair, relation)
    assert list(held.items()) == list(measured.items())
    assert [held[pair].pairs for pair in measured] == [relation.pairs for relation in measured.values()]
    assert ((1, 4) in held, (4, 1) in held, held.get((4, 1))) == (True, False, None)


def test_sides_come_back_as_they_were_after_many_others(monkeypatch):
    monkeypatch.setattr("counterspin.engine.sides._AT_HAND", 1)
    pages = [document_of(text, url=f"http://{at}.test/") for at, text in enumerate((LEFT, RIGHT, OTHER))]
    sides = Sides(texts_of(pages))
    first = [sides.of(number) for number in range(len(sides.texts.units))]
    assert [sides.of(number) for number in range(len(first))] == first
    assert [side.text for side in first] == [LEFT, RIGHT, OTHER]


def test_what_two_moved_texts_share_stands_after_the_texts():
    pages = [document_of(text, url=f"http://{at}.test/") for at, text in enumerate((LEFT, RIGHT))]
    sides, held = Sides(texts_of(pages)), Relations()
    relation = relate(tokens_of(f"{LEFT}"), tokens_of(f"{RIGHT}"))
    held.add((0, 1), relation)
    strings = Strings(sides, held, [Link(0, 1, relation.similarity, ())])
    assert (len(strings), strings.first, [strings.text(at) for at in range(4)]) == (4, 2, [0, 1, 0, 1])
    assert [strings[0], strings[1]] == [fold(LEFT), fold(RIGHT)]
