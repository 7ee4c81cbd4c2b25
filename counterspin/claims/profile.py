"""A claim made ready for comparison: its words weighted, its surroundings as sets, and how a word is found in them.

Character overlap stands in for a thesaurus in Chinese (喂/喂食, 身份证/身份证明).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

PARTLY = 0.5  # credit of a word of which half the characters are found, and the share that it takes
ROOT = 0.75  # credit when its first character is among them: 房子/房屋 are closer than 生肉/熟肉
TELLING = 1.5  # weight of a Chinese word of three characters or more: 刹车片 says more than 使用
_LONG = 3
_DENIED = re.compile(r"[没不未无]|\b(?:no|not|without|never|unless)\b|n['’]t\b")
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim made ready for comparison. ``chars`` are the different characters of the words around it and
    ``own_chars`` of its own, in English the first five letters of long ones.
    """

    claim: Claim
    own: tuple[tuple[str, float], ...]
    weight: float
    chars: str | frozenset[str]  # a string takes a tenth of a set, and is as quick to look for a character in
    own_chars: str | frozenset[str]
    own_words: frozenset[str]
    scope: Mapping[str, frozenset[str]]
    condition: tuple[str, ...]
    opposites: frozenset[str]
    letters: str
    case: frozenset[str] = frozenset()  # the words of a condition that is no denial: what is said holds of them

    @property
    def topic(self) -> frozenset[str]:
        """The words of the title, and in Chinese their characters."""
        return _topic(self.claim.topic, self.claim.language)


def profile(claim: Claim, weights: Mapping[str, float]) -> Profile:
    """``claim`` with its words weighted and its surroundings as sets."""
    own = tuple((word, _weight(word, claim.language, weights)) for word in claim.terms)
    around = dict.fromkeys((*claim.context, *claim.terms))
    condition = _condition(claim)
    scope: dict[str, set[str]] = {}
    for entry in claim.scope:
        family, _, member = entry.partition(":")
        scope.setdefault(family, set()).add(member)
    return Profile(
        claim,
        own,
        sum(weight for _, weight in own),
        _characters(around) if claim.language == "zh" else _prefixes(around),
        _characters(claim.terms) if claim.language == "zh" else _prefixes(claim.terms),
        frozenset(claim.terms),
        {family: frozenset(members) for family, members in scope.items()},
        condition,
        _opposites(claim),
        letters_of(claim.text),
        frozenset(() if _DENIED.search(claim.condition) else condition),
    )


def _characters(words: Iterable[str]) -> str:
    return "".join(dict.fromkeys("".join(words)))


@lru_cache(maxsize=1024)  # one for all claims of a page
def _topic(words: tuple[str, ...], language: str) -> frozenset[str]:
    return frozenset((*words, *("".join(words) if language == "zh" else ())))


def _opposites(claim: Claim) -> frozenset[str]:
    """The words of antonyms among those of the claim, also cut in two (冷|敷); one character only as a whole word."""
    found = lexicon(claim.language).opposites.findall(("" if claim.language == "zh" else " ").join(claim.terms))
    return frozenset(word for word in found if len(word) > 1 or word in claim.terms)


def _weight(word: str, language: str, weights: Mapping[str, float]) -> float:
    telling = TELLING if language == "zh" and len(word) >= _LONG else 1.0
    return weights.get(word, 1.0) * telling


@lru_cache(maxsize=1024)
def letters_of(text: str) -> str:
    """The letters and digits of ``text`` in normal form: equal for copies of one sentence."""
    return _NOISE.sub("", fold(text))


def found_in(word: str, other: Profile, *, own: bool = False) -> float:
    """1 if ``word`` stands with the other claim (its own words only if ``own``), a part for part of its letters."""
    claim = other.claim
    if word in other.own_words or (not own and word in claim.context):
        return 1.0
    chars = other.own_chars if own else other.chars
    if claim.language != "zh":
        return 1.0 if len(word) >= 5 and word[:5] in chars else 0.0
    held = 0
    for char in word:
        if char in chars:
            held += 1
    if held == len(word):
        return 1.0 if _is_made_of(word, claim.terms if own else (*claim.terms, *claim.context)) else PARTLY
    if held < PARTLY * len(word):
        return 0.0
    return ROOT if word[0] in chars else PARTLY


def _is_made_of(word: str, words: Iterable[str]) -> bool:
    """Whether the characters of ``word`` stand for ``words``: 浇|水, 还贷 for 还款|贷款; not 父母 for 岳父|岳母."""
    chars = frozenset(word)
    return any(other[0] == word[0] or chars.issubset(other) or chars.issuperset(other) for other in words)


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
