"""Whether two claims answer one question, and what stands against it.

Two claims share a question when nearly all content words of each are found in the other or in what surrounds it
(sentence, heading, title), the words that their markers govern agree, and neither has a subject of its own that the
other lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from counterspin.claims.aspects import aspects
from counterspin.claims.party import is_party
from counterspin.claims.profile import PARTLY, ROOT, Profile, found_in
from counterspin.claims.suppressors import suppressors
from counterspin.claims.tables import attributes, lexicon
from counterspin.claims.terms import tagged, terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

COVERED = 0.75  # share of the weight of a claim's own words found around the other, 0 to 1: the better covered side
LEAST_COVERED = 0.50  # the same, the worse covered side
ADVICE = frozenset(("must", "should", "may", "mustnot", "shouldnot", "noneed"))
REWORDED = 2.0  # weight of own words in common of two values that are told in other words
REWORDED_STANCE = 2.5  # the same of two opposite pieces of advice, which have no measure in common
REWORDED_SHARE = 0.55  # share of the words of each that the other knows, 0 to 1
CLOSE_HEADS = 0.65  # coverage of both sides from which one known head of two measures will do, 0 to 1
WHOLE = 1.25  # weight in common of two claims all of whose words are in common: leave a light on
CASE = 0.5  # what a word of a shared condition counts of a shared word
ALIKE = 2.5  # weight of own words in common from which two pieces of advice are worded alike
DIRECT = 1.75  # weight of own words that must be shared directly, not through the context: two words, nearly
LONE = 0.5  # weight of own words from which an unmatched rest names something else
MEASURED = 1.5  # DIRECT for two values of one measure
PAGE_MEASURED = 1.4  # the same on one page, which speaks of one thing: a word, and what is asked of it
PAGE_WORDS = 2  # words letter for letter by which two measures of one page are of one thing, whatever verb each has
LEAST_OWN = 0.5  # share of the weight of a claim's own words found among the other's own, 0 to 1
SHORT_OWN = 0.35  # the same for advice all of whose words are the other's own: 不用出示票据
PLAIN_OWN = 0.65  # the same where a plain statement stands against a denial
PLAIN_WORDS = 2  # words that such a pair has in common, letter for letter
TOPIC_WORDS = 2  # words of two titles that are shared at least
TOPIC = 0.6  # share of the longer title that they make up, 0 to 1
TELLING_MEASURES = frozenset(("ph", "pressure"))  # measures of which a page has one, and a word that names it
_COMPOUND = 3  # characters of a compound, at least: two may be synonyms (费用, 费率)
_BOTH = 2
_SPECIAL = 2  # words of a claim that may tell its thing apart from others of the name
_ROUNDING = 1e-9  # of sums of weights
_TWO = 1.4  # words in common, counted by parts, that are more than one
LASTS = frozenset(("使用", "寿命", "last"))  # what a thing is used for and how long it lasts are one measure


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two claims share a question: coverage of both sides, 0 to 1, and what suppresses a conflict."""

    covered: float
    suppressors: tuple[str, ...]


def likeness(
    left: Profile, right: Profile, *, apart: frozenset[str] = frozenset(), shared: float = DIRECT
) -> Likeness | None:
    """How far both answer one question; ``None`` when they don't.

    ``apart`` are the words in which the two differ; ``shared`` is the weight of words that they must have in common.
    """
    first = _share(left, right, apart)
    second = _share(right, left, apart) if first >= LEAST_COVERED else 0.0
    least, most = min(first, second), max(first, second)
    # Nearly all pairs fail by this, looked at alone.
    if least < LEAST_COVERED or (most < COVERED and not _may_be_reworded(left, right, least)):
        return None
    if left.claim.slot_kind == "numeric" and (_is_of_part(left, right) or _is_of_part(right, left)):
        return None
    mine, other = _coverage(left, right, apart), _coverage(right, left, apart)
    near = most >= COVERED and _is_near(left, right, (mine, other), apart, shared)
    if near or (_may_be_reworded(left, right, least) and _is_reworded(left, right, mine, other)):
        return Likeness(least, tuple(suppressors(left, right)))
    return None


def _is_near(
    left: Profile, right: Profile, covered: tuple[Coverage, Coverage], apart: frozenset[str], shared: float
) -> bool:
    """Whether two claims, one of which is all but found around the other, ask one question."""
    mine, other = covered
    if (mine.lone >= LONE and other.lone >= LONE) or _reversed(left, right) or _untold(left, right, apart):
        return False
    own, direct = min(mine.own, other.own), min(mine.direct, other.direct)
    alike = direct >= ALIKE or (max(mine.own, other.own) >= 1.0 and direct >= DIRECT)
    close = min(mine.found, other.found) >= CLOSE_HEADS
    if own < _least_own(left, right, mine, other) or not _heads_agree(left, right, apart, either=alike, close=close):
        return False
    if left.claim.slot_kind == "numeric":
        shared = min(shared, _least_measured(left, right))
    if own >= 1.0 and min(mine.found, other.found) >= 1.0 and min(len(left.own), len(right.own)) > 1:
        shared = min(shared, WHOLE)
    direct += _common_case(left, right)
    return direct >= shared or (is_same_topic(left, right) and direct >= 1) or _is_all_said(left, right)


def _least_measured(left: Profile, right: Profile) -> float:
    if left.claim.values[0].dimension in TELLING_MEASURES:
        return 1.0
    return PAGE_MEASURED if left.claim.url == right.claim.url else MEASURED


def _is_all_said(left: Profile, right: Profile) -> bool:
    """The minimum deposit is 5 percent, a deposit of 20 percent: one thing, one measure, and nothing else."""
    mine, others = left.own_words - _implied(left, right), right.own_words - _implied(right, left)
    if left.claim.slot_kind != "numeric" or mine != others or len(mine) != 1:
        return False
    topic, other = set(left.claim.topic), set(right.claim.topic)
    says = min(left.weight, right.weight) >= 1 and not mine & attributes() and len(next(iter(mine))) > 1
    return says and (not topic or not other or bool(topic & other))


def _common_case(left: Profile, right: Profile) -> float:
    """What shared words of a condition count: one that is no condition in the other is a word of both."""
    both = set(left.condition) & set(right.condition)
    alone = (left.case - both) & right.own_words, (right.case - both) & left.own_words
    return CASE * len(both) + max(map(len, alone))


def _may_be_reworded(left: Profile, right: Profile, covered: float) -> bool:
    """What can be told of :func:`_is_reworded` from how far both are covered and what their markers govern."""
    advice = left.claim.modality in ADVICE and right.claim.modality in ADVICE
    one_page = left.claim.url == right.claim.url
    if covered < REWORDED_SHARE or left.claim.text == right.claim.text or (one_page and not advice):
        return False
    numeric = left.claim.slot_kind == "numeric"
    if not numeric and min(_same_words(left, right), _same_words(right, left)) < REWORDED_STANCE:
        return False
    heads = [head for head in (left.claim.predicate, right.claim.predicate) if head]
    if len(heads) < _BOTH and not (numeric and aspects(left.claim.language) & left.own_words & right.own_words):
        return False
    return all(found_in(head, left, own=True) and found_in(head, right, own=True) for head in heads)


def _is_reworded(left: Profile, right: Profile, mine: Coverage, other: Coverage) -> bool:
    """Whether two texts answer one question in words of their own: what they ask of and most of the rest is shared."""
    return (
        (left.claim.slot_kind != "numeric" or min(mine.direct, other.direct) >= REWORDED)
        and min(mine.own, other.own) >= LEAST_OWN
        and not _reversed(left, right)
        and not told_apart(left, right) & told_apart(right, left)
    )


def _same_words(left: Profile, right: Profile) -> float:
    """The weight of the words that both have letter for letter: a down quilt is not just any quilt."""
    return sum(weight for word, weight in left.own if word in right.own_words)


def _is_of_part(left: Profile, right: Profile) -> bool:
    """Whether ``left`` measures a part or property of what ``right`` measures itself: a lamp cord, a lamp."""
    asked, families = aspects(left.claim.language), lexicon(left.claim.language).families
    return any(
        last in asked and last in right.own_words and part not in asked and part not in families
        and _is_noun(part, left.claim.language)
        and found_in(thing, right, own=True) == 1 and not found_in(part, right)
        for thing, part, last in zip(left.claim.terms, left.claim.terms[1:], left.claim.terms[2:], strict=False)
    )  # fmt: skip


def _is_noun(word: str, language: str) -> bool:
    """Whether a word names a thing, as far as the tagger knows; in English any may."""
    return language == "en" or tagged(word)[-1][1].startswith("n")


def told_apart(left: Profile, right: Profile) -> frozenset[str]:
    """The words before which ``left`` puts one that the other lacks: what tells 阳台墙面 from 淋浴间墙面."""
    terms = left.claim.terms
    return frozenset(after for word, after in pairwise(terms) if found_in(word, right) < ROOT)


def _least_own(left: Profile, right: Profile, mine: Coverage, other: Coverage) -> float:
    if _is_plain(left, right):
        return PLAIN_OWN
    if {left.claim.modality, right.claim.modality} <= ADVICE and left.claim.slot_kind == "stance":
        return 0.0  # a must and a must not say enough of the question by themselves
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


def _coverage(left: Profile, right: Profile, apart: frozenset[str]) -> Coverage:
    found = lone = direct = total = given = 0.0
    one_page = left.claim.url == right.claim.url
    families, implied = lexicon(left.claim.language).families, _implied(left, right)
    for word, weight in left.own:
        if word in apart:
            continue
        credit = found_in(word, right)
        if credit < 1 and (word in families or word in implied):
            continue  # a member of a family that the other lacks is compared as scope
        total += weight
        found += credit * weight
        lone += (1 - credit) * weight
        if credit:
            mine = found_in(word, right, own=True)
            if mine < 1 and word in right.case:
                mine = 1.0  # tenants who lose keys pay; if you lose the keys you pay
            direct += weight * mine
            given += weight * max(0.0, _given(word, right, one_page=one_page) - mine)
    return Coverage(found / total, (direct + given) / total, lone, direct) if total else _UNLIKE


def _share(left: Profile, right: Profile, apart: frozenset[str]) -> float:
    """``found`` of :func:`_coverage`; 0 as soon as it must stay below ``LEAST_COVERED``."""
    found = total = 0.0
    families, implied = lexicon(left.claim.language).families, _implied(left, right)
    known, room = right.own_words, left.weight * (1 - LEAST_COVERED) + _ROUNDING  # weight that may be lost
    for word, weight in left.own:
        if word in apart:
            continue
        credit = 1.0 if word in known else found_in(word, right)
        if credit < 1 and (word in families or word in implied):
            continue
        total += weight
        found += credit * weight
        if total - found > room:
            return 0.0
    return found / total if total else 0.0


_NOTHING: frozenset[str] = frozenset()


def _implied(left: Profile, right: Profile) -> frozenset[str]:
    """The words for what a measure asks (how long it lasts), where ``right`` gives one and says nothing of the kind."""
    if left.claim.slot_kind != "numeric":
        return _NOTHING
    asked = aspects(left.claim.language)
    implied = asked if asked.isdisjoint(right.own_words) else _NOTHING
    return implied | {left.claim.predicate} if _goes_unsaid(left, right) else implied


def _goes_unsaid(left: Profile, right: Profile) -> bool:
    """Whether ``right`` leaves out what is done with its thing so often or so long: 退烧药每隔四小时(吃)一次."""
    claim = left.claim
    if claim.language != "zh" or claim.values[0].dimension != "frequency" or not claim.predicate:
        return False
    return _is_verb(claim.predicate) and not any(_is_verb(word) for word in right.own_words)


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
    if _are_of_others(left, right):
        return True
    one_page = left.claim.url == right.claim.url
    if one_page and (is_special(left, right, apart) or is_special(right, left, apart)):
        return True
    if _name_siblings(left, right) or (left.claim.slot_kind == "numeric" and _is_one_word(left, right)):
        return True
    plain = _is_plain(left, right)
    if (plain or one_page) and (_is_vague(left.claim) or _is_vague(right.claim)):
        return True
    alone = 0.5 if left.claim.language == "zh" else 1.0  # 孙, 启, 勤: a character says less than a word
    common = sum(alone if len(word) == 1 else 1.0 for word in left.own_words & right.own_words)
    foretold = left.claim.polarity != right.claim.polarity and "will" in (left.claim.modality, right.claim.modality)
    if plain and common >= _TWO and left.claim.predicate == right.claim.predicate:
        return False  # 牙缝就大一圈, 牙缝不会变大: one word and what is denied of it
    return common < (PLAIN_WORDS if plain else 1.0 if foretold else 0.0)


def _name_siblings(left: Profile, right: Profile) -> bool:
    """Whether each names a kind of its own of one thing: 咖啡豆 and 咖啡粉 differ by the character that tells which."""
    if left.claim.language != "zh":
        return False
    mine, others = left.own_words - right.own_words, right.own_words - left.own_words
    return any(len(word) == len(other) >= _COMPOUND and word[:-1] == other[:-1] for word in mine for other in others)


def _is_one_word(left: Profile, right: Profile) -> bool:
    """Whether two values of one measure have a single word in common (有期徒刑8年), and their pages no topic."""
    common = min(
        sum(found_in(word, two, own=True) for word in one.own_words) for one, two in ((left, right), (right, left))
    )
    common += _common_case(left, right)
    return common < _TWO <= min(len(left.own), len(right.own)) and not is_same_topic(left, right)


def is_special(left: Profile, right: Profile, apart: frozenset[str]) -> bool:
    """Whether ``left`` puts a word of its own right before the first word that both have: reference books / books."""
    words = [word for word in left.claim.terms if word not in apart]
    shared = next((at for at, word in enumerate(words) if word in right.own_words), 0)
    told = left.claim.slot_kind == "stance" or left.claim.language == "zh"  # in English, remember that … stands there
    if not told or not 0 < shared <= _SPECIAL or found_in(words[shared - 1], right):
        return False
    if apart or len(left.own_words & right.own_words) < _SPECIAL:
        return True
    return _touch(left.claim, words[shared - 1], words[shared])


def _touch(claim: Claim, before: str, after: str) -> bool:
    """Whether one word of a claim stands right before the other in its sentence, as what tells a thing apart does."""
    found = terms_of(fold(claim.text), lexicon(claim.language), {})
    gaps = [two.start - one.end for one, two in pairwise(found) if (one.word, two.word) == (before, after)]
    return not gaps or min(gaps) <= 1


def _is_vague(claim: Claim) -> bool:
    """Whether nobody can tell of what the clause speaks: a fragment, or a pronoun as its subject."""
    return claim.confidence < 1.0


def _is_plain(left: Profile, right: Profile) -> bool:
    """Whether one is a plain statement and the other denies or forbids: the loosest kind of contrast."""
    first, second = left.claim, right.claim
    return first.slot_kind == "stance" and first.polarity != second.polarity and "" in (first.modality, second.modality)


def is_same_topic(left: Profile, right: Profile) -> bool:
    """Whether two pages with titles are about one thing, so that a short answer can do without naming it."""
    mine, other = left.claim.topic, right.claim.topic
    if left.claim.url == right.claim.url or min(len(mine), len(other)) < TOPIC_WORDS:
        return False
    shared = set(mine) & set(other)
    return len(shared) >= max(TOPIC_WORDS, TOPIC * max(len(set(mine)), len(set(other))))


def _heads_agree(left: Profile, right: Profile, apart: frozenset[str], *, either: bool, close: bool) -> bool:
    """Whether the words that the markers govern are found in one another; of advice worded alike one will do."""
    if left.claim.slot_kind == "numeric":
        if left.claim.values[0].dimension in TELLING_MEASURES:
            return True
        if left.claim.url == right.claim.url and len(left.own_words & right.own_words) >= PAGE_WORDS:
            return True
        heads = [(one.claim.predicate, two) for one, two in ((left, right), (right, left)) if one.claim.predicate]
        known = [head in LASTS or _has_head(head, other, apart) for head, other in heads]
        return all(known) or (close and (any(known) or len(heads) == 1))
    mine = _has_head(left.claim.predicate, right, apart) or _is_light(right)
    other = _has_head(right.claim.predicate, left, apart) or _is_light(left)
    advice = left.claim.modality in ADVICE and right.claim.modality in ADVICE
    return (mine and other) or (either and advice and (mine or other))


def _is_light(profile: Profile) -> bool:
    """Whether the marker governs a verb that says little (give, put, 碰), so that the object alone tells the action."""
    claim = profile.claim
    if not claim.modality or not claim.predicate:
        return claim.modality != ""
    if claim.language != "zh" or _is_verb(claim.predicate):
        return False
    return any(weight < LONE and _is_verb(word) for word, weight in profile.own)


def _is_verb(word: str) -> bool:
    return tagged(word)[-1][1].startswith("v")


def _has_head(head: str, other: Profile, apart: frozenset[str]) -> bool:
    return not head or head in apart or found_in(head, other, own=True) > 0


def _are_of_others(left: Profile, right: Profile) -> bool:
    """Whether each opens with what its own page is about, and the pages are about different things: 蜂蜜, 蜂王浆."""
    first, second = (one.claim.terms[0] for one in (left, right))
    if first not in left.claim.topic or second not in right.claim.topic:
        return False
    apart = max(found_in(first, right), found_in(second, left)) < 1
    return apart and min(found_in(first, right, own=True), found_in(second, left, own=True)) == 0


def _reversed(left: Profile, right: Profile) -> bool:
    """Whether the two name each other's subject as object: A tells B / B tells A."""
    mine, other = left.claim.entity.split(" ", 1)[0], right.claim.entity.split(" ", 1)[0]
    return mine != other and all(
        bool(word) and is_party(word, left.claim.language) and word in left.own_words and word in right.own_words
        for word in (mine, other)
    )
