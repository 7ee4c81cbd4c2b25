"""Counts of n-grams add up."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from counterspin.text import gaps
from counterspin.text.corpus import build
from counterspin.text.grams import add, count_grams, gram_of, key_of, pair_key
from counterspin.text.normal import is_han

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


@given(texts, st.lists(st.text(alphabet="银行为了ab\U00020000", min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_follows_pairs_of_characters_is_listed(found, pairs):
    table = count_grams(found)
    ends = np.array([pair_key(pair) for pair in pairs], dtype=np.uint64)
    which, last, counts = (column.tolist() for column in table.following(ends))
    listed = [(pairs[at] + chr(code), count) for at, code, count in zip(which, last, counts, strict=True)]
    by_hand = [sorted(one for one in table.items() if len(one[0]) == 3 and one[0][:2] == pair) for pair in pairs]
    assert listed == [one for part in by_hand for one in part]


@given(texts.filter(any), st.text(alphabet="银行为了", min_size=2, max_size=2), st.integers(1, 2))
def test_the_ways_through_a_gap_are_those_of_a_walk_by_hand(found, left, support):
    table = count_grams(found)
    right = found[0][-2:].ljust(2, "银")
    assert gaps._ways(left, right, table, support) == walked_by_hand(left, right, table, support)


def walked_by_hand(left, right, table, support):
    """The search of :mod:`counterspin.text.gaps`, a gram after the other."""
    found, beam = {}, [("", 1 << 30)]
    for _ in range(gaps.MAX_WORD):
        longer = {
            word + gram[2]: min(strength, count)
            for word, strength in beam
            for gram, count in table.items()
            if len(gram) == 3 and gram[:2] == (left + word)[-2:] and count >= support and is_han(gram[2])
        }
        beam = sorted(longer.items(), key=lambda item: (-item[1], item[0]))[: gaps._BEAM]
        for word, strength in beam:
            end = (left + word)[-2:]
            last = min(table.get(end + right[0], 0), table.get(end[1] + right, 0))
            if last >= support and not right.startswith(word) and not word.endswith(right):
                found[word] = min(strength, last)
    return found


def test_a_corpus_counted_in_small_batches_is_the_same(monkeypatch):
    passages = [f"{first}{second}行为了解客户" for first in "银金铜铁锡铝" for second in "甲乙丙丁戊己庚"]
    whole = build(passages)
    monkeypatch.setattr("counterspin.text.corpus._BATCH", 20)
    parts = build(passages)
    assert (dict(parts.grams), parts.passages, parts.characters) == (
        dict(whole.grams),
        whole.passages,
        whole.characters,
    )
