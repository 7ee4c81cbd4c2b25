"""A page carries another page's text: the same passages, in whatever order, but for a few words left out or put in.

Whole pages meet by the least hashes of their five-character (or five-word) shingles and are compared exactly; single
passages meet by their text. A copy that names its source, two versions of one page, quoted law and official notices
are told apart and not flagged.

Source: Broder 1997 (resemblance), Li, Owen and Zhang 2012 and Shrivastava and Li 2014 (one-permutation hashing).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterspin.identity import new_flag
from counterspin.model import Counterpart, Evidence, Flag
from counterspin.text.columns import FEW_CHARS, near_copies
from counterspin.text.corpus import Corpus
from counterspin.text.relation import Pair, Side
from counterspin.wording import Wording

FLAGS = (
    (
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决，银行一般会根据收入情况决定是否同意分期。",
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决。银行一般会根据收入情况，决定是否同意分期！",
    ),
    (
        "多肉要见干见湿，土面发白了再浇。夏天中午遮一遮太阳，晚上搬到通风的地方。叶子发皱说明缺水了，浸盆一次就能缓过来。",
        "叶子发皱说明缺水了，浸盆一次就能缓过来。多肉要见干见湿，土面发白了再浇。夏天中午遮一遮太阳，晚上搬到通风的地方。",
    ),
)
PASSES = (
    (
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决，银行一般会根据收入情况决定是否同意分期。",
        "泡绿茶的水温不宜太高，八十度左右比较合适，否则会破坏茶叶里的维生素，第一泡的时间大约是一分钟。",
    ),
    (
        "《城市供水条例》规定，任何单位和个人不得擅自改装、拆除或者迁移公共供水设施。",
        "《城市供水条例》规定，任何单位和个人不得擅自改装、拆除或者迁移公共供水设施。",
    ),
)

REASON = Wording(
    en="{what} on {site} as well, and neither page names the other.",
    zh="{what}也见于 {site}，而两页互不提及。",
)
_ONE = Wording(en="The passage stands word for word", zh="这段文字一字不差地")
_ORDER = Wording(en="The passage stands in another order of its clauses", zh="这段文字换了句子的顺序")
_MORE = Wording(en="{count} passages of the page stand word for word", zh="本页有 {count} 段文字一字不差地")
_AS_ON = Wording(en="as on {url}", zh="与 {url} 相同")


@dataclass(frozen=True, slots=True)
class NearCopy:
    """``min_resemblance`` is the Jaccard index of shingles, 0 to 1, of whole pages; ``cap`` pages share one band."""

    min_resemblance: float = 0.7
    cap: int = 400
    min_score: float = 0.0
    name: str = "near_copy"
    category: str = "copied"
    version: int = 1

    def candidates(self, texts: Sequence[str], pages: Sequence[int], /) -> tuple[Any, int]:  # noqa: ARG002
        """Pairs of whole pages that are near copies, verified exactly, and how many were cut from crowded bands.

        Few pages need none: their passages meet anyhow.
        """
        if sum(map(len, texts)) < FEW_CHARS:
            return np.empty((0, 2), dtype=np.uint32), 0
        pairs, _, cut = near_copies(texts, least=self.min_resemblance, cap=self.cap)
        return pairs, cut

    def compare(self, pair: Pair, corpus: Corpus, /) -> Flag | None:  # noqa: ARG002 - the pair carries what it needs
        """The flag on the copy of a pair that is a plain copy."""
        if pair.kind != "copy":
            return None
        flag = new_flag(
            self.category,
            self.name,
            pair.copy.url,
            pair.copy.passage,
            score=0.5 + 0.4 * pair.relation.similarity,
            reason=REASON(what=_count(pair), site=pair.source.site),
            evidence=tuple(_evidence(side, pair.source.url) for side in (pair.copy, *pair.more)),
            counterpart=Counterpart(pair.source.url, pair.source.text, pair.source.offset, pair.source.end),
            severity=2,
        )
        return flag if flag.score >= self.min_score else None


def _count(pair: Pair) -> str:
    if pair.others:
        return _MORE(count=1 + pair.others)
    return _ORDER() if pair.relation.moved else _ONE()


def _evidence(side: Side, url: str) -> Evidence:
    return Evidence("subject", side.url, side.offset, side.end, side.text, _AS_ON(url=url))


DETECTOR = NearCopy()
