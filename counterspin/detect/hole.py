"""A word was deleted inside a sentence, and its place can still be seen.

Farms that run a keyword filter over copied text leave two kinds of holes: a space where the word stood
(通过 、短信, 客服 或线上渠道), or nothing at all, so that the grammar breaks (采用、或其他手段, 不必要的或侵害).
A hole is named with the words around it and, where other pages of the crawl fill the place, with the likely word.

Not a hole: a space that layout put (between Chinese and Latin, around a link or bold words, in pages that also put
spaces inside words), marks strewn into words (技、巧), lists set apart by spaces, coordinated 的-phrases
(国有的或集体的), ellipses.

Source: two families of farms, three in four pages of the first hold such a place, with one false
alarm in 130 other pages for the first kind (our study of 301 pages); grammar after Li and Thompson 1981.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.dangling import Dangling, dangling
from counterspin.text.gaps import Gap, filler, gaps
from counterspin.text.normal import fold, han_share, normal
from counterspin.text.outline import is_heading
from counterspin.text.quote import quote, short
from counterspin.text.spaces import Loose, loose_spaces, marks_are_strewn
from counterspin.text.struck import is_content, struck
from counterspin.text.tags import Tagged, tagged
from counterspin.wording import Wording

FLAGS = (
    "我们可以通过 、短信、邮件等多种方式联系顾客。",
    "请向官方客服 或营业网点查询余额。",
    "商家不得采用、或其他违规手段推销。",
    "这样可以避免不必要的或损失。",
    "在中，双方应当保持冷静。",
    "双方要写明抵扣房租的、时间和余额，避免产生不必要的。",
    "系统会通过内通知提醒您。",
    "可以向门店投诉与、或直接退货。",
    "该公司违反了，的规定。",
    "You can reach them by , e-mail or letter.",
    "Check the of the bottle before use.",
    "Call the company , then write down the name of the person you spoke to.",
)
PASSES = (
    "我们可以通过电话、短信、邮件等多种方式联系顾客。",
    "# 春季 养护要点\n浇水要见干见湿。",
    "使用 Python 3 编写 脚本 很方便。",
    "国有的或集体的财产受法律保护。",
    "手续齐全的、符合条件的，当场办理。这是必要的。红的、白的都有。",
    "这里的 重点内容 不会变，请放心。",
    "红的、黄的、白的，什么花都有。",
    "参观者包括老人在内。数字在前，字母在后。",
    "他是 个 好 人。工 作 认 真。",
    "请把箱子放在阴凉处，否 则容易变形。",
    "放学后和、同学练习技、巧，聆听老、师的建议，朋、友也在的、。",
    "Ring them by phone, e-mail or letter, whichever you like. What is it made of, then?",
)

_LEFT = {
    "before_mark": Wording(en="the space it left stands before a mark", zh="留下的空格在标点之前"),
    "after_mark": Wording(en="the space it left stands after a mark", zh="留下的空格在标点之后"),
    "inner": Wording(en="the space it left stands inside the clause", zh="留下的空格在句子中间"),
}
_MARKS = "、,。;:!?"
_NEXT_WORD = re.compile(r"\W*\w*")
_SPACED_MARK = re.compile(r"(?<=[a-z]) +[,;](?=\s)|(?<=[a-z]) +\.(?=\s+[A-Z]|\s*$)", re.MULTILINE)
_SAME_PLACE = 2  # code points between two findings about one place
_STARRED = re.compile(r"[*_`#|=]")
_DETERMINERS = "the|an?|every|your|their|our|my|its"
_NEVER_AFTER = (
    "of|and|or|is|are|was|were|from|which|who|whom|whose|will|would|could|should|has|had|without|for|with|into|you|we|"
    "they|because|until|unless|although|than|to the|in the"
)
_ENGLISH = (
    (
        re.compile(
            r"\b(by|and|or|with|from|through|via|using)\s+(?=[,;:]\s|\.(?:\s|$))|"
            r"(?<=[a-z] )\b(the|an|every|your|their|our|my)\s*(?=[,;:]\s|\.(?:\s|$))",
            re.IGNORECASE,
        ),
        Wording(en="nothing stands between it and the mark", zh="就是标点，中间什么也没有"),
    ),
    (
        re.compile(rf"\b((?i:{_DETERMINERS}))\s+(?=(?:{_NEVER_AFTER})\s)"),
        Wording(en="nothing stands between it and the next word", zh="就是下一个词，中间什么也没有"),
    ),
)

REASON = Wording(en="A word is missing in “{seen}”: {why}{guess}.", zh="“{seen}”里少了一个词：{why}{guess}。")
_GUESS = Wording(en="; elsewhere the place is filled with “{word}”", zh="；别处此处是“{word}”")
_LIKELY = Wording(en="likely missing: {word}", zh="可能缺少：{word}")
_UNKNOWN = Wording(en="likely missing word unknown", zh="缺的是什么词，看不出来")
_ELSEWHERE = Wording(
    en="other pages have “{word}” here, and this page has it nowhere",
    zh="别的网页此处有“{word}”，而本页通篇没有这个词",
)
_NOTHING = Wording(en="after “{word}” {why}", zh="“{word}”之后{why}")


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
    min_gaps: int = 2  # places where some word is left out, from which one place of a word is enough
    max_places: int = 100  # places that a page is flagged for, the first ones: a page with more is damaged all over
    min_run: int = 14  # grams around a place that other pages have without a break, for it to be enough alone
    max_spaced_marks: float = 0.2  # spaces before a mark for each comma of an English page; more are a habit
    fill_support: int = 2  # passages of the crawl that must hold the likely word in this place
    name: str = field(default="hole", init=False)
    category: str = field(default="damaged", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """The holes of the page, in order."""
        if document.language[:2] not in ("zh", "en"):
            return
        if han_share(document.text) < self.min_han:
            spaced = len(_SPACED_MARK.findall(document.text))
            spaces_count = spaced <= self.max_spaced_marks * document.text.count(",") + 2
            found = [(passage, list(_english(passage, spaces_count=spaces_count))) for passage in _judged(document)]
        else:
            found = self._all_chinese(_judged(document), corpus)
        for passage, places in found:
            places.extend(self._lacked(document, passage, corpus))
        all_places = ((passage, place) for passage, places in found for place in _apart(places))
        for passage, place in islice(all_places, self.max_places):
            yield self._flag(document, passage, place, corpus)

    def _all_chinese(self, passages: list[Passage], corpus: Corpus) -> list[tuple[Passage, list[Place]]]:
        spaces: dict[int, list[Loose]] = {}
        for loose in loose_spaces(passages):
            spaces.setdefault(loose.passage, []).append(loose)
        texts = [fold(passage.text) for passage in passages]
        strewn = marks_are_strewn(texts)
        dangles = [() if strewn else tuple(dangling(text)) for text in texts]
        found = [
            (passage, list(_chinese(texts[at], dangles[at], spaces.get(at, [])))) for at, passage in enumerate(passages)
        ]
        for number, place in self._left_out(passages, corpus):
            found[number][1].append(place)
        return found

    def _lacked(self, document: Document, passage: Passage, corpus: Corpus) -> Iterator[Place]:
        """The places of words that the twin of this page has, and this page has nowhere."""
        for loss in struck(document, corpus):
            if not loss.rest and passage.start <= loss.start <= passage.end:
                at = loss.start - passage.start
                yield replace(_place(passage.text, at, at, _ELSEWHERE(word=loss.word), 0.8), word=loss.word)

    def _left_out(self, passages: list[Passage], corpus: Corpus) -> Iterator[tuple[int, Place]]:
        """The places of words that other pages have there and this page has nowhere."""
        texts = [passage.text for passage in passages]
        # a filter may spare headings
        whole = "\n".join(normal(passage.text).text for passage in passages if not is_heading(passage))
        by_word: dict[str, list[Gap]] = {}
        for gap in gaps(texts, corpus.grams, support=self.gap_support):
            wanted = len(gap.word) > 1 and gap.word not in whole and is_content(gap.word)
            if wanted and not _is_put(texts[gap.text], gap, corpus):
                by_word.setdefault(gap.word, []).append(gap)
        places = sum(map(len, by_word.values()))
        for word, held in by_word.items():
            if len(held) >= self.min_same or places >= self.min_gaps or held[0].run >= self.min_run:
                why = _ELSEWHERE(word=word)
                for gap in held:
                    text = fold(texts[gap.text])
                    yield gap.text, replace(_place(text, gap.at, gap.at, why, 0.7), word=word)

    def _flag(self, document: Document, passage: Passage, place: Place, corpus: Corpus) -> Flag:
        before, after = passage.text[max(0, place.at - 40) : place.at], passage.text[place.at : place.at + 40]
        word = place.word or filler(before.rstrip(), after.lstrip(), corpus.grams, self.fill_support)
        seen = passage.text[place.start : place.end]
        guess = _GUESS(word=word) if word and not place.word else ""
        spot = quote(document, passage.start + place.start, passage.start + place.end, note=place.why)
        note = _LIKELY(word=word) if word else _UNKNOWN()
        whole = quote(document, passage.start, passage.end, role="rule", note=note)
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=place.sure + (0.1 if word else 0.0),
            reason=REASON(seen=short(seen), why=place.why, guess=guess),
            evidence=(spot, whole),
            severity=3 if place.sure >= 0.8 else 2,
            key=re.sub(r"\s+", "", fold(seen)),
        )


DETECTOR = Hole()


def _chinese(text: str, dangles: Iterable[Dangling], spaces: Iterable[Loose]) -> Iterator[Place]:
    for found in dangles:
        yield _place(text, found.start, found.end, found.why, found.sure)
    for loose in spaces:
        yield _place(text, loose.start, loose.end, _LEFT[loose.kind](), 0.9 if loose.is_torn else 0.75)


def _is_put(text: str, gap: Gap, corpus: Corpus) -> bool:
    """Whether the crawl puts a word with this one in it for the word around the gap (证件, 证明文件)."""
    before, after = fold(text[: gap.at]), fold(text[gap.at :])
    pairs = (sorted((swap.source, swap.target), key=len) for swap in corpus.swaps)
    return any(
        long == short[:cut] + gap.word + short[cut:] and before.endswith(short[:cut]) and after.startswith(short[cut:])
        for short, long in pairs
        for cut in range(1, len(short))
    )


def _judged(document: Document) -> list[Passage]:
    return [passage for passage in document.passages if passage.kind != "table_cell"]


def _place(text: str, start: int, end: int, why: str, sure: float) -> Place:
    """The place with the words on both sides of it; a mark does not count as the word on the right."""
    words = tagged(text)
    i = bisect_right(words, start, key=_end) - 1
    while i >= 0 and words[i].text.isspace():
        i -= 1
    j = bisect_left(words, end, key=_start)
    while j < len(words) and (
        words[j].text.isspace() or (words[j].text in _MARKS and j + 1 < len(words) and j < i + 3)
    ):
        j += 1
    left = words[i].start if i >= 0 else start
    right = words[j].end if j < len(words) else end
    return Place(left, max(right, end), start, why, sure)


def _start(word: Tagged) -> int:
    return word.start


def _end(word: Tagged) -> int:
    return word.end


def _apart(places: Iterable[Place]) -> list[Place]:
    """The surest of places that overlap, in reading order."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (place.at, -place.sure)):
        if kept and place.at - kept[-1].at <= _SAME_PLACE:
            kept[-1] = max(kept[-1], place, key=lambda rival: rival.sure)
        else:
            kept.append(place)
    return kept


def _english(passage: Passage, *, spaces_count: bool) -> Iterator[Place]:
    if is_heading(passage) or _STARRED.search(passage.text):
        return
    for match in _SPACED_MARK.finditer(passage.text) if spaces_count else ():
        word = re.search(r"\S+$", passage.text[: match.start()])
        start = word.start() if word else match.start()
        after = _NEXT_WORD.match(passage.text, match.end())
        yield Place(start, after.end() if after else match.end(), match.start(), _LEFT["before_mark"](), 0.75)
    for pattern, why in _ENGLISH:
        for match in pattern.finditer(passage.text):
            before = passage.text[: match.start()]
            left = match[match.lastindex or 0]
            if re.search(r"[\"'“‘]\s*$", before) or (left in ("A", "AN") and not _begins_sentence(before)):
                continue
            tail = re.match(r"\S+\s*\S*", passage.text[match.end() :])
            end = match.end() + (len(tail.group()) if tail else 0)
            yield Place(match.start(), end, match.start() + len(left), _NOTHING(word=left, why=why()), 0.7)


def _begins_sentence(before: str) -> bool:
    return not before.strip() or before.rstrip()[-1] in ".!?"
