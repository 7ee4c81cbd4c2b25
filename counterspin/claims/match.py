"""Whether two claims answer one question, and what stands against it.

Two claims share a question when nearly all content words of each are found in the other or in what surrounds it
(sentence, heading, title), the words that their markers govern agree, and neither has a subject of its own that the
other lacks. Character overlap stands in for a thesaurus in Chinese (喂/喂食, 身份证/身份证明).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim

COVERED = 0.75  # share of the weight of a claim's own words found around the other, 0 to 1: the better covered side
LEAST_COVERED = 0.50  # the same, the worse covered side
PARTLY = 0.5  # credit of a word of which half the characters are found, and the share that it takes
ROOT = 0.75  # credit when its first character is among them: 房子/房屋 are closer than 生肉/熟肉
DIRECT = 1.0  # weight of own words that must be shared directly, not through the context
LONE = 0.5  # weight of own words from which an unmatched rest names something else

PARTIES = frozenset("人方者员司局行店院校长主客户家东")  # characters in which words for who acts end
FOREIGN = 0.5  # share of the words of a condition from which it is another condition, 0 to 1
NAMED_FREELY = frozenset(("role", "channel", "pet"))
# Families whose members are often left out: a claim that names none of them may still be about the other's.


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
    condition: tuple[str, ...]


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
        _condition(claim),
    )


def likeness(left: Profile, right: Profile, *, apart: frozenset[str] = frozenset()) -> Likeness | None:
    """How far both answer one question; ``None`` when they don't. ``apart`` are the words in which they differ."""
    first, lone_left, same_left = _coverage(left, right, apart)
    second, lone_right, same_right = _coverage(right, left, apart)
    if max(first, second) < COVERED or min(first, second) < LEAST_COVERED:
        return None
    if lone_left >= LONE and lone_right >= LONE:
        return None
    if min(same_left, same_right) < DIRECT or not _heads_agree(left, right, apart) or _reversed(left, right):
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
    if share == 1 or share < PARTLY:
        return float(share == 1)
    return ROOT if word[0] in chars else PARTLY


def _coverage(left: Profile, right: Profile, apart: frozenset[str]) -> tuple[float, float, float]:
    """Share of the weight of ``left``'s words found around ``right``, weight not found, weight found among its own."""
    found = lone = direct = total = 0.0
    for word, weight in left.own:
        if word in apart:
            continue
        total += weight
        credit = found_in(word, right)
        found += credit * weight
        lone += (1 - credit) * weight
        if credit:
            direct += weight * found_in(word, right, own=True)
    return (found / total if total else 0.0), lone, direct


def _heads_agree(left: Profile, right: Profile, apart: frozenset[str]) -> bool:
    found = _has_head(left.claim.predicate, right, apart), _has_head(right.claim.predicate, left, apart)
    return any(found) if left.claim.slot_kind == "numeric" else all(found)


def _has_head(head: str, other: Profile, apart: frozenset[str]) -> bool:
    return not head or head in apart or found_in(head, other) > 0


def _reversed(left: Profile, right: Profile) -> bool:
    """Whether the two name each other's subject as object: A tells B / B tells A."""
    mine, other = left.claim.entity.split(" ", 1)[0], right.claim.entity.split(" ", 1)[0]
    return mine != other and all(
        _is_party(word, left.claim.language) and word in left.own_words and word in right.own_words
        for word in (mine, other)
    )


def _is_party(word: str, language: str) -> bool:
    return bool(word) and (
        word[-1] in PARTIES if language == "zh" else lexicon(language).families.get(word, "")[:1] == ("role",)
    )


def suppressors(left: Profile, right: Profile) -> Iterable[str]:
    """What keeps two claims on one question from being a conflict, as names."""
    if left.claim.attribution == "reported" or right.claim.attribution == "reported":
        yield "reported"
    for family in sorted(left.scope.keys() | right.scope.keys()):
        mine, other = left.scope.get(family, frozenset()), right.scope.get(family, frozenset())
        if family in ("year", "rule"):
            if mine != other:
                yield "rule_changed"
        elif not mine & other and ((mine and other) or family not in NAMED_FREELY):
            yield f"scope:{family}"
    if _other_condition(left, right) or _other_condition(right, left):
        yield "condition"
    if left.claim.hedge == 2 and right.claim.hedge == 2:
        yield "hedged"
    if left.claim.quantifier == right.claim.quantifier == "existential":
        yield "existential"


def _other_condition(left: Profile, right: Profile) -> bool:
    missing = sum(1 - found_in(word, right) for word in left.condition)
    return missing >= max(PARTLY, FOREIGN * len(left.condition))


def _condition(claim: Claim) -> tuple[str, ...]:
    if not claim.condition:
        return ()
    words = lexicon(claim.language)
    return tuple(
        term.word for term in terms_of(claim.condition, words, {}) if words.weight.get(term.word, 1.0) >= PARTLY
    )


@lru_cache(maxsize=65_536)
def _prefix(word: str) -> str:
    return word[:5]


def _prefixes(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_prefix(word) for word in words if len(word) >= 5)
