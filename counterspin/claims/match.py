"""Whether two claims answer one question, and what stands against it.

Two claims share a question when nearly all content words of each are found in the other or in what surrounds it
(sentence, heading, title), the words that their markers govern agree, and neither has a subject of its own that the
other lacks. Character overlap stands in for a thesaurus in Chinese (喂/喂食, 身份证/身份证明).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from counterspin.model import Claim

COVERED = 0.70  # share of the weight of a claim's own words found around the other, 0 to 1: the better covered side
LEAST_COVERED = 0.60  # the same, the worse covered side
PARTLY = 0.5  # credit of a word of which half the characters are found
DIRECT = 0.9  # weight of own words that must be shared directly, not through the context
LONE = 1.0  # weight of own words from which an unmatched rest names something else


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim made ready for comparison."""

    claim: Claim
    own: tuple[tuple[str, float], ...]
    weight: float
    around: frozenset[str]
    chars: frozenset[str]
    own_chars: frozenset[str]
    own_words: frozenset[str]
    scope: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two claims share a question: coverage of both sides, 0 to 1, and what suppresses a conflict."""

    covered: float
    suppressors: tuple[str, ...]


def profile(claim: Claim, weights: Mapping[str, float]) -> Profile:
    """``claim`` with its words weighted and its surroundings as sets."""
    own = tuple((word, weights.get(word, 1.0)) for word in claim.terms)
    around = frozenset((*claim.terms, *claim.context))
    scope: dict[str, set[str]] = {}
    for entry in claim.scope:
        family, _, member = entry.partition(":")
        scope.setdefault(family, set()).add(member)
    return Profile(
        claim,
        own,
        sum(weight for _, weight in own),
        around,
        frozenset("".join(around)) if claim.language == "zh" else _prefixes(around),
        frozenset("".join(claim.terms)) if claim.language == "zh" else _prefixes(claim.terms),
        frozenset(claim.terms),
        {family: frozenset(members) for family, members in scope.items()},
    )


def likeness(left: Profile, right: Profile) -> Likeness | None:
    """How far both answer one question; ``None`` when they don't."""
    if left.weight == 0 or right.weight == 0:
        return None
    first, lone_left = _coverage(left, right)
    second, lone_right = _coverage(right, left)
    if max(first, second) < COVERED or min(first, second) < LEAST_COVERED:
        return None
    if lone_left >= LONE and lone_right >= LONE:
        return None
    if min(_direct(left, right), _direct(right, left)) < DIRECT:
        return None
    if not _heads_agree(left, right):
        return None
    return Likeness(min(first, second), tuple(suppressors(left, right)))


def found_in(word: str, other: Profile, *, own: bool = False) -> float:
    """1 if ``word`` stands with the other claim (its own words only if ``own``), a part for part of its letters."""
    words, chars = (other.own_words, other.own_chars) if own else (other.around, other.chars)
    if word in words:
        return 1.0
    if other.claim.language != "zh":
        return 1.0 if len(word) >= 5 and word[:5] in chars else 0.0
    share = sum(char in chars for char in word) / len(word)
    return 1.0 if share == 1 else (PARTLY if share >= 0.5 else 0.0)


def _coverage(left: Profile, right: Profile) -> tuple[float, float]:
    found = lone = 0.0
    for word, weight in left.own:
        credit = found_in(word, right)
        found += credit * weight
        if credit == 0:
            lone += weight
    return found / left.weight, lone


def _direct(left: Profile, right: Profile) -> float:
    return sum(weight for word, weight in left.own if found_in(word, right, own=True))


def _heads_agree(left: Profile, right: Profile) -> bool:
    return _has_head(left.claim.predicate, right) and _has_head(right.claim.predicate, left)


def _has_head(head: str, other: Profile) -> bool:
    return not head or found_in(head, other) > 0


def suppressors(left: Profile, right: Profile) -> Iterable[str]:
    """What keeps two claims on one question from being a conflict, as names."""
    if left.claim.attribution == "reported" or right.claim.attribution == "reported":
        yield "reported"
    for family in sorted(left.scope.keys() | right.scope.keys()):
        mine, other = left.scope.get(family, frozenset()), right.scope.get(family, frozenset())
        if family in ("year", "rule"):
            if mine != other:
                yield "rule_changed"
        elif not mine & other:
            yield f"scope:{family}"
    if _other_condition(left, right) or _other_condition(right, left):
        yield "condition"
    if left.claim.hedge == 2 and right.claim.hedge == 2:
        yield "hedged"
    if left.claim.quantifier == right.claim.quantifier == "existential":
        yield "existential"


def _other_condition(left: Profile, right: Profile) -> bool:
    if not left.claim.condition:
        return False
    missing = [c for c in left.claim.condition if "\u4e00" <= c <= "\u9fff" and c not in right.chars]
    return len(missing) >= 2 if left.claim.language == "zh" else left.claim.condition != right.claim.condition


@lru_cache(maxsize=65_536)
def _prefix(word: str) -> str:
    return word[:5]


def _prefixes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_prefix(word) for word in words if len(word) >= 5)
