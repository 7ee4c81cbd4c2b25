"""Which of two actions a sentence puts first: 先放油再放鱼, sunscreen goes on before moisturiser.

A sentence says so by connectives (先 … 再, first … then), by a clause that is over before the other begins
(贴完以后再, after, once), or by a place in the row (放在…之后, goes on before). Each form says which of its two parts
comes first; the parts are then read as words, so that any form meets any other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from counterspin.claims.markers import markers_of
from counterspin.claims.quantities import quantities
from counterspin.claims.stance import NEGATIVE
from counterspin.claims.tables import Lexicon, lexicon
from counterspin.claims.terms import terms_of

SAME_ACTION = 0.6  # share of the words (in Chinese: characters) of the shorter of two actions that are one, 0 to 1
MAX_WORDS = 5  # content words of one action; more are no action but a sentence
_A = r"(?P<first>[^,。;:]{1,16}?)"
_B = r"(?P<then>[^,。;:]{1,16}?)"
_END = r"(?=[,。;:]|$)"
_OUGHT = r"(?:应当|应该|必须|需要|一定|最好|要|应|需|得|可以|能|能够|可)*"
_SITS = r"(?:放|用|涂|抹|擦|排|留|安排|加|下|倒|做|吃|喝|上|打|抹|贴|刷)?在"
_NEXT = (
    r"(?:[,;]?(?:然后|之后|随后|接着|其次|最后|末了)(?:再|才)?|[,;]?后?再|[,;]?后(?![来面期果悔备天门])"
    r"|[,;]?其次才?)(?:轮到|是|去|来)?"
)
_STARTS = r"(?:^|(?<=[,;:.!?(] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))"  # a part that leads begins a clause
_EN_A = r"(?P<first>[a-z][a-z' -]{2,44}?)"
_EN_B = r"(?P<then>[a-z][a-z' -]{2,44}?)"
_EN_END = r"(?=[,.;:!?(]|$)"
_GOES = (
    r"(?:(?:should|must|has to|needs to|can|always) )*"
    r"(?:(?:go|goes|come|comes|belongs?|is|are|be|gets?) )?(?:in |on |down )?"
)
_THE = r"(?:you |the |any |your )?"
_FORMS = {
    "zh": (
        re.compile(rf"(?:首先|头一样|最先|先){_OUGHT}{_A}[,;]?(?:[等待][^,。;]{{1,10}})?{_NEXT}{_B}{_END}"),
        re.compile(rf"{_B}(?:之前|以前|前),?{_OUGHT}(?:先|把)(?P<first>[^,。;:]{{1,16}})"),
        re.compile(rf"{_A}(?:之后|以后|过后|后|完了|好了|毕),?{_OUGHT}(?:才能|才可以|才|再){_B}{_END}"),
        re.compile(rf"(?P<first>[^,。;:]{{1,6}}完[^,。;:]{{0,6}}?),?(?:才能|才|再){_B}{_END}"),
        re.compile(rf"(?P<first>[^,。;:]{{2,6}})了,?(?:才能|才|再){_B}{_END}"),
        re.compile(rf"{_B}{_OUGHT}{_SITS}(?P<first>[^,。;:]{{1,10}}?)(?:之后|以后|后面|后)"),
        re.compile(rf"{_A}{_OUGHT}{_SITS}(?P<then>[^,。;:]{{1,10}}?)(?:之前|以前|前面|前)"),
        re.compile(rf"{_A}在先,{_B}在后"),
    ),
    "en": (
        re.compile(
            rf"\b(?:first(?:ly)?|(?:start|begin) (?:by|with)),? {_EN_A}[,;]? (?:and )?"
            rf"(?:then|before|next|followed by) {_EN_B}{_EN_END}"
        ),
        re.compile(
            rf"{_STARTS}{_EN_A} first[,;]? (?:(?:and|then|but|only) )*{_EN_B} "
            r"(?:afterwards?|after(?: that| it)?|next|later|last|second)\b"
        ),
        re.compile(rf"{_STARTS}{_EN_A} first[,;]? (?:and )?then {_EN_B}{_EN_END}"),
        re.compile(rf"{_STARTS}{_EN_A} {_GOES}(?:before|ahead of) {_THE}{_EN_B}{_EN_END}"),
        re.compile(rf"\b(?:after|once) (?:you(?:'ve| have)? )?{_EN_A}, (?:then )?{_EN_B}{_EN_END}"),
        re.compile(rf"{_STARTS}{_EN_B} {_GOES}(?:only )?after {_THE}(?P<first>[a-z][a-z' -]{{2,44}})"),
        re.compile(rf"{_STARTS}{_EN_A},? (?:and )?then {_EN_B}{_EN_END}"),
    ),
}
_REASON = re.compile(
    r"(?:so|because|as|since|but|although|which|who|there|it is|and (?:the|a|it|they))\b|所以|因为|但是?|否则|不然"
)
_MARKS = ",。;:.!?"  # what a negation does not reach over
_TIMES = frozenset(("duration", "frequency", "date", "clock"))
_TELLS = {
    "zh": re.compile(r"[先再才]|其次|[之以]后|后面|前面|之前"),
    "en": re.compile(r"\b(?:before|after|afterwards?|then|first|once|ahead of|followed by)\b"),
}


def order_of(text: str, words: Lexicon) -> str:
    """``first>then``, the two actions as they stand there, if the sentence (normal form) says which comes first.

    A single character beside an action is a time (饭后再洗手), beside another one a thing (先盐后油). What must not be
    done in an order is to be done in the other: never sunscreen before moisturiser.
    """
    if not _TELLS[words.language].search(text):
        return ""
    for form in _FORMS[words.language]:
        if match := form.search(text):
            first, then = match["first"].strip(), match["then"].strip()
            if (len(first) > 1) == (len(then) > 1) and _are_actions(first, then, words.language):
                denied = _denial(text, match, words)
                return {"": f"{first}>{then}", "mustnot": f"{then}>{first}"}.get(denied, "")
    return ""


def _denial(text: str, match: re.Match[str], words: Lexicon) -> str:
    """What is denied of the order: the negation before or in the part that stands first (do not …, 不要先 …)."""
    lead = min(("first", "then"), key=match.start)
    opens = max(text.rfind(mark, 0, match.start(lead)) for mark in _MARKS) + 1
    marked = markers_of(text[opens : match.end(lead)], words)
    label = next((one.label for one in marked if one.kind == "stance" and one.label in NEGATIVE), "")
    return "mustnot" if label == "shouldnot" else label


def _are_actions(first: str, then: str, language: str) -> bool:
    """Whether both are actions: no span of time (for six months after it), no reason (so have your nap)."""
    if any(_REASON.match(side) for side in (first, then)):
        return False
    spans = (item for side in (first, then) for item in quantities(side, language))
    if any(item.quantity.dimension in _TIMES for item in spans):
        return False
    return all(actions(f"{first}>{then}", language))


@lru_cache(maxsize=4096)
def actions(order: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the first action and of the second, without those of both (先贴地砖再贴墙砖); empty if too many."""
    first, then = ([term.word for term in terms_of(side, lexicon(language), {})] for side in order.split(">", 1))
    mine, other = (_without(first, then), _without(then, first))
    return (mine, other) if max(len(mine), len(other)) <= MAX_WORDS else ((), ())


def _without(words: list[str], others: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word not in others))


def opposed(left: str, right: str, language: str) -> bool:
    """Whether two orders name the same two actions, the other way round."""
    first, then = (_marks(words, language) for words in actions(left, language))
    other_first, other_then = (_marks(words, language) for words in actions(right, language))
    return _alike(first, other_then) and _alike(then, other_first) and not _alike(first, other_first)


def _marks(words: tuple[str, ...], language: str) -> frozenset[str]:
    """The words of an action, in Chinese their characters: 刷完牙 is 刷牙."""
    return frozenset("".join(words) if language == "zh" else words)


def _alike(left: frozenset[str], right: frozenset[str]) -> bool:
    return len(left & right) >= SAME_ACTION * max(1, min(len(left), len(right)))
