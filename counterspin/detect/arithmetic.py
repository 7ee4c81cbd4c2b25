"""A sum on the page does not come out: the stated result differs from what its own figures give.

Source: rule C10 of our contradiction study. Sums written out are recomputed (a x b = c, a plus b makes c, x % of y
is z), and sums done in words whose operation is named (``counterspin.claims.sums``); a result marked as rounded gets
more room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.sums import Sum, goes_on, spoken
from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage, Span
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold
from counterspin.text.numerals import number
from counterspin.text.quote import prose, quote, sentence_spans
from counterspin.wording import Wording

FLAGS = (
    "逾期利息为10000元×0.05%=50元,每天都要计算。",
    "押金2000元加上租金3000元,一共6000元。",
    "信用卡账单10000元的10%就是500元。",
    "A deposit of 10% of $500 is $60.",
    "定金是900元,尾款是600元,抵扣以后还应退还400元。",
    "请人刷墙每平方米20元,30平方米一共要800元。",
    "The plumber works 4 hours at £30 an hour, so you pay £150 in all.",
)
PASSES = (
    "逾期利息为10000元×0.05%=5元,每天都要计算。",
    "押金2000元加上租金3000元,一共5000元。",
    "A deposit of 10% of $500 is $50.",
    "2+3=5,这一点没有问题。",
    "The ratio 16/9 is about 1.78.",
    "定金是900元,尾款是600元,抵扣以后还应退还300元。",
    "请人刷墙每平方米20元,30平方米一共要600元。",
    "The plumber works 4 hours at £30 an hour, so you pay £120 in all.",
    "The plumber works 4 hours at £30 an hour and charges £30 extra for the trip, so you pay £150 in all.",
)

_N = r"(\d[\d,]{0,14}(?:\.\d{1,6})?)\s*([万亿]?)\s*(%|‰)?"
_UNIT = r"(?:[a-z\u4e00-\u9fff¥$€£]{0,4}?)"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_EQUATION = re.compile(
    rf"(?<![\d.,+\-*/×÷%=]){_N}{_UNIT}\s*([+\-*/×x÷加减]|乘以|除以|加上|减去)\s*[¥$€£]?{_N}{_UNIT}"
    rf"(?:\s*([+\-*/×x÷])\s*[¥$€£]?{_N}{_UNIT})?\s*(=|＝|等于|≈)\s*[¥$€£]?{_N}(?![\d.,]*\s*[+\-*/×÷])"
)
_TOTAL = re.compile(
    rf"{_N}\s*元\s*(?:加上|加|和|与|以及)[^,，。;；\d]{{0,8}}{_N}\s*元[^,，。;；\d]{{0,6}}[,，]?\s*(?:一共|合计|共计|总共|总计|共)(?:是|为|需|要)?\s*(约|大约)?\s*{_N}\s*元"
)
_SHARE = re.compile(rf"{_N}\s*元\s*的\s*{_N}\s*[,，]?\s*(?:就是|即|也就是|等于|是|为|相当于)\s*(约|大约)?\s*{_N}\s*元")
_SHARE_EN = re.compile(
    rf"{_N}\s+of\s+[¥$€£]\s*{_N}\s+(?:is|equals|comes to|would be|=)\s+(about |roughly )?[¥$€£]\s*{_N}"
)

REASON = Wording(
    en="the figures give {computed:g}, the text says {stated:g}",
    zh="按文中数字应得 {computed:g}，文中却写 {stated:g}。",
)
_NOTE = Wording(en="computed {computed:g}, stated {stated:g}", zh="算得 {computed:g}，文中写 {stated:g}")


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Flags a written-out sum whose result is wrong."""

    tolerance: float = 0.01  # share of the result by which it may differ: results are rounded to whole units
    rounded_tolerance: float = 0.1  # the same for a result that is marked as rounded
    severity: int = 3  # 1 (low) to 4
    name: str = "arithmetic"
    category: str = "contradictory"
    version: int = 1

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """A flag for each wrong sum."""
        for passage in prose(document):
            told: set[float] = set()
            for span, found in passage_sums(document, passage):
                if self._is_wrong(found) and found.stated not in told:
                    told.add(found.stated)
                    yield self._flag(document, passage, span, found)

    def _is_wrong(self, found: Sum) -> bool:
        room = self.rounded_tolerance if found.rounded else self.tolerance
        return all(abs(value - found.stated) > max(room * abs(value), 0.01) for value in found.computed)

    def _flag(self, document: Document, passage: Passage, span: Span, found: Sum) -> Flag:
        start, end = span.start + found.start, span.start + found.end
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.9,
            reason=REASON(computed=found.computed[0], stated=found.stated),
            evidence=(quote(document, start, end, note=_NOTE(computed=found.computed[0], stated=found.stated)),),
            severity=self.severity,
            key=f"{found.computed[0]:g}:{found.stated:g}",
        )


def passage_sums(document: Document, passage: Passage) -> Iterator[tuple[Span, Sum]]:
    """The sums of a passage, each with the stretch of text in which it stands: a sentence, or two."""
    language = document.language.lower()[:2]
    language = language if language in ("zh", "en") else "zh" if _HAN.search(passage.text) else "en"
    spans = list(sentence_spans(passage))
    texts = [fold(document.text[span.start : span.end]) for span in spans]
    for at, (span, text) in enumerate(zip(spans, texts, strict=True)):
        yield from ((span, found) for found in sums(text))
        yield from ((span, found) for found in spoken(text, language))
        if at + 1 < len(spans) and goes_on(texts[at + 1], language):
            both = Span(span.start, spans[at + 1].end)
            yield from ((both, found) for found in spoken(fold(document.text[both.start : both.end]), language))


def sums(text: str) -> Iterator[Sum]:
    """The sums written out in ``text`` (normal form)."""
    for match in _EQUATION.finditer(text):
        if found := _equation(match):
            yield found
    for pattern, combine in ((_TOTAL, "+"), (_SHARE, "*"), (_SHARE_EN, "*")):
        for match in pattern.finditer(text):
            left, right, stated = _value(match, 1), _value(match, 4), _value(match, 8)
            if left is None or right is None or stated is None or (combine == "*" and not (match[3] or match[6])):
                continue
            yield Sum((_apply(left, combine, right),), stated, bool(match[7]), *match.span())


def _equation(match: re.Match[str]) -> Sum | None:
    left, right, stated = _value(match, 1), _value(match, 5), _value(match, 13)
    if left is None or right is None or stated is None or not _applies(match[4], right):
        return None
    value = _apply(left, match[4], right)
    if match[8]:
        third = _value(match, 9)
        if third is None or not _applies(match[8], third) or (match[4] in "+-" and match[8] not in "+-"):
            return None
        value = _apply(value, match[8], third)
    return Sum((value,), stated, match[12] == "≈", *match.span())


def _value(match: re.Match[str], group: int) -> float | None:
    value = number(match[group] + match[group + 1])
    if value is None:
        return None
    return value / {"%": 100, "‰": 1000}.get(match[group + 2], 1)


def _applies(operator: str, right: float) -> bool:
    return right != 0 or operator not in ("/", "÷", "除以")


def _apply(left: float, operator: str, right: float) -> float:
    if operator in ("+", "加", "加上"):
        return left + right
    if operator in ("-", "减", "减去"):
        return left - right
    return left / right if operator in ("/", "÷", "除以") else left * right


DETECTOR = Arithmetic()
