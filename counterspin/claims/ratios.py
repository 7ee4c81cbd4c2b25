"""How many times one thing is another, without a unit: 1比1.5, 1:3, twice the amount, a third of, equal parts.

``multiple`` is the larger part over the smaller one, whichever is named first; a share of a whole is a ``rate``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterspin.claims.measure import Found, longest_first
from counterspin.claims.numerals import english_number, english_words
from counterspin.model import Quantity
from counterspin.text.numerals import HAN_DIGITS, number

_MOST = 10_000.0  # times that one part is another; beyond that the figures are no parts
_FIGURE = r"\d{1,5}(?:\.\d+)?"
_ZH = rf"(?:{_FIGURE}|[{HAN_DIGITS}]{{1,3}})"
_PARTS_ZH = re.compile(
    rf"(?<![\d.:第])(?P<one>{_ZH})\s*(?:比|(?<=\d):(?=\d))\s*(?P<two>{_ZH})(?!\s*[:\d比分点]|\s*年级)"
)
_MIXES_ZH = re.compile(r"比|兑|配|稀释|勾|掺|调|按照?[^,，。]{0,6}$")
_WORDS = "|".join(longest_first(english_words()))
_NUMBER = rf"(?:{_FIGURE}|\b(?:{_WORDS})\b)"
_PARTS_EN = re.compile(
    rf"\b(?P<one>{_NUMBER}) parts? (?:of )?[a-z ]{{2,24}}?(?:to|and|with) (?P<two>{_NUMBER}) parts?\b"
    rf"|\bratio (?:of |is )?(?P<one2>{_NUMBER})\s*(?:to|:|-to-)\s*(?P<two2>{_NUMBER})"
    rf"|(?<![\d:.])(?P<one3>\d{{1,3}}(?:\.\d+)?)\s?(?::|-to-)\s?(?P<two3>\d{{1,3}}(?:\.\d+)?)(?![\d:])"
    r"(?= (?:mix|mixture|ratio|solution|dilution|blend)\b)"
    r"|\b(?P<equal>equal parts|equal (?:amounts|quantities) of|half and half|fifty-fifty|50[/:]50)\b"
)
_TIMES_EN = re.compile(
    rf"\b(?:(?P<twice>twice|double|triple|treble)|(?P<times>{_NUMBER}) times) "
    r"(?=(?:the|your|their|its|his|her|my|our|what|that|as (?:much|many|long|big|high))\b)"
)
# One of these stands in whatever the patterns find: to look for a string costs a fiftieth of a search by pattern.
_SIGNS_EN = (
    "part", "ratio", ":", "-to-", "equal", "half", "halves", "50", "times", "twice", "double", "triple", "treble",
    "third", "quarter", "fourth", "fifth", "fifty", "tenth",
)  # fmt: skip
_NAMED_TIMES = {"twice": 2.0, "double": 2.0, "triple": 3.0, "treble": 3.0}
_SHARE_EN = re.compile(
    r"\b(?:(?P<many>a|an|one|two|three|four) |(?P<hyphen>one|two|three|four)-)"
    r"(?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|tenths?)(?:(?= of\b)|(?= full\b)|(?=-?strength\b))"
    r"|\b(?P<alone>half|quarter)(?=[ -]strength\b)"
)
_PART = {"hal": 50.0, "thi": 100 / 3, "qua": 25.0, "fou": 25.0, "fif": 20.0, "ten": 10.0}
_SPANS = re.compile(
    r" of (?:an? )?(?:hour|year|century|mile|inch|cup|teaspoon|tablespoon|pint|gallon|kilo|litre|liter)"
)


def ratios(text: str, language: str) -> Iterator[Found]:
    """The ratios and shares of ``text`` (normal form) that no unit names."""
    if language == "zh":
        if "比" in text or ":" in text:
            yield from _chinese(text)
        return
    if not any(map(text.__contains__, _SIGNS_EN)):
        return
    for match in _PARTS_EN.finditer(text):
        ends = [english_number(match[f"{name}{at}"]) for at in ("", "2", "3") for name in ("one", "two")]
        told = [end for end in ends if end]
        yield from _parts(match, *((1.0, 1.0) if match["equal"] else (*told, 0.0, 0.0)[:2]))
    for match in _TIMES_EN.finditer(text):
        times = _NAMED_TIMES.get(match["twice"] or "") or english_number(match["times"])
        if times:
            yield Found(Quantity("multiple", times, times, "=", match.group().strip()), *match.span())
    for match in _SHARE_EN.finditer(text):
        if not _SPANS.match(text, match.end()):
            many = english_number(match["many"] or match["hyphen"] or "one") or 1.0
            share = many * _PART[(match["part"] or match["alone"])[:3]]
            yield Found(Quantity("rate", share, share, "=", match.group()), *match.span())


def _chinese(text: str) -> Iterator[Found]:
    for match in _PARTS_ZH.finditer(text):
        mixes = "比" in match.group() or _MIXES_ZH.search(text, max(0, match.start() - 8), match.start())
        if mixes or _MIXES_ZH.match(text, match.end()):
            yield from _parts(match, number(match["one"]) or 0.0, number(match["two"]) or 0.0)


def _parts(match: re.Match[str], one: float, two: float) -> Iterator[Found]:
    if min(one, two) > 0 and max(one, two) <= _MOST * min(one, two):
        times = max(one, two) / min(one, two)
        yield Found(Quantity("multiple", times, times, "=", match.group()), *match.span())
