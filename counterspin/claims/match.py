"""Whether two claims answer one question, and what stands against it.

Two claims share a question when nearly all content words of each are found in the other or in what surrounds it
(sentence, heading, title), the words that their markers govern agree, and neither has a subject of its own that the
other lacks. Character overlap stands in for a thesaurus in Chinese (喂/喂食, 身份证/身份证明).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

COVERED = 0.75  # share of the weight of a claim's own words found around the other, 0 to 1: the better covered side
LEAST_COVERED = 0.50  # the same, the worse covered side
PARTLY = 0.5  # credit of a word of which half the characters are found, and the share that it takes
ROOT = 0.75  # credit when its first character is among them: 房子/房屋 are closer than 生肉/熟肉
ADVICE = frozenset(("must", "should", "may", "mustnot", "shouldnot", "noneed"))
REWORDED = 2.0  # weight of own words in common of two values that are told in other words
REWORDED_SHARE = 0.55  # share of the words of each that the other knows, 0 to 1
CLOSE_HEADS = 0.65  # coverage of both sides from which one known head of two measures will do, 0 to 1
ALIKE = 2.5  # weight of own words in common from which two pieces of advice are worded alike
DIRECT = 1.75  # weight of own words that must be shared directly, not through the context: two words, nearly
LONE = 0.5  # weight of own words from which an unmatched rest names something else


PARTIES = frozenset("人方者员司局行店院校长主客户家东")  # characters in which words for who acts end
MEASURED = 1.5  # the same for two values of one measure
LEAST_OWN = 0.5  # share of the weight of a claim's own words found among the other's own, 0 to 1
SHORT_OWN = 0.35  # the same for advice all of whose words are the other's own: 不用出示票据
PLAIN_OWN = 0.65  # the same where a plain statement stands against a denial
PLAIN_WORDS = 2  # words that such a pair has in common, letter for letter
TOPIC_WORDS = 2  # words of two titles that are shared at least
TOPIC = 0.6  # share of the longer title that they make up, 0 to 1
TELLING = 1.5  # weight of a Chinese word of three characters or more: 刹车片 says more than 使用
_LONG = 3
_ROUNDING = 1e-9  # of sums of weights
_TWO = 1.4  # words in common, counted by parts, that are more than one
_NOISE = re.compile(r"[\W_]+")
LASTS = frozenset(("使用", "寿命", "last"))  # what a thing is used for and how long it lasts are one measure
FOREIGN = 0.5  # share of the words of a condition from which it is another condition, 0 to 1
UNMET = 1.5  # words of a condition that the other side knows nothing of, from which it is another condition
NAMED_FREELY = frozenset(("role", "channel", "pet", "date", "product"))
# Families whose members are often left out: a claim that names none of them may still be about the other's.
USUAL = frozenset(("成人", "standard"))  # members that go without saying


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
    opposites: frozenset[str]
    letters: str
    topic: frozenset[str] = frozenset()  # the words of the title, and in Chinese their characters


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two claims share a question: coverage of both sides, 0 to 1, and what suppresses a conflict."""

    covered: float
    suppressors: tuple[str, ...]


def profile(claim: Claim, weights: Mapping[str, float]) -> Profile:
    """``claim`` with its words weighted and its surroundings as sets."""
    own = tuple((word, _weight(word, claim.language, weights)) for word in claim.terms)
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
        frozenset(lexicon(claim.language).opposites.findall(("" if claim.language == "zh" else " ").join(claim.terms))),
        letters_of(claim.text),
        frozenset((*claim.topic, *("".join(claim.topic) if claim.language == "zh" else ()))),
    )


def _weight(word: str, language: str, weights: Mapping[str, float]) -> float:
    telling = TELLING if language == "zh" and len(word) >= _LONG else 1.0
    return weights.get(word, 1.0) * telling


@lru_cache(maxsize=1024)
def letters_of(text: str) -> str:
    """The letters and digits of ``text`` in normal form: equal for copies of one sentence."""
    return _NOISE.sub("", fold(text))


def likeness(
    left: Profile, right: Profile, *, apart: frozenset[str] = frozenset(), shared: float = DIRECT
) -> Likeness | None:
    """How far both answer one question; ``None`` when they don't.

    ``apart`` are the words in which the two differ; ``shared`` is the weight of words that they must have in common.
    """
    mine = _coverage(left, right, apart)
    if mine.found < LEAST_COVERED:
        return None
    other = _coverage(right, left, apart)
    covered = min(mine.found, other.found)
    if _is_reworded(left, right, mine, other):
        return Likeness(covered, tuple(suppressors(left, right)))
    if max(mine.found, other.found) < COVERED or covered < LEAST_COVERED:
        return None
    if (mine.lone >= LONE and other.lone >= LONE) or _reversed(left, right) or _untold(left, right, apart):
        return None
    own = min(mine.own, other.own)
    alike = max(mine.found, other.found) >= COVERED and (
        min(mine.direct, other.direct) >= ALIKE
        or (max(mine.own, other.own) >= 1.0 and min(mine.direct, other.direct) >= DIRECT)
    )
    if own < _least_own(left, right, mine, other) or not _heads_agree(
        left, right, apart, either=alike, close=covered >= CLOSE_HEADS
    ):
        return None
    shared = min(shared, MEASURED) if left.claim.slot_kind == "numeric" else shared
    if min(mine.direct, other.direct) < shared and not (
        _same_topic(left, right) and min(mine.direct, other.direct) >= 1
    ):
        return None
    return Likeness(covered, tuple(suppressors(left, right)))


def _is_reworded(left: Profile, right: Profile, mine: Coverage, other: Coverage) -> bool:
    """Whether two sites give values for one thing in words of their own: they share what is measured and two words."""
    if left.claim.slot_kind != "numeric" or left.claim.url == right.claim.url or left.claim.text == right.claim.text:
        return False
    heads = (left.claim.predicate, right.claim.predicate)
    if not all(heads) or not (found_in(heads[0], right, own=True) and found_in(heads[1], left, own=True)):
        return False
    return (
        min(mine.direct, other.direct) >= REWORDED
        and min(mine.found, other.found) >= REWORDED_SHARE
        and min(mine.own, other.own) >= LEAST_OWN
        and not _reversed(left, right)
        and not _told_apart(left, right) & _told_apart(right, left)
    )


def _told_apart(left: Profile, right: Profile) -> frozenset[str]:
    """The words before which ``left`` puts one that the other lacks: what tells 阳台墙面 from 淋浴间墙面."""
    terms = left.claim.terms
    return frozenset(after for word, after in zip(terms, terms[1:], strict=False) if found_in(word, right) < ROOT)


def _least_own(left: Profile, right: Profile, mine: Coverage, other: Coverage) -> float:
    if _is_plain(left, right):
        return PLAIN_OWN
    whole = (
        left.claim.slot_kind == "stance" and max(mine.own, other.own) >= 1 and min(mine.found, other.found) >= COVERED
    )
    return SHORT_OWN if whole else LEAST_OWN


class Coverage(NamedTuple):
    """How much of one claim's own words is found with another: shares 0 to 1, and weights."""

    found: float  # share found among the other's words or around them
    own: float  # share found among the other's own words, or for a part in the title of its page
    lone: float  # weight not found at all
    direct: float  # weight found among the other's own words


_UNLIKE = Coverage(0.0, 0.0, 0.0, 0.0)


def found_in(word: str, other: Profile, *, own: bool = False) -> float:
    """1 if ``word`` stands with the other claim (its own words only if ``own``), a part for part of its letters."""
    words, chars = (other.own_words, other.own_chars) if own else (other.around, other.chars)
    if word in words:
        return 1.0
    if other.claim.language != "zh":
        return 1.0 if len(word) >= 5 and word[:5] in chars else 0.0
    held = 0
    for char in word:
        if char in chars:
            held += 1
    if held == len(word):
        return 1.0
    if held < PARTLY * len(word):
        return 0.0
    return ROOT if word[0] in chars else PARTLY


def _coverage(left: Profile, right: Profile, apart: frozenset[str]) -> Coverage:
    found = lone = direct = total = given = 0.0
    one_page = left.claim.url == right.claim.url
    families = lexicon(left.claim.language).families
    lost = left.weight * (1 - LEAST_COVERED) + _ROUNDING  # alone of this weight, the rest cannot make it up
    around = right.around
    for word, weight in left.own:
        if word in apart:
            continue
        credit = 1.0 if word in around else found_in(word, right)
        if credit < 1 and word in families:  # a member of a family that the other lacks is compared as scope
            continue
        total += weight
        found += credit * weight
        lone += (1 - credit) * weight
        if lone > lost:
            return _UNLIKE
        if credit:
            mine = found_in(word, right, own=True)
            direct += weight * mine
            given += weight * max(0.0, _given(word, right, one_page=one_page) - mine)
    return Coverage(found / total, (direct + given) / total, lone, direct) if total else _UNLIKE


def _given(word: str, other: Profile, *, one_page: bool) -> float:
    """What a word counts that the title of the other's page says for it."""
    if one_page:
        return 0.0  # all that a page says stands under its title
    if word in other.topic:
        return ROOT
    if other.claim.language != "zh" or not other.topic:
        return 0.0
    return PARTLY if sum(char in other.topic for char in word) >= PARTLY * len(word) else 0.0


def _untold(left: Profile, right: Profile, apart: frozenset[str]) -> bool:
    """Whether it cannot be told that both speak of one thing: a part of it, a pronoun, too few words in common."""
    one_page = left.claim.url == right.claim.url
    if one_page and (_is_special(left, right, apart) or _is_special(right, left, apart)):
        return True
    if left.claim.slot_kind == "numeric" and _is_one_word(left, right):
        return True
    plain = _is_plain(left, right)
    if (plain or one_page) and (_is_vague(left.claim) or _is_vague(right.claim)):
        return True
    alone = 0.5 if left.claim.language == "zh" else 1.0  # 孙, 启, 勤: a character says less than a word
    common = sum(alone if len(word) == 1 else 1.0 for word in left.own_words & right.own_words)
    return plain and common < PLAIN_WORDS


def _is_one_word(left: Profile, right: Profile) -> bool:
    """Whether two values of one measure have a single word in common (有期徒刑8年), and their pages no topic."""
    common = min(
        sum(found_in(word, two, own=True) for word in one.own_words) for one, two in ((left, right), (right, left))
    )
    return common < _TWO <= min(len(left.own), len(right.own)) and not _same_topic(left, right)


def _is_special(left: Profile, right: Profile, apart: frozenset[str]) -> bool:
    """Whether ``left`` puts a word of its own right before the first word that both have: reference books / books."""
    words = [word for word in left.claim.terms if word not in apart]
    shared = next((at for at, word in enumerate(words) if word in right.own_words), 0)
    return left.claim.slot_kind == "stance" and 0 < shared <= 2 and not found_in(words[shared - 1], right)


def _is_vague(claim: Claim) -> bool:
    """Whether nobody can tell of what the clause speaks: a fragment, or a pronoun as its subject."""
    return claim.confidence < 1.0


def _is_plain(left: Profile, right: Profile) -> bool:
    """Whether one is a plain statement and the other denies or forbids: the loosest kind of contrast."""
    first, second = left.claim, right.claim
    return first.slot_kind == "stance" and first.polarity != second.polarity and "" in (first.modality, second.modality)


def _same_topic(left: Profile, right: Profile) -> bool:
    """Whether two pages with titles are about one thing, so that a short answer can do without naming it."""
    mine, other = left.claim.topic, right.claim.topic
    if left.claim.url == right.claim.url or min(len(mine), len(other)) < TOPIC_WORDS:
        return False
    shared = set(mine) & set(other)
    return len(shared) >= max(TOPIC_WORDS, TOPIC * max(len(set(mine)), len(set(other))))


def _heads_agree(left: Profile, right: Profile, apart: frozenset[str], *, either: bool, close: bool) -> bool:
    """Whether the words that the markers govern are found in one another; of advice worded alike one will do."""
    if left.claim.slot_kind == "numeric":
        heads = [(one.claim.predicate, two) for one, two in ((left, right), (right, left)) if one.claim.predicate]
        known = [head in LASTS or _has_head(head, other, apart) for head, other in heads]
        return all(known) or (any(known) and close)
    mine = _has_head(left.claim.predicate, right, apart) or _is_light(right)
    other = _has_head(right.claim.predicate, left, apart) or _is_light(left)
    advice = left.claim.modality in ADVICE and right.claim.modality in ADVICE
    return (mine and other) or (either and advice and (mine or other))


def _is_light(profile: Profile) -> bool:
    """Whether the marker governs a verb that says little (give, put), so that the object alone tells the action."""
    return not profile.claim.predicate and profile.claim.modality != ""


def _has_head(head: str, other: Profile, apart: frozenset[str]) -> bool:
    return not head or head in apart or found_in(head, other, own=True) > 0


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
    yield from _scopes_apart(left, right)
    if _other_condition(left, right) or (left.claim.slot_kind == "numeric" and _other_measure(left.claim, right.claim)):
        yield "condition"
    if _is_excepted(left, right) or _is_excepted(right, left):
        yield "exception"
    if left.claim.hedge == 2 and right.claim.hedge == 2:
        yield "hedged"
    if left.claim.quantifier == right.claim.quantifier == "existential":
        yield "existential"


def _is_excepted(left: Profile, right: Profile) -> bool:
    """Whether ``right`` speaks of what ``left`` leaves out: no dogs except guide dogs / guide dogs may."""
    if not left.claim.exception:
        return False
    words = lexicon(left.claim.language)
    left_out = (term.word for term in terms_of(fold(left.claim.exception), words, {}) if term.heavy)
    return any(word in right.own_words and word not in left.own_words for word in left_out)


def _scopes_apart(left: Profile, right: Profile) -> Iterable[str]:
    for family in sorted({name.rstrip("?") for name in left.scope.keys() | right.scope.keys()}):
        mine, other = _limits(left, family), _limits(right, family)
        passing = f"{family}?" in left.scope or f"{family}?" in right.scope
        if family in ("year", "rule"):
            if mine != other and not (passing and not (mine and other)):
                yield "rule_changed"
        elif mine & other or mine | other <= USUAL:
            continue
        elif (mine and other) or not (passing or family in NAMED_FREELY or _is_said(family, left, right)):
            yield f"scope:{family}"


def _is_said(family: str, left: Profile, right: Profile) -> bool:
    """Whether what one side's own words name of ``family`` stands in the other's words too: 换发护照, 换一本护照."""
    families = lexicon(left.claim.language).families
    return any(
        families.get(word, "")[:1] == (family,) and found_in(word, two, own=True) >= ROOT
        for one, two in ((left, right), (right, left))
        for word in one.own_words
    )


def _limits(profile: Profile, family: str) -> frozenset[str]:
    """The members of ``family`` that limit the claim: named with it, else in passing by the title of its page."""
    return profile.scope.get(family) or profile.scope.get(f"{family}?", frozenset())


def _other_condition(left: Profile, right: Profile) -> bool:
    """Whether one names a case that the other does not, or both name different ones (双方…的 / 单方…的)."""
    mine, other = _missing(left, right), _missing(right, left)
    if min(mine, other) >= PARTLY:
        return True
    return any(
        missing >= max(PARTLY, min(UNMET, FOREIGN * len(one.condition)))
        for missing, one in ((mine, left), (other, right))
    )


def _other_measure(left: Claim, right: Claim) -> bool:
    """Whether one value holds under a measured condition (两年后, above 30 °C) and the other without."""
    return {gate.dimension for gate in left.gates} != {gate.dimension for gate in right.gates}


def _missing(left: Profile, right: Profile) -> float:
    return sum(1 - found_in(word, right) for word in left.condition)


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
