"""Days of the year, months and times of day as measures: 6月30日前, 3月至6月, 晚上10点以后, by 30 June, before 10 pm.

``date`` is a day of the year (1 to 366), ``clock`` an hour of the day (0 to 24); a window is an interval, and one that
goes over midnight or new year has a high end beyond 24 or 366.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from counterspin.claims.measure import Found
from counterspin.model import Quantity
from counterspin.text.numerals import number

DAYS, HOURS = 366.0, 24.0
_MONTH = 31.0  # days of a month, at most
_BEGINS = (0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366)  # days of a leap year before each month
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOON = 12

_ZH_NUMBER = "一二三四五六七八九十"
_PART = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|夜间|晚间|当晚"
_TO_ZH = r"\s*(?:-|–|—|~|～|至|到)\s*(?:次日|第二天)?"
_SIDE_ZH = r"\s*(?P<side>之前|以前|前|之后|以后|后|起|开始)?"


def _day_zh(at: int) -> str:
    day = rf"(?P<day{at}>\d{{1,2}}|[一二三]?十?[{_ZH_NUMBER}])\s*[日号]"
    part = rf"(?P<part{at}>上旬|中旬|下旬|初|底|末)"
    return rf"(?:(?:19|20)\d\d\s*年\s*)?(?P<month{at}>\d{{1,2}}|十?[{_ZH_NUMBER}])\s*月(?:份|{day}|{part})?"


def _time_zh(at: int) -> str:
    minutes = rf"(?:(?P<mins{at}>\d\d)分?|(?P<half{at}>半)|整|钟)?"
    hour = rf"(?P<hour{at}>\d{{1,2}}|十?[两{_ZH_NUMBER}])"
    return rf"(?P<part{at}>{_PART})?\s*{hour}\s*(?:[:：](?P<min{at}>\d\d)|[点时](?!点){minutes})"


_DATE_ZH = re.compile(
    r"(?P<by>(?:截止(?:日期|时间)?|截至|最晚|最迟|不晚于|不迟于)(?:到|至|为|是|在)?\s*)?"
    rf"(?<![\d个]){_day_zh(1)}(?:{_TO_ZH}{_day_zh(2)})?{_SIDE_ZH}"
)
_CLOCK_ZH = re.compile(rf"(?<![\d.第有这那一]){_time_zh(1)}(?:{_TO_ZH}{_time_zh(2)})?{_SIDE_ZH}")
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)


def _day_en(at: int) -> str:
    first = rf"(?P<day{at}>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month{at}>{_MONTHS})"
    part = rf"(?:(?P<part{at}>early|mid|late)[ -])?"
    named = rf"{part}(?P<named{at}>{_MONTHS})(?:\s+(?P<nth{at}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%°:]))?"
    return rf"(?:{first}|{named})\b"


def _time_en(at: int) -> str:
    half = rf"(?P<hour{at}>\d{{1,2}})(?:[:.](?P<min{at}>\d\d))?\s*(?P<half{at}>am|pm|a\.m\.|p\.m\.)"
    return rf"(?:{half}|(?P<full{at}>\d{{1,2}}):(?P<minute{at}>\d\d)|(?P<word{at}>noon|midnight))"


_DATE_EN = re.compile(
    r"(?:\b(?P<side>no later than|not later than|by|before|until|after|from|since|between|in|on|due|is)\s+(?:the\s+)?)"
    rf"{_day_en(1)}(?:\s*(?:-|–|to|and|until|through)\s*(?:the\s+)?{_day_en(2)})?"
)
_CLOCK_EN = re.compile(
    r"(?:\b(?P<side>no later than|by|before|until|after|from|between)\s+)?(?<![\d.:])"
    rf"(?:{_time_en(1)}|(?P<bare>\d{{1,2}})(?=\s*(?:-|–|to|and)\s*\d{{1,2}}(?::\d\d)?\s*[ap]\.?m))"
    rf"(?:\s*(?:-|–|to|and|until)\s*{_time_en(2)})?"
)
_MONTH_EN = re.compile(rf"\b(?:{_MONTHS})\b")
_HOUR_EN = re.compile(r"\d\s*[ap]\.?m\b|\d:\d\d|\bnoon\b|\bmidnight\b")
_DEADLINE = re.compile(r"\b(?:deadline|due date|last (?:day|date)|cut-?off)\b[^.;]{0,40}$|截止[^,，。]{0,6}$")
_EVENT = re.compile(r" (?!or\b|and\b|to\b|of\b|until\b|each\b|every\b|if\b|when\b)[a-z]{4,}")
_LATEST = frozenset(("之前", "以前", "前", "by", "before", "until", "due", "no later than", "not later than"))
_EARLIEST = frozenset(("之后", "以后", "后", "起", "开始", "after", "since"))


def moments(text: str, language: str) -> Iterator[Found]:
    """The dates and times of day in ``text`` (normal form), dates first."""
    if language == "zh":
        if "月" in text:
            yield from _found(_DATE_ZH, text, _zh_day, "date", DAYS)
        if "点" in text or "时" in text or ":" in text:
            yield from _found(_CLOCK_ZH, text, _zh_time, "clock", HOURS)
        return
    if _MONTH_EN.search(text):
        yield from _found(_DATE_EN, text, _en_day, "date", DAYS)
    if _HOUR_EN.search(text):
        yield from _found(_CLOCK_EN, text, _en_time, "clock", HOURS)


_THIRDS = {"early": 0, "mid": 1, "late": 2, "上旬": 0, "初": 0, "中旬": 1, "下旬": 2, "底": 2, "末": 2}
Reader = Callable[["re.Match[str]", int], "tuple[float, float] | None"]


def _found(pattern: re.Pattern[str], text: str, read: Reader, dimension: str, whole: float) -> Iterator[Found]:
    for match in pattern.finditer(text):
        first, last = read(match, 1), read(match, 2)
        if first is None:
            continue
        low, high = first[0], (last or first)[1]
        groups = match.groupdict()
        groups["by"] = groups.get("by") or _DEADLINE.search(text, 0, match.start())
        operator = (
            "<=" if groups.get("by") or groups["side"] in _LATEST else ">=" if groups["side"] in _EARLIEST else "="
        )
        high += whole if high < low else 0
        if last:
            operator = "="
        yield Found(Quantity(dimension, low, high, operator, match.group().strip()), match.start(), match.end())


def _zh_day(match: re.Match[str], at: int) -> tuple[float, float] | None:
    return _part(_span(number(match[f"month{at}"] or ""), number(match[f"day{at}"] or "")), match[f"part{at}"])


def _part(month: tuple[float, float] | None, part: str | None) -> tuple[float, float] | None:
    """The third of a month that is named: late March, 三月上旬."""
    if month is None or part not in _THIRDS:
        return month
    third = (month[1] - month[0]) / 3
    return month[0] + _THIRDS[part] * third, month[0] + (_THIRDS[part] + 1) * third


def _en_day(match: re.Match[str], at: int) -> tuple[float, float] | None:
    name, day = match[f"month{at}"] or match[f"named{at}"], match[f"day{at}"] or match[f"nth{at}"]
    if not name or (day is None and not _names_month(match, name)):
        return None
    return _part(_span(_NAMES.index(name[:3]) + 1.0, float(day) if day else None), match[f"part{at}"])


def _names_month(match: re.Match[str], name: str) -> bool:
    if _EVENT.match(match.string, match.end()) and match.group().startswith(f"{match['side']} the "):
        return False  # after the January deadline
    return match["side"] not in ("is", "on", "due") and (
        name != "may" or match["side"] in ("in", "until", "by", "from", "between")
    )


def _span(month: float | None, day: float | None) -> tuple[float, float] | None:
    if not month or month > _NOON or (day is not None and not 0 < day <= _MONTH):
        return None
    at = int(month)
    start = _BEGINS[at - 1]
    return (start + day, start + day) if day is not None else (start + 1.0, float(_BEGINS[at]))


def _zh_time(match: re.Match[str], at: int) -> tuple[float, float] | None:
    hour = number(match[f"hour{at}"] or "")
    part = match[f"part{at}"] or (match["part1"] if at == 2 and match["part1"] in ("上午", "早上") else "")
    minutes = match[f"min{at}"] or match[f"mins{at}"]
    told = part or minutes or match["side"] or match[f"hour{3 - at}"] or match[f"half{at}"]
    if hour is None or hour > HOURS or not told:
        return None
    if part in ("下午", "傍晚", "晚上", "夜里", "夜间", "晚间", "当晚") and hour < _NOON:
        hour += _NOON
    value = hour + (float(minutes) / 60 if minutes else 0.5 if match[f"half{at}"] else 0.0)
    return value, value


def _en_time(match: re.Match[str], at: int) -> tuple[float, float] | None:
    groups = match.groupdict()
    if word := groups[f"word{at}"]:
        value = 12.0 if word == "noon" else 24.0
    elif hour := groups[f"hour{at}"]:
        value = float(hour) % _NOON + (float(groups[f"min{at}"]) / 60 if groups[f"min{at}"] else 0.0)
        value += _NOON if groups[f"half{at}"].startswith("p") else 0
    elif full := groups[f"full{at}"]:
        if not (groups["side"] or (groups["full1"] and (groups["full2"] or groups["hour2"]))):
            return None  # 3:20 alone is a ratio, a verse, a score
        value = float(full) + float(groups[f"minute{at}"]) / 60
    elif at == 1 and (bare := groups["bare"]):
        ends_late = (groups["half2"] or "").startswith("p")
        value = float(bare) + (_NOON if ends_late and float(bare) < float(groups["hour2"] or 0) % _NOON else 0)
    else:
        return None
    return (value, value) if value <= HOURS else None
