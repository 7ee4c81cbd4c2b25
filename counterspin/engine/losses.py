"""Words that a page lacks where its twin has them: what a keyword filter struck out of copied text.

Which of two pages lost and which added is told by the source, where it is known, and else by both together: a filter
only strikes out, so the page whose twin lacks nothing of what it has is whole. A page that also lost what a sentence
can spare, or whole clauses, was shortened by hand; there a word must be gone from more places than one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from counterspin.engine.sides import Sides, Texts
from counterspin.text.corpus import Loss
from counterspin.text.missing import Missing, Swaps, backwards, missing
from counterspin.text.normal import is_han
from counterspin.text.relation import Relation
from counterspin.text.source import Origin
from counterspin.text.struck import is_spared
from counterspin.text.words import words

TextPair = tuple[int, int]
Support = Mapping[tuple[str, str], int]  # page pairs that show two words put for one another
MIN_SIMILARITY = 0.6  # share of equal tokens, 0 to 1: two texts must be near for a word's place to be sure
MIN_ONE_SWAP = 0.9  # the same for texts with one swap, too few for a rewrite, on pages that are related otherwise
MIN_SUPPORT = 2  # page pairs that show two words put for one another, for it to be a swap and no loss
MOST_HOLDERS = 8  # pages with one and the same text that are looked at
LOPSIDED = 4  # times as many places that one of two pages lacks, for it to be the one that lost
MIN_TWINS = 2  # pages that have a word in a place, for one without it to have lost it
MIN_SPARED = 2  # different words that can be spared, or cut short, without which a text was shortened by hand
LONG = 3  # words that go in one piece when a text is shortened by hand
_Pages = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Lack:
    """What a text lacks against its twin; ``told`` where the source says which of them lost."""

    text: int
    twin: int
    missing: Missing
    told: bool
    is_rewrite: bool

    @property
    def key(self) -> tuple[int, int, str]:
        """The place and what is missing there."""
        return self.text, self.missing.at, self.missing.word


def losses(  # noqa: PLR0917 - what is known of all pairs
    texts: Texts,
    sides: Sides,
    relations: Mapping[TextPair, Relation],
    kinds: Mapping[TextPair, str],
    origins: Iterable[Origin],
    support: Support,
) -> dict[str, tuple[Loss, ...]]:
    """What each page (by URL) lacks, in order. ``support`` tells how many page pairs show each swap."""
    by_pages: dict[_Pages, list[_Lack]] = defaultdict(list)
    twins: dict[tuple[int, int, str], set[int]] = defaultdict(set)
    sources = _Sources(origins, kinds)
    for lack in _lacks(relations, kinds, sources, _page_pairs(texts, kinds), texts, support):
        holders = texts.pages_of(lack.twin)[:MOST_HOLDERS]
        twins[lack.key].update(holders)
        for holder in holders:
            by_pages[texts.page(lack.text), holder].append(lack)
    found: dict[str, set[Loss]] = {}
    for (page, twin), lacks in by_pages.items():
        gone = _gone(lacks, sides.body(page))
        theirs = _gone(by_pages.get((twin, page), ()), sides.body(twin))
        is_whole = len(gone) >= LOPSIDED * len(theirs)
        edited = _is_shortened(lacks)
        for lack in gone:
            # What one rewrite has and another has not may be a word that was put; but not by two hands.
            alone = lack.is_rewrite and lack.text in sources.of
            if not (lack.told or (is_whole and not alone) or len(twins[lack.key]) >= MIN_TWINS):
                continue
            for unit in texts.holders[lack.text][:MOST_HOLDERS]:
                side, own = sides.of(unit), texts.units.page(unit)
                if own == page or _is_gone(lack.missing, sides.body(own)):
                    at = side.tokens.bounds(lack.missing.at, lack.missing.at)[0]
                    loss = Loss(side.offset + at, lack.missing.word, lack.missing.rest, edited)
                    found.setdefault(side.url, set()).add(loss)
    return {url: _ordered(held) for url, held in found.items()}


class _Sources:
    """Which texts are, or equal but for lost words, the source of their cluster."""

    def __init__(self, origins: Iterable[Origin], kinds: Mapping[TextPair, str]) -> None:
        self.of = {text: origin.source for origin in origins for text in origin.texts if origin.source is not None}
        self.kinds = kinds

    def is_source(self, text: int) -> bool:
        source = self.of.get(text)
        if source is None or source == text:
            return source == text
        return self.kinds.get((min(source, text), max(source, text))) == "copy"


def _lacks(  # noqa: PLR0917 - what is known of all pairs
    relations: Mapping[TextPair, Relation],
    kinds: Mapping[TextPair, str],
    sources: _Sources,
    related: frozenset[_Pages],
    texts: Texts,
    support: Support,
) -> Iterator[_Lack]:
    swaps = _swaps(support)
    for pair, relation in relations.items():
        kind = kinds[pair]
        pages = texts.page(pair[0]), texts.page(pair[1])
        one_swap = kind == "template" and relation.similarity >= MIN_ONE_SWAP and (min(pages), max(pages)) in related
        if relation.similarity < MIN_SIMILARITY or not (kind in ("rewrite", "copy") or one_swap):
            continue
        for text, twin, islands in (
            (pair[1], pair[0], relation.islands),
            (pair[0], pair[1], tuple(backwards(relation.islands))),
        ):
            told = sources.is_source(twin) and not sources.is_source(text)
            for one in missing(islands, swaps):
                yield _Lack(text, twin, one, told, kind == "rewrite")


def _swaps(support: Support) -> Swaps:
    """The words that are put for one another often enough."""
    found: dict[str, set[str]] = defaultdict(set)
    for (one, other), pages in support.items():
        if one != other and pages >= MIN_SUPPORT:
            found[one].add(other)
            found[other].add(one)
    return Swaps(found)


def _page_pairs(texts: Texts, kinds: Mapping[TextPair, str]) -> frozenset[_Pages]:
    """The first pages of texts that are rewrites or copies of one another."""
    found = ((texts.page(low), texts.page(high)) for (low, high), kind in kinds.items() if kind in ("rewrite", "copy"))
    return frozenset((min(pages), max(pages)) for pages in found)


def _gone(lacks: Iterable[_Lack], body: str) -> list[_Lack]:
    return [lack for lack in lacks if _is_gone(lack.missing, body)]


def _is_gone(one: Missing, body: str) -> bool:
    """Whether the page has the word nowhere: one that it has elsewhere was left out by an editor."""
    if is_han(one.word[0]):
        return one.word not in body
    return not re.search(rf"\b{re.escape(one.word)}\b", body)


def _is_shortened(lacks: Iterable[_Lack]) -> bool:
    """Whether long pieces are missing as often as single words are, or several words that only a writer leaves out."""
    held = [lack.missing for lack in lacks]
    sizes = [sum(1 for _ in words(one.word)) for one in held if not one.rest]
    long = sum(size >= LONG for size in sizes)
    spared = {one.word for one in held if is_spared(one.word, one.rest)}
    return len(spared) >= MIN_SPARED or (long > 0 and 2 * long >= len(sizes) - long)


def _ordered(held: Iterable[Loss]) -> tuple[Loss, ...]:
    return tuple(sorted(held, key=lambda loss: (loss.start, loss.word, loss.rest, loss.edited)))
