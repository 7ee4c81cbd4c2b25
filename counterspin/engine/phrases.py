"""Set phrases: short texts that pages of many sites share while they share nothing else.

A disclaimer, a lead-in or a well-worn sentence is said by everybody, with a word more or less; a spinner's pages share
one passage after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from counterspin.engine.sides import Sides, Texts
from counterspin.text.groups import groups
from counterspin.text.relation import SHORT, WORD_WEIGHT
from counterspin.text.tokens import is_chinese

MIN_SITES = 5  # sites that say it
MOST_OF_PAGE = 0.3  # share of a page's characters that it takes up, 0 to 1; more is what the page is about
MIN_APART = 0.8  # share of its pages that share nothing else with one another, 0 to 1
TextPair = tuple[int, int]


def set_phrases(texts: Texts, sides: Sides, kinds: Mapping[TextPair, str]) -> frozenset[int]:
    """The texts that are set phrases."""
    alike = groups(pair for pair, kind in kinds.items() if kind in ("rewrite", "copy"))
    in_group = {text for group in alike for text in group}
    alone = ([text] for text, held in enumerate(texts.holders) if len(held) >= MIN_SITES and text not in in_group)
    short = [group for group in (*alike, *alone) if all(_size(texts.codes[text]) < SHORT for text in group)]
    said = [(group, pages) for group in short if (pages := _of_many_sites(group, texts, sides))]
    if not said:
        return frozenset()
    wanted = {page for _, pages in said for page in pages}
    shared = _shared(texts, alike, wanted)
    sizes = {page: _length(texts, page) for page in sorted(wanted)}  # in order: each packed page is opened once
    return frozenset(text for group, pages in said if _is_phrase(group, pages, texts, shared, sizes) for text in group)


def _size(code: str) -> int:
    return len(code) * (1 if is_chinese(code) else WORD_WEIGHT)


def _of_many_sites(group: Iterable[int], texts: Texts, sides: Sides) -> list[int]:
    """The pages that hold one of these texts; none where they are of few sites."""
    pages = sorted({page for text in group for page in texts.pages_of(text)})
    return pages if len(pages) >= MIN_SITES and len({sides.site(page) for page in pages}) >= MIN_SITES else []


def _shared(texts: Texts, alike: Iterable[Sequence[int]], wanted: set[int]) -> dict[int, set[int]]:
    """For each wanted page what it may share with others: the groups of its texts, by their first text."""
    first = {text: group[0] for group in alike for text in group}
    found: dict[int, set[int]] = defaultdict(set)
    for text, held in enumerate(texts.holders):
        if len(held) > 1 or text in first:
            for page in texts.pages_of(text):
                if page in wanted:
                    found[page].add(first.get(text, text))
    return found


def _is_phrase(
    group: Sequence[int],
    pages: Sequence[int],
    texts: Texts,
    shared: Mapping[int, set[int]],
    sizes: Mapping[int, int],
) -> bool:
    met: dict[int, int] = defaultdict(int)
    for page in pages:
        for other in shared[page]:
            met[other] += 1
    own = frozenset(group)
    apart = sum(all(met[other] < 2 or other in own for other in shared[page]) for page in pages)
    longest = max(texts.length(text) for text in group)
    small = sum(longest <= MOST_OF_PAGE * sizes[page] for page in pages)
    return min(apart, small) >= MIN_APART * len(pages)


def _length(texts: Texts, page: int) -> int:
    return sum(len(passage.text) for passage in texts.pages[page].passages)


def as_phrases(kinds: Mapping[TextPair, str], phrases: frozenset[int]) -> dict[TextPair, str]:
    """The kind of each pair of texts of which one is a set phrase."""
    return {
        pair: "set_phrase"
        for pair, kind in kinds.items()
        if kind in ("rewrite", "copy") and not phrases.isdisjoint(pair)
    }
