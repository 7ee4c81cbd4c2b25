"""Claims held small are the claims that were found; copies are one voice; edges in columns are edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterspin.claims.edges import Edge, Edges
from counterspin.claims.held import Claims, Profiles, pack, unpack
from counterspin.claims.profile import profile
from counterspin.claims.read import claims_of
from counterspin.claims.rivals import Rivalry
from counterspin.claims.tables import lexicon
from counterspin.claims.voices import Voices
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

TEXTS = (
    "# 泡茶\n水温应为80度，泡三分钟。空腹不要喝浓茶。\n只有家长可以办理。",
    "# Lentils\nCooked lentils keep for 2 days in the fridge. You must not freeze them unless they are dry.",
)
CLAIMS = [
    claim for at, text in enumerate(TEXTS) for claim in claims_of(document_of(text, url=f"http://{at}.test/"), Corpus())
]


def test_packed_claims_come_back_as_they_were():
    assert len(CLAIMS) > 4
    assert unpack(pack(CLAIMS)) == CLAIMS
    assert (pack(()), unpack(b"")) == (b"", [])


def test_a_profile_comes_back_as_it_was_after_many_others(monkeypatch):
    monkeypatch.setattr("counterspin.claims.held._AT_HAND", 2)
    made = [profile(claim, lexicon(claim.language).weight) for claim in CLAIMS]
    held = Profiles()
    assert [held.add(one) for one in made] == list(range(len(made)))
    assert [*held, held[0]] == [*made, made[0]]


def test_claims_come_by_page_whatever_the_order_of_the_pages():
    held = Claims(reversed(CLAIMS))
    assert sorted(map(repr, held)) == sorted(map(repr, CLAIMS))
    assert [{claim.url for claim, _ in page} for page in held.by_page()] == [{"http://0.test/"}, {"http://1.test/"}]


def test_a_copy_says_what_its_original_says():
    held = Claims([*CLAIMS, *(replace(claim, url="http://9.test/") for claim in CLAIMS)])
    first, second, copies = ([said for _, said in page] for page in held.by_page())
    assert copies == sorted([*first, *second], key=copies.index)
    assert len({*copies}) == len(CLAIMS)
    assert sorted(held.said) == sorted([*first, *second, *copies])


def test_copies_are_one_voice_and_stay_at_hand():
    copies = [replace(claim, url="http://9.test/") for claim in CLAIMS]
    voices = Voices(Claims([*copies, *CLAIMS]))
    assert len(voices.profiles) == len(CLAIMS)
    every = [voices.every(at) for at in range(len(CLAIMS))]
    assert [[claim.url for claim in found][-1] for found in every] == ["http://9.test/"] * len(CLAIMS)
    assert sorted(repr(claim) for found in every for claim in found) == sorted(map(repr, [*copies, *CLAIMS]))


def edge(left, right, kind="numeric", covered=0.8, suppressors=()):
    return Edge(left, right, Rivalry(kind, "2", "9"), covered, suppressors)


def test_edges_in_columns_are_the_edges():
    edges = [edge(0, 3), edge(1, 3, "order", 0.5, ("phase",)), edge(2, 4, suppressors=("phase", "kind"))]
    assert list(Edges(edges)) == edges


@pytest.mark.parametrize(
    ("rivals", "surest"),
    [
        ([edge(0, 2, suppressors=("kind",)), edge(1, 2, "order")], 1),
        ([edge(0, 2, "order"), edge(1, 2)], 1),
        ([edge(0, 2, covered=0.7), edge(1, 2, covered=0.9)], 1),
        ([edge(0, 2), edge(1, 2)], 0),
    ],
)
def test_two_sentences_keep_their_surest_edge(rivals, surest):
    places = (0, 0, 2, 3)  # the claims 0 and 1 are of one sentence
    assert list(Edges([edge(2, 3), *rivals]).surest(places)) == [rivals[surest], edge(2, 3)]


def test_edges_that_claims_hold_together_are_one_group_of_one_kind():
    edges = [edge(0, 1), edge(5, 6), edge(1, 2), edge(1, 2, "order")]
    assert list(Edges(edges).connected()) == [[edges[0], edges[2]], [edges[1]], [edges[3]]]
    assert list(Edges().surest(())) == []
