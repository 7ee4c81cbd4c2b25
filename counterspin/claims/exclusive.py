"""One way and no other, against another way as well: 只能回户籍地办 / 在任何城市都可以办, only pine / oak also.

What only names has a role: who (before the verb), by what means, or where. The other claim must name something else
in that role and share what is left of the question.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from counterspin.claims.party import is_party
from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

MOST = 5  # words that name the only way, or the other one
SHARED = 0.5  # share of the words of the question that the other claim must have, 0 to 1
HEAVY = 0.5  # weight from which a word tells what is spoken of, 0 to 1
_CLAUSE = {"zh": re.compile(r"[,，;；。!！?？]"), "en": re.compile(r"[;.!?]|, ")}
_ONLY_SUBJECT = {
    "zh": re.compile(r"(?:只有|唯有|仅有)(?P<only>[^,，。;]{1,14}?)(?:才|可以|能)"),
    "en": re.compile(
        r"\b(?:only|(?:nothing|none|nobody|no one) (?:but|except|other than)) "
        r"(?:the |an? |your )?(?P<only>[a-z' -]{2,50}?) (?=(?:can|may|should|must|will|are|is|works?)\b)"
    ),
}
_ONLY_WAY = {
    "zh": re.compile(
        r"(?:只能|仅能|只可|仅可|只限|仅限|只接受|只支持|仅支持|只允许|必须通过|只准|只许|只认|只收)(?P<only>[^,，。;]{1,16})"
    ),
    "en": re.compile(r"\b(?:can|may|must|should|will|is|are|be) only (?:be )?(?P<only>[a-z' -]{3,60})"),
}
_ALSO = {
    "zh": re.compile(r"也(?!不|没|别|要|得)|同样(?!不)|还可|都可以?|均可|都能|都行"),
    "en": re.compile(r"\b(?:also|too|as well|any(?! time\b)|either|equally|both|just as well)\b", re.IGNORECASE),
}
_BOTH = {"zh": re.compile(r"都(?:可以?|能|行)|均可"), "en": re.compile(r"\b(?:both|either)\b")}
_ANY = {"zh": re.compile(r"任何|全国|各地|哪个|哪里"), "en": re.compile(r"\b(?:any|anywhere|everywhere)\b")}
_MAY = {"zh": re.compile(r"可以|能|可(?!能)|行"), "en": re.compile(r"\b(?:can|may|also|is|are|makes?|works?)\b")}
_ROLES = {
    "zh": {
        "who": re.compile("由"),
        "means": re.compile(r"[用凭拿刷靠以]|通过"),
        "place": re.compile(r"[在去到回从往]"),
    },
    "en": {"means": re.compile(r"\b(?:by|with|in|using)\b"), "place": re.compile(r"\b(?:at|from|to)\b")},
}


class _Way(NamedTuple):
    role: str
    words: frozenset[str]


def other_way(only: Claim, also: Claim) -> frozenset[str] | None:
    """The words in which the way that ``also`` allows differs from the one of ``only``; ``None`` if it is no other."""
    if not says_also(also):
        return None
    way, heavy = _only_way(fold(only.text), only.language), _heavy(also)
    both = _BOTH[also.language].search(fold(also.text))
    if not way or not 0 < len(way.words) <= MOST or (way.words <= heavy and not both):
        return None
    other = _other(way, only, also)
    question = _heavy(only) - way.words or _heavy(only) & heavy
    shared = question & heavy
    if not 0 < len(other) <= MOST or not shared or len(shared) < SHARED * len(question):
        return None
    if len(shared) == 1 and not (question <= heavy and heavy - other <= _heavy(only)):
        return None  # a single word tells one question if nothing else is said
    return way.words | frozenset(only.terms) ^ frozenset(also.terms)


def _other(way: _Way, only: Claim, also: Claim) -> frozenset[str]:
    """What ``also`` names in the role of the only way, and ``only`` does not."""
    ways, own = _ways(fold(also.text), also.language), frozenset(only.terms)
    people = any(is_party(word, only.language) for word in way.words)
    if way.role == "any" and not people:  # 只有现金才能付, only pine can be used: a means or an object, too
        return _heavy(also) - own
    if way.role == "verb":
        return _heavy(also) - own if only.predicate in also.terms else frozenset()
    named = ways.get("who" if people else way.role, frozenset()) - own
    anywhere = way.role == "place" and _ANY[also.language].search(fold(also.text))
    return named or (ways.get("who", frozenset()) - own if anywhere else named)


def says_also(claim: Claim) -> bool:
    """Whether a claim allows something, or adds it to what else there is."""
    if claim.polarity <= 0 or claim.quantifier == "only":
        return False
    return claim.modality == "may" or bool(_ALSO[claim.language].search(claim.text))


def _heavy(claim: Claim) -> frozenset[str]:
    weights = lexicon(claim.language).weight
    return frozenset(word for word in claim.terms if weights.get(word, 1.0) >= HEAVY)


@lru_cache(maxsize=4096)
def _only_way(text: str, language: str) -> _Way | None:
    if found := _ONLY_SUBJECT[language].search(text):
        return _Way("any", _words(found["only"], language))
    if not (found := _ONLY_WAY[language].search(text)):
        return None
    for role, pattern in _ROLES[language].items():
        if told := (pattern.match if language == "zh" else pattern.search)(found["only"]):
            return _Way(role, _words(found["only"][told.end() :], language))
    return _Way("verb", _words(found["only"], language)) if language == "zh" else None


@lru_cache(maxsize=4096)
def _ways(text: str, language: str) -> dict[str, frozenset[str]]:
    """What a sentence names in each role, in the clauses that allow something."""
    found: dict[str, frozenset[str]] = {}
    for clause in _CLAUSE[language].split(text):
        if may := _MAY[language].search(clause):
            found["who"] = found.get("who", frozenset()) | _words(clause[: may.start()], language)
        for role, pattern in _ROLES[language].items():
            if told := pattern.search(clause):
                found[role] = found.get(role, frozenset()) | _words(clause[told.end() :], language)
    return found


def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(term.word for term in terms_of(text, lexicon(language), {}) if term.heavy)
