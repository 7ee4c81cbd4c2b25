"""Measures without a unit: an age (at least 17), a pH, a whole life (一辈子, for life), once and for all (只需一次)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterspin.claims.measure import Found, units
from counterspin.claims.numerals import english_number, english_words
from counterspin.claims.terms import stems
from counterspin.model import Quantity

LIFE = 36_500.0  # days that stand for a whole life
_STRONGEST = 14.0  # pH
_OLDEST = 120.0  # years of age
_LIFE = {
    "zh": re.compile(r"一辈子|终身|终生|一生(?!一次)"),
    "en": re.compile(r"\b(?:for (?:a lifetime|life|ever)|forever|lifelong|indefinitely)\b"),
}
_ONCE = {
    "zh": re.compile(
        r"(?:(?:终身|终生|一生|一辈子)(?:只需要?|只要|只能|只|仅需?|就)?[^,，。\d]{0,4}"
        r"|(?:只需要?|只要|仅需)[^,，。\d每]{0,3})一次"
    ),
    "en": re.compile(
        r"\b(?:once in a (?:lifetime|life)|only (?:needs? to be \w+ |need \w+ |\w+ )?once|just once|once only)\b"
        r"(?! (?:a|an|per|each|every)\b)"
    ),
}
_LAST = 2  # letters of 一次, the last of 'once'
_SPAN = re.compile(r"[天日周月年晚时]|每|星期")
_PER = {
    "zh": re.compile(r"每一?(公斤|千克|斤|克|吨|毫升|升)(?=[\u4e00-\u9fff])"),
    "en": re.compile(
        r"\b(?:per|each|every|for each|for every) (kilogram|kg|kilo|gram|pound|ounce|litre|liter|gallon|cup)\b"
    ),
}
# The whole of a sum and half of it, in per cent; done on the day itself, in days.
_ALL, _HALF, _SAME_DAY = ("rate", 100.0, 100.0), ("rate", 50.0, 50.0), ("duration", 0.0, 1.0)
_PHRASES = {
    "zh": {
        re.compile(r"全额|全款|足额"): _ALL,
        re.compile(r"(?<![另上下前后这那])一半(?![时年天])|半价|半数"): _HALF,
        re.compile(r"当[天日](?=就|即|便|能|可|领|拿|取|出|办|到账|到货)"): _SAME_DAY,
    },
    "en": {
        re.compile(r"\bin full\b|\bthe full (?:amount|sum|price|deposit|fee)\b"): _ALL,
        re.compile(r"\bhalf (?:of )?(?:the|your|its|their|that|price)\b"): _HALF,
        re.compile(r"\b(?:on )?the same day\b|\bon the spot\b|\bsame-day\b"): _SAME_DAY,
    },
}
_LAST_SPAN = re.compile(r"\b(?:within|in|over|during|from) the (?:last|past) (?P<unit>day|week|month|year|decade)\b")
# A pulse is counted by the minute, whatever stands for the beat: 每分钟120到140之间, 130 bpm.
_PULSE = {
    "zh": re.compile(
        r"(?:每|一)分钟[^\d,，]{0,4}(?P<low>\d{2,3})(?:\s*(?:-|~|到|至)\s*(?P<high>\d{2,3}))?(?:\s*(?:下|次|跳|拍)|(?=之间|左右|以[上下内]|$|[,，]))"
    ),
    "en": re.compile(
        r"\b(?P<low>\d{2,3})(?:\s*(?:-|–|to|and)\s*(?P<high>\d{2,3}))?\s*(?:bpm|(?:heart)?beats (?:per|a) minute)\b"
    ),
}
_SINGLE = re.compile(r"\b(?:a single|(?:just|only) one) ([a-z]{3,})\b(?! of\b)")
_PH = re.compile(
    r"\bph\s*(?:值|度|level)?[^\d,，。;；.]{0,40}?(?P<low>\d{1,2}(?:\.\d+)?)(?:\s*(?:-|–|~|到|至|to|and)\s*(?P<high>\d{1,2}(?:\.\d+)?))?(?![\d%°])"
)
_TENS = "|".join(form for form, value in english_words().items() if value.is_integer() and 10 <= value < _OLDEST)
_YEARS_OLD = rf"\d{{1,3}}|{_TENS}"
_AGE = re.compile(
    r"\b(?:(?:minimum|maximum|legal|lowest|earliest|upper|starting|school) age[^\d.,;]{0,40}?(?:is|of|at)"
    r"|aged?|age of|turn(?:s|ed)?|reach(?:es)?(?: the age of)?)\s+(?P<op>at least |over |under |below )?"
    rf"(?P<aged>{_YEARS_OLD})\b(?!\s*(?:%|°|[a-z]+ old|[a-z]+(?<![sui])s\b))"
    r"|\b(?:anyone|anybody|nobody|no one|everyone|those|people|persons?|children|kids|adults|if you(?:'re| are))"
    rf" (?:aged )?(?P<op4>over|under|below|above) (?P<limit>{_YEARS_OLD})\b"
    r"(?=\s+(?:should|must|may|can|cannot|can't|will|to|who|are|is|need|needs|has|have|with|and|or|do|does)\b|\s*(?:[.,;!)]|$))"
    r"|\b(?:must|have to|has to|need to|should) be\s+(?P<op2>at least|over|under|below)\s+(?P<years>\d{1,3})"
    r"(?=\s+(?:to|or|and|before|when|in)\b|\s*(?:[.,;]|$))"
    r"|\b(?P<op3>over|under)[- ](?P<plural>\d{1,2})s\b"
)
_AGE_SIDE = re.compile(r"\b(before|until|under|below|after|over|from|since)(?: the| they(?: have)?| you(?: have)?)? $")
_OPERATORS = {
    "at least": ">=", "over": ">=", "after": ">=", "from": ">=", "since": ">=",
    "above": ">=", "under": "<=", "below": "<=", "before": "<=", "until": "<=",
}  # fmt: skip


def unitless(text: str, language: str) -> Iterator[Found]:
    """The measures of ``text`` (normal form) that no unit names."""
    yield from _lifelong(text, language)
    for match in _PER[language].finditer(text):
        dimension, factor, _ = units()[match[1]]
        yield Found(Quantity(dimension, factor, factor, "per", match.group()), *match.span())
    for pattern, (dimension, low, high) in _PHRASES[language].items():
        for match in pattern.finditer(text):
            yield Found(Quantity(dimension, low, high, "=", match.group()), *match.span())
    if "ph" in text:
        yield from _acidity(text)
    for match in _PULSE[language].finditer(text):
        low = float(match["low"])
        yield Found(Quantity("pulse", low, float(match["high"] or low), "=", match.group()), *match.span())
    if language == "en":
        yield from _ages(text)
        for match in _LAST_SPAN.finditer(text):
            days = units()[match["unit"]][1]
            yield Found(Quantity("duration", days, days, "<=", match.group()), *match.span())
        for match in _SINGLE.finditer(text):
            yield Found(Quantity(f"count:{stems(match[1])[-1]}", 1.0, 1.0, "=", match.group()), *match.span())


def _lifelong(text: str, language: str) -> Iterator[Found]:
    once = _ONCE[language].search(text)
    if once and _SPAN.search(text[: once.start()]):
        once = None  # 三个月只需换一次
    if once:
        # The words between (终身只需打一次) stay words of the claim.
        yield Found(Quantity("frequency", 1 / LIFE, 1 / LIFE, "=", once.group()), once.end() - _LAST, once.end())
    for match in _LIFE[language].finditer(text):
        if not once or not once.start() <= match.start() < once.end():
            yield Found(Quantity("duration", LIFE, LIFE, "=", match.group()), *match.span())


def _acidity(text: str) -> Iterator[Found]:
    for match in _PH.finditer(text):
        low = float(match["low"])
        high = float(match["high"] or low)
        if low <= high <= _STRONGEST:
            yield Found(Quantity("ph", low, high, "=", match.group()), match.start("low"), match.end())


def _ages(text: str) -> Iterator[Found]:
    for match in _AGE.finditer(text):
        group = next(name for name in ("aged", "limit", "years", "plural") if match[name])
        years = english_number(match[group]) or 0.0
        named = (match["op"] or match["op2"] or match["op3"] or match["op4"] or "").strip()
        lowest = "minimum" in match.group() or "at least" in match.group() or match.group().startswith("turn")
        if 0 < years <= _OLDEST:
            side = _AGE_SIDE.search(text[: match.start()])
            operator = _OPERATORS.get(side[1] if side else named, ">=" if lowest else "=")
            yield Found(Quantity("age", years, years, operator, match.group()), *match.span(group))
