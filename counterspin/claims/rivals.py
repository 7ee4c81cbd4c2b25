"""Which kind of conflict two claims on one question are in, if any.

Each test takes two claims and gives the two stances, or nothing. Sources: the seven types of de Marneffe, Rafferty
and Manning (2008); the rules C1 to C9 of our contradiction study.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from counterspin.claims.exclusive import other_way
from counterspin.claims.party import is_party
from counterspin.claims.profile import Profile
from counterspin.claims.quantities import CLOSE, compatible
from counterspin.claims.sequence import opposed
from counterspin.claims.stance import NEGATIVE
from counterspin.claims.tables import lexicon
from counterspin.claims.unitless import LIFE
from counterspin.claims.values import SHARE
from counterspin.model import Claim, Quantity

MIN_RATIO = 1.4  # factor between two values from which they cannot both be meant (contradiction study, C1)
AGE_RATIO = 1.04  # the same for two ages, which are counted in years: 60 and 63
EXACT_RATIO = 1.1  # the same for two exact values of two claims that are worded alike
FAR = 3.0  # factor by which a value falls short of an upper bound (up to) that cannot both be meant
APART = 500.0  # factor between two values from which they answer different questions (5 minutes, 2 days: 576)
WHOLE = 100.0  # per cent
_AT_MOST = re.compile(
    r"\s*(?:最多|至多|不(?:得|应|要|能|可)?(?:超过?|多于|高于|大于)|at most|(?:no|not) (?:more|longer) than"
    r"|(?:must|should|may|can)(?: ?no|n['’])t exceed|not exceed)"
)
_AT_LEAST = re.compile(
    r"\s*(?:至少|最少|起码|不(?:得|应|要|能|可)?(?:少于|低于|小于)|at least|(?:no|not) (?:less|fewer) than)"
)
_CLOSING = " 。.！!；;”’\"')）"
_FORBIDS = re.compile(r"不得|must not|may not")  # what a rule sets as a bound is meant to the letter
_UP_TO = re.compile(r"\s*(?:up to|最长|最多|最高)")
ALIKE = 0.85  # coverage of both sides from which two claims are worded alike, 0 to 1
TELLS = 0.5  # weight of a word of a claim from which it names what more or less of is advised
_AMOUNTS = frozenset(("多", "少", "more", "less"))
SAME_CHOICE = 0.5  # share of the words (in Chinese: characters) of the shorter of two choices that are one, 0 to 1

_DEONTIC = frozenset((
    ("must", "mustnot"), ("must", "shouldnot"), ("must", "noneed"), ("should", "mustnot"), ("should", "shouldnot"),
    ("should", "noneed"), ("may", "mustnot"), ("may", "shouldnot"), ("", "mustnot"), ("", "shouldnot"), ("", "noneed"),
))  # fmt: skip
_POLAR = frozenset(
    (("will", "not"), ("", "not"), ("may", "not"), ("must", "not"), ("will", "mustnot"), ("should", "not"))
)


class Rivalry(NamedTuple):
    """``kind`` names the rule; ``left`` and ``right`` are the stances, the values as a reader sees them."""

    kind: str
    left: str
    right: str


def numeric(left: Claim, right: Claim, covered: float) -> Rivalry | None:
    """Two values of one measure that cannot both hold."""
    if left.polarity != right.polarity or not left.values or not right.values:
        return None
    mine, other = left.values[0], right.values[0]
    if not _conditions_meet(left.gates, right.gates):
        return None
    if mine.dimension == other.dimension == SHARE:
        return _of_other_base(mine, other)
    if not _is_one_measure(mine, other) or _worlds_apart(mine, other):
        return None
    flat = not (left.hedge or right.hedge)
    stated = covered >= ALIKE and _are_disjoint(mine, other) and _is_stated(left) and _is_stated(right)
    if not stated and not _exclude(mine, other, covered, flat=flat):
        return None
    return Rivalry("numeric", mine.text.strip(), other.text.strip())


def _is_stated(claim: Claim) -> bool:
    """Whether the sentence is about the bound: it ends with it, or hedges it. (费用超过300元, … opens a condition.)"""
    return bool(claim.hedge) or claim.text.rstrip(_CLOSING).endswith(claim.values[0].text.strip())


def _are_disjoint(left: Quantity, right: Quantity) -> bool:
    """``less than 100 dollars`` against ``more than 300 dollars``: no value is both."""
    most, least = sorted((left, right), key=lambda value: value.operator)
    bounds = (most.operator, least.operator) == ("<=", ">=") and most.dimension not in (*CLOSE, "age")
    return bounds and least.low >= MIN_RATIO * most.high > 0


def _exclude(left: Quantity, right: Quantity, covered: float, *, flat: bool) -> bool:
    """Whether two values of one measure exclude one another; ``flat`` if neither is hedged."""
    if _excluded(left, right) or _excluded(right, left):
        return True
    if _far_below(left, right, covered) or _far_below(right, left, covered):
        return flat
    if _are_ranges(left, right):
        below, above = sorted((left, right), key=lambda value: value.low)
        if below.high < above.low and above.low + above.high >= MIN_RATIO * (below.low + below.high):
            return True
    operators = {left.operator, right.operator}
    # One value for both, or a value beyond the bound that the other names.
    one_kind = len(operators) == 1 or ("=" in operators and left.dimension not in CLOSE)
    alike = one_kind and "~" not in operators and flat
    exact = alike and (covered >= ALIKE or any(_FORBIDS.search(value.text) for value in (left, right)))
    if exact and left.dimension == "age":
        return not compatible(left, right, ratio=AGE_RATIO)
    return not compatible(left, right, ratio=EXACT_RATIO if exact else MIN_RATIO)


def _is_one_measure(left: Quantity, right: Quantity) -> bool:
    free = (left.dimension, right.dimension)
    if left.dimension != right.dimension and not ("money" in free and all(map(_is_sum, free))):
        return False
    return not (left.base and right.base and left.base != right.base)


def _is_sum(dimension: str) -> bool:
    return dimension == "pounds" or dimension.startswith("money")


def _of_other_base(left: Quantity, right: Quantity) -> Rivalry | None:
    """Ten per cent of one thing, ten per cent of another: one share of two wholes."""
    alike = left.operator == right.operator and left.low == right.low and left.high == right.high
    if not alike or left.high >= WHOLE or set(left.base) & set(right.base) - set(" "):
        return None
    return Rivalry("numeric", *(f"{value.text.strip()} ({value.base})" for value in (left, right)))


def _worlds_apart(left: Quantity, right: Quantity) -> bool:
    """Eight hours of charging and five years of use are not two answers to one question."""
    small, large = sorted((left.high, right.high))
    return 0 < small * APART < large < LIFE and left.dimension not in CLOSE


def _excluded(most: Quantity, least: Quantity) -> bool:
    """``no more than 8 hours`` against ``at least 12 hours``."""
    if (most.operator, least.operator) != ("<=", ">=") or most.dimension in CLOSE:
        return False
    bounds = _AT_MOST.match(most.text) and _AT_LEAST.match(least.text)
    return bool(bounds) and least.low >= MIN_RATIO * most.high > 0


def _are_ranges(left: Quantity, right: Quantity) -> bool:
    """Whether both name two ends (40 to 60 per cent): their middles are compared, since they say where they end."""
    return all(
        value.operator == "=" and value.low < value.high and value.dimension != "temperature" for value in (left, right)
    )


def _far_below(value: Quantity, bound: Quantity, covered: float) -> bool:
    """``takes 3 weeks`` against ``takes up to 10 weeks``: who names such a bound does not mean so little."""
    if bound.operator != "<=" or not _UP_TO.match(bound.text) or value.operator != "=" or covered < ALIKE:
        return False
    return 0 < value.high * FAR <= bound.high


def stance(left: Claim, right: Claim) -> Rivalry | None:
    """Opposite polarity on one action: ``deontic`` for advice and duties, ``polarity`` for what happens or is."""
    if left.polarity == right.polarity:
        return None
    positive, negative = (left, right) if left.polarity > 0 else (right, left)
    pair = (positive.modality, negative.modality)
    kind = "deontic" if pair in _DEONTIC else "polarity" if pair in _POLAR else ""
    return Rivalry(kind, _shown(left), _shown(right)) if kind and gates_overlap(left, right) else None


def antonym(left: Profile, right: Profile, antonyms: Mapping[str, frozenset[str]]) -> Rivalry | None:
    """One claim has a word, the other its opposite, and both affirm or both deny."""
    first, second = left.claim, right.claim
    if not left.opposites or not right.opposites or first.polarity != second.polarity:
        return None
    if first.modality in NEGATIVE or not gates_overlap(first, second):
        return None
    for word in sorted(left.opposites - right.opposites):
        for other in sorted(antonyms[word] & (right.opposites - left.opposites)):
            return Rivalry("antonym", word, other) if _of_one_object(left, right, {word, other}) else None
    return None


def _of_one_object(left: Profile, right: Profile, pair: set[str]) -> bool:
    """Whether more and less are said of one thing: the shorter claim has no word of its own (多吃蔬菜, 少吃糖)."""
    if not pair & _AMOUNTS:
        return True
    mine, other = (frozenset(word for word, weight in one.own if weight >= TELLS) for one in (left, right))
    return mine <= other or other <= mine


def actor(left: Claim, right: Claim) -> Rivalry | None:
    """Both say who must do or pay it and name different ones, or one says that it is not whom the other names."""
    if left.values and right.values and left.values[0].text.strip() != right.values[0].text.strip():
        return None  # each bears a share of its own
    same = left.actor in right.actor or right.actor in left.actor
    if not left.actor or not right.actor or max(left.polarity, right.polarity) < 0:
        return None
    if same == (left.polarity == right.polarity) or not _is_one_object(left, right):
        return None
    return Rivalry("actor", *(one.actor if one.polarity > 0 else _not(one) for one in (left, right)))


def _is_one_object(left: Claim, right: Claim) -> bool:
    """Whether what the shorter of two duties names is all named by the other: 契税 / 过户的契税."""
    shorter, longer = sorted((left.terms, right.terms), key=len)
    return all(any(word in other or other in word for other in longer) for word in shorter)


def _not(claim: Claim) -> str:
    return f"{'不是' if claim.language == 'zh' else 'not '}{claim.actor}"


def exclusivity(left: Claim, right: Claim) -> tuple[Rivalry, frozenset[str]] | None:
    """One allows only one way, the other allows another way; with the words in which the ways differ."""
    for one, two in ((left, right), (right, left)):
        if one.quantifier == "only" and two.quantifier != "only" and one.polarity == two.polarity == 1:
            apart = other_way(one, two)
            if apart is None or _of_two_kinds({*one.terms} - {*two.terms}, {*two.terms} - {*one.terms}, left.language):
                return None
            return Rivalry("exclusivity", *(("only", "also") if one is left else ("also", "only"))), apart
    return None


def choice(left: Claim, right: Claim) -> Rivalry | None:
    """Two things are each called the best, the first or the only one."""
    mine, other = (
        frozenset("".join(one.actor) if one.language == "zh" else one.actor.split()) for one in (left, right)
    )
    mine, other = mine - {" "}, other - {" "}
    if left.language != right.language or len(mine & other) >= SAME_CHOICE * min(len(mine), len(other)):
        return None
    return Rivalry("exclusivity", left.actor, right.actor)


def _of_two_kinds(mine: set[str], other: set[str], language: str) -> bool:
    """Whether one names who and the other which way (只有成年人 / 在网上), or members of two families."""
    families = lexicon(language).families
    kinds = [{families[word][0] for word in words if word in families} for words in (mine, other)]
    people = [any(is_party(word, language) for word in words) for words in (mine, other)]
    return (all(kinds) and not kinds[0] & kinds[1]) or people[0] != people[1]


def order(left: Claim, right: Claim) -> Rivalry | None:
    """One puts an action before another, the other puts it after."""
    if not left.order or not right.order:
        return None
    if not opposed(left.order, right.order, left.language):
        return None
    return Rivalry("order", left.order.replace(">", " → "), right.order.replace(">", " → "))


def gates_overlap(left: Claim, right: Claim) -> bool:
    """Whether some case passes the conditions of both: measures of one kind must meet."""
    mine = left.gates + left.values
    other = right.gates + right.values if mine else ()
    return not other or _conditions_meet(mine, other)


def _conditions_meet(left: tuple[Quantity, ...], right: tuple[Quantity, ...]) -> bool:
    if not left or not right:
        return True
    return all(_meet(mine, other) for mine in left for other in right if mine.dimension == other.dimension)


def _meet(left: Quantity, right: Quantity) -> bool:
    low, high = _open(left)
    other_low, other_high = _open(right)
    return low < other_high and other_low < high if (low, high) != (other_low, other_high) else True


def _open(quantity: Quantity) -> tuple[float, float]:
    if quantity.operator == ">=":
        return quantity.low, float("inf")
    if quantity.operator == "<=":
        return -1.0, quantity.high
    return quantity.low - 1e-9, quantity.high + 1e-9


def _shown(claim: Claim) -> str:
    return claim.modality or "affirmed"
