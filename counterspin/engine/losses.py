"""Words that a page lacks where its twin has them: what a keyword filter struck out of copied text.

A filter strikes out every place of a word, so a word that the page still has elsewhere was left out by an editor.
The page that is the source of the other has lost nothing; the other one added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from counterspin.engine.sides import Sides, Texts
from counterspin.model import Passage
from counterspin.text.align import Island
from counterspin.text.corpus import Loss
from counterspin.text.normal import fold
from counterspin.text.outline import is_heading
from counterspin.text.relation import Relation, is_loss
from counterspin.text.source import Origin

TextPair = tuple[int, int]
MIN_SIMILARITY = 0.6  # share of equal tokens, 0 to 1: two texts must be near for a word's place to be sure
MOST_HOLDERS = 8  # pages with one and the same text that are looked at


def losses(
    texts: Texts,
    sides: Sides,
    relations: Mapping[TextPair, Relation],
    kinds: Mapping[TextPair, str],
    origins: Iterable[Origin],
) -> dict[str, tuple[Loss, ...]]:
    """What each page (by URL) lacks, in order."""
    source_of = {text: origin.source for origin in origins for text in origin.texts}
    found: dict[str, set[Loss]] = {}
    whole: dict[int, str] = {}
    for pair, relation in relations.items():
        if kinds[pair] not in ("rewrite", "copy") or relation.similarity < MIN_SIMILARITY:
            continue
        source = source_of.get(pair[0])
        if source not in pair and (source is not None or kinds[pair] == "rewrite"):
            continue  # what one rewrite has and another has not may be a word that was put
        for lacking, missed in _missed(pair, relation):
            if lacking == source:
                continue
            for unit in texts.holders[lacking][:MOST_HOLDERS]:
                side, page = sides.of(unit), texts.units[unit].page
                if page not in whole:
                    whole[page] = _body(texts.pages[page].passages)
                for loss in missed:
                    if loss.word not in whole[page]:
                        at = side.tokens.bounds(loss.start, loss.start)[0]
                        found.setdefault(side.url, set()).add(Loss(side.offset + at, loss.word, loss.rest))
    return {url: tuple(sorted(held, key=lambda loss: (loss.start, loss.word))) for url, held in found.items()}


def _body(passages: Iterable[Passage]) -> str:
    """What a filter went over: it may spare headings."""
    return "\n".join(fold(passage.text) for passage in passages if not is_heading(passage))


def _missed(pair: TextPair, relation: Relation) -> Iterator[tuple[int, list[Loss]]]:
    """For each text of a pair what it lacks, its places counted in tokens."""
    left = [loss for island in relation.islands for loss in _of(island.right, island.left, island.left_first, island)]
    right = [loss for island in relation.islands for loss in _of(island.left, island.right, island.right_first, island)]
    yield pair[0], left
    yield pair[1], right


def _of(word: str, rest: str, at: int, island: Island) -> Iterator[Loss]:
    """The loss of ``word``, of which the text still has ``rest``: all of it, or a character of a Chinese word."""
    if island.kind != "swap":
        if word and not rest:
            yield Loss(at, word, "")
    elif len(rest) + 1 == len(word) and is_loss((word, rest)):
        yield Loss(at, word, rest)
