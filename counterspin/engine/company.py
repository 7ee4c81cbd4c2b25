"""Passages that stand on the same two pages speak together: a lightly spun page has a word or two in each passage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from counterspin.engine.sides import Texts
from counterspin.text.relation import MIN_COPY, MIN_DENSITY, MIN_SWAPS, Relation

MOST_HOLDERS = 8  # pages with one and the same text that are looked at
TextPair = tuple[int, int]
Words = tuple[str, str]


def company(
    texts: Texts, relations: Mapping[TextPair, Relation], kinds: Mapping[TextPair, str]
) -> dict[TextPair, frozenset[Words]]:
    """For pairs of texts with too few swaps of their own: those between other texts of the same two pages.

    Only where all swaps of the two pages together are dense enough among the tokens that the pages share.
    """
    by_pages: dict[tuple[int, int], list[TextPair]] = defaultdict(list)
    for pair, relation in relations.items():
        if relation.pairs and (kinds[pair] == "rewrite" or relation.similarity >= MIN_COPY):
            for pages in _page_pairs(texts, pair):
                by_pages[pages].append(pair)
    found: dict[TextPair, frozenset[Words]] = {}
    on_page = _on_page(texts, {page for pages in by_pages for page in pages})

    def shared(pages: tuple[int, int], pairs: list[TextPair]) -> int:
        """Tokens of the texts that stand on both pages, as they are or with words put for others."""
        alike = on_page[pages[0]] & on_page[pages[1]]
        return sum(len(texts.codes[text]) for text in alike) + sum(relations[pair].tokens for pair in pairs)

    for pages, pairs in by_pages.items():
        few = [pair for pair in pairs if len(relations[pair].pairs) < MIN_SWAPS and kinds[pair] != "rewrite"]
        swaps = frozenset(words for pair in pairs for words in relations[pair].pairs)
        if few and len(swaps) >= MIN_SWAPS and len(swaps) >= MIN_DENSITY * shared(pages, pairs):
            for pair in few:
                found[pair] = max(found.get(pair, frozenset()), swaps - set(relations[pair].pairs), key=_order)
    return found


def kin(kinds: Mapping[TextPair, str]) -> dict[TextPair, str]:
    """The rewrites that are none: both texts were edited, or converted for a region, from one and the same third."""
    of: dict[str, dict[int, set[int]]] = {kind: defaultdict(set) for kind in ("syndicated", "regional")}
    for (low, high), kind in kinds.items():
        if kind in of:
            of[kind][low].add(high)
            of[kind][high].add(low)
    return {
        (low, high): reason
        for (low, high), kind in kinds.items()
        for reason, near in of.items()
        if kind == "rewrite" and near.get(low, set()) & near.get(high, set())
    }


def _page_pairs(texts: Texts, pair: TextPair) -> set[tuple[int, int]]:
    left, right = (sorted({texts.units.page(unit) for unit in texts.holders[text]})[:MOST_HOLDERS] for text in pair)
    return {(min(pages), max(pages)) for pages in product(left, right) if pages[0] != pages[1]}


def _on_page(texts: Texts, wanted: set[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for text, units in enumerate(texts.holders):
        for unit in units:
            page = texts.units.page(unit)
            if page in wanted:
                found[page].add(text)
    return {page: frozenset(held) for page, held in found.items()}


def _order(swaps: frozenset[Words]) -> tuple[int, list[Words]]:
    return len(swaps), sorted(swaps)
