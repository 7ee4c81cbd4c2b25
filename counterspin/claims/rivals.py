"""Which kind of conflict two claims on one question are in, if any.

Each test takes two claims and gives the two stances, or nothing. Sources: the seven types of de Marneffe, Rafferty
and Manning (2008); the rules C1 to C9 of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from counterspin.claims.quantities import compatible
from counterspin.claims.stance import NEGATIVE
from counterspin.model import Claim, Quantity

MIN_RATIO = 1.4  # factor between two values from which they cannot both be meant (contradiction study, C1)
EXACT_RATIO = 1.1  # the same for two exact values of two claims that are worded alike
ALIKE = 0.85  # coverage of both sides from which two claims are worded alike, 0 to 1

_DEONTIC = frozenset((
    ("must", "mustnot"), ("must", "shouldnot"), ("must", "noneed"), ("should", "mustnot"), ("should", "shouldnot"),
    ("should", "noneed"), ("may", "mustnot"), ("may", "shouldnot"), ("", "mustnot"), ("", "shouldnot"), ("", "noneed"),
))  # fmt: skip
_POLAR = frozenset(
    (("will", "not"), ("", "not"), ("may", "not"), ("must", "not"), ("will", "mustnot"), ("should", "not"))
)


@dataclass(frozen=True, slots=True)
class Rivalry:
    """``kind`` names the rule; ``left`` and ``right`` are the stances, the values as a reader sees them."""

    kind: str
    left: str
    right: str


def numeric(left: Claim, right: Claim, covered: float) -> Rivalry | None:
    """Two values of one measure that cannot both hold."""
    if left.polarity != right.polarity or not left.values or not right.values:
        return None
    mine, other = left.values[0], right.values[0]
    if mine.dimension != other.dimension or mine.base != other.base:
        return None
    if not gates_overlap(left, right):
        return None
    exact = mine.operator == other.operator == "=" and covered >= ALIKE and not (left.hedge or right.hedge)
    if compatible(mine, other, ratio=EXACT_RATIO if exact else MIN_RATIO):
        return None
    return Rivalry("numeric", mine.text.strip(), other.text.strip())


def stance(left: Claim, right: Claim) -> Rivalry | None:
    """Opposite polarity on one action: ``deontic`` for advice and duties, ``polarity`` for what happens or is."""
    if left.polarity == right.polarity:
        return None
    positive, negative = (left, right) if left.polarity > 0 else (right, left)
    if not gates_overlap(left, right):
        return None
    pair = (positive.modality, negative.modality)
    kind = "deontic" if pair in _DEONTIC else "polarity" if pair in _POLAR else ""
    return Rivalry(kind, _shown(left), _shown(right)) if kind else None


def antonym(left: Claim, right: Claim, antonyms: Mapping[str, frozenset[str]]) -> Rivalry | None:
    """One claim has a word, the other its opposite, and both affirm or both deny."""
    if left.polarity != right.polarity or left.modality in NEGATIVE:
        return None
    for word in left.terms:
        for other in antonyms.get(word, frozenset()):
            if other in right.terms and word not in right.terms and other not in left.terms:
                return Rivalry("antonym", word, other)
    return None


def gates_overlap(left: Claim, right: Claim) -> bool:
    """Whether some case passes the conditions of both: measures of one kind must meet."""
    return all(_meet(mine, other) for mine in left.gates for other in right.gates if mine.dimension == other.dimension)


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
