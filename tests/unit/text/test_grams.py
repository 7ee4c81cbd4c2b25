"""Counts of n-grams add up."""

from hypothesis import given
from hypothesis import strategies as st

from counterspin.text.corpus import build
from counterspin.text.grams import add, count_grams, gram_of, key_of

texts = st.lists(st.text(alphabet="银行为了ab\U00020000", min_size=1, max_size=8), max_size=6)


@given(texts)
def test_counts_are_those_of_counting_by_hand(found):
    by_hand = {}
    for text in found:
        for size in (1, 2, 3):
            for at in range(len(text) - size + 1):
                by_hand[text[at : at + size]] = by_hand.get(text[at : at + size], 0) + 1
    assert dict(count_grams(found)) == by_hand


@given(texts, texts)
def test_tables_of_two_parts_add_up_to_that_of_the_whole(left, right):
    assert dict(add([count_grams(left), count_grams(right)])) == dict(count_grams(left + right))


@given(st.text(min_size=1, max_size=3).filter(lambda text: "\0" not in text))
def test_a_key_leads_back_to_its_gram(gram):
    assert gram_of(key_of(gram)) == gram


def test_copies_of_a_passage_count_once():
    assert build(["银行为了", "银 行为了", "客户"]).count("银行") == 1


def test_what_follows_a_character_is_listed():
    assert build(["措施一", "措施二", "手段"]).grams.following("措") == [("措施一", 1), ("措施二", 1)]
