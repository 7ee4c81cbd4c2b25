"""The forms of an English word are one word."""

import pytest

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import stems, terms_of

FORMS = (
    "hope hopes hoping hoped", "hop hopping hopped", "try tries trying tried", "agree agrees agreeing agreed",
    "travel travelling travelled traveling",
    "install installing installed", "control controlled", "call calling called", "add adds adding added",
    "appear appeared", "remain remaining remained", "join joining joined", "heat heating heated", "treat treated",
    "include including included", "decide deciding", "avoid avoiding avoided", "combine combined", "train training",
    "explain explained", "prepare preparing", "require required", "repair repairing repaired", "promote promoting",
    "shoot shooting", "schedule scheduled", "handle handling", "boil boiling boiled", "become becoming",
    "change changing changed", "belong belonging", "waste wasting wasted", "last lasting", "store stored",
    "monitor monitoring", "size sizes", "potato potatoes", "shoe shoes", "battery batteries", "calorie calories",
    "quit quitting", "squeeze squeezed", "raise raised", "miss missed", "fizz fizzing", "feed feeding", "bus buses",
    "virus viruses", "focus focuses focusing", "owe owing owed",
)  # fmt: skip
APART = (("hoped", "hopped"), ("stared", "starred"), ("planed", "planned"), ("seed", "see"))


def word_of(form: str) -> str:
    return terms_of(f"{form} it", lexicon("en"), {})[0].word


@pytest.mark.parametrize("forms", FORMS)
def test_the_forms_of_a_verb_or_noun_are_one_word(forms):
    one, *others = forms.split()

    assert {word_of(one)} == {word_of(other) for other in others}


@pytest.mark.parametrize(("one", "other"), APART)
def test_forms_of_two_words_stay_two(one, other):
    assert word_of(one) != word_of(other)


def test_a_lens_is_one_of_lenses():
    assert word_of("lens") == word_of("lenses") == "lens"


def test_a_word_of_three_letters_is_left_alone():
    assert stems("gas") == ("gas",)
