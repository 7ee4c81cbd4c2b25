"""The heading is the title with a word replaced: the page shows the original and the rewrite side by side.

Only a word put for another counts. A heading that repeats the title, shortens it or goes on with it is a template, and
so are sub-headings that fill another word into the same frame; so a heading counts only above the first paragraph, or
when its new word is a known or learnt replacement, or shares a character with the old one. One that says the opposite
of the title, or speaks of another kind (饭前, 饭后), is no rewording of it, unless the crawl has taught the swap.

Source: 12 title and heading pairs of farm pages; a bare test of likeness also fires on one legitimate page in 32.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.proof import proof_of
from counterspin.identity import new_flag
from counterspin.model import Counterpart, Document, Evidence, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.parallels import Parallel
from counterspin.wording import Wording

FLAGS = ("@title: 信用卡还款流程及注意事项\n# 信用卡还款流程及关注事项\n持卡人应当在到期之前把欠款还清。",)
PASSES = (
    "@title: 信用卡催收人说要上门核实怎么办\n# 信用卡催收人说要上门核实\n持卡人应当在到期之前把欠款还清。",
    "@title: 空腹可以喝牛奶的说法\n# 空腹不宜喝牛奶的说法\n牛奶里的蛋白质容易被吸收。",
    "@title: 饭前散步有利于消化\n# 饭后散步有利于消化\n散步的时候不要走得太快。",
    "@title: How to increase your credit limit quickly\n# How to reduce your credit limit quickly\nCall the bank.",
    "@title: 信用卡还款的流程\n持卡人应当在到期之前把欠款还清,也可以申请分期。\n# 信用卡还款的效果\n信用会慢慢恢复。",
)

REASON = Wording(
    en="The heading is the page's own title with “{old}” replaced by “{new}”.",
    zh="小标题就是本页的标题，只把“{old}”换成了“{new}”。",
)
_TITLE_HAS = Wording(en="the title has {word}", zh="标题里是“{word}”")
_IS_TITLE = Wording(en="the title of the page", zh="本页标题")


@dataclass(frozen=True, slots=True)
class TitleSwap:
    """``min_score`` is the least score of a flag, 0 to 1."""

    min_score: float = 0.0
    name: str = "title_swap"
    category: str = "spun"
    version: int = 1

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """One flag for each heading that is the title with words replaced."""
        for parallel in proof_of(document, corpus).parallels:
            if parallel.left.role == "title":
                flag = self._flag(document, parallel)
                if flag.score >= self.min_score:
                    yield flag

    def _flag(self, document: Document, parallel: Parallel) -> Flag:
        passage = parallel.right.passage
        assert passage is not None  # a heading stands in a passage
        evidence = []
        for island in parallel.swaps:
            start, end = parallel.right.tokens.bounds(island.right_first, island.right_last)
            start, end = passage.start + start, passage.start + end
            note = _TITLE_HAS(word=island.left)
            evidence.append(Evidence("subject", document.url, start, end, document.text[start:end], note))
        title = parallel.left.tokens.text
        evidence.append(Evidence("source", document.url, None, None, title, _IS_TITLE()))
        first = parallel.swaps[0]
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.6 + 0.1 * len(parallel.swaps) + 0.2 * parallel.similarity,
            reason=REASON(old=first.left, new=first.right),
            evidence=tuple(evidence),
            counterpart=Counterpart(document.url, title, None, None),
            swaps=tuple((island.left, island.right) for island in parallel.swaps),
            severity=3,
        )


DETECTOR = TitleSwap()
