"""Looking for many pairs at once finds what looking for each alone finds."""

from dataclasses import replace
from random import Random

from counterspin.text.example import document_of
from counterspin.text.lookup import LEFT, RIGHT, Lookup
from counterspin.text.memo import same

LETTERS = "银行为了用户使表现ab "


def _draws(seed, count):
    random = Random(seed)
    return [tuple("".join(random.choices(LETTERS, k=random.choice((1, 2, 2, 3)))) for _ in "ab") for _ in range(count)]


def test_a_lookup_finds_the_pairs_that_a_search_for_each_finds_in_order():
    for seed in range(30):
        pairs = _draws(seed, 60)
        text = "".join(Random(-seed).choices(LETTERS, k=seed * 4))
        for side in (LEFT, RIGHT):
            expected = [pair for pair in dict.fromkeys(pairs) if pair[side] in text]
            assert expected == Lookup(pairs, side).standing_in(text)


def test_a_lookup_finds_each_word_once_anywhere_and_at_its_places():
    for seed in range(30):
        pairs = _draws(seed, 60)
        text = "".join(Random(-seed).choices(LETTERS, k=seed * 2))
        lookup = Lookup(pairs)
        words = {target for _, target in pairs}
        assert sorted(lookup.words_in(text)) == sorted(word for word in words if word in text)
        for at in range(len(text) + 1):
            assert sorted(lookup.words_at(text, at)) == sorted(word for word in words if text.startswith(word, at))


def test_an_empty_word_is_never_looked_for():
    assert Lookup([("用户", ""), ("", "客户")]).standing_in("") == []


def test_results_are_kept_for_the_very_same_object_only():
    calls = []
    page = document_of("用户应当还款。")
    length = same(1)(lambda document: calls.append(document.url) or len(document.text))
    assert [length(page), length(page)] == [7, 7]
    assert len(calls) == 1
    assert length(replace(page)) == 7  # equal, and another object
    assert length(page) == 7
    assert len(calls) == 3
