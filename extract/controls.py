"""What the controls of a page say of the text around them: tabs that a reader opens, fields that he fills in, buttons
that ask for his opinion.
"""

from __future__ import annotations

import re

from extract.blocks import HEADINGS, Layout, Node
from extract.verdicts import Verdicts

MIN_PANELS = 2  # boxes alike that links of the page open
MAX_FORM = 200  # code points of a box around a field: what it asks for, why, and that it costs nothing
MAX_FIELDS = 16  # fields of a page that are counted
MAX_FORM_SHARE = 0.12  # share of the page's prose in such a box, 0 to 1
MIN_PROSE = 12.0  # prose of a box over which somebody may have written it, on a page of replies
MAX_POLL = 80  # code points of a question that a click answers, with the answers beside it
MIN_ANSWERS = 2

_ASKED = re.compile(r"[^。.！!]*[?？؟]\s*")


def open_panels(layout: Layout) -> frozenset[int]:
    """The nodes that tabs of the page open, shown from now on: boxes alike, to each of which a link leads.

    They are content, whatever hides all but one of them and whatever their names say.
    """
    ids = {anchor.href[1:] for anchor in layout.anchors if len(anchor.href) > 1 and anchor.href[0] == "#"}
    if len(ids) < MIN_PANELS:
        return frozenset()
    alike: dict[tuple[int, str, str], list[int]] = {}
    for index, node in enumerate(layout.nodes):
        name = node.label
        if name[-1:] != " " and name.rsplit(" ", 1)[-1] in ids and node.tag not in HEADINGS and node.last > node.first:
            alike.setdefault((node.parent, node.tag, name.split(" ")[0]), []).append(index)
    panels = frozenset(index for group in alike.values() if len(group) >= MIN_PANELS for index in group)
    for index in panels:
        layout.nodes[index].hidden = False
    return panels


def mark_forms(layout: Layout, verdicts: Verdicts, title_block: int) -> None:
    """Small boxes around a field that a reader writes in: subscribe, leave your number, search."""
    nodes = layout.nodes
    for field in dict.fromkeys(layout.fields):
        box, outer = None, field
        while outer > 0 and _is_form(layout, nodes[outer], verdicts, title_block):
            box, outer = nodes[outer], nodes[outer].parent
        if box is not None and box.last > box.first:
            verdicts.drop(box.first, box.last, "ad")


def _is_form(layout: Layout, node: Node, verdicts: Verdicts, title_block: int) -> bool:
    """Whether a box around fields says no more than what each field is for."""
    first, last = node.first, node.last
    prose = verdicts.prose[last] - verdicts.prose[first]
    places = (layout.nodes[index] for index in layout.fields[:MAX_FIELDS])
    fields = sum(first <= place.first and place.last <= last for place in places)
    amid_replies = verdicts.replies and first < max((end for _, end in verdicts.units), default=last)
    return (
        not first <= title_block < last
        and verdicts.chars[last] - verdicts.chars[first] <= MAX_FORM * max(1, fields)
        and prose <= (MIN_PROSE if amid_replies else MAX_FORM_SHARE * verdicts.prose[-1])
    )


def mark_polls(layout: Layout, verdicts: Verdicts) -> None:
    """Questions about the page itself that a click answers, in a box of their own: 对您有帮助吗？ 有 没有."""
    links: dict[int, list[str]] = {}
    for anchor in layout.anchors:
        if anchor.text:
            links.setdefault(anchor.block, []).append(anchor.text)
    half = verdicts.prose[-1] / 2  # what somebody asks before the text stands over buttons as well
    for index, block in enumerate(layout.blocks):
        if verdicts.prose[index] < half or len(block.text) > MAX_POLL or block.level or block.soft:
            continue
        asked = _ASKED.match(block.text) if verdicts.reasons[index] is None and index not in verdicts.said else None
        if asked:
            box = _box_of(layout, index, links)
            answers = [text for at in range(box.first, box.last) for text in links.get(at, ())]
            said = sum(len(layout.blocks[at].text) for at in range(box.first, box.last)) - sum(map(len, answers))
            clicks = len(answers) + sum(_stands_in(layout.nodes, button, box) for button in layout.buttons)
            if (
                box.first == index
                and verdicts.reasons[index] is None
                and said <= asked.end() + clicks
                and clicks >= MIN_ANSWERS
            ):
                verdicts.drop(box.first, box.last, "navigation")


def _box_of(layout: Layout, index: int, links: dict[int, list[str]]) -> Node:
    """The widest box around the block at ``index`` with nothing else in it but short links."""
    blocks, nodes = layout.blocks, layout.nodes
    box = nodes[blocks[index].node]
    while box.parent >= 0:
        outer = nodes[box.parent]
        others = (at for at in range(outer.first, outer.last) if at != index)
        if not all(links.get(at) and blocks[at].link_chars >= len(blocks[at].text) - len(links[at]) for at in others):
            break
        box = outer
    return box


def _stands_in(nodes: list[Node], index: int, box: Node) -> bool:
    while index >= 0 and nodes[index].depth > box.depth:
        index = nodes[index].parent
    return index >= 0 and nodes[index] is box
