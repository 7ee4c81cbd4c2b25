"""English words that a swap was made inside of."""

from __future__ import annotations

import pytest

from counterspin.detect.boundary_swap import DETECTOR
from counterspin.model import Swap
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of
from counterspin.text.inside import inside_swaps

PAIRS = (("use", "utilize"), ("ask", "request"), ("one", "single"), ("man", "person"), ("car", "vehicle"))
SWAPS = tuple(Swap(original, target, 5, 10, 5, 0.9, directed=True) for original, target in PAIRS)


def found(text):
    return [(hit.text, hit.restored) for hit in inside_swaps(text, PAIRS)]


def test_a_swap_inside_a_word_is_undone():
    text = "Put it into the brequestet, becautilize the phsingle is wet."
    assert found(text) == [("brequestet", "basket"), ("becautilize", "because"), ("phsingle", "phone")]


@pytest.mark.parametrize(
    "text",
    [
        "They utilized it; the utilizers requested it.",
        "The salesperson and the chairpersons spoke to each person.",
        "A personage of the singles, a vehicle and vehicles.",
        "Because the basket is on the phone.",
        "Vehiculum utilizabo requestio.",
    ],
)
def test_words_that_are_made_of_whole_words_or_are_as_usual_are_left_alone(text):
    assert not found(text)


def test_the_rule_flags_the_page_once_the_swap_is_learnt():
    page = document_of("We did not go becautilize the road was closed for the whole of that week.")
    assert [flag.severity for flag in DETECTOR.scan(page, Corpus(swaps=SWAPS))] == [4]
    assert not list(DETECTOR.scan(page, Corpus()))


def test_what_is_undone_is_the_text_before_the_swap():
    for word in ("because", "house", "excuse", "refuse"):
        made = word.replace("use", "utilize")
        assert found(f"it was {made} then") == [(made, word)]
