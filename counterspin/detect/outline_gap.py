"""The numbering of a page jumps: 七 is followed by 九, step 2 by step 4, or the list begins at 二.

Machine-cut and machine-joined articles lose parts and keep the numbers. The table of contents and the body are read
apart, each level on its own.

Not a gap: statutes and quoted articles (第十七条, 第十九条), continued pages (a text that begins at 二 without an
introduction, or whose address says page 2), countdowns, numbers in tables, levels that restart.

Source: numbering damage on two farms (our study of 301 pages, section 4); rule S2 of our notes on
contradiction, no false alarm there on the two seed pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.outline import Item, items, series, squeezed, toc_items
from counterspin.text.quote import beside, passage_at, quote, short
from counterspin.wording import Wording

FLAGS = (
    "= 一、选盆\n= 二、配土\n= 四、浇水\n# 选盆\n盆要透气。\n# 配土\n土要疏松。\n# 浇水\n见干见湿。",
    "# 一、选盆\n盆要透气。\n# 二、配土\n土要疏松。\n# 四、浇水\n见干见湿。\n# 五、施肥\n薄肥勤施。",
    "本文介绍护照换发的步骤。\n# 二、准备材料\n带上旧护照。\n# 三、网上预约\n选好时间。\n# 四、到场办理\n准时到达。",
    "# Step 1: Turn off the water\nClose the valve.\n# Step 2: Drain the tank\nOpen the tap.\n# Step 4: Refill\nWait.",
)
PASSES = (
    "# 一、选盆\n盆要透气。\n# 二、配土\n土要疏松。\n# 三、浇水\n见干见湿。",
    "@url: http://example.test/a_2.html\n接前。\n# 二、材料\n旧护照。\n# 三、预约\n选好时间。\n# 四、办理\n准时到达。",
    "第十七条 用人单位应当提出申请。\n第十九条 部门应当受理。\n第二十三条 逾期不受理的，可以起诉。",
    "# 10. Rome\nOld.\n# 9. Paris\nNew.\n# 8. Oslo\nCold.\n# 6. Bonn\nSmall.",
    "# 一、准备\n1. 买盆。\n2. 买土。\n# 二、种植\n1. 挖坑。\n2. 浇水。",
)

_QUOTED = (
    *(f"ordinal:{unit}" for unit in "条款项集届期版回课天周讲"),
    *(f"step:{word}" for word in ("图", "表", "案例", "section", "chapter", "rule")),
    "roman",
    "letter",
    "multi",
)
_TOLD = 12  # numbers of a list that a reason shows in full
_LATER_PAGE = re.compile(r"[_-]\d{1,2}\.\w+$|[?&/](?:p|page|pn)[=/_-]?\d+|_\d{1,2}/?$", re.IGNORECASE)
_TURNS = re.compile(r"\s*(?:[<‹«]*\s*(?:上一?页|previous|prev\b|page \d)|[\[(]?1[\])]?\s*$)", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"本文|下面|以下|接下来|如下|小编|随着|this (?:article|guide|post)|here(?:'s| is| are)|below", re.IGNORECASE
)

REASON = Wording(
    en="{where} from “{first}” to “{last}” counts {numbers}: no {missing}.",
    zh="{where}从“{first}”到“{last}”的编号是 {numbers}：缺 {missing}。",
)
_CONTENTS = Wording(en="The table of contents", zh="目录")
_LIST = Wording(en="The numbered list", zh="编号列表")
_NOTE = Wording(en="table of contents", zh="目录")


@dataclass(frozen=True, slots=True)
class OutlineGap:
    """``scan`` gives one flag for each list of numbers with a gap."""

    min_entries: int = 3  # numbered entries of one level; fewer make no list
    max_missing: int = 2  # numbers missing at one place; more are two lists, not a gap
    max_gaps: int = 2  # places with missing numbers in one list; more are quoted numbers
    name: str = field(default="outline_gap", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The numbered lists of table of contents and body that jump. A list that the body repeats is told once."""
        told: set[tuple[str, tuple[int, ...]]] = set()
        for found in (toc_items(document), items(document)):
            for run in series(found):
                missing = self._missing(document, run)
                key = (run[0].label.style, missing)
                if missing and key not in told:
                    told.add(key)
                    yield self._flag(document, run, missing)

    def _missing(self, document: Document, run: tuple[Item, ...]) -> tuple[int, ...]:
        values = [item.label.value for item in run]
        steps = [after - before for before, after in pairwise(values)]
        if len(run) < self.min_entries or run[0].label.style.startswith(_QUOTED) or min(steps) < 1:
            return ()
        wide = [step for step in steps if step > 1]
        if len(wide) > self.max_gaps or max(steps) > self.max_missing + 1:
            return ()
        first = range(1, values[0]) if self._starts_late(document, run, values, bool(wide)) else ()
        inner = [gone for a, b in pairwise(values) for gone in range(a + 1, b)]
        return (*first, *inner)

    def _starts_late(self, document: Document, run: tuple[Item, ...], values: list[int], has_gap: bool) -> bool:
        """Whether the list lacks its beginning: only where the page shows that it begins here."""
        if not 1 < values[0] <= 1 + self.max_missing or _LATER_PAGE.search(document.url):
            return False
        if run[0].is_toc or has_gap:
            return True
        before = document.text[: run[0].start].strip()
        if run[0].label.style not in ("han", "digit", "step:step") or any(
            _TURNS.match(link.anchor) for link in document.links
        ):
            return False
        opens = squeezed(before) in ("", squeezed(document.title or "")) and run[0].label.style == "han"
        return opens or bool(_INTRODUCES.search(before))

    def _flag(self, document: Document, run: tuple[Item, ...], missing: tuple[int, ...]) -> Flag:
        values = {item.label.value: item for item in run}
        around = sorted({v for gone in missing for v in (_before(values, gone), _after(values, gone)) if v} | {
            run[0].label.value, run[-1].label.value
        })  # fmt: skip
        shown = ", ".join(str(value) for value in missing)
        only_late = (
            max(missing) < run[0].label.value and not run[0].is_toc
        )  # the second page of an article looks so, too
        score = 0.5 if only_late else 0.9 if run[0].label.style in ("han", "step:step") or run[0].is_toc else 0.7
        where = _CONTENTS() if run[0].is_toc else _LIST()
        numbers = _told([item.label.value for item in run])
        return new_flag(
            self.category,
            self.name,
            document.url,
            None if run[0].start is None else passage_at(document, run[0].start),
            score=score,
            reason=REASON(
                where=where, first=short(run[0].text), last=short(run[-1].text), numbers=numbers, missing=shown
            ),
            evidence=tuple(_evidence(document, values[value]) for value in around),
            severity=1 if only_late else 2,
            key=f"{run[0].label.style}:{shown}",
        )


DETECTOR = OutlineGap()


def _before(values: dict[int, Item], gone: int) -> int:
    return max((value for value in values if value < gone), default=0)


def _after(values: dict[int, Item], gone: int) -> int:
    return min((value for value in values if value > gone), default=0)


def _told(values: list[int]) -> str:
    """The numbers, those in the middle of a long list left out."""
    told = [str(value) for value in values]
    if len(told) <= _TOLD:
        return ", ".join(told)
    jumps = [at for at, (a, b) in enumerate(pairwise(values)) if b != a + 1]
    inner = [", ".join(told[at : at + 2]) for at in jumps]
    return ", …, ".join([told[0], *inner, told[-1]])


def _evidence(document: Document, item: Item) -> Evidence:
    if item.start is None or item.end is None:
        return beside(document, item.text, note=_NOTE())
    return quote(document, item.start, item.end)
