"""Two values that are the only ones of their measure that a page gives of what both name.

Writers word one question in many ways, so that two statements of it may share little more than the thing. Where no
third sentence of the page measures that thing so, the measure tells the question. A list of many things, each with its
value, shares its words with more than two sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from counterspin.claims.aspects import aspects
from counterspin.claims.match import Likeness, is_same_topic, is_special, told_apart
from counterspin.claims.profile import Profile
from counterspin.claims.suppressors import suppressors
from counterspin.claims.tables import lexicon

TELLING = 0.5  # weight of a word of a claim from which it says something of its question
SHARED = 2  # telling words that two claims have in common, letter for letter; one where the other has no more
MOST_LESSER = 1  # telling words of the claim with fewer of them that the other lacks
MOST_LARGER = 3  # the same of the other claim
LISTED = frozenset(("date", "clock", "count", "money", "age"))  # measures of which stories and lists give many
_PAIR = 2

Measured = Callable[[str], Iterable[Profile]]  # the claims with a measure of the page at an address


def alone(left: Profile, right: Profile, measured: Measured) -> Likeness | None:
    """How far two measures of one topic answer one question for want of any other; ``None`` when they don't."""
    if _measure(left) in LISTED or left.own_words.isdisjoint(right.own_words) or not _of_one_topic(left, right):
        return None
    mine, other = _telling(left), _telling(right)
    shared = mine & other
    lesser, larger = sorted((len(_alien(mine - shared, left, right)), len(_alien(other - shared, right, left))))
    if not _asks(shared, left.claim.language) or lesser > MOST_LESSER or larger > MOST_LARGER:
        return None
    if len(shared) < SHARED and (lesser or larger > 1 or len("".join(shared)) < _PAIR):
        return None
    if _of_a_kind(left, right) or _of_a_kind(right, left):
        return None
    rivals = {
        (one.claim.url, one.claim.start)
        for url in {left.claim.url, right.claim.url}
        for one in measured(url)
        if _measure(one) == _measure(left) and not shared.isdisjoint(one.own_words)
    }
    if len(rivals) > _PAIR:
        return None
    return Likeness(len(shared) / (len(shared) + larger), tuple(suppressors(left, right)))


def _asks(words: frozenset[str], language: str) -> bool:
    """Whether ``words`` tell what is measured: more than for whom or where (in Scotland), or that it lasts."""
    return any(word not in aspects(language) and word not in lexicon(language).families for word in words)


def _alien(words: frozenset[str], one: Profile, other: Profile) -> frozenset[str]:
    """The words that the other claim lacks and that do not name what its page is about anyway."""
    return words - one.topic if one.claim.url == other.claim.url else words


def _of_a_kind(left: Profile, right: Profile) -> bool:
    """Whether ``left`` puts a word of its own right before one that both have: a new piano, a piano."""
    return is_special(left, right, frozenset()) or not told_apart(left, right).isdisjoint(right.own_words)


def _of_one_topic(left: Profile, right: Profile) -> bool:
    """Whether one page, or two under one title, say both, and neither of a pronoun or in a caption."""
    if left.claim.confidence < 1 or right.claim.confidence < 1:
        return False
    return left.claim.url == right.claim.url or is_same_topic(left, right)


def _measure(profile: Profile) -> str:
    return profile.claim.values[0].dimension.partition(":")[0]


def _telling(profile: Profile) -> frozenset[str]:
    return frozenset(word for word, weight in profile.own if weight >= TELLING)
