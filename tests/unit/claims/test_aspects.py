"""What a measure is of, whatever verb says so."""

from __future__ import annotations

import pytest

from counterspin.claims.aspects import asked
from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of


def conflicts(*texts: str) -> list[str]:
    """The kinds of conflict between texts, each a page of its own."""
    pages = [document_of(text, url=f"http://aspect{at}.test/") for at, text in enumerate(texts)]
    claims = [claim for page in pages for claim in claims_of(page, Corpus())]
    return [slot.kind for slot in gather(claims, Corpus()) if slot.outcome == "conflict"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A fishing licence runs for twelve months.", "A fishing licence is valid for three years."),
        ("The garage charges 40 pounds for the wheel alignment.", "Expect to pay 95 pounds for a wheel alignment."),
        ("居住证的有效期是一年。", "居住证能管五年。"),
        ("公证书三天能拿到。", "公证书要等一个月才下来。"),
    ],
)
def test_verbs_that_repeat_what_the_measure_asks_are_one(left, right):
    assert conflicts(left, right) == ["numeric"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A fishing licence arrives within two weeks.", "A fishing licence is valid for three years."),
        ("The kettle warranty lasts 2 years.", "The kettle lasts 8 years."),
        ("居住证半个月就能拿到。", "居住证的有效期是一年。"),
    ],
)
def test_how_long_it_takes_and_how_long_it_lasts_stay_apart(left, right):
    assert conflicts(left, right) == []


def test_words_are_kept_where_nothing_else_would_be_left():
    assert asked(("allow", "take"), "duration", "en") == ("allow", "take")
    assert asked(("passport", "run"), "duration", "en") == asked(("passport", "last"), "duration", "en")
    assert asked(("passport", "run"), "colour", "en") == ("passport", "run")


def test_an_it_that_stands_for_nothing_is_no_pronoun():
    page = document_of("It takes nine weeks for the visa to arrive.", url="http://it.test/")
    assert all(claim.confidence == 1.0 for claim in claims_of(page, Corpus()))
