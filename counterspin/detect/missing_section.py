"""A page promises a section, or a list, that it does not have.

An entry of the table of contents without a part of that name in the body (九、参考文献, and no references), or a
sentence that announces a list (具体步骤如下:) and is followed by a heading or by nothing.

Not missing: an entry whose words stand in the body under another heading, a table of contents of which most entries
are not found (it belongs to other pages), an announced picture, table, video or code, which is no text.

Source: rule S1 of our notes on contradiction; the first seed page and a sister page of its farm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.fuzz import partial_ratio, ratio

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold
from counterspin.text.outline import bare, is_heading, label_of, squeezed, toc_lines
from counterspin.text.quote import beside, quote, short
from counterspin.wording import Wording

FLAGS = (
    "= 一、选盆\n= 二、配土\n= 三、常见问题\n# 选盆\n盆要透气。\n# 配土\n土要疏松。",
    "= What to pack\n= When to leave\n= References\n# What to pack\nSocks.\n# When to leave\nEarly.",
    "# 换发流程\n办理护照换发的具体步骤如下：\n# 费用\n收费一百二十元。\n# 时限\n七个工作日。",
    "Repair.\n- 1 Tools\n- 2 Steps\n- 3 Care\n- 4 Disposal\n## 1 Tools\nA saw.\n## 2 Steps\nCut.\n## 3 Care\nOil it.",
)
PASSES = (
    "= 一、选盆\n= 二、配土\n# 一、选盆\n盆要透气。\n# 二、配土\n土要疏松。",
    "# 换发流程\n具体步骤如下：\n1. 预约。\n2. 到场。\n# 费用\n收费一百二十元。",
    "# 尺寸\n具体尺寸如下图：\n# 费用\n收费一百二十元。",
    "= 引言\n= 选盆\n= 配土\n养花先要懂它。\n# 选盆\n盆要透气。\n# 配土\n土要疏松。",
    "= 首页\n= 新闻\n= 视频\n# 选盆\n盆要透气。",
    "Repair.\n- Tools\n- Steps\n- Care\n## Tools\nA saw.\n## Steps\nCut.\n## Care\nOil it.",
    "Bring:\n- a saw\n- oil\n- rags\n- gloves\n## Tools\nA saw.\n## Steps\nCut.\n## Care\nOil it.",
)

_ANNOUNCES = re.compile(
    r"(?:如下|以下|下列)[^。!?:]{0,12}:$|(?:有|分为|包括)[^。!?:]{0,6}几[个种点项步类][^。!?:]{0,8}:$"
    r"|(?:following|these|as follows|below)[^.!?:]{0,40}:$",
    re.IGNORECASE,
)
_SHORT = 40  # code points of a line that may name a section
_NO_TEXT = re.compile(
    r"图|表|视频|代码|链接|二维码|公式|figure|table|picture|photo|video|code|chart|image|link|map|form", re.IGNORECASE
)

_PROMISED = Wording(
    en="The table of contents promises “{entry}”; the page has no such section.",
    zh="目录里有“{entry}”，正文却没有这一节。",
)
_ANNOUNCED = Wording(
    en="“{last}” announces a list; what follows is the heading “{heading}”.",
    zh="“{last}”后面应有列举，接着却是小标题“{heading}”。",
)
_NOTE = Wording(en="table of contents", zh="目录")


@dataclass(frozen=True, slots=True)
class MissingSection:
    """``scan`` gives one flag for each promise that is not kept."""

    min_likeness: int = 75  # per cent, of an entry and a heading, for one to be the other
    max_missing: float = 0.34  # share of entries that may be missing; above it the table belongs to something else
    min_entries: int = 3  # entries of a table of contents
    name: str = field(default="missing_section", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=2, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """Entries of the table of contents without a section, then announced lists that do not come."""
        yield from self._entries(document)
        yield from self._lists(document)

    def _entries(self, document: Document) -> Iterator[Flag]:
        entries = [line for line in toc_lines(document) if squeezed(bare(line))]
        if len(entries) < self.min_entries:
            return
        own = {line for line in entries if not document.toc}  # a table that is a list of the page is no section of it
        body = [passage for passage in document.passages if passage.kind != "list_item" or passage.text not in own]
        lines = [squeezed(bare(_head(passage.text))) for passage in body if _names_a_part(passage)]
        missing = [entry for entry in entries if not self._is_kept(squeezed(bare(entry)), lines)]
        titles = {squeezed(document.title or "")}
        missing = [entry for entry in missing if squeezed(entry) not in titles]
        if missing[:1] == entries[:1] and _opens(document):
            missing = missing[1:]  # 引言, Introduction: the text before the first heading
        if len(missing) > max(1, self.max_missing * len(entries)):
            return
        for entry in missing:
            yield new_flag(
                self.category,
                self.name,
                document.url,
                None,
                score=0.9,
                reason=_PROMISED(entry=short(entry)),
                evidence=(beside(document, entry, note=_NOTE()),),
                severity=3,
                key=squeezed(bare(entry)),
            )

    def _is_kept(self, entry: str, lines: list[str]) -> bool:
        return any(
            entry in line
            or ratio(entry, line) >= self.min_likeness
            or (len(line) > 3 and partial_ratio(entry, line) == 100)
            for line in lines
        )  # fmt: skip

    def _lists(self, document: Document) -> Iterator[Flag]:
        passages = document.passages
        for here, after in zip(passages, (*passages[1:], None), strict=False):
            text = fold(here.text).rstrip()
            last = re.split(r"[。!?]", text)[-1]
            if is_heading(here) or not _ANNOUNCES.search(last) or _NO_TEXT.search(last):
                continue
            if after is None or not is_heading(after) or label_of(after.text) or _is_deeper(passages, here, after):
                continue
            yield new_flag(
                self.category,
                self.name,
                document.url,
                here,
                score=0.7,
                reason=_ANNOUNCED(last=short(last), heading=short(after.text)),
                evidence=(quote(document, here.start, here.end), quote(document, after.start, after.end)),
                severity=2,
                key="list",
            )


DETECTOR = MissingSection()


def _opens(document: Document) -> bool:
    """Whether text stands before the first heading below the title."""
    below = [passage for passage in document.passages if passage.kind != "title"]
    return bool(below) and not is_heading(below[0]) and any(map(is_heading, below))


def _head(text: str) -> str:
    return re.split(r"[:：。\n]", text, maxsplit=1)[0]


def _names_a_part(passage: Passage) -> bool:
    """Whether the passage may open a section: a heading, a numbered line or a short line."""
    return is_heading(passage) or label_of(passage.text) is not None or len(passage.text) <= _SHORT


def _is_deeper(passages: tuple[Passage, ...], here: Passage, after: Passage) -> bool:
    """Whether the heading that follows opens a part of the announced list: it is no sister of the heading above."""
    above = [passage for passage in passages if is_heading(passage) and passage.end <= here.start]
    return not above or above[-1].kind == "title" or after.level > above[-1].level
