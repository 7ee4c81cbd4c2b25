"""The build of a page: numbered lines, series of numbers, headings with the passages under them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, takewhile

from counterspin.model import Document, Passage

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_CN = "〇零一二两三四五六七八九十百"
_LABELS = (
    ("han", re.compile(rf"([{_CN}]{{1,4}})\s{{0,2}}[、,，．.:：]\s*")),
    ("han_bracket", re.compile(rf"[(（\[【]\s*([{_CN}]{{1,4}})\s*[)）\]】][、.．:：]?\s*")),
    ("ordinal", re.compile(rf"第\s*([{_CN}]{{1,4}}|\d{{1,3}})\s*([步点个章节条款部篇类种招项期集届版回讲课问天周])?"
                           r"\s*(?:[、,，．.:：]|\s|$|(?<=[步点章节条款部篇招问]))\s*")),
    ("step", re.compile(r"(步骤|方法|技巧|问题|案例|要点|误区|原因|建议|阶段|部分|图|表)\s*"
                        rf"([{_CN}]{{1,3}}|\d{{1,2}})\s*(?:[、,，．.:：)）]|\s|$)\s*")),
    ("step", re.compile(r"(step|part|section|chapter|tip|phase|stage|rule|method|reason|mistake)\s+"
                        r"(\d{1,2}|[ivx]{1,4})\b\s*[.:)–—-]?\s*", re.IGNORECASE)),
    ("digit_bracket", re.compile(r"[(（\[【]\s*(\d{1,2})\s*[)）\]】][、.．:：]?\s*")),
    ("digit_paren", re.compile(r"(\d{1,2})\s*[)）]\s*")),
    ("multi", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=\D)")),
    ("digit", re.compile(r"(\d{1,2})\s{0,2}(?:[.．](?!\d)|[、:：])\s*")),
    ("circled", re.compile(r"([①-⑳❶-❿])[、.．:：]?\s*")),
    ("roman", re.compile(r"([ivx]{1,4})[.)、]\s+", re.IGNORECASE)),
    ("letter", re.compile(r"([a-h])[.)、]\s+", re.IGNORECASE)),
)  # fmt: skip
# What opens a body inside a numbered line: "1. 到达家中:预约时间确定后..." has the head 到达家中.
_HEAD_END = re.compile(r"[::：。！？!?;；\n]|[.](?=\s|$)|\s[-–—]\s")
_AFTER_HEAD = re.compile(r"^[:：。\s–—-]+")
MAX_HEAD = 60  # code points; a longer first sentence is a body without a head
_TOC_LEAD = re.compile(
    r"\s*(?:table of contents|contents|in this (?:article|guide)|(?:本文)?目录|文章目录)\s*[:：]?\s*", re.IGNORECASE
)
_TOC_ENTRY = re.compile(
    r"(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、)\s*\S.*?(?=\s+\d{1,2}[.、)]\s*\S|\s*[一二三四五六七八九十]{1,2}、|$)"
)
_TOC_WITHIN = 8  # passages at the beginning of a page in which a table of contents stands
_TOC_LEAST = 3  # headings of the page that a plain list names, to be its table of contents
_TOC_SHARE = 0.7  # of its lines
_SQUEEZE = re.compile(r"[\W_]+")
_TITLES = ("title", "heading")


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the start of a line. Labels of one ``style`` count together; ``value`` is 1 for the first.

    ``end`` is where the words begin, in code points of the line. The style of ``1.2`` is ``multi:1``, its value 2.
    """

    style: str
    value: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered passage, or one numbered line of it.

    ``start`` and ``end`` are offsets in the document's text (``None`` for a line of a table of contents);
    ``head`` is what names the item, ``body`` the text up to the next heading or item.
    """

    label: Label
    start: int | None
    end: int | None
    text: str
    head: str
    body: str
    index: int
    is_toc: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the passages under it, up to the next heading of any level."""

    heading: Passage
    label: Label | None
    body: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The body as one text, passages apart by line breaks."""
        return "\n".join(passage.text for passage in self.body)


def number(text: str) -> int:
    """The value of a Chinese, Arabic, circled or Roman number up to 999; 0 for what is none."""
    text = unicodedata.normalize("NFKC", text).strip().lower()
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN[text]
    if text and set(text) <= set(_CN):
        return _han_number(text)
    return 0


@lru_cache(maxsize=4096)  # several detectors ask about the same lines
def label_of(line: str) -> Label | None:
    """The number that the line begins with, if it begins with one and goes on after it."""
    lead = len(line) - len(line.lstrip())
    for style, pattern in _LABELS:
        match = pattern.match(line, lead)
        if match:
            return _label(style, match)
    return None


def bare(line: str) -> str:
    """The line without its number."""
    label = label_of(line)
    return line[label.end :].strip() if label else line.strip()


@lru_cache(maxsize=8192)
def squeezed(text: str) -> str:
    """Letters and digits only, NFKC, lower case: what two headings are compared by."""
    return _SQUEEZE.sub("", unicodedata.normalize("NFKC", text).lower())


def is_heading(passage: Passage) -> bool:
    """Whether the passage is the title or a heading."""
    return passage.kind in _TITLES


def sections(document: Document) -> tuple[Section, ...]:
    """The headings of the page, each with the passages under it. What stands before the first heading is left out."""
    found: list[Section] = []
    heading: Passage | None = None
    body: list[Passage] = []
    for passage in document.passages:
        if is_heading(passage):
            if heading:
                found.append(Section(heading, label_of(heading.text), tuple(body)))
            heading, body = passage, []
        else:
            body.append(passage)
    if heading:
        found.append(Section(heading, label_of(heading.text), tuple(body)))
    return tuple(found)


def items(document: Document) -> tuple[Item, ...]:
    """All numbered lines of the body in reading order, those of the table of contents not among them."""
    passages = document.passages
    found: list[Item] = []
    for index, passage in enumerate(passages):
        for start, line in _lines(passage):
            label = label_of(line)
            if label and label.end < len(line):
                body = _under(passages, index) if is_heading(passage) else ""
                found.append(_item(label, start, line, body, index))
    return tuple(found)


def toc_lines(document: Document) -> tuple[str, ...]:
    """The lines of the table of contents, also of one that is written as a paragraph or as a plain list.

    A list before the first heading below the title is one if most of its lines are headings of the page.
    """
    if document.toc:
        return document.toc
    for passage in document.passages[:_TOC_WITHIN]:
        lead = _TOC_LEAD.match(passage.text)
        entries = _TOC_ENTRY.findall(passage.text[lead.end() :]) if lead else []
        if len(entries) > 1:
            return tuple(entry.strip() for entry in entries)
    return _listed_headings(document)


def _listed_headings(document: Document) -> tuple[str, ...]:
    headings = {squeezed(bare(passage.text)) for passage in document.passages if is_heading(passage)}
    for kind, group in groupby(takewhile(_is_above_sections, document.passages), key=lambda passage: passage.kind):
        lines = tuple(passage.text for passage in group)
        known = sum(squeezed(bare(line)) in headings for line in lines)
        if kind == "list_item" and known >= max(_TOC_LEAST, _TOC_SHARE * len(lines)):
            return lines
    return ()


def _is_above_sections(passage: Passage) -> bool:
    return passage.kind != "heading" or passage.level == 1


def toc_items(document: Document) -> tuple[Item, ...]:
    """The numbered lines of the table of contents."""
    found = []
    for index, line in enumerate(toc_lines(document)):
        label = label_of(line)
        if label:
            head = line[label.end :].strip()
            found.append(Item(label, None, None, line, head, "", index, is_toc=True))
    return tuple(found)


def series(found: Iterable[Item]) -> tuple[tuple[Item, ...], ...]:
    """The items as lists of one style each: 一 (1 2 3) 二 (1 2) gives (一 二), (1 2 3), (1 2).

    A style that comes back after another one opened it goes on; a 1 starts anew.
    """
    done: list[list[Item]] = []
    stack: list[list[Item]] = []
    for item in found:
        depth = next((d for d, run in enumerate(stack) if run[-1].label.style == item.label.style), None)
        if depth is None:
            stack.append([item])
            done.append(stack[-1])
            continue
        del stack[depth + 1 :]
        if item.label.value == 1:
            stack[depth] = [item]
            done.append(stack[depth])
        else:
            stack[depth].append(item)
    return tuple(tuple(run) for run in done)


def _han_number(text: str) -> int:
    total = 0
    for unit, size in (("百", 100), ("十", 10)):
        if unit in text:
            left, text = text.split(unit, 1)
            total += (_DIGITS.get(left, 1) if left else 1) * size
    rest = [_DIGITS[sign] for sign in text if sign in _DIGITS]
    return total + (int("".join(map(str, rest))) if rest else 0)


def _label(style: str, match: re.Match[str]) -> Label | None:
    groups = match.groups()
    if style == "multi":
        parent, _, last = groups[0].rpartition(".")
        return Label(f"multi:{parent}", int(last), match.end())
    if style in ("ordinal", "step"):
        kind, value = (groups[1] or "", groups[0]) if style == "ordinal" else groups
        style, text = f"{style}:{kind.lower()}", value
    else:
        text = groups[0]
    if style in ("roman", "letter"):
        value_of = number(text) if style == "roman" else ord(text.lower()) - ord("a") + 1
        style += ":upper" if text.isupper() else ":lower"
    else:
        value_of = number(text)
    return Label(style, value_of, match.end()) if value_of else None


def _lines(passage: Passage) -> Iterator[tuple[int, str]]:
    start = passage.start
    for line in passage.text.split("\n"):
        yield start, line
        start += len(line) + 1


def _under(passages: tuple[Passage, ...], index: int) -> str:
    body = []
    for passage in passages[index + 1 :]:
        if is_heading(passage):
            break
        body.append(passage.text)
    return "\n".join(body)


def _item(label: Label, start: int, line: str, body: str, index: int) -> Item:
    rest = line[label.end :]
    end = _HEAD_END.search(rest)
    cut = end.start() if end else len(rest)
    if cut > MAX_HEAD:
        cut = 0
    inner = _AFTER_HEAD.sub("", rest[cut:])
    return Item(
        label,
        start,
        start + len(line),
        line,
        rest[:cut].strip(),
        "\n".join(part for part in (inner, body) if part),
        index,
    )
