"""Lists of teasers for other articles, known by their build: siblings alike, each a linked title and a short text."""

from __future__ import annotations

import re

from extract.blocks import Block, Layout, Node
from extract.replies import TABLE_PARTS
from extract.verdicts import Verdicts

MIN_CARDS = 4  # siblings alike that make a list of teasers
MIN_CUT_CARDS = 2  # the same where their texts break off
MIN_ALIKE = 0.8  # share of the siblings that are teasers, 0 to 1
MAX_BLOCKS = 6  # of one teaser
MAX_PROSE = 200  # characters outside links in one teaser
MAX_SHARE = 0.6  # share of the page's prose that teasers may hold whose texts do not break off, 0 to 1
_CUT = re.compile(
    r"(?:…|\.{3}|。{3})\s*(?:[\[【(（]?\w{2,4}[\])】）]?\s*[>»→]*)?$"
)  # a text that breaks off, before 详细 or not
_CUT_TAIL = 40  # code points at the end of a text in which it breaks off
_DATE = re.compile(r"[\[(（]?(?:(?:19|20)\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[\])）]?")


def mark_cards(layout: Layout, verdicts: Verdicts, families: list[list[Node]]) -> None:
    """Drop the lists of teasers among ``families`` of siblings, and remember where they stand."""
    for family in families:
        if len(family) < MIN_CUT_CARDS or family[0].tag in TABLE_PARTS:
            continue
        cards = [node for node in family if _is_card(node, layout.blocks, verdicts)]
        if len(cards) < MIN_ALIKE * len(family):
            continue
        cut = sum(any(map(_breaks_off, layout.blocks[node.first : node.last])) for node in cards)
        if len(family) < MIN_CARDS and cut < MIN_CUT_CARDS:
            continue
        first, last = family[0].first, family[-1].last
        verdicts.teasers.update(range(first, last))
        if cut >= len(cards) / 2 or verdicts.share(first, last) <= MAX_SHARE:
            verdicts.drop(first, last, "navigation")


def _is_card(node: Node, blocks: list[Block], verdicts: Verdicts) -> bool:
    chars, links = (
        verdicts.chars[node.last] - verdicts.chars[node.first],
        verdicts.links[node.last] - verdicts.links[node.first],
    )
    inside = blocks[node.first : node.last]
    if not (links >= 4 and chars - links <= MAX_PROSE and len(inside) <= MAX_BLOCKS):
        return False
    return any(b.link_chars and b.link_chars >= 0.9 * len(_DATE.sub("", b.text).strip()) for b in inside)


def _breaks_off(block: Block) -> bool:
    return bool(_CUT.search(block.text[-_CUT_TAIL:]))
