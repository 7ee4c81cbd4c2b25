"""In which phase of something a claim holds: before it, while it goes on, after it (加热时, 加热后, before the test).

Two claims that hold in different phases of one event are no rivals, unless the phase is what they answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import stems, terms_of
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
    return [
        (term.word, str(match.lastgroup))
        for term in terms_of(text, lexicon("zh"), {})
        if term.tag in "vn" and (match := _ZH.match(text, term.end))
    ]


def _english(text: str) -> list[tuple[str, str]]:
    return [
        (stems(word)[-1], way)
        for match in _EN.finditer(text)
        for word in match["event"].split()[:_EVENT]
        for way in _EN_WAYS.get(match["way"], ("during",))
        if lexicon("en").weight.get(word, 1.0) > 0
    ]
