"""A page announces a number of things and lists another number of them: 三种方式, and four follow.

The announcement is a heading or the sentence before a list, or a sentence that lists the things itself after a colon.
The list must follow at once; one with numbers must count from one.

Not a mismatch: open lists (等, 以及其他), numbers that count something else (三天内), lists that the page continues
elsewhere, an announced number that the items of a lower level match, a list of which an item opens a list of its own.

Source: rule S3 of our notes on contradiction; wording of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from counterspin.claims.measure import units
from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold
from counterspin.text.outline import bare, is_heading, items, label_of, number, series
from counterspin.text.quote import passage_at, quote, short
from counterspin.wording import Wording

FLAGS = (
    "更换分两个步骤：第一步关水，第二步拆下旧滤芯，第三步装上新滤芯。",
    "常用的清洗方式有以下三种：\n1. 水洗：用温水。\n2. 干洗：用溶剂。\n3. 擦洗：用湿布。\n4. 蒸洗：用蒸汽。",
    "# 换锁的四个步骤\n1. 拆旧锁。\n2. 量尺寸。\n3. 装新锁。",
    "办理换发分为三个阶段：申请、审核、制证、领取、回访。",
    "# 三种省电的办法\n1. 关灯。\n2. 拔插头。\n3. 换灯泡。\n4. 调低水温。",
    "There are three ways to clean a kettle:\n1. Use vinegar.\n2. Use lemon.\n3. Use soda.\n4. Use salt.",
    "报名要带以下四种材料：\n- 户口簿\n- 房产证\n- 身份证\n- 接种证\n- 照片两张",
    "Bring the following three documents:\n- your passport\n- two photographs\n- the form\n- proof of address",
    "There are three documents to bring: passport, photographs, the form and proof of address.",
)
PASSES = (
    "更换分两个步骤：第一步关水，第二步拆下旧滤芯。",
    "常用的清洗方式有以下三种：\n1. 水洗：用温水。\n2. 干洗：用溶剂。\n3. 擦洗：用湿布。",
    "常用的方式有以下三种等：\n1. 水洗。\n2. 干洗。\n3. 擦洗。\n4. 蒸洗。",
    "换发分为三个阶段：申请、审核和制证。",
    "茶叶分为六大类：绿茶、红茶、白茶等。",
    "请在三天内办理以下手续：\n1. 登记。\n2. 交费。",
    "家里有两个孩子的，办法如下：\n1. 分房。\n2. 分床。\n3. 分柜。",
    "There are two ways to pay:\n1. Card.\n2. Cash.",
    "报名要带以下三种材料：\n- 户口簿\n- 房产证\n- 身份证",
    "报名要带以下两种材料：\n- 证件：\n- 户口簿\n- 身份证\n- 照片",
    "Within three days do the following:\n- call us\n- send the form",
    "There are three documents to bring: passport, photographs and proof of address or income.",
)

_COUNT = re.compile(
    r"(?:([一二两三四五六七八九十]{1,2})|(?<![\d.])(\d{1,2}))\s?(大|个|种|样|点|步|项|类|条|招|方面|部分|阶段)(?![天年月日小分钟元])"
    # 三种省电的办法: what kinds are of; 两个孩子的方法 counts children
    r"(?:(?<=[种样招项类])[\u4e00-\u9fff]{1,8}?的|(?:主要|常见|基本|重要|关键|不同|简单|实用|具体)?的?)"
    r"(步骤|阶段|环节|部分|类型|类别|种类|原因|方法|方式|要点|技巧|途径|措施|建议|误区|条件|材料|办法|方面|内容|情况|注意事项|事项|原则|特点|好处|手续|渠道|手段|招)?"
)
_ANNOUNCES = re.compile(r"以下|如下|下列|下面|分为|包括|包含|主要有|共有|有|需要|:$")
_OPEN = re.compile(
    r"等|之一|至少|以上|左右|其中|更多|若干|其他|第[一二三四五六七八九十\d]|每|另|再|前|后|此外"
    r"|\b(?:some|at least|more|first|last|other)\b"
)
_ENGLISH = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s+(?:\w+\s){0,2}?"
    r"(ways|steps|tips|reasons|methods|things|types|kinds|parts|stages|options|rules|mistakes|signs|points|ingredients|tools)\b",
    re.IGNORECASE,
)
# What opens a list may be counted in any plural: Bring the following three documents:
_ENGLISH_OPENING = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten)\s+(?:[a-z-]+\s){0,2}?([a-z]+s)\b(?=[^.!?:;,]{0,30}:)",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_ENGLISH_NUMBERS = {
    word: value
    for value, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}
_ORDINAL = re.compile(r"第([一二三四五六七八九十])([步点种个条项类])")
_INLINE_END = re.compile(r"[。!?;\n]")

REASON = Wording(
    en="“{text}” announces {announced}; {listed} follow.",
    zh="“{text}”说有 {announced} 项，实际列出 {listed} 项。",
)
_SAYS = Wording(en="announces {count}", zh="说有 {count} 项")


@dataclass(frozen=True, slots=True)
class CountMismatch:
    """``scan`` gives one flag for each announcement that its list breaks."""

    max_off: int = (
        4  # announced and listed numbers may differ by so many; more, and they have nothing to do with each other
    )
    max_number: int = 20  # larger numbers are titles of collections
    min_items: int = 2  # items of a list
    max_item: int = 12  # letters of an item that a sentence lists; longer ones hold lists of their own
    max_words: int = 6  # words of an item that an English sentence lists
    name: str = field(default="count_mismatch", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=2, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """Announcements before numbered lists, then those that list in one sentence."""
        found = items(document)
        passages = document.passages
        for run in series(found):
            first = run[0]
            if first.label.value != 1 or len(run) < self.min_items or first.start is None:
                continue
            if [item.label.value for item in run] != list(range(1, len(run) + 1)) or first.index == 0:
                continue
            before = passages[first.index - 1]
            if found_number := self._announced(before.text, is_heading=is_heading(before)):
                spans = [(item.start, item.end) for item in run if item.start is not None and item.end is not None]
                yield from self._judge(document, before.start, found_number, spans)
        yield from self._bullets(document)
        yield from self._inline(document)

    def _bullets(self, document: Document) -> Iterator[Flag]:
        """Announcements before lists without numbers."""
        for before, run in _bullet_lists(document.passages):
            announced = self._announced(before.text, is_heading=is_heading(before))
            if announced and len(run) >= self.min_items and not any(fold(item.text).endswith(":") for item in run):
                yield from self._judge(document, before.start, announced, [(item.start, item.end) for item in run])

    def _announced(self, text: str, *, is_heading: bool) -> tuple[int, int, int] | None:
        """The number that ``text`` announces at its end, and where it stands in ``text``."""
        folded = fold(text).rstrip()
        lead = len(folded) - len(bare(folded))
        sentence = re.split(r"[。!?;]|\.\s", folded)[-1]
        base = max(lead, len(folded) - len(sentence))
        if not is_heading and not (folded.endswith(":") or _ANNOUNCES.search(sentence)):
            return None
        rest = folded[base:]
        if _OPEN.search(rest):
            return None
        matches = [
            match
            for match in _COUNT.finditer(rest)
            if match[4] or (_ANNOUNCES.search(rest) and "," not in rest[match.end() :])
        ]
        matches += _english_counts(rest)
        if len(matches) != 1:
            return None
        match = matches[0]
        value = _value(match)
        return (value, base + match.start(), base + match.end()) if 1 < value <= self.max_number else None

    def _judge(
        self, document: Document, start: int, announced: tuple[int, int, int], spans: Sequence[tuple[int, int]]
    ) -> Iterator[Flag]:
        value, left, right = announced
        if value == len(spans) or abs(value - len(spans)) > self.max_off:
            return
        said = quote(document, start + left, start + right, note=_SAYS(count=value))
        listed = (quote(document, *span) for span in spans)
        yield self._flag(document, start + left, value, len(spans), (said, *listed))

    def _inline(self, document: Document) -> Iterator[Flag]:
        for passage in document.passages:
            text = fold(passage.text)
            for match in (*_COUNT.finditer(text), *_english_counts(text)):
                colon = re.match(r"[^。!?;,:、]{0,10}:", text[match.end() :])
                if _OPEN.search(text[max(0, match.start() - 6) : match.end()]):
                    continue
                yield from self._judge_ordinals(document, passage, match)
                if not colon:
                    continue
                yield from self._judge_sentence(document, passage, match, match.end() + colon.end())

    def _judge_sentence(self, document: Document, passage: Passage, match: re.Match[str], begin: int) -> Iterator[Flag]:
        text = match.string
        end = _INLINE_END.search(text, begin)
        listed = text[begin : end.start() if end else len(text)]
        counts, value = self._listed(listed), _value(match)
        if not counts or not 1 < value <= self.max_number or min(counts) <= value <= max(counts):
            return
        if abs(value - max(counts)) <= self.max_off:
            start, begin = passage.start + match.start(), passage.start + begin
            said = quote(document, start, begin, note=_SAYS(count=value))
            rest = quote(document, begin, begin + len(listed))
            yield self._flag(document, start, value, max(counts), (said, rest))

    def _judge_ordinals(self, document: Document, passage: Passage, match: re.Match[str]) -> Iterator[Flag]:
        """两个步骤: 第一步…第二步…第三步 in one passage."""
        told = list(_ORDINAL.finditer(match.string, match.end()))
        values = [number(step[1]) for step in told]
        announced = _value(match)
        if not told or told[0].start() - match.end() > self.max_item:
            return
        if len(values) < self.min_items or values != list(range(1, len(values) + 1)) or len({t[2] for t in told}) > 1:
            return
        if announced != len(values) and announced > 1 and abs(announced - len(values)) <= self.max_off:
            start = passage.start + match.start()
            said = quote(document, start, passage.start + match.end(), note=_SAYS(count=announced))
            steps = [quote(document, passage.start + step.start(), passage.start + step.end()) for step in told]
            yield self._flag(document, start, announced, len(values), (said, *steps))

    def _listed(self, text: str) -> tuple[int, ...]:
        """The numbers of items that ``text`` may be read as; empty for text that is no closed list."""
        if text.isascii():
            return self._listed_in_english(text)
        if "、" not in text or _OPEN.search(text) or "," in text:
            return ()
        parts = text.split("、")
        if any(not part.strip() or len(part.strip()) > self.max_item for part in parts):
            return ()
        joined = len(re.findall(r"[和与及]", text))
        return (len(parts), len(parts) + joined)

    def _listed_in_english(self, text: str) -> tuple[int, ...]:
        """As ``_listed``, for a, b, c and d."""
        *parts, last = text.rstrip(" .").split(", ")
        before, closing, after = _closing(last)
        listed = [*parts, *filter(None, (before, after))]
        if not parts or not closing or _OPEN.search(text) or any(len(part.split()) > self.max_words for part in listed):
            return ()
        return (len(listed), len(listed) + sum(bool(_JOINS.search(part)) for part in listed))

    def _flag(self, document: Document, start: int, value: int, listed: int, evidence: tuple[Evidence, ...]) -> Flag:
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage_at(document, start),
            score=0.8,
            reason=REASON(text=short(evidence[0].text), announced=value, listed=listed),
            evidence=evidence,
            severity=2,
            key=f"{evidence[0].text}:{listed}",
        )


DETECTOR = CountMismatch()


def _bullet_lists(passages: tuple[Passage, ...]) -> Iterator[tuple[Passage, tuple[Passage, ...]]]:
    """The passage before each list without numbers, and the items of the list."""
    before: Passage | None = None
    for is_list, group in groupby(passages, key=lambda passage: passage.kind == "list_item"):
        run = tuple(group)
        if is_list and before is not None and label_of(run[0].text) is None:
            yield before, run
        before = run[-1]


def _english_counts(text: str) -> list[re.Match[str]]:
    """Numbers of things in English: of ways and steps anywhere, before a colon of anything that is no unit."""
    found = {match.start(): match for match in _ENGLISH_OPENING.finditer(text) if match[2].lower() not in units()}
    return list((found | {match.start(): match for match in _ENGLISH.finditer(text)}).values())


def _closing(text: str) -> tuple[str, str, str]:
    """The last two things of a list (c and d; and d), and the word between them; empty where no list is closed."""
    joints = list(_JOINS.finditer(text))
    if not joints:
        return text, "", ""
    return text[: joints[-1].start()].strip(), joints[-1][0], text[joints[-1].end() :].strip()


def _value(match: re.Match[str]) -> int:
    if match.re is not _COUNT:
        word = match[1].lower()
        return _ENGLISH_NUMBERS.get(word) or number(word)
    return number(match[1] or match[2])
