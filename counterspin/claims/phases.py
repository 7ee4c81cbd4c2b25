"""In which phase of something a claim holds: before it, while it goes on, after it (加热时, 加热后, before the test).

Two claims that hold in different phases of one event are no rivals, unless the phase is what they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from counterspin.claims.aspects import aspects
from counterspin.claims.tables import attributes, lexicon
from counterspin.claims.terms import Term, stems, terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold
from counterspin.text.numerals import HAN_DIGITS, number

_ZH = re.compile(
    r"期?满?(?:[以之]|的|过)?(?P<before>前)|(?P<after>期?[满过]?[以之]?后|期满|期过|完(?!全))"
    r"|(?P<during>期?内(?![容部外])|的?时候|时(?![间长常效])|期间|过程中|途中|中(?![心间等]))"
)
_PAST_ZH = ("过了", "超过", "超出", "出了")  # before the word of what is over: 过了保修期
_EN = re.compile(
    r"\b(?P<way>before|after|while|during|until|once|when|under|out of)\s+"
    r"(?:the |your |a |an |it |you |they |it's |it is )*(?P<event>[a-z][a-z' ]{2,40})"
)
_EN_WAYS = {
    "before": ("before",),
    "until": ("before", "during"),
    "after": ("after",),
    "once": ("after",),
    "out of": ("after",),
}
# 第四周 / 第八周, week four / the eighth week: places in a row of like ones.
_PLACE_ZH = re.compile(
    rf"第(?P<at>[\d{HAN_DIGITS}]+)个?(?P<of>[天日周月年次遍回轮针剂顿茬季]|星期|礼拜|小时|阶段|学期|孩|胎)"
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LATER = ("later", "following", "subsequent", "further")
_PLACE_EN = re.compile(
    rf"\b(?P<at>{'|'.join((*_ORDINALS, *_LATER))}|\d+(?=st |nd |rd |th ))(?:st|nd|rd|th)? "
    r"(?P<of>day|week|fortnight|month|year|time|dose|round|coat|stage|phase|trimester|night|hour|season)\b"
    rf"|\b(?P<of2>day|week|month|year|stage|phase|step|round) (?P<at2>\d+|{'|'.join(_NUMBERS)})\b"
)
_FIGURES = {word: str(at) for words in (_NUMBERS, _ORDINALS) for at, word in enumerate(words, 1)} | dict.fromkeys(
    _LATER, "inf"
)
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
    found_here = _chinese(folded) if language == "zh" else _english(folded)
    for event, way in (*found_here, *_places(folded, language)):
        found.setdefault(event, set()).add(way)
    return {event: frozenset(ways) for event, ways in found.items()}


def _places(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Rows of like things and which of them is spoken of: ``(week, 4)``."""
    for match in (_PLACE_ZH if language == "zh" else _PLACE_EN).finditer(text):
        named = match.groupdict()
        at, of = named["at"] or named["at2"], named["of"] or named["of2"]
        value = number(at) if language == "zh" else float(_FIGURES.get(at, at))
        yield f"{of} #", str(value)


def _chinese(text: str) -> list[tuple[str, str]]:
    if not _ZH.search(text) and not any(word in text for word in (_STAGE, *_PAST_ZH)):
        return []  # most sentences: to find their words takes a hundred times as long
    found = terms_of(text, lexicon("zh"), {})
    stages = [(_STAGE, term.word.removesuffix(_STAGE)) for term in found if _is_stage(term, text)]
    events = [term for term in found if term.tag in "vn"]
    over = [(term.word, "after") for term in events if text[: term.start].endswith(_PAST_ZH)]
    return [*stages, *over, *((term.word, way) for term in events if (way := _way(text, term.end)))]


def _way(text: str, at: int) -> str:
    """The phase that what stands at ``at`` names: ``before``, ``after``, ``during``, or none."""
    match = _ZH.match(text, at)
    return str(match.lastgroup) if match else ""


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
