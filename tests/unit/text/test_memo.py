"""What is alike is held once, and stays what it was."""

from dataclasses import dataclass

from counterspin.claims.profile import profile
from counterspin.claims.read import claims_of
from counterspin.claims.tables import lexicon
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of
from counterspin.text.memo import Shared
from counterspin.wording import Said
from tests.spinner.texts import CHINESE, ENGLISH

TEXTS = [*CHINESE["租房"], "水温应为 80 度，泡三分钟。空腹不要喝浓茶。", "Keep it at 4 °C for at least 3 days."]
CLAIMS = [claim for text in (*TEXTS, *next(iter(ENGLISH.values()))) for claim in claims_of(document_of(text), Corpus())]


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[object, ...]
    kept: frozenset[str]
    scope: dict[str, frozenset[str]]


def test_equal_values_become_one_object():
    shared = Shared()
    one, two = (
        shared.of(_Row(("ten" + end, ("a", "b")), frozenset(("x", "y")), {"who": frozenset("z")}))
        for end in ("ant", "ant")
    )
    assert one == two
    assert one.words is two.words
    assert one.kept is two.kept
    assert one.scope["who"] is two.scope["who"]


def test_a_string_that_knows_other_languages_is_not_taken_for_its_english():
    shared = Shared()
    assert shared("yes") == "yes"
    assert type(shared(Said("yes", {"zh": "是"}))) is Said


def test_numbers_that_are_equal_are_not_taken_for_one_another():
    shared = Shared()
    assert [type(shared(number)) for number in (1, 1.0, True)] == [int, float, bool]


def test_claims_and_their_profiles_stay_what_they_were():
    shared = Shared()
    assert len(CLAIMS) > 5
    assert [shared.of(claim) for claim in CLAIMS] == CLAIMS
    profiles = [profile(claim, lexicon(claim.language).weight) for claim in CLAIMS]
    assert [shared.of(one) for one in profiles] == profiles
