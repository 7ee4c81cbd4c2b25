"""The network of link blocks between domains."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import log1p

from counterspin.store.figure_rows import Figures, HostGroup
from reports.layout import force_layout
from reports.masks import Clean
from reports.values import Edge, Network, Node

_WWW = "www."


def network(figures: Figures, limit: int, clean: Clean, *, placed: bool = True) -> Network:
    """The ``limit`` domains with most links; nodes of one operator share a ``group`` (> 0).

    ``placed`` works out places for a picture, which takes time with the square of the number of nodes.
    """
    pages: Counter[tuple[str, str]] = Counter()
    for source, target, number in figures.edges:
        if (one := _bare(source)) != (two := _bare(target)):
            pages[one, two] += number
    degree = _degrees(pages)
    crawled = {_bare(domain) for domain in figures.crawled_domains}
    drawn = sorted(degree, key=lambda d: (d not in crawled, -degree[d], d))[:limit]
    place = {domain: i for i, domain in enumerate(drawn)}
    edges = tuple(
        Edge(place[a], place[b], number) for (a, b), number in sorted(pages.items()) if a in place and b in place
    )
    pulls = [(edge.source, edge.target, log1p(edge.pages)) for edge in edges]
    spots = force_layout(len(drawn), pulls) if placed else ((0.0, 0.0),) * len(drawn)
    group = _groups(figures.groups)
    nodes = tuple(
        Node(domain, *spots[i], degree[domain], group.get(domain, 0), domain in crawled) for domain, i in place.items()
    )
    operators = tuple(replace(row, value=clean(row.value)) for row in figures.groups)
    return Network(nodes, edges, operators, domains=len(degree), links=sum(pages.values()))


def _bare(host: str) -> str:
    return host.removeprefix(_WWW)


def _degrees(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for source, target in pairs:
        neighbours[source].add(target)
        neighbours[target].add(source)
    return {domain: len(others) for domain, others in neighbours.items()}


def _groups(rows: tuple[HostGroup, ...]) -> dict[str, int]:
    """A number for each host of a group; the bare domain gets its host's number."""
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        for host in row.hosts:
            numbers.setdefault(_bare(host), number)
            numbers.setdefault(".".join(_bare(host).split(".")[-2:]), number)
    return numbers
