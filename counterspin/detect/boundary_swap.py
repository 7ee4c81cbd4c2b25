"""A word was replaced across a word border: 银行为了 became 银表现了, because it holds 行为.

In English the same blind replacement goes on inside a word: becautilize for because, where utilize is put for use.

Only a blind string replacement does this, so one place is near proof. It is found on any page once the swap is
known: learnt from the crawl, shown by the page itself, or one of a few usual ones.

Source: measured on farm pages, 7 of 38 pages of a spinner's network hold one, 0 of 263 others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.proof import proof_of
from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag
from counterspin.text.boundary import BoundarySwap, strength
from counterspin.text.corpus import Corpus
from counterspin.wording import Wording, joined

FLAGS = ("倘采使用者暂时无法一次性偿还全部欠款,能够与平台协商。", "逾期之后银表现了追回款项,会打电话联系。")
PASSES = ("应使用者要求,平台更新了说明。", "良好的表现有利使用者继续采用这一办法。")

REASON = Wording(
    en="“{found}” is “{restored}” with a word replaced across a word border.",
    zh="“{found}”原是“{restored}”，换词时跨过了词的边界。",
)
_INSIDE = Wording(
    en="“{found}” is “{restored}” with a part of it replaced as if it were a word.",
    zh="“{found}”原是“{restored}”，换词时把词的一部分当成了词。",
)
_READ = Wording(en="read {restored}: {made}", zh="应读作“{restored}”：{made}")
_THEN = Wording(en=", then ", zh="，然后 ")


@dataclass(frozen=True, slots=True)
class BoundarySwapDetector:
    """No threshold of its own: see :mod:`counterspin.text.boundary`."""

    name: str = "boundary_swap"
    category: str = "spun"
    version: int = 1

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """One flag for each passage with such places."""
        hits = proof_of(document, corpus).boundary
        for passage in document.passages:
            inside = [hit for hit in hits if passage.start <= hit.start < passage.end]
            if inside:
                yield new_flag(
                    self.category,
                    self.name,
                    document.url,
                    passage,
                    score=strength(inside),
                    severity=4,
                    reason=(_INSIDE if inside[0].text.isascii() else REASON)(
                        found=inside[0].text, restored=inside[0].restored
                    ),
                    evidence=tuple(_evidence(document, hit) for hit in inside),
                    swaps=tuple(dict.fromkeys(swap for hit in inside for swap in hit.swaps)),
                )


def _evidence(document: Document, hit: BoundarySwap) -> Evidence:
    text = document.text[hit.start : hit.end]
    made = joined((f"{original} → {target}" for original, target in hit.swaps), _THEN)
    return Evidence("subject", document.url, hit.start, hit.end, text, _READ(restored=hit.restored, made=made))


DETECTOR = BoundarySwapDetector()
