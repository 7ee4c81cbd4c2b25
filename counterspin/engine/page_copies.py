"""Clusters of whole pages that carry one text: near copies, passage by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product

from counterspin.engine.sides import Sides, Texts, member
from counterspin.model import Cluster
from counterspin.text.groups import groups
from counterspin.text.relation import kind_of_copy

MIN_SHARED = 0.7  # share of the longer page's characters that stand on the other, 0 to 1
MOST_PAGES = 8  # pages of one text that are paired each with each; of more each is paired with the first
MOST_COPIES = 2000  # pages of one text that are looked at
TextPair = tuple[int, int]
PagePair = tuple[int, int]
Held = tuple[int, int]  # a page and a text that it holds


def page_copies(
    texts: Texts, sides: Sides, kinds: Mapping[TextPair, str], phrases: frozenset[int]
) -> tuple[Cluster, ...]:
    """One cluster for the pages of several sites that are near copies, each by its longest shared passage."""
    shared: Counter[PagePair] = Counter()
    longest: dict[int, int] = {}
    for held in _meetings(texts, sides, kinds, phrases):
        (left, ours), (right, _) = sorted(held)
        shared[left, right] += texts.length(ours)
        for page, text in held:
            longest[page] = max(longest.get(page, text), text, key=lambda one: (texts.length(one), -one))
    sizes = {page: sum(len(passage.text) for passage in texts.pages[page].passages) for page in longest}
    near = [pair for pair, size in shared.items() if size >= MIN_SHARED * max(sizes[pair[0]], sizes[pair[1]])]
    return tuple(_cluster(group, texts, sides, longest) for group in groups(near))


def _meetings(
    texts: Texts, sides: Sides, kinds: Mapping[TextPair, str], phrases: frozenset[int]
) -> Iterator[tuple[Held, Held]]:
    """Two pages of different sites, each with its text of which the other's is a copy."""
    for text, holders in enumerate(texts.holders):
        if len(holders) > 1 and text not in phrases:
            for one, other in _pairs([*_first_units(texts, text).items()]):
                if kind_of_copy(sides.at_once(one[1]), sides.at_once(other[1])) == "copy":
                    yield (one[0], text), (other[0], text)
    for (low, high), kind in kinds.items():
        if kind == "copy":
            for left, right in product(texts.pages_of(low)[:MOST_PAGES], texts.pages_of(high)[:MOST_PAGES]):
                if left != right:
                    yield (left, low), (right, high)


def _first_units(texts: Texts, text: int) -> dict[int, int]:
    """The pages that hold a text, ascending, with the first unit of each."""
    found: dict[int, int] = {}
    for unit in texts.holders[text]:
        found.setdefault(texts.units.page(unit), unit)
    return dict(sorted(found.items()))


def _pairs(held: list[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    if len(held) <= MOST_PAGES:
        return combinations(held, 2)
    return ((held[0], other) for other in held[1:MOST_COPIES])


def _cluster(pages: list[int], texts: Texts, sides: Sides, longest: Mapping[int, int]) -> Cluster:
    units = {text: _first_units(texts, text) for text in {longest[page] for page in pages}}
    members = [member(sides.at_once(units[longest[page]][page]), 1.0) for page in pages]
    members.sort(key=lambda one: (one.url, one.start))
    return Cluster(f"copied:{members[0].url}", "copied", tuple(members))
