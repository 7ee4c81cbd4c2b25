"""What title, heading and question lend to a sentence, taken back where it tells nothing.

A short sentence is read with the words above it (``一天两片`` under ``退烧药怎么吃``). The other of two sentences of a
page may do without them, since it names its thing itself: they tell two things apart only where both sentences have
something that the other lacks. And a sentence that names a thing of its own is not about the one above it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from counterspin.claims.aspects import aspects, is_named
from counterspin.claims.parts import changed
from counterspin.claims.profile import ROOT, Profile, found_in
from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.text.normal import fold

TELLING = 0.5  # weight of a word of a claim from which it says something of its question


def without_lent(left: Profile, right: Profile) -> tuple[Profile, Profile]:
    """Two claims of one page without the words that the page lends them to no purpose."""
    mine, other = _missing(left, right), _missing(right, left)
    if not mine and not other:
        return left, right
    return _without(left, _idle(left, right, mine, other)), _without(right, _idle(right, left, other, mine))


def is_lent(one: Profile) -> bool:
    """Whether all words of a claim stand above its sentence: two such may measure anything."""
    return one.own_words.isdisjoint(_said(one))


def _missing(one: Profile, other: Profile) -> frozenset[str]:
    """The telling words of a claim that the other lacks."""
    return frozenset(word for word, weight in one.own if weight >= TELLING and found_in(word, other, own=True) < ROOT)


def _idle(one: Profile, other: Profile, mine: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """The words of ``one`` that tell nothing: of those that the other lacks (``mine``) and of those of both."""
    said, titled = _said(one), mine & {*one.claim.topic}
    if is_lent(one):
        return frozenset()  # a mere yes or no is all lent
    lent = mine - said
    idle = titled if others.isdisjoint(other.claim.topic) else titled & lent
    if others <= {*other.claim.topic}:
        idle |= lent
    return idle | ((one.own_words & other.own_words) - said if mine & said else frozenset())


def _said(one: Profile) -> frozenset[str]:
    return _words(one.claim.text, one.claim.language) | aspects(one.claim.language)


@lru_cache(maxsize=1024)  # a sentence is held against several
def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(term.word for term in terms_of(fold(text), lexicon(language), {}))


def _without(one: Profile, words: frozenset[str]) -> Profile:
    """``one`` without ``words``, unless nothing is left of which something can be asked."""
    if not words or not is_named(one.own_words - words, one.claim.language):
        return one
    own = tuple((word, weight) for word, weight in one.own if word not in words)
    return replace(
        one,
        claim=changed(one.claim, terms=tuple(word for word in one.claim.terms if word not in words)),
        own=own,
        weight=sum(weight for _, weight in own),
        own_words=one.own_words - words,
    )
