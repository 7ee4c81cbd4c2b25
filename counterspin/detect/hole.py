"""A word was deleted inside a sentence, and its place can still be seen.

Farms that run a keyword filter over copied text leave two kinds of holes: a space where the word stood
(通过 、短信, 客服 或线上渠道), or nothing at all, so that the grammar breaks (采用、或其他手段, 不必要的或侵害, 在中，他们).
A hole is named with the words around it and, where other pages of the crawl fill the place, with the likely word.

Not a hole: a space that layout put (between Chinese and Latin, around a link or bold words, in pages that also put
spaces inside words), lists set apart by spaces, coordinated 的-phrases (国有的或集体的), ellipses.

Source: szhome and guanxian families of farms, three in four pages of the first hold such a place, with one false
alarm in 130 other pages for the first kind (our study of 301 pages); grammar after Li and Thompson 1981.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.gaps import Gap, filler, gaps
from counterspin.text.normal import fold, han_share, normal
from counterspin.text.outline import is_heading
from counterspin.text.quote import quote, short
from counterspin.text.spaces import Loose, clause, loose_spaces
from counterspin.text.tags import Tagged, frequency, tagged

FLAGS = (
    "我们可以通过 、短信、邮件等多种方式联系顾客。",
    "请向官方客服 或营业网点查询余额。",
    "商家不得采用、或其他违规手段推销。",
    "这样可以避免不必要的或损失。",
    "在中，双方应当保持冷静。",
    "系统会通过内通知提醒您。",
    "可以向门店投诉与、或直接退货。",
    "该公司违反了，的规定。",
    "You can reach them by , e-mail or letter.",
    "Check the of the bottle before use.",
)
PASSES = (
    "我们可以通过电话、短信、邮件等多种方式联系顾客。",
    "# 春季 养护要点\n浇水要见干见湿。",
    "使用 Python 3 编写 脚本 很方便。",
    "国有的或集体的财产受法律保护。",
    "这里的 重点内容 不会变，请放心。",
    "红的、黄的、白的，什么花都有。",
    "参观者包括老人在内。数字在前，字母在后。",
    "他是 个 好 人。工 作 认 真。",
    "Ring them by phone, e-mail or letter, whichever you like. What is it made of, then?",
)

_LEFT = {
    "before_mark": "the space it left stands before a mark",
    "after_mark": "the space it left stands after a mark",
    "inner": "the space it left stands inside the clause",
}
_MARKS = "、,。;:!?"
_DOUBLED = re.compile(r"、\s*[、,。;]|[,;]\s*[、。]|。\s*[、,]|,\s*;|;\s*,")
_EMPTY = re.compile(r"《\s*》|「\s*」")
_STARRED = re.compile(r"[*_`#|=]")
_PREPOSITIONS = frozenset(
    "在 从 向 被 按照 依照 根据 依据 关于 对于 随着 通过 经过 凭借 针对 鉴于 基于 除了 借助 依托".split()
)
_OPENERS = frozenset("如 例如 比如 诸如 譬如 包括 包含 涵盖".split())
_CONJUNCTIONS = frozenset("和 与 及 以及 或 或者".split())
_CLOSED = frozenset("和 与 及".split())  # never before a comma: 以及, and 或者, may stand there
_DEPENDENT = frozenset("按照 依照 关于 随着 针对 对于 鉴于 基于 被 把".split())  # never before 的
_TRANSITIVE = frozenset(
    "采用 采取 采纳 选用 使用 利用 运用 实施 进行 具有 拥有 受到 遭到 遭受 造成 导致 提供 携带 通过 包括 拨打".split()
)
_BOUND_VERBS = frozenset("属于 成为 具有 予以 加以 位于 等于".split())  # never at the end of a clause
_LOCALIZERS = frozenset("中 内 里 上 下 间 外".split())
_UNITS = frozenset("天 年 月 日 元 万元 岁 小时 分钟 个月 周 倍 公斤 毫升 米 公里 次".split())
_REST = frozenset("其他 其它 其余 别的".split())
_ENGLISH = (
    (
        re.compile(r"\b(by|the|an?|and|or|with|from|your|their|its|through|via|using)\s+(?=[,;:]\s|\.(?:\s|$))", re.IGNORECASE),
        "nothing stands between it and the mark",
    ),
    (
        re.compile(r"\b(the|an|every|your|their)\s+(?=(?:of|and|or|is|are|was|were|from|which|that's|to the|for the|in the)\s)(?!in\b)", re.IGNORECASE),
        "nothing stands between it and the next word",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word is missing: offsets in the passage, the words left and right of it, why, and how sure (0 to 1)."""

    start: int
    end: int
    at: int
    why: str
    sure: float
    word: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """``scan`` gives one flag for each place."""

    min_han: float = 0.3  # share of Chinese characters for the Chinese rules, 0 to 1
    gap_support: int = 1  # times that other pages must have each step of the way through a word that is left out
    min_same: int = 2  # places where one word is left out
    min_gaps: int = 4  # places where some word is left out, from which one place of a word is enough
    fill_support: int = 2  # passages of the crawl that must hold the likely word in this place
    name: str = field(default="hole", init=False)
    category: str = field(default="damaged", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """The holes of the page, in order."""
        if document.language[:2] not in ("zh", "en"):
            return
        if han_share(document.text) < self.min_han:
            found = [(passage, list(_english(passage))) for passage in _judged(document)]
        else:
            found = self._all_chinese(_judged(document), corpus)
        for passage, places in found:
            for place in _apart(places):
                yield self._flag(document, passage, place, corpus)

    def _all_chinese(self, passages: list[Passage], corpus: Corpus) -> list[tuple[Passage, list[Place]]]:
        spaces: dict[int, list[Loose]] = {}
        for loose in loose_spaces(passages):
            spaces.setdefault(loose.passage, []).append(loose)
        found = [(passage, list(self._chinese(passage, spaces.get(at, [])))) for at, passage in enumerate(passages)]
        for number, place in self._left_out(passages, corpus):
            found[number][1].append(place)
        return found

    def _left_out(self, passages: list[Passage], corpus: Corpus) -> Iterator[tuple[int, Place]]:
        """The places of words that other pages have there and this page nowhere, though it has the place several times."""
        texts = [passage.text for passage in passages]
        whole = "".join(normal(text).text for text in texts)
        by_word: dict[str, list[Gap]] = {}
        for gap in gaps(texts, corpus.grams, support=self.gap_support):
            if len(gap.word) > 1 and gap.word not in whole and frequency(gap.word):
                by_word.setdefault(gap.word, []).append(gap)
        places = sum(map(len, by_word.values()))
        for word, held in by_word.items():
            if len(held) >= self.min_same or places >= self.min_gaps:
                why = f"other pages have “{word}” here, and this page has it nowhere"
                for gap in held:
                    text = fold(texts[gap.text])
                    yield gap.text, replace(_place(text, gap.at, gap.at, why, 0.7), word=word)

    def _chinese(self, passage: Passage, spaces: list[Loose]) -> Iterator[Place]:
        text = fold(passage.text)
        words = [word for word in tagged(text) if not word.text.isspace()]
        yield from _broken_grammar(text, words)
        for loose in spaces:
            yield _place(text, loose.start, loose.end, _LEFT[loose.kind], 0.9 if loose.is_torn else 0.75)
        if not re.search(r"、\s*、\s*、|,,,|。。", text):
            for match in _DOUBLED.finditer(text):
                yield _place(text, match.start(), match.end() - 1, "two marks meet", 0.8)
        for match in _EMPTY.finditer(text):
            yield _place(text, match.start(), match.end(), "the brackets are empty", 0.8)

    def _flag(self, document: Document, passage: Passage, place: Place, corpus: Corpus) -> Flag:
        before, after = passage.text[: place.at].rstrip(), passage.text[place.at :].lstrip()
        word = place.word or filler(fold(before), fold(after), corpus.grams, self.fill_support)
        seen = passage.text[place.start : place.end]
        guess = f"; elsewhere the place is filled with “{word}”" if word and not place.word else ""
        spot = quote(document, passage.start + place.start, passage.start + place.end, note=place.why)
        note = f"likely missing: {word}" if word else "likely missing word unknown"
        whole = quote(document, passage.start, passage.end, role="rule", note=note)
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=place.sure + (0.1 if word else 0.0),
            reason=f"A word is missing in “{short(seen)}”: {place.why}{guess}.",
            evidence=(spot, whole),
            severity=3 if place.sure >= 0.8 else 2,
            key=re.sub(r"\s+", "", fold(seen)),
        )


DETECTOR = Hole()


def _judged(document: Document) -> list[Passage]:
    return [passage for passage in document.passages if passage.kind != "table_cell"]


def _broken_grammar(text: str, words: list[Tagged]) -> Iterator[Place]:
    for i, word in enumerate(words):
        last = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        later = words[i + 2] if i + 2 < len(words) else None
        why = _why(text, last, word, after, later, words[:i])
        if why and after:
            yield _between(text, word, after, *why)
        elif word.text == "的" and last and last.text in "、,;" and after and after.text not in _MARKS + "话地得":
            yield _between(text, last, word, f"“的” follows “{last.text}”, with nothing that it could belong to", 0.8)


def _why(
    text: str, last: Tagged | None, word: Tagged, after: Tagged | None, later: Tagged | None, before: list[Tagged]
) -> tuple[str, float] | None:
    """Why a word must be missing between ``word`` and ``after``, with how sure (0 to 1); ``None`` if none must."""
    if not after:
        return None
    this, then = word.text, after.text
    at_start = last is None or last.text in _MARKS
    if this in _PREPOSITIONS and then == "、" and later and later.tag[0] != "p" and last:
        return f"“{this}” is followed by the mark “、”", 0.9
    if this in _OPENERS and then in "、等" and (then == "、" or this in "如诸如包括") and not _waits(later, then):
        return f"“{this}” opens a list whose first item is gone", 0.9
    if this in _CONJUNCTIONS and then in "、。;)" and last and len(last.text) > 1 and last.tag != "nr":
        return f"“{this}” joins nothing to what stands before it", 0.8
    if this in _CLOSED and then == "," and last and len(last.text) > 1:
        return f"“{this}” joins nothing to what stands before it", 0.8
    if this in _DEPENDENT and then == "的":
        return f"“{this}” has no object before “的”", 0.9
    if this in ("在", "从", "向", "由", "根据") and then == "的" and at_start:
        return f"“{this}” has no object before “的”", 0.8
    if this in _TRANSITIVE and then in "、或和及" and _opens_rest(then, after, later, before, text):
        return f"“{this}” has no object before “{then}”", 0.9
    if this in _BOUND_VERBS and then in "、,。;" and last and last.tag != "p" and last.text != "所":
        return f"“{this}” has no object", 0.7
    return _why_inside(word, after, later, at_start, before, text)


def _why_inside(
    word: Tagged, after: Tagged, later: Tagged | None, at_start: bool, before: list[Tagged], text: str
) -> tuple[str, float] | None:
    this, then = word.text, after.text
    if this == "在" and then == "中" and later and later.text in ",、的" and (at_start or after.start > word.end):
        return "“在…中” has nothing inside", 0.9
    if this in ("通过", "经过") and then in _LOCALIZERS and later and _stands_alone(then, later):
        return f"“{then}” has no place before it", 0.7
    if this == "由" and after.tag == "v" and len(then) > 1 and after.start > word.end:
        return "“由” names nobody", 0.7
    if this == "的" and then in _CONJUNCTIONS and later and later.text not in _MARKS:
        return _noun_after_de(word, after, before, text)
    return None


def _noun_after_de(word: Tagged, after: Tagged, before: list[Tagged], text: str) -> tuple[str, float] | None:
    """的 + 或: the noun between them is gone, unless a second 的-phrase follows or the first is a predicate."""
    left, right = clause(text, word.start, after.end)
    inner = [w for w in before if w.start >= left]
    if "的" in text[after.end : right] or not inner:
        return None
    is_predicate = any(w.text in ("是", "有") for w in inner) or inner[-1].tag in ("r", "n", "nr", "ns")
    return None if is_predicate else (f"the noun between “的” and “{after.text}” is gone", 0.8)


def _opens_rest(then: str, after: Tagged, later: Tagged | None, before: list[Tagged], text: str) -> bool:
    """Whether 、或其他 / 或其他 follows: the rest of a list whose first items are gone."""
    left = clause(text, after.start, after.end)[0]
    if any(w.text == "、" and w.start >= left for w in before) or later is None:
        return False
    rest = text[after.end :].lstrip()
    if then == "、":
        rest = re.sub(r"^[或和及]", "", rest).lstrip()
        return rest[:2] in _REST and bool(re.match(r"\s*[或和及以]", text[after.end :]))
    return rest[:2] in _REST


def _waits(later: Tagged | None, then: str) -> bool:
    return then == "等" and (later is None or later.text[0] in "待到候我你他她")


def _stands_alone(localizer: str, later: Tagged) -> bool:
    return len(later.text) > 1 and later.tag[0] in "nv" and not frequency(localizer + later.text[0])


def _between(text: str, word: Tagged, after: Tagged, why: str, sure: float) -> Place:
    spaced = after.start > word.end
    return _place(text, word.end, after.start, why, min(1.0, sure + 0.05 * spaced))


def _place(text: str, start: int, end: int, why: str, sure: float) -> Place:
    """The place with the words on both sides of it, cut at line ends."""
    words = tagged(text)
    left = max((w.start for w in words if w.end <= start and not w.text.isspace()), default=start)
    right = min((w.end for w in words if w.start >= end and not w.text.isspace()), default=end)
    if text[end : end + 1] in _MARKS and right - end == 1:
        right = min((w.end for w in words if w.start > end and not w.text.isspace()), default=right)
    return Place(left, right, start, why, sure)


def _apart(places: Iterable[Place]) -> list[Place]:
    """The surest of places that overlap, in reading order."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (-p.sure, p.at)):
        if all(abs(place.at - other.at) > 2 for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda p: p.at)


def _english(passage: Passage) -> Iterator[Place]:
    if is_heading(passage) or _STARRED.search(passage.text):
        return
    for pattern, why in _ENGLISH:
        for match in pattern.finditer(passage.text):
            before = passage.text[: match.start()]
            if re.search(r"[\"'“‘]\s*$", before) or (match[1].lower() in ("a", "an") and match[1].isupper()):
                continue
            tail = re.match(r"\S+\s*\S*", passage.text[match.end() :])
            end = match.end() + (len(tail.group()) if tail else 0)
            yield Place(match.start(), end, match.end(1), f"after “{match[1]}” {why}", 0.7)
