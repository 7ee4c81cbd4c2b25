"""A passage of a page that is proven to be spun, with the words that were put for others.

The page must be proven first (see counterspin/claims/proof.py): by swaps across a word border, by lines that it says
twice with other words, or by the replacements of many swaps that the crawl has taught. Rare wording or a list of
words alone never accuses a page; then the list only helps to say which word stood where.

Source: on hand-labelled pages two different strict forms give 28 of 41 spun pages and no false one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterspin.claims.proof import Hit, Proof, proof_of
from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.wording import Wording

FLAGS = ("倘采使用者暂时无法偿还,平台会实施电话提醒。\n使用者理应按期还款,倘若存在疑问,平台会应对。",)
PASSES = ("用户应当按时还款,如果有问题,可以致电客服处理。", "依照规定,使用者应当采纳下列办法,留意自身安全。")
_ORIGIN = {
    "page": Wording(en="the page itself says it so elsewhere", zh="本页别处就是这样写的"),
    "learnt": Wording(en="learnt from the crawl", zh="从采集的网页中学到"),
    "list": Wording(en="a usual swap", zh="常见的替换"),
}

REASON = Wording(
    en="Words were put for others ({words}); the page is spun: {proof}.",
    zh="有些词被换成了别的词（{words}）；本页是洗稿：{proof}。",
)
_FOR = Wording(en="{target} for {original}", zh="“{target}”代“{original}”")
_NOTE = Wording(en="for {original}; {origin}", zh="原为“{original}”；{origin}")


@dataclass(frozen=True, slots=True)
class SwapDetector:
    """``min_words`` distinct originals replaced make a passage; one is enough in a passage of ``short`` characters."""

    min_words: int = 2
    short: int = 60
    name: str = "swap"
    category: str = "spun"
    version: int = 1

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """One flag for each passage with replaced words, when the page is proven."""
        proof = proof_of(document, corpus)
        if not proof.holds:
            return
        for passage in document.passages:
            hits = [hit for hit in proof.hits if passage.start <= hit.start < passage.end]
            distinct = len({hit.original for hit in hits})
            if distinct >= self.min_words or (distinct and len(passage.text) <= self.short):
                yield self._flag(document, passage, hits, proof)

    def _flag(self, document: Document, passage: Passage, hits: Sequence[Hit], proof: Proof) -> Flag:
        pairs = tuple(dict.fromkeys((hit.original, hit.target) for hit in hits))
        shown = tuple(_FOR(target=target, original=original) for original, target in pairs[:3])
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=min(0.95, 0.4 + 0.08 * len(pairs) + 0.03 * proof.points),
            reason=REASON(words=shown, proof=proof.reasons[0]),
            evidence=tuple(_evidence(document, hit) for hit in hits),
            swaps=pairs,
            severity=3 if len(pairs) > self.min_words else 2,
        )


def _evidence(document: Document, hit: Hit) -> Evidence:
    text = document.text[hit.start : hit.end]
    return Evidence(
        "subject", document.url, hit.start, hit.end, text, _NOTE(original=hit.original, origin=_ORIGIN[hit.origin]())
    )


DETECTOR = SwapDetector()
