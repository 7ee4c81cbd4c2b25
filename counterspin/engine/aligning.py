"""The different texts of a crawl, and the measured differences of those that are near one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from counterspin.engine.sides import Texts
from counterspin.model import Document
from counterspin.text.columns import MIN_TOKENS, units_of
from counterspin.text.relation import Relation, relate, tokens_at_hand

ALIGN_BATCH = 1 << 15  # pairs that are aligned at once
Mapped = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
TextPair = tuple[int, int]


def texts_of(pages: Sequence[Document]) -> Texts:
    """The different texts that are long enough to compare, in the order of their first holders."""
    units, codes = units_of(pages)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, code in enumerate(codes):
        if len(code) >= MIN_TOKENS:
            holders[code].append(number)
    return Texts(pages, units, list(holders), list(holders.values()))


class Relate:
    """Aligns two texts, given as they stand; picklable."""

    def __call__(self, texts: tuple[str, str]) -> Relation:
        return relate(tokens_at_hand(texts[0]), tokens_at_hand(texts[1]))


def aligned(texts: Texts, near: Any, mapped: Mapped) -> Iterator[tuple[TextPair, Relation]]:
    """The measured difference of each of these pairs of texts, u32[n, 2], in order; few of them are held at a time."""
    for start in range(0, len(near), ALIGN_BATCH):
        batch: list[TextPair] = [(low, high) for low, high in near[start : start + ALIGN_BATCH].tolist()]
        # By page, so that a packed page is opened once; each text is held once.
        wanted = {text: texts.first(text).text for text in sorted({text for pair in batch for text in pair})}
        yield from zip(batch, mapped(Relate(), [(wanted[low], wanted[high]) for low, high in batch]), strict=True)
