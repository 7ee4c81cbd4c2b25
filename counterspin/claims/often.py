"""How often something is done, where no counted unit says so: 天天, 隔天, 早晚各一次; twice daily, every other week.

``frequency`` is in times a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterspin.claims.measure import Found, longest_first, operators
from counterspin.claims.numerals import english_number, english_words
from counterspin.model import Quantity

DAYS = {
    "day": 1.0, "night": 1.0, "morning": 1.0, "evening": 1.0, "daily": 1.0, "nightly": 1.0, "week": 7.0, "weekly": 7.0,
    "fortnight": 14.0, "fortnightly": 14.0, "month": 30.0, "monthly": 30.0, "quarter": 91.0, "quarterly": 91.0,
    "year": 365.0, "yearly": 365.0, "annually": 365.0, "decade": 3650.0, "hour": 1 / 24, "hourly": 1 / 24,
}  # fmt: skip
_DAYS_ZH = {"天": 1.0, "日": 1.0, "晚": 1.0, "早": 1.0, "周": 7.0, "星期": 7.0, "月": 30.0, "年": 365.0}
# 每天 with a measure of its own (每天喝两升, 每天三次) is what that is given for; alone it says how often.
_ALONE_ZH = re.compile(
    r"(?<![一几])(?:每一?个?(?P<each>天|日|晚|早|周|星期|月|年)|(?P<twin>天|日|月|年)(?P=twin))"
    r"(?![的期末份初度])"
)
_NAMES_ZH = re.compile(r"[^,，]{1,12}的[^,，]{1,6}$")  # 天天开空调的家庭
_EVERY_OTHER_ZH = re.compile(
    r"(?:每?隔(?:一天|一日|天|日)|每?隔一?(?P<span>周|星期|个?月|年))(?![\d一二三四五六七八九十])"
)
_BOTH_ENDS_ZH = re.compile(r"早晚各[\u4e00-\u9fff]{0,3}?一[次遍回顿]")
_FIGURE = re.compile(r"[\d次遍回顿二两三四五六七八九十百千半]|(?<![一])一(?![定直样些起般旦点切边])|隔")
_WORDS = "|".join(longest_first(english_words()))
_NUMBER = rf"(?:\d{{1,3}}|\b(?:{_WORDS})\b)"
_SPAN = "day|night|week|month|year|hour|fortnight|quarter|decade"
_LY = "daily|nightly|weekly|fortnightly|monthly|quarterly|annually|yearly"
_BOUND = "|".join(longest_first(operators("en", "before")))
_TIMES_EN = re.compile(
    rf"(?:\b(?P<bound>{_BOUND})\s+)?"
    r"(?:\b(?P<once>once or twice|once|twice|thrice)"
    rf"|(?P<low>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?[\s-]times)\s+"
    rf"(?:(?:(?:an?|per|each|in an?)|(?:every|in)(?:\s+(?P<many>{_NUMBER}|other|second))?)\s+(?P<span>{_SPAN})s?\b"
    rf"|(?P<ly>{_LY})\b)"
)
_EVERY_EN = re.compile(
    rf"\bevery\s+(?:single\s+)?(?P<other>other\s+|second\s+)?(?P<span>{_SPAN}|morning|evening)\b"
    rf"|\b(?P<ly>{_LY})\b"
)
_SIGNS_EN = ("once", "twice", "thrice", "times")  # one stands in whatever _TIMES_EN finds; quicker to look for
_ONCE = {"once": (1.0, 1.0), "twice": (2.0, 2.0), "thrice": (3.0, 3.0), "once or twice": (1.0, 2.0)}


def frequencies(text: str, language: str) -> Iterator[Found]:
    """How often something is done, as ``text`` (normal form) says without a unit."""
    if language == "zh":
        yield from _chinese(text)
        return
    taken = []
    for match in _TIMES_EN.finditer(text) if any(map(text.__contains__, _SIGNS_EN)) else ():
        low, high = _ONCE.get(match["once"] or "") or (english_number(match["low"]), english_number(match["high"]))
        days = DAYS[match["span"] or match["ly"]] * _interval(match["many"])
        if low:
            taken.append(match.span())
            operator = operators("en", "before").get(match["bound"] or "", "=")
            yield Found(Quantity("frequency", low / days, (high or low) / days, operator, match.group()), *match.span())
    for match in _EVERY_EN.finditer(text) if "every" in text or "ly" in text else ():
        if not any(start <= match.start() < end for start, end in taken):
            rate = 1 / DAYS[match["span"] or match["ly"]] / (2 if match["other"] else 1)
            yield Found(Quantity("frequency", rate, rate, "=", match.group()), *match.span())


def _interval(many: str | None) -> float:
    return 2.0 if many in ("other", "second") else english_number(many) or 1.0


def _chinese(text: str) -> Iterator[Found]:
    if "早晚" in text:
        for match in _BOTH_ENDS_ZH.finditer(text):
            yield Found(Quantity("frequency", 2.0, 2.0, "=", match.group()), *match.span())
    if "隔" in text:
        for match in _EVERY_OTHER_ZH.finditer(text):
            days = _DAYS_ZH[(match["span"] or "天").removeprefix("个")]
            yield Found(Quantity("frequency", 0.5 / days, 0.5 / days, "=", match.group()), *match.span())
    if _FIGURE.search(text):
        return
    for match in _ALONE_ZH.finditer(text):
        if _NAMES_ZH.match(text, match.end()):
            continue
        rate = 1 / _DAYS_ZH[match["each"] or match["twin"]]
        yield Found(Quantity("frequency", rate, rate, "=", match.group()), *match.span())
