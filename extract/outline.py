"""Headings that are only bold or numbered lines, and the table of contents printed before the text."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.blocks import Block, Layout
from extract.titles import bare

MAX_HEADING = 40  # code points; a longer numbered line is a sentence
MIN_LINKED = 0.8  # share of its characters in links into the page from which a line is an entry, 0 to 1
MIN_TOC = 3  # lines of a table of contents
MIN_RECURRING = 0.5  # share of its lines that must come back as lines of their own, 0 to 1

_NUMBERED = (
    (2, re.compile(r"^第?[一二三四五六七八九十百]{1,4}[、.．：:章节部]|^(?:chapter|part|step)\s+\w+", re.IGNORECASE)),
    (3, re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]")),
    (3, re.compile(r"^\d{1,2}(?:[、.．：:](?!\d)|\s(?=[\u4e00-\u9fff]))")),
    (4, re.compile(r"^[（(]\d{1,2}[)）]|^\d{1,2}[)）]|^[①-⑳]|^\d{1,2}\.\d{1,2}")),
)
_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十百]{1,4}[、.．：:章节部]|[（(]?\d{1,2}(?:\.\d{1,2})?[)）、.．：:]|[（(][一二三四五六七八九十]{1,3}[)）]|[①-⑳])\s*"
)
_PLACE = re.compile(r"(?:^|(?<=[;\s]))(?:left|right|top|bottom|width|height)\s*:[^;]*;?", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[。！；;，,…!]$|(?<!\d)\.$")


def with_headings(blocks: list[Block], toc: list[Block] | None = None) -> list[Block]:
    """``blocks`` with the lines that stand before text as headings do turned into headings.

    Such a line is short and bold, numbered, or a line of the table of contents (``toc``).
    """
    listed = {_name(block): _number_level(block.text) for block in toc or ()}
    out = []
    for index, block in enumerate(blocks):
        level = _level(block, listed) if block.kind == "paragraph" and index + 1 < len(blocks) else 0
        out.append(replace(block, kind="heading", level=level) if level else block)
    return out


def drawn_headings(layout: Layout, main: list[int]) -> set[int]:
    """Those of the blocks ``main`` that a frame of their own draws as headings: two or more short lines in boxes of
    one style, in which no prose stands, each before prose.
    """
    alike: dict[tuple[str, str, str], list[int]] = {}
    for place, index in enumerate(main):
        alike.setdefault(_frame(layout, index), []).append(place)
    found: set[int] = set()
    for frame, places in alike.items():
        if len(places) > 1 and (frame[1] or frame[2]) and all(_heads(layout, main, place) for place in places):
            found |= {main[place] for place in places}
    return found


def _frame(layout: Layout, index: int) -> tuple[str, str, str]:
    """Tag, classes and styles of the outermost box that holds this block alone and of the elements around all of it."""
    node = layout.nodes[layout.blocks[index].node]
    while node.parent >= 0:
        outer = layout.nodes[node.parent]
        if (outer.first, outer.last) != (index, index + 1):
            break
        node = outer
    if (node.first, node.last) != (index, index + 1):
        return "", "", ""
    element, names, styles = node.element, [], []
    while element is not None:
        names.append(element.get("class") or "")
        styles.append(_PLACE.sub("", element.get("style") or ""))
        element = element[0] if len(element) == 1 and not _has_words(element.text, element[0].tail) else None
    return node.tag, "/".join(filter(None, names)), "/".join(filter(None, styles))


def _has_words(*texts: str | None) -> bool:
    return any(text and not text.isspace() for text in texts)


def _heads(layout: Layout, main: list[int], place: int) -> bool:
    """Whether the block is a short line of plain words before prose."""
    block = layout.blocks[main[place]]
    after = layout.blocks[main[place + 1]] if place + 1 < len(main) else None
    plain = block.kind == "paragraph" and not block.link_chars and not _ENDS_SENTENCE.search(block.text)
    return plain and 2 <= len(block.text) <= MAX_HEADING and after is not None and after.marks > 0


def _level(block: Block, listed: dict[str, int]) -> int:
    text = block.text
    if not 2 <= len(text) <= MAX_HEADING or _ENDS_SENTENCE.search(text) or block.link_chars:
        return 0
    level = _number_level(text)
    if not level and _name(block) in listed:
        level = listed[_name(block)] or 2
    return level or (3 if block.emphasis else 0)


def _number_level(text: str) -> int:
    """The level that the numbering of ``text`` says, 2 to 4; 0 without one."""
    return next((level for level, pattern in _NUMBERED if pattern.search(text)), 0)


def split_toc(blocks: list[Block], title: str | None) -> tuple[list[Block], list[Block]]:
    """The table of contents before the first prose (empty without one) and the other blocks."""
    run = 0
    while run < len(blocks) and len(blocks[run].text) <= MAX_HEADING and not _ENDS_SENTENCE.search(blocks[run].text):
        run += 1
    if run < MIN_TOC:
        return [], blocks
    names = [_name(block) for block in blocks]
    run = next((i for i in range(run) if names[i] and names[i] in names[:i] and i >= MIN_TOC), run)
    later = set(names[run:])
    start = 0
    while (
        start < run
        and (names[start] not in later or names[start] == bare(title or ""))
        and not _is_numbered(blocks[start])
    ):
        start += 1
    listed = names[start:run]
    if len(listed) < MIN_TOC or sum(name in later for name in listed) < MIN_RECURRING * len(listed):
        return [], blocks
    return blocks[start:run], blocks[:start] + blocks[run:]


def linked_toc(layout: Layout) -> list[int]:
    """The blocks of a table of contents made of links into the page itself; empty without one.

    Such a block is a link to ``#…`` and comes back as a line of its own.
    """
    inside: dict[int, int] = {}
    for anchor in layout.anchors:
        if anchor.href.startswith("#") and len(anchor.href) > 1 and anchor.block < len(layout.blocks):
            inside[anchor.block] = inside.get(anchor.block, 0) + len(anchor.text)
    lines = [i for i, chars in inside.items() if chars >= MIN_LINKED * len(layout.blocks[i].text)]
    if len(lines) < MIN_TOC:
        return []
    listed = set(lines)
    said = (block for i, block in enumerate(layout.blocks) if i not in listed)
    later = {_name(block) for block in said if len(block.text) <= 2 * MAX_HEADING}
    names = {i: _name(layout.blocks[i]) for i in lines}
    found = [i for i, name in names.items() if name and (name in later or name.lstrip("0123456789") in later)]
    return found if len(found) >= MIN_TOC and len(found) >= MIN_RECURRING * len(lines) else []


def _name(block: Block) -> str:
    return bare(_NUMBER.sub("", block.text))


def _is_numbered(block: Block) -> bool:
    return bool(_NUMBER.match(block.text))
