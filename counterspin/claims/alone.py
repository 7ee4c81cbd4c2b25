"""Two values that are the only ones of their measure that a page gives of what both name.

Writers word one question in many ways, so that two statements of it may share little more than the thing. Where no
third sentence of the page measures that thing so, the measure tells the question. A list of many things, each with its
value, shares its words with more than two sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from counterspin.claims.aspects import is_named
from counterspin.claims.match import Likeness, is_same_topic, is_special, told_apart
from counterspin.claims.profile import ROOT, Profile, found_in
from counterspin.claims.statement import VAGUE
from counterspin.claims.suppressors import suppressors
from counterspin.claims.tables import attributes

TELLING = 0.5  # weight of a word of a claim from which it says something of its question
SHARED = 2  # telling words that two claims have in common, letter for letter; one where the other has no more
MOST_LESSER = 1  # telling words of the claim with fewer of them that the other lacks
MOST_LARGER = 3  # the same of the other claim
MOST_NAMED = 2  # the same where a single word is in common
LISTED = frozenset(("date", "clock", "count", "money", "age"))  # measures of which stories and lists give many
_PAIR = 2

Measured = Callable[[str], Iterable[Profile]]  # the claims with a measure of the page at an address


def alone(left: Profile, right: Profile, measured: Measured) -> Likeness | None:
    """How far two measures of one topic answer one question for want of any other; ``None`` when they don't."""
    if left.own_words.isdisjoint(right.own_words) or not _of_one_topic(left, right):
        return None
    mine, other = _telling(left), _telling(right)
    shared = mine & other
    lesser, larger = sorted((_alien(mine, right), _alien(other, left)))
    if lesser > MOST_LESSER or larger > MOST_LARGER or not is_named(shared, left.claim.language):
        return None
    restated = left.claim.url == right.claim.url and not lesser and len(shared) >= SHARED
    if not restated and not _suffices(shared, lesser, larger, left, right):
        return None
    if _of_a_kind(left, right) or _of_a_kind(right, left):
        return None
    if _measured_so(left, right, shared, measured) > _PAIR:
        return None
    return Likeness(len(shared) / (len(shared) + larger), tuple(suppressors(left, right)))


def _alien(words: frozenset[str], other: Profile) -> int:
    """How many of ``words`` the other claim has in no form; what only names the measure (水温) does not count."""
    return sum(found_in(word, other, own=True) < ROOT for word in words - attributes())


def _suffices(shared: frozenset[str], lesser: int, larger: int, left: Profile, right: Profile) -> bool:
    """Whether two whole sentences have enough in common, though each may have words (so many) that the other lacks."""
    if _measure(left) in LISTED or min(left.claim.confidence, right.claim.confidence) < 1:
        return False
    return len(shared) >= SHARED or (not lesser and larger <= 1 and len("".join(shared)) >= _PAIR)


def _measured_so(left: Profile, right: Profile, words: frozenset[str], measured: Measured) -> int:
    """How many sentences of the page or pages measure what ``words`` name in this dimension."""
    return len({
        (one.claim.url, one.claim.start)
        for url in {left.claim.url, right.claim.url}
        for one in measured(url)
        if _measure(one) == _measure(left) and not words.isdisjoint(one.own_words)
    })  # fmt: skip


def _of_a_kind(left: Profile, right: Profile) -> bool:
    """Whether ``left`` puts a word of its own right before one that both have: a new piano, a piano."""
    return is_special(left, right, frozenset()) or not told_apart(left, right).isdisjoint(right.own_words)


def _of_one_topic(left: Profile, right: Profile) -> bool:
    """Whether one page, or two under one title, say both: no pronoun, and captions of two things are no statement."""
    first, second = sorted((left.claim.confidence, right.claim.confidence))
    if first <= VAGUE or second < 1:
        return False
    return left.claim.url == right.claim.url or is_same_topic(left, right)


def _measure(profile: Profile) -> str:
    return profile.claim.values[0].dimension.partition(":")[0]


def _telling(profile: Profile) -> frozenset[str]:
    return frozenset(word for word, weight in profile.own if weight >= TELLING)
