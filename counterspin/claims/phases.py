"""In which phase of something a claim holds: before it, while it goes on, after it (加热时, 加热后, before the test).

Two claims that hold in different phases of one event are no rivals, unless the phase is what they answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from counterspin.claims.aspects import aspects
from counterspin.claims.tables import attributes, lexicon
from counterspin.claims.terms import Term, stems, terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

_ZH = re.compile(
    r"(?:[以之]|的|过)?(?P<before>前)|(?:[以之]|过)?(?P<after>后|完)|(?P<during>(?:的?时候|时(?![间长常效])|期间|过程中|途中|中(?![心间等])))"
)
_EN = re.compile(
    r"\b(?P<way>before|after|while|during|until|once|when)\s+"
    r"(?:the |your |a |an |it |you |they |it's |it is )*(?P<event>[a-z][a-z' ]{2,40})"
)
_EN_WAYS = {"before": ("before",), "until": ("before", "during"), "after": ("after",), "once": ("after",)}
_STAGE = "期"  # 苗期, 结果期, 试用期: the stage of something, which another stage excludes
_NO_STAGE = frozenset("到逾过超定延周日按分限星长短近学假")  # 到期, 逾期, 周期, 日期, 分期, 长期
_EVENT = 3  # words of an event
RELATIONS = frozenset(("前", "后", "饭前", "饭后", "餐前", "餐后", "before", "after"))  # answers that are phases


def phases_apart(left: Claim, right: Claim) -> bool:
    """Whether the two name one event and different phases of it."""
    mine, other = _phases(left.text, left.language), _phases(right.text, right.language)
    return any(not mine[event] & other[event] for event in mine.keys() & other.keys())


@lru_cache(maxsize=4096)
def _phases(text: str, language: str) -> Mapping[str, frozenset[str]]:
    """The events that ``text`` names with a phase, by word."""
    found: dict[str, set[str]] = {}
    folded = fold(text)
    for event, way in _chinese(folded) if language == "zh" else _english(folded):
        found.setdefault(event, set()).add(way)
    return {event: frozenset(ways) for event, ways in found.items()}


def _chinese(text: str) -> list[tuple[str, str]]:
    found = terms_of(text, lexicon("zh"), {})
    stages = [(_STAGE, term.word.removesuffix(_STAGE)) for term in found if _is_stage(term, text)]
    return stages + [
        (term.word, str(match.lastgroup)) for term in found if term.tag in "vn" and (match := _ZH.match(text, term.end))
    ]


def _is_stage(term: Term, text: str) -> bool:
    """Whether a word names a stage of something; 有效期 and 周期 name what is measured, 到期 and 逾期 a day."""
    if term.word in aspects("zh") or term.word in attributes() or term.word[0] in _NO_STAGE:
        return False
    named = len(term.word) > 1 and term.word.endswith(_STAGE)
    return named or (term.tag in "vn" and text.startswith(_STAGE, term.end))


def _english(text: str) -> list[tuple[str, str]]:
    return [
        (stems(word)[-1], way)
        for match in _EN.finditer(text)
        for word in match["event"].split()[:_EVENT]
        for way in _EN_WAYS.get(match["way"], ("during",))
        if lexicon("en").weight.get(word, 1.0) > 0
    ]
