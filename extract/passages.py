"""Blocks of main text to passages with offsets into one text."""

from __future__ import annotations

from counterspin.model import Passage
from extract.blocks import Block

MAX_TEXT = 2_000_000  # code points of one document


def passages_of(blocks: list[Block]) -> tuple[str, tuple[Passage, ...], bool]:
    """The text (one passage a line), its passages, and whether it was cut at :data:`MAX_TEXT`."""
    passages: list[Passage] = []
    lines: list[str] = []
    at = 0
    for block in blocks:
        if at + len(block.text) > MAX_TEXT:
            text = block.text[: MAX_TEXT - at]
            passages += [Passage(block.kind, block.level, at, at + len(text), text)] if text else []
            return "\n".join([*lines, text] if text else lines), tuple(passages), True
        passages.append(Passage(block.kind, block.level, at, at + len(block.text), block.text))
        lines.append(block.text)
        at += len(block.text) + 1
    return "\n".join(lines), tuple(passages), False
