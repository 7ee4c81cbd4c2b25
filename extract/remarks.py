"""Remarks on a post or an answer that take one line each: who, what and when stand in one block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterspin.model import Comment
from extract.blocks import Block, Layout
from extract.dates import find_date
from extract.verdicts import Verdicts

MAX_NAME = 24  # code points of the name of one who remarks
MAX_REMARK = 600  # code points of a remark; sites allow less

_NAMED = re.compile(rf"(?:[^\w\s]\s|[推噓嘘]\s)?(?P<name>\w[^:：\n]{{0,{MAX_NAME - 1}}}?)\s?[:：]\s*(?P<said>.+)")
_SIGNED = re.compile(rf"(?P<said>.+?)\s*[–—]\s*(?P<name>\w.{{0,{MAX_NAME - 1}}})")
_VERB = re.compile(r"\s*(?:发表|發表|回复|评论)于?$")
_WHEN = re.compile(  # at the end, but for a word on a button
    r"(?:(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*\d{1,2}:\d\d(?::\d\d)?"
    r"|[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)\d\d(?: at)? \d{1,2}:\d\d(?: ?[ap]m)?"
    r"|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d,? \d{1,2}:\d\d|(?:今|昨|前)天\s*\d{1,2}:\d\d)"
    r"\D{0,12}$"
)


def remark_in(block: Block, fetched_at: str | None, name: str = "") -> Comment | None:
    """The remark in a line: ``name: words, day and time`` or ``words – name, day and time``; ``None`` if it is none.

    ``name``: what stands alone before the line.
    """
    text = block.text
    when = _WHEN.search(text, max(0, len(text) - 48)) if len(text) <= MAX_REMARK else None
    if when is None:
        return None
    rest = text[: when.start()].strip(" ·|,，([（")
    found = _SIGNED.fullmatch(rest) or _NAMED.fullmatch(rest)
    date = find_date(when[0], fetched_at)
    if found is None and name and re.search(r"[，。！？,.!?]", rest):
        return Comment(name, None, date.iso if date else None, _VERB.sub("", rest))
    if found is None or block.link_chars > len(found["said"]):
        return None  # a linked headline with a colon
    return Comment(found["name"].strip(), None, date.iso if date else None, found["said"])


def drop_remarks(layout: Layout, verdicts: Verdicts, run: Sequence[int]) -> list[int]:
    """Take the remarks on posts and answers out of the text: lines whose writer is linked, or several side by side.

    The blocks that were taken, in reading order.
    """
    linked: dict[int, set[str]] = {}
    for anchor in layout.anchors:
        linked.setdefault(anchor.block, set()).add(anchor.text)
    found = {i: one for i in run if verdicts.reasons[i] is None and (one := _at(layout, i, None))}
    near = {i: {*linked.get(i, ()), *linked.get(i - 1, ())} for i in found}
    kept = [
        i
        for i, remark in found.items()
        if remark.author in near[i] or any(_beside(layout, i, j) for j in (i - 1, i + 1) if j in found)
    ]
    for index in kept:
        verdicts.reasons[index] = "comment"
        plain = (i for i in range(index - 1, run[0] - 1, -1) if not layout.blocks[i].link_chars)
        above = next(plain, -1)
        if above >= 0 and layout.blocks[above].level and verdicts.reasons[above] is None:
            verdicts.reasons[above] = "navigation"  # the heading over remarks: 点评
    return kept


def _beside(layout: Layout, one: int, other: int) -> bool:
    """Whether both blocks stand alone in nodes of one parent."""
    nodes = [layout.nodes[layout.blocks[i].node] for i in (one, other)]
    return nodes[0].parent == nodes[1].parent and all(node.last - node.first == 1 for node in nodes)


def _at(layout: Layout, index: int, fetched_at: str | None) -> Comment | None:
    """The remark in the block at ``index``; its writer may stand in a block of links before it."""
    before = layout.blocks[index - 1] if index else None
    name = before.text if before and len(before.text) <= MAX_NAME and before.link_chars == len(before.text) else ""
    return remark_in(layout.blocks[index], fetched_at, name)


def remarks_of(layout: Layout, indices: list[int], fetched_at: str | None) -> tuple[Comment, ...]:
    """The remarks in the blocks at ``indices``."""
    return tuple(remark for index in indices if (remark := _at(layout, index, fetched_at)))
