"""Spaces in Chinese text: which of them layout put there, and which a deleted word left."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from counterspin.model import Passage
from counterspin.text.normal import HAN, fold
from counterspin.text.outline import is_heading, label_of
from counterspin.text.tags import Tagged, tagged
from counterspin.text.words import frequency

_SPACE = r"[ \u3000\xa0]+"
_GAP = re.compile(rf"(?<=[{HAN}、,;:]){_SPACE}(?=[{HAN}、,。;:])")
_LISTED = re.compile(rf"(?<=[{HAN}])、(?=[{HAN}])")
_CLAUSE_END = re.compile(r"[、,。;:!?…()\[\]{}\"'“”‘’「」『』《》【】|/\n—~]")
_MARKED_UP = re.compile(r"[*_`#|=<>{}\\]")
_SENTENCE = re.compile(r"[,。;!?]")
_CREDITS = ("记者", "作者", "编辑", "来源", "摄影", "通讯")
_CREDIT = re.compile(rf"[{HAN}]{{2,4}}\s*(?:/|摄|供图|图$|文$)")
_TORN_AFTER = ("u", "c", "f")  # parts of speech that nothing begins with: 或, 的, 中
_HEADING_SIDE = 5  # Chinese characters left of a space in a heading, at least
_TITLE = 60  # code points of a title in 《》, at most
_PHRASE = 12  # code points between two spaces that set off a link or bold words, at most
_WORD_USES = 50  # uses in the dictionary's corpus that make two halves a word
_WORD_SHARE = 0.02  # of the rarer word's uses against the commoner half, 0 to 1


@dataclass(frozen=True, slots=True)
class Loose:
    """A space between two Chinese characters, or beside a mark. ``start`` and ``end`` are offsets in the passage.

    ``kind`` is ``before_mark``, ``after_mark`` or ``inner``; ``is_torn``: the words around it do not hold together;
    ``is_paired``: another space stands in the same clause, within a phrase's length; ``is_label``: what stands before
    it opens the passage like a label or a date line; ``is_deep``: two characters of the clause or more stand on each
    side.
    """

    passage: int
    start: int
    end: int
    kind: str
    is_torn: bool
    is_paired: bool
    is_label: bool
    is_deep: bool


def loose_spaces(passages: Sequence[Passage]) -> tuple[Loose, ...]:
    """The spaces of a page that words may have left, in order; none where they are layout.

    Layout is: spaces inside words, spaces in pairs around phrases, spaces in lines of a list or with mark-up.
    """
    texts = [fold(passage.text) for passage in passages]
    if _broken_words(texts, _GAP) > 1:
        return ()
    found = [loose for number, text in enumerate(texts) for loose in _of_text(number, text, passages[number])]
    singles = [loose for loose in found if not loose.is_paired]
    pairs = (len(found) - len(singles)) // 2
    if pairs and len(singles) <= pairs:
        return ()
    strong = [
        loose for loose in singles if loose.is_torn or (loose.kind == "inner" and not loose.is_label and loose.is_deep)
    ]
    strong = strong if strong or sum(loose.kind == "before_mark" for loose in singles) < 2 else singles
    if len(strong) > 2:
        return tuple(loose for loose in found if not loose.is_label or loose.is_torn)
    if len(strong) > (0 if not pairs else 1):
        return tuple(loose for loose in singles if not loose.is_label or loose.is_torn)
    return tuple(loose for loose in singles if loose.is_torn)


def _of_text(number: int, text: str, passage: Passage) -> Iterator[Loose]:
    gaps = [
        match
        for match in _GAP.finditer(text)
        if not _ends_label(text, match) and not _inside_word(text, match.start(), match.end())
    ]
    if not gaps or _MARKED_UP.search(text) or not (is_heading(passage) or _SENTENCE.search(text)):
        return
    words = [word for word in tagged(text) if not word.text.isspace()]
    label = label_of(text)
    opening = label.end if label else 0
    for at, match in enumerate(gaps):
        left, right = clause(text, match.start(), match.end())
        kind = _kind(text, match)
        after_half_mark = kind == "after_mark" and passage.text[match.start() - 1] in ",;:"
        if after_half_mark or not _may_be_hole(text, match, kind, (left, right), is_heading(passage)):
            continue
        i = bisect_right(words, match.start(), key=lambda word: word.end)
        before = words[i - 1] if i else None
        after = words[i] if i < len(words) else None
        torn = _is_torn(kind, before, after, text[match.end()])
        if is_heading(passage) and not (torn and match.start() - left >= _HEADING_SIDE):
            continue
        paired = any(
            _near(other, match) and left <= other.start() <= right
            for other in (*gaps[max(0, at - 1) : at], *gaps[at + 1 : at + 2])
        ) or _touches_other_script(text, match)
        is_label = kind == "inner" and left <= opening
        is_deep = min(match.start() - left, right - match.end()) > 1
        yield Loose(number, match.start(), match.end(), kind, torn, paired, is_label, is_deep)


def _ends_label(text: str, match: re.Match[str]) -> bool:
    label = label_of(text)
    return label is not None and match.end() <= label.end


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the clause around ``start`` to ``end`` begins and ends (80 characters back at most)."""
    floor = max(0, start - 80)
    left = max((match.end() for match in _CLAUSE_END.finditer(text, floor, start)), default=floor)
    right = _CLAUSE_END.search(text, end)
    return left, right.start() if right else len(text)


def _kind(text: str, match: re.Match[str]) -> str:
    if text[match.end()] in "、,。;:":
        return "before_mark"
    return "after_mark" if text[match.start() - 1] in "、,;:" else "inner"


def _may_be_hole(text: str, match: re.Match[str], kind: str, bounds: tuple[int, int], in_heading: bool) -> bool:
    left, right = bounds
    title = text.rfind("《", max(0, match.start() - _TITLE), match.start())
    if title >= 0 and "》" not in text[title : match.start()]:
        return False
    if kind == "before_mark":
        return match.start() > left
    if kind == "after_mark":
        return right - match.end() >= 2
    sides = (match.start() - left, right - match.end())
    is_credit = text[match.start() - 2 : match.start()] in _CREDITS or bool(_CREDIT.match(text, match.end()))
    is_name = is_credit or max(sides) < 3
    return min(sides) >= 1 and text[right : right + 1] != ":" and not is_name and right < len(text) + in_heading


def _is_torn(kind: str, before: Tagged | None, after: Tagged | None, then: str) -> bool:
    if before is None or after is None:
        return False
    if kind == "before_mark":
        return then == "、" or before.tag[0] in "puc"
    if kind == "after_mark":
        return before.text == "、" and after.text in ("等", "等等", "和", "或")
    return after.tag[0] in _TORN_AFTER or before.tag[0] in "pc" or before.tag[0] == after.tag[0] == "v"


def _near(one: re.Match[str], other: re.Match[str]) -> bool:
    return min(abs(one.start() - other.end()), abs(other.start() - one.end())) <= _PHRASE


def _touches_other_script(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence has spaces beside Latin letters or digits: then spaces set off what is foreign."""
    around = (
        re.split(r"[。!?]", text[: match.start()])[-1] + " " + re.split(r"[。!?]", text[match.end() :], maxsplit=1)[0]
    )
    return bool(re.search(rf"[{HAN}]\s+[A-Za-z0-9]|[A-Za-z0-9]\s+[{HAN}]", around))


def marks_are_strewn(texts: Iterable[str]) -> bool:
    """Whether words are torn by 、 in several places of a page (folded): then its marks say nothing of its grammar."""
    return _broken_words(texts, _LISTED) > 1


def _broken_words(texts: Iterable[str], gap: re.Pattern[str]) -> int:
    return sum(_inside_word(text, match.start(), match.end()) for text in texts for match in gap.finditer(text))


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether the space splits a word of two characters or more."""
    left, right = text[max(0, start - 3) : start], text[end : end + 3]
    pairs = ((left[-a:], right[:b]) for a in (1, 2) for b in (1, 2) if len(left) >= a and len(right) >= b)
    return any(
        frequency(head + tail) > max(_WORD_USES, _WORD_SHARE * max(frequency(head), frequency(tail)))
        for head, tail in pairs
    )
