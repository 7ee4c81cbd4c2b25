"""The run of blocks that is the main text: the node whose blocks speak for it most, trimmed at both ends.

Blocks that were judged to be boilerplate count against a node that holds them, so that a long footer or a sidebar
cannot lift the whole page over its article; what stands before the title does not count for it.
Source: maximum subsequence segmentation (Pasternack and Roth 2009), over nodes of the tree instead of all runs.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

from extract.blocks import Layout, Node
from extract.verdicts import Verdicts, value

MIN_AFTER_TITLE = 0.5  # share of the prose that must follow the title for it to be taken as the text's beginning
DECAY = 300.0  # links and boilerplate (in units of value) after which text counts half: main text follows its title
FARTHEST = 0.2  # the least that text counts, however far from its title
REPLIES_FACTOR = 10.0  # the same is so much weaker where each reply brings its own links
MIN_QUESTION = 12.0  # value of a block under the title from which it is the question or post that others reply to
MIN_MAIN = 120.0  # prose of a text from which a box behind it can stand apart,
MAX_ISLAND = 0.5  # and the share of that prose that such boxes may hold, 0 to 1
MAX_COUNT = 8  # code points of a line between a question and its answers that only counts: 关注者, 被浏览
_LISTS = frozenset(("ul", "ol", "dl", "li", "dd"))
_MILD = frozenset({"comment", "hidden", "toc"})  # reasons that say nothing about the text around them


def main_run(layout: Layout, verdicts: Verdicts, title_block: int) -> tuple[Node, int, int]:
    """The node of the main text and the blocks ``first`` <= i < ``last`` in it."""
    worth = _worth(layout, verdicts, title_block)
    sums = list(accumulate(worth, initial=0.0))
    best, best_sum = layout.nodes[0], -1e9
    for node in layout.nodes:
        total = sums[node.last] - sums[node.first]
        if total > best_sum or (total >= best_sum and node.depth > best.depth):
            best, best_sum = node, total
    first, last = _best_run(worth, best.first, best.last)
    # One paragraph may be all the prose that a page has.
    around = layout.nodes[max(0, best.parent)] if best.last - best.first == 1 else best
    return (
        best,
        _with_opening(layout, verdicts, max(around.first, title_block + 1), first),
        _with_end(layout, verdicts, last),
    )


def with_question(layout: Layout, verdicts: Verdicts, title_block: int, first: int) -> int:
    """``first`` moved to the question or post under the title, whatever counts and buttons stand after it."""
    if title_block < 0:
        return first
    end = max(first, min((unit[0] for unit in verdicts.units), default=first))
    between = [i for i in range(title_block + 1, end) if verdicts.reasons[i] is None]
    prose = [i for i in between if layout.blocks[i].marks and value(layout.blocks[i]) >= MIN_QUESTION]
    if not prose:
        return first
    for index in between:
        block = layout.blocks[index]
        aside = index < first or (index > prose[-1] and len(block.text) <= MAX_COUNT)
        if aside and not block.marks:
            verdicts.drop(index, index + 1, "navigation")
    return min(first, prose[0])


def drop_islands(layout: Layout, verdicts: Verdicts, run: range) -> None:
    """Take out what stands apart at the end: behind boilerplate, and outside of the box around all text before it."""
    kept, left = [i for i in run if verdicts.reasons[i] is None], verdicts.prose_left()
    for one, other in pairwise(kept):
        main, rest = left[other] - left[run.start], left[run.stop] - left[other]
        if other > one + 1 and main >= MIN_MAIN and rest <= MAX_ISLAND * main:
            box = layout.nodes[layout.blocks[one].node]
            while box.first > run.start and box.parent >= 0:
                box = layout.nodes[box.parent]
            if box.last <= other:
                verdicts.drop(other, run.stop, "navigation")
                return


def _with_opening(layout: Layout, verdicts: Verdicts, floor: int, first: int) -> int:
    """``first`` moved over the short lines before it that stand in the same node: an outline, a heading, a lead."""
    nodes, blocks = layout.nodes, layout.blocks
    if first >= len(blocks):
        return first
    own = blocks[first].node
    holders = {own, nodes[own].parent, nodes[_whole_list(nodes, own)].parent}
    while first > floor and verdicts.reasons[first - 1] is None:
        block = blocks[first - 1]
        whole = _whole_list(nodes, block.node)
        alone = block.node not in holders and nodes[whole].parent in holders and whole != 0
        if block.link_chars or not (block.node in holders or alone):
            break
        first -= 1
    return first


def _whole_list(nodes: list[Node], index: int) -> int:
    """The outermost list that the item ``index`` stands in; any other node itself."""
    while index and nodes[nodes[index].parent].tag in _LISTS:
        index = nodes[index].parent
    return index


def _with_end(layout: Layout, verdicts: Verdicts, last: int) -> int:
    """``last`` moved over one or two short lines that end the node of the last paragraph: a signature, a date."""
    nodes, blocks = layout.nodes, layout.blocks
    if not 0 < last < len(blocks):
        return last
    holder = nodes[nodes[blocks[last - 1].node].parent]
    rest = range(last, holder.last)
    plain = all(verdicts.reasons[i] is None and not blocks[i].link_chars and not blocks[i].level for i in rest[:3])
    return holder.last if len(rest) <= 2 and plain else last


def _worth(layout: Layout, verdicts: Verdicts, title_block: int) -> list[float]:
    """What each block adds to a node that holds it."""
    worth = []
    nodes = layout.nodes
    for block, reason in zip(layout.blocks, verdicts.reasons, strict=True):
        table = nodes[block.node].table
        if table >= 0 and nodes[table].headed and not (block.marks and reason is None):
            worth.append(0.0)
        elif reason is None:
            worth.append(value(block))
        else:
            mild = reason in _MILD or block.kind == "table_cell"
            worth.append(-1.0 if mild else -2.0 - 0.3 * min(len(block.text), 60))
    if title_block > 0 and 1 - verdicts.share(0, title_block) >= MIN_AFTER_TITLE:
        worth[:title_block] = [min(one, 0.0) for one in worth[:title_block]]
    decay = DECAY * (REPLIES_FACTOR if verdicts.replies else 1.0)
    junk = 0.0
    for index in range(max(0, title_block), len(worth)):
        if worth[index] < 0:
            junk -= worth[index]
        else:
            worth[index] *= max(FARTHEST, decay / (decay + junk))
    return worth


def _best_run(worth: list[float], first: int, last: int) -> tuple[int, int]:
    """The run within ``first`` to ``last`` with the greatest sum."""
    best = (first, last)
    best_sum, total, start = 0.0, 0.0, first
    for index in range(first, last):
        if total <= 0:
            total, start = 0.0, index
        total += worth[index]
        if total > best_sum:
            best_sum, best = total, (start, index + 1)
    return best
