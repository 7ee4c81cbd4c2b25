"""Chinese words that stand without what they cannot do without: the grammar that a deleted word leaves behind.

Each check looks at a word and its neighbours and names what is gone. Word classes are closed (prepositions,
conjunctions, localizers) or few (verbs that never end a clause); open ones come from the dictionary's tags.

Source: Li and Thompson, Mandarin Chinese, 1981; checks of our own, each tried on 66 honest pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from counterspin.text.normal import is_han
from counterspin.text.spaces import clause
from counterspin.text.tags import Tagged, tagged
from counterspin.text.words import frequency
from counterspin.wording import Wording

MARKS = "、,。;:!?"
_PREPOSITIONS = frozenset(
    ("在", "从", "向", "被", "按照", "依照", "根据", "依据", "关于", "对于", "随着", "通过", "经过", "凭借", "针对",
     "鉴于", "基于", "除了", "借助", "依托")
)  # fmt: skip
_OPENERS = frozenset(("如", "例如", "比如", "诸如", "譬如", "包括", "包含", "涵盖"))
_CONJUNCTIONS = frozenset(("和", "与", "及", "以及", "或", "或者"))
_CLOSED = frozenset(("和", "与", "及"))  # never before a comma: 以及, and 或者, may stand there
_DEPENDENT = frozenset(("按照", "依照", "关于", "随着", "针对", "对于", "鉴于", "基于", "被", "把"))  # never before 的
_TRANSITIVE = frozenset(
    ("采用", "采取", "采纳", "选用", "使用", "利用", "运用", "实施", "进行", "具有", "拥有", "受到", "遭到", "遭受",
     "造成", "导致", "提供", "携带", "通过", "包括", "拨打")
)  # fmt: skip
_BRINGS = frozenset(
    ("产生", "造成", "引起", "引发", "导致", "带来", "受到", "遭受", "遭到", "采取", "具有", "存在", "发生", "形成")
)
_BOUND_VERBS = frozenset(("属于", "成为", "具有", "予以", "加以", "位于", "等于"))  # never at the end of a clause
_LOCALIZERS = frozenset(("中", "内", "里", "上", "下", "间", "外"))
_REST = ("其他", "其它", "其余", "别的")
_AFTER_DENG = "待到候我你他她"  # 等 before one of these is the verb "wait"
_BACK = 40  # words before a word that a check looks at
_DOUBLED = re.compile(r"、\s*[、,。;]|(?<!,)[,;]\s*[、。]|。\s*[、,](?!,)|,\s*;|;\s*,|(?<![,。]),[ \u3000]*,(?![,。])")
_HABIT = re.compile(r"、\s*、\s*、|。。")  # marks typed in rows: an ellipsis
_EMPTY = re.compile(r"《\s*》|「\s*」")

_TWO_MARKS = Wording(en="two marks meet", zh="两个标点相连")
_EMPTY_BRACKETS = Wording(en="the brackets are empty", zh="括号里是空的")
_ORPHAN = Wording(
    en="“的” follows “{mark}”, with nothing that it could belong to", zh="“的”紧跟在“{mark}”后面，没有所属的词"
)
_FOLLOWED = Wording(en="“{word}” is followed by the mark “、”", zh="“{word}”后面就是“、”")
_OPENS_LIST = Wording(en="“{word}” opens a list whose first item is gone", zh="“{word}”引出列举，第一项却没有了")
_JOINS_NOTHING = Wording(en="“{word}” joins nothing to what stands before it", zh="“{word}”后面没有可连接的词")
_NO_OBJECT_BEFORE = Wording(en="“{word}” has no object before “{mark}”", zh="“{word}”到“{mark}”之间没有宾语")
_NO_OBJECT = Wording(en="“{word}” has no object", zh="“{word}”没有宾语")
_NOTHING_INSIDE = Wording(en="“在…中” has nothing inside", zh="“在…中”之间是空的")
_NO_PLACE = Wording(en="“{word}” has no place before it", zh="“{word}”前面没有处所")
_NOBODY = Wording(en="“由” names nobody", zh="“由”后面没有说是谁")
_NO_NOUN = Wording(en="the noun between “的” and “{mark}” is gone", zh="“的”和“{mark}”之间的名词没有了")
_NOTHING_AFTER = Wording(
    en="nothing follows “的”, though “{verb}” needs an object", zh="“的”后面什么也没有，而“{verb}”需要宾语"
)


@dataclass(frozen=True, slots=True)
class Dangling:
    """A place, ``start`` to ``end`` in the text (empty, or the space left), why, and how sure (0 to 1)."""

    start: int
    end: int
    why: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Spot:
    text: str
    last: Tagged | None
    word: Tagged
    then: Tagged
    later: Tagged | None
    before: tuple[Tagged, ...]

    @property
    def opens_clause(self) -> bool:
        return self.last is None or self.last.text in MARKS

    @property
    def is_spaced(self) -> bool:
        return self.then.start > self.word.end


_Found = tuple[str, float] | None


def dangling(text: str) -> Iterator[Dangling]:
    """The places in ``text`` (folded, see :func:`counterspin.text.normal.fold`) where a word must be missing."""
    words = [word for word in tagged(text) if not word.text.isspace()]
    for i in range(len(words) - 1):
        checks = _CHECKS.get(words[i].text)
        if not checks:
            continue
        spot = _spot(text, words, i)
        for check in checks:
            if found := check(spot):
                why, sure = found
                yield Dangling(spot.word.end, spot.then.start, why, min(1.0, sure + 0.05 * spot.is_spaced))
                break
        else:
            yield from _orphan(spot)
    if not _HABIT.search(text):
        for match in _DOUBLED.finditer(text):
            yield Dangling(match.start() + 1, match.end() - 1, _TWO_MARKS(), 0.8)
    for match in _EMPTY.finditer(text):
        yield Dangling(match.start() + 1, match.end() - 1, _EMPTY_BRACKETS(), 0.8)


def _spot(text: str, words: list[Tagged], i: int) -> _Spot:
    last = words[i - 1] if i else None
    later = words[i + 2] if i + 2 < len(words) else None
    return _Spot(text, last, words[i], words[i + 1], later, tuple(words[max(0, i - _BACK) : i]))


def _orphan(spot: _Spot) -> Iterator[Dangling]:
    """A 的 at the beginning of a clause."""
    is_orphan = spot.word.text == "的" and spot.last is not None and spot.last.text in "、,;"
    # after Latin letters or a bracket the mark may be a slip for the name that it ends
    if is_orphan and spot.last and spot.then.text not in MARKS + "话地得" and is_han(spot.text[spot.last.start - 1]):
        why = _ORPHAN(mark=spot.last.text)
        yield Dangling(spot.last.end, spot.word.start, why, 0.8)


def _preposition(spot: _Spot) -> _Found:
    if spot.then.text == "、" and spot.last and spot.later and spot.later.tag[0] != "p":
        return _FOLLOWED(word=spot.word.text), 0.9
    return None


def _opener(spot: _Spot) -> _Found:
    waits = spot.then.text == "等" and (spot.later is None or spot.later.text[0] in _AFTER_DENG)
    if spot.then.text == "、" or (spot.then.text == "等" and spot.word.text in "如诸如包括" and not waits):
        return _OPENS_LIST(word=spot.word.text), 0.9
    return None


def _conjunction(spot: _Spot) -> _Found:
    if not spot.last or len(spot.last.text) < 2:
        return None
    ends = spot.then.text in "、。;)" and spot.last.tag != "nr"
    if ends or (spot.word.text in _CLOSED and spot.then.text == ","):
        return _JOINS_NOTHING(word=spot.word.text), 0.8
    return None


def _without_object(spot: _Spot) -> _Found:
    needs = spot.word.text in _DEPENDENT or (spot.word.text in ("在", "从", "向", "由", "根据") and spot.opens_clause)
    if needs and spot.then.text == "的":
        sure = 0.9 if spot.word.text in _DEPENDENT else 0.8
        return _NO_OBJECT_BEFORE(word=spot.word.text, mark="的"), sure
    return None


def _transitive(spot: _Spot) -> _Found:
    """采用、或其他手段: the rest of a list whose first items are gone."""
    if spot.then.text not in ("、", "或", "和", "及") or spot.later is None:
        return None
    left = clause(spot.text, spot.then.start, spot.then.end)[0]
    if any(word.text == "、" and word.start >= left for word in spot.before):
        return None
    rest = spot.text[spot.then.end : spot.then.end + 12].lstrip()
    if spot.then.text == "、":
        joined = re.match(r"[或和及]|以及", rest)
        rest = rest[joined.end() :].lstrip() if joined else ""
    why = _NO_OBJECT_BEFORE(word=spot.word.text, mark=spot.then.text)
    return (why, 0.9) if rest.startswith(_REST) else None


def _bound_verb(spot: _Spot) -> _Found:
    if spot.then.text in "、,。;" and spot.last and spot.last.tag != "p" and spot.last.text != "所":
        return _NO_OBJECT(word=spot.word.text), 0.7
    return None


def _localizer(spot: _Spot) -> _Found:
    """在中, and 通过内通知: a place word without its place."""
    if spot.word.text == "在":
        empty = spot.then.text == "中" and spot.later and spot.later.text in ",、的"
        return (_NOTHING_INSIDE(), 0.9) if empty and (spot.opens_clause or spot.is_spaced) else None
    if spot.then.text in _LOCALIZERS and spot.later and _stands_alone(spot.then.text, spot.later):
        return _NO_PLACE(word=spot.then.text), 0.7
    return None


def _agent(spot: _Spot) -> _Found:
    if spot.then.tag == "v" and len(spot.then.text) > 1 and spot.is_spaced:
        return _NOBODY(), 0.7
    return None


def _noun_after_de(spot: _Spot) -> _Found:
    """的 + 或, 的 + 、 or 的 at the end of a clause: the noun is gone, unless the 的-phrase stands for one."""
    if spot.then.text == "、":
        return (_NO_NOUN(mark="、"), 0.7) if spot.later and _lists_nouns(spot) else None
    if spot.then.text in ",。;":
        verb = _bringing_verb(spot)
        return (_NOTHING_AFTER(verb=verb), 0.7) if verb else None
    if spot.then.text not in _CONJUNCTIONS or not spot.later or spot.later.text in MARKS:
        return None
    left, right = clause(spot.text, spot.word.start, spot.then.end)
    inner = [word for word in spot.before if word.start >= left]
    if not inner or "的" in spot.text[spot.then.end : right]:
        return None
    stands_for_noun = any(word.text in ("是", "有") for word in inner) or inner[-1].tag in ("r", "n", "nr", "ns")
    return None if stands_for_noun else (_NO_NOUN(mark=spot.then.text), 0.8)


def _lists_nouns(spot: _Spot) -> bool:
    """Whether what follows 的、 is a list of nouns: no 的 of its own, a conjunction, and a noun at the end."""
    rest = re.split(r"[,。;:!?]", spot.text[spot.then.end : spot.then.end + 60], maxsplit=1)[0]
    words = tagged(rest)
    in_list = "、" in spot.text[max(0, spot.then.start - 40) : spot.then.start]
    has_noun = bool(spot.later and spot.later.tag[0] == "n" and words and words[-1].tag[0] == "n")
    return has_noun and "的" not in rest and not in_list and bool(re.search(r"[和与及]", rest))


def _bringing_verb(spot: _Spot) -> str:
    """产生不必要的。: the verb that brings something about, if only words of quality stand between it and 的."""
    left = clause(spot.text, spot.word.start, spot.word.end)[0]
    inner = [word for word in spot.before if word.start >= left]
    at = max((i for i, word in enumerate(inner) if word.text in _BRINGS), default=-1)
    between = inner[at + 1 :]
    is_gone = at >= 0 and 0 < len(between) <= 2 and all(word.tag[0] in "abdizl" for word in between)
    return inner[at].text if is_gone else ""


def _stands_alone(localizer: str, later: Tagged) -> bool:
    return len(later.text) > 1 and later.tag[0] in "nv" and not frequency(localizer + later.text[0])


_RULES: tuple[tuple[frozenset[str], Callable[[_Spot], _Found]], ...] = (
    (_PREPOSITIONS, _preposition),
    (_OPENERS, _opener),
    (_CONJUNCTIONS, _conjunction),
    (_DEPENDENT | {"在", "从", "向", "由", "根据"}, _without_object),
    (_TRANSITIVE, _transitive),
    (_BOUND_VERBS, _bound_verb),
    (frozenset(("在", "通过", "经过")), _localizer),
    (frozenset(("由",)), _agent),
    (frozenset(("的",)), _noun_after_de),
)
_CHECKS: dict[str, tuple[Callable[[_Spot], _Found], ...]] = {
    word: tuple(check for words, check in _RULES if word in words)
    for word in sorted(frozenset().union(*(words for words, _ in _RULES)))
}
