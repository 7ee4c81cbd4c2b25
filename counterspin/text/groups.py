"""What links hold together: the connected groups of a graph, in an order that does not depend on the links' order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

Node = TypeVar("Node", bound=Any)  # hashable, and one sort that can be ordered


def groups(links: Iterable[tuple[Node, Node]]) -> list[list[Node]]:
    """The groups, each ascending, ordered by their first node; by union and find with halved paths."""
    parent: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in links:
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    found: dict[Node, list[Node]] = defaultdict(list)
    for node in sorted(parent):
        found[root(node)].append(node)
    return [found[key] for key in sorted(found)]
