"""A passage is another one with words put for words: many short replacements, everything else in place and order.

Candidates meet under rare pairs of characters (or rare words), which a spinner's dictionary leaves alone; aligned,
the replaced words show. Statutes that run parallel, quotations, conversions for another region, templates filled
with other facts, texts edited by hand and plain copies are told apart and not flagged.

Source: DSpin (Zhang, Wang and Voelker 2014) for what a spinner leaves alone; here no dictionary is needed before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from counterspin.identity import new_flag
from counterspin.model import Counterpart, Evidence, Flag
from counterspin.text.columns import candidates
from counterspin.text.corpus import Corpus
from counterspin.text.relation import MIN_SWAPS, Pair
from counterspin.wording import Wording

FLAGS = (
    (
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决，银行一般会根据收入情况决定是否同意分期。",
        "接到催款短信之后不要慌乱，只要及时交流，大部分疑难都可以化解，银行一般会依据收入情况决定是否赞同分期。",
    ),
    (
        "When you have a cold, drink plenty of water and get enough sleep so that your body can recover soon.",
        "When you have a cold, consume plenty of water and get sufficient sleep so that your body can heal soon.",
    ),
)
PASSES = (
    (
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决，银行一般会根据收入情况决定是否同意分期。",
        "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决。银行一般会根据收入情况，决定是否同意分期！",
    ),
    (
        "根据《消费纠纷处理办法》第八条的规定，经营者提供商品有欺诈行为的，应当按照消费者的要求增加赔偿其损失。",
        "根据《服务合同管理办法》第二十一条的规定，经营者提供服务有欺诈行为的，应当按照消费者的要求增加赔偿其损失。",
    ),
    (
        "幸运颜色是红色，幸运数字是7，速配星座为狮子座。健康方面要留意肠胃，周三不要熬夜，多喝水，少吃辛辣的东西。",
        "幸运颜色是绿色，幸运数字是4，速配星座为处女座。健康方面要留意咽喉，周五不要熬夜，多散步，少吃油腻的东西。",
    ),
    (
        (
            "The hall will close on 4 March for eleven weeks while builders replace its floor, the council announced "
            "on Tuesday. The hall, which opened in 1974, is used by about 2,300 people a week."
        ),
        (
            "The council said on Tuesday that the hall will be closed for eleven weeks from 4 March so that builders "
            "can replace the floor. Around 2,300 people use the hall, opened in 1974, every week."
        ),
    ),
    (
        "未经批准携带手机进校的，第一次由班主任批评教育并通知家长领回；再次违反的，取消当学期评优资格。",
        "未经批准将手机带入校园的，首次由班主任批评教育并请家长领回；屡次违反的，取消该学年评优资格。",
    ),
    (
        "Our York branch on Fulford Road is led by Karen Mills. People from Acomb to Haxby trust us for leaks.",
        "Our Hull branch on Beverley Road is led by Tom Sykes. People from Hessle to Willerby trust us for leaks.",
    ),
)

_FROM = Wording(
    en="The passage is one of {site} with {count} words replaced ({swaps}).",
    zh="这段文字来自 {site}，换了 {count} 个词（{swaps}）。",
)
_ALIKE = Wording(
    en="The passage and one of {site} are one text with {count} words replaced ({swaps}).",
    zh="这段文字与 {site} 的一段是同一篇，换了 {count} 个词（{swaps}）。",
)
_THERE = Wording(en="there: {word}", zh="那边是“{word}”")
_NOT_THERE = Wording(en="not there", zh="那边没有")


@dataclass(frozen=True, slots=True)
class Rewrite:
    """``most`` candidates a passage, ``cap`` passages compared under one rare key, ``min_score`` of a flag, 0 to 1."""

    most: int = 12
    cap: int = 400
    min_score: float = 0.0
    name: str = "rewrite"
    category: str = "spun"
    version: int = 1

    def candidates(self, texts: Sequence[str], pages: Sequence[int], /) -> tuple[Any, int]:
        """Pairs of passages (as token codes) that share rare features, and how many meetings were cut."""
        return candidates(texts, pages, most=self.most, cap=self.cap)

    def compare(self, pair: Pair, corpus: Corpus, /) -> Flag | None:  # noqa: ARG002 - the pair carries what it proves
        """The flag on the copy of a pair that is a rewrite."""
        swaps = pair.relation.pairs
        if pair.kind != "rewrite" or (len(swaps) + pair.company < MIN_SWAPS and not pair.known):
            return None
        flag = new_flag(
            self.category,
            self.name,
            pair.copy.url,
            pair.copy.passage,
            score=_score(pair),
            reason=_reason(pair),
            evidence=tuple(_evidence(pair)),
            counterpart=_counterpart(pair),
            swaps=swaps,
            severity=3 if pair.known else 2,
        )
        return flag if flag.score >= self.min_score else None


def _score(pair: Pair) -> float:
    swaps = pair.relation.pairs
    # Each word replaced halves the chance that two texts only happen to be alike.
    doubt: float = 0.5 ** (len(swaps) + 0.5 * pair.company)
    doubt *= 0.7 ** sum((one in pair.proven) for one in swaps)
    return (1.0 - doubt) * (1.0 - 0.5 * pair.relation.long_share) * (1.0 if pair.known else 0.9)


def _reason(pair: Pair) -> str:
    swaps = pair.relation.pairs
    shown = tuple(f"{left} → {right}" for left, right in swaps[:3])
    return (_FROM if pair.known else _ALIKE)(site=pair.source.site, count=len(swaps), swaps=shown)


def _counterpart(pair: Pair) -> Counterpart:
    side = pair.source
    return Counterpart(side.url, side.text, side.offset, side.end)


def _evidence(pair: Pair) -> Iterator[Evidence]:
    for island in pair.relation.islands:
        for role, side, first, last, other in (
            ("subject", pair.copy, island.right_first, island.right_last, island.left),
            ("counterpart", pair.source, island.left_first, island.left_last, island.right),
        ):
            start, end = side.tokens.bounds(first, last)
            if start < end:
                note = _THERE(word=other) if other else _NOT_THERE()
                yield Evidence(role, side.url, side.offset + start, side.offset + end, side.text[start:end], note)
    for reason in pair.reasons:
        yield Evidence("rule", pair.source.url, None, None, pair.source.site, reason)


DETECTOR = Rewrite()
