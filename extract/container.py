"""The node that holds the main text: the one whose blocks speak for it most, near the page's first heading."""

from __future__ import annotations

from itertools import accumulate

from extract.blocks import Layout, Node
from extract.boilerplate import Verdicts, value


def container_of(layout: Layout, verdicts: Verdicts) -> Node:
    """The smallest node with (nearly) the greatest sum of block values."""
    worth = [value(b) if verdicts.reasons[i] is None else 0.0 for i, b in enumerate(layout.blocks)]
    sums = list(accumulate(worth, initial=0.0))
    best, best_sum = layout.nodes[0], -1e9
    for node in layout.nodes:
        total = sums[node.last] - sums[node.first]
        if total > best_sum or (total >= best_sum and node.depth > best.depth):
            best, best_sum = node, total
    return best
