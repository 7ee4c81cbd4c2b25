"""How much a block speaks for main text, and what has been found against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from extract.blocks import Block, Layout

MAX_CELL = 120  # code points of a cell of data; longer ones hold prose


def value(block: Block) -> float:
    """How much a block speaks for main text: its prose characters, less what its links speak against it."""
    chars, prose = len(block.text), len(block.text) - block.link_chars
    if block.link_chars > 0.6 * chars:
        return -3.0 - 0.3 * min(chars, 60)
    if block.kind == "heading":
        return 4.0
    if block.kind == "table_cell" and not block.marks:
        return -0.5 * block.anchors
    if block.marks and prose >= 12:
        return float(min(prose, 1000)) - block.link_chars
    if block.soft and not block.link_chars:
        return 0.3 * min(prose, 80)  # a line of a verse, of an address, or one that was broken by hand
    return 0.3 * min(prose, 80) - 4.0 if prose > 20 else -2.0


def is_data_cell(layout: Layout, block: Block) -> bool:
    """Whether ``block`` is a cell of a table of data: alone in its cell, beside other cells, and short."""
    nodes, index = layout.nodes, block.node
    while index >= 0 and nodes[index].tag not in ("td", "th"):
        index = nodes[index].parent
    if index < 0 or nodes[index].last - nodes[index].first > 1:
        return False
    row = nodes[max(0, nodes[index].parent)]
    return row.last - row.first > 1 and len(block.text) <= MAX_CELL


@dataclass(slots=True)
class Verdicts:
    """For each block the reason why it is no content, or ``None``; prefix sums over the blocks."""

    reasons: list[str | None]
    chars: Sequence[int]
    links: Sequence[int]
    prose: Sequence[float]
    replies: bool = False  # what readers wrote is content
    said: set[int] = field(default_factory=set)  # blocks that readers wrote, on a page where that is content
    units: list[tuple[int, int]] = field(default_factory=list)  # the replies one by one, where they are content
    opening: tuple[int, int] | None = None  # the post that they reply to, where it is built as they are
    teasers: set[int] = field(default_factory=set)  # blocks of lists of teasers: a linked title and a short text each
    _gone: tuple[int, int] = (-1, -1)
    _left: list[float] = field(default_factory=list)

    def share(self, first: int, last: int) -> float:
        """Share of the page's prose in these blocks, 0 to 1."""
        return (self.prose[last] - self.prose[first]) / self.prose[-1] if self.prose[-1] else 0.0

    def drop(self, first: int, last: int, reason: str) -> None:
        """Give ``reason`` to the blocks that have none yet."""
        if self.replies and reason == "comment":
            self.said.update(range(first, last))
            return
        if last == first + 1:
            if self.reasons[first] is None:
                self.reasons[first], self._left = reason, []
            return
        if self._gone[0] <= first and last <= self._gone[1]:
            return  # a node around this one went as a whole
        for index in range(first, last):
            if self.reasons[index] is None:
                self.reasons[index] = reason
        self._gone, self._left = (first, last), []

    def left_share(self, first: int, last: int) -> float:
        """Share of the prose with no reason against it that lies in these blocks, 0 to 1; 1 without any."""
        worth = [self.prose[i + 1] - self.prose[i] if reason is None else 0.0 for i, reason in enumerate(self.reasons)]
        whole = sum(worth)
        return sum(worth[first:last]) / whole if whole else 1.0

    def prose_left(self) -> list[float]:
        """For each block (and the end) the prose before it that has no reason against it."""
        if not self._left:
            pairs = enumerate(self.reasons)
            worth = (self.prose[i + 1] - self.prose[i] if reason is None else 0.0 for i, reason in pairs)
            self._left = list(accumulate(worth, initial=0.0))
        return self._left


def verdicts_of(layout: Layout, *, replies: bool) -> Verdicts:
    """No reason against any block yet. ``replies``: what readers wrote is content on this page."""
    blocks = layout.blocks
    return Verdicts(
        [None] * len(blocks),
        list(accumulate((len(b.text) for b in blocks), initial=0)),
        list(accumulate((b.link_chars for b in blocks), initial=0)),
        list(accumulate((max(0.0, value(b)) for b in blocks), initial=0.0)),
        replies,
    )


def afresh(verdicts: Verdicts) -> Verdicts:
    """No reason against any block yet, over the blocks of ``verdicts``."""
    return Verdicts([None] * len(verdicts.reasons), verdicts.chars, verdicts.links, verdicts.prose, verdicts.replies)
