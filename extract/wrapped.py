"""Lines that were broken by hand at a width, as in letters and old pages, put together to the paragraphs they were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.blocks import Block, Node

NARROWEST, WIDEST = 36, 130  # columns of the longest line; a Chinese character takes two; verses are narrower
MIN_LINES = 3  # lines that end amid a sentence because the next word did not fit, from which a width is seen,
MIN_BROKEN = 0.3  # and the share of the lines that do, 0 to 1
MIN_EXPLAINED = 0.7  # share of the lines that end so or with a sentence, 0 to 1
LONGEST = 4000  # code points of a paragraph that takes up no more lines
_SLACK = 4  # columns that a line may lack: no line begins with a comma, and some end before a bracket

_ITEM = re.compile(r"[-*•·●○■]\s|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.)、）．]|[①-⑳]")
_FIRST_WORD = re.compile(r"[!-~]+|\S")
_QUOTED = re.compile(r"(?:>\s?)+")
_ENDS = '。！？!?.…”"」：:；;'


def unwrapped(blocks: list[Block], nodes: Sequence[Node] = ()) -> list[Block]:
    """``blocks`` with the lines of each element joined where they were broken only because the line was full.

    With the page's ``nodes`` also the lines that stand in a box each, as in pages made from print.
    """
    out: list[Block] = []
    start = 0
    for index in range(1, len(blocks) + 1):
        if index == len(blocks) or not _continues(blocks[index - 1], blocks[index], nodes):
            group = blocks[start:index]
            out += _joined(group) if len(group) > MIN_LINES else group
            start = index
    return out


def _continues(one: Block, other: Block, nodes: Sequence[Node]) -> bool:
    """Whether ``other`` is the next line of the same element, or stands in a box of its own like ``one``."""
    if other.soft and (one.node, one.kind) == (other.node, other.kind) and one.kind != "heading":
        return True
    boxes = [nodes[block.node] for block in (one, other)] if nodes else []
    return bool(boxes) and all(
        box.tag == "div" and box.last - box.first == 1 and box.depth == boxes[0].depth for box in boxes
    )


def _joined(lines: list[Block]) -> list[Block]:
    widths = [_width(line.text) for line in lines]
    widest = max(widths)
    if not NARROWEST <= widest <= WIDEST:
        return lines
    full = [
        line.kind == after.kind != "heading"
        and not after.apart
        and not _ITEM.match(after.text)
        and width + _first(after.text) + _SLACK > widest
        for line, width, after in zip(lines, widths, lines[1:], strict=False)
    ]
    broken = sum(is_full and line.text[-1] not in _ENDS for is_full, line in zip(full, lines, strict=False))
    explained = sum(
        is_full or after.apart or line.kind == "heading" or line.text[-1] in _ENDS
        for is_full, line, after in zip(full, lines, lines[1:], strict=False)
    )
    if broken < max(MIN_LINES, MIN_BROKEN * len(full)) or explained < MIN_EXPLAINED * len(full):
        return lines
    out = [lines[0]]
    for is_full, line in zip(full, lines[1:], strict=True):
        out[-1:] = (
            [_one(out[-1], line)]
            if is_full and _level(line) == _level(out[-1]) and len(out[-1].text) <= LONGEST
            else [out[-1], line]
        )
    return out


def _level(line: Block) -> int:
    """How often a line of a letter is quoted: the signs before it."""
    quoted = _QUOTED.match(line.text)
    return quoted[0].count(">") if quoted else 0


def _one(first: Block, second: Block) -> Block:
    """Both lines as one block; no blank between Chinese characters."""
    rest = _QUOTED.sub("", second.text, count=1) if second.text[0] == ">" else second.text
    wide = min(first.text[-1], rest[:1] or " ") > "\u2e7f"
    return replace(
        first,
        text=first.text + ("" if wide else " ") + rest,
        link_chars=first.link_chars + second.link_chars,
        anchors=first.anchors + second.anchors,
        marks=first.marks + second.marks,
        emphasis=first.emphasis and second.emphasis,
    )


def _first(text: str) -> int:
    """The width of the first word and the blank before it."""
    word = _FIRST_WORD.match(text)
    return _width(word[0]) + 1 if word else 0


def _width(text: str) -> int:
    """Columns that ``text`` takes in a fixed type."""
    return len(text) + sum(char > "\u2e7f" for char in text)
