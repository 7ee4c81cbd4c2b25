"""Dates as pages write them, to ISO 8601 at the precision that was written: a month stays a month.

Nothing is invented: ``2004年12月`` gives ``2004-12``, not the first of December; a day without a year needs the time at
which the page was fetched, and so do 昨天 and 3天前.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

FIRST_YEAR = 1990  # years; the first web pages
LAST_YEAR = 2100

_LONGEST_LINE = 200  # code points of a line that is remembered with its date

_SIGN = re.compile(r"\d{4}|年")  # without four digits or 年 no full date
_SEP = r"\s{0,2}[-/.．／－年]\s{0,2}|\s"
_TIME = (
    r"(?:\s*[T,，日]?\s*(?:(?:at|um|à|alle|a las|às|om)\s)?"
    r"(?:(上午|下午|晚上|凌晨|中午|am|pm)\s*)?(\d{1,2})\s?[:：时点h]\s?(\d{1,2})"
    r"(?:\s?[:：分]\s?(\d{1,2}))?(?:\.\d{1,6})?秒?\s?(am\b|pm\b)?\s?(Z\b|[+-]\d{2}:?\d{2}\b)?)?"
)
_NUMERIC = re.compile(
    rf"(?<![\d.])((?:19|20)\d\d)(?:{_SEP})(\d{{1,2}})(?:\s{{0,2}}[-/.．／－月]\s{{0,2}}|\s)(\d{{1,2}})(?!\d)\s?[日号號]?{_TIME}",
    re.IGNORECASE,
)  # fmt: skip
_COMPACT = re.compile(rf"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d){_TIME}")
_MONTH = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?年\s?(\d{1,2})\s?月(?!\s?\d)")
# The beginnings of the months in English, German, French, Spanish, Italian, Portuguese and Dutch.
_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "maa", "mrt"), ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"), ("jul", "juil", "lug"), ("aug", "aoû", "ago"),
    ("sep", "set"), ("oct", "okt", "out", "ott"), ("nov",), ("dec", "dez", "déc", "dic"),
)  # fmt: skip
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAME = rf"({'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})[a-zäûéç]{{0,7}}\.?"
_ENGLISH = re.compile(
    rf"\b{_NAME}\s+(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?((?:19|20)\d\d){_TIME}",
    re.IGNORECASE,
)
_BRITISH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s+(?:of\s+|de\s+)?{_NAME},?\s+(?:de\s+)?((?:19|20)\d\d){_TIME}",
    re.IGNORECASE,
)
_STAMP = re.compile(
    rf"\b{_NAME}\s+(\d{{1,2}})\s+(\d\d):(\d\d):(\d\d)\s+(?:[A-Z]{{2,4}}\s+|[+-]\d{{4}}\s+)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    r"(?<![-\d/])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(am|pm)\b)?",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(rf"(?<![\d年])(?<!\d[-/.])(\d{{1,2}})\s?[-月]\s?(\d{{1,2}})\s?日?{_TIME}(?!\d)")
_AGO = re.compile(
    r"(\d{1,4}|半|几)\s?(秒|分钟|小时|个小时|天|日|周|星期|个月|月|年|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\s?(?:之?前|ago)"
)
_DAY_WORD = re.compile(rf"(今天|昨天|昨日|前天|今日|today|yesterday){_TIME}", re.IGNORECASE)
_DAYS_BACK = {"今天": 0, "今日": 0, "today": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}
_DIGITS = {**{char: str(value) for value, char in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0", "Ｏ": "0"}
_WRITTEN = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_UNITS = {"秒": 0, "分": 0, "小": 0, "个小": 0, "天": 1, "日": 1, "周": 7, "星": 7, "个月": 30, "月": 30, "年": 365,
          "se": 0, "mi": 0, "ho": 0, "da": 1, "we": 7, "mo": 30, "ye": 365}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: ISO 8601 and the code points ``start`` to ``end`` that said it."""

    iso: str
    start: int
    end: int


def find_date(text: str, fetched_at: str | None = None, since: str | None = None) -> FoundDate | None:
    """The first full date in ``text``; else a month of a year; else one that needs ``fetched_at`` (ISO 8601).

    A day without a year is the first one from the day ``since`` (ISO 8601) on, where that is known.
    """
    return _find(text, fetched_at, since) if len(text) <= _LONGEST_LINE else _find.__wrapped__(text, fetched_at, since)


@lru_cache(maxsize=1024)
def _find(text: str, fetched_at: str | None, since: str | None) -> FoundDate | None:
    """:func:`find_date`; several steps ask for the same lines around a title."""
    if not text.isascii():
        text = text.translate(_FULL_WIDTH)
    if _SIGN.search(text):
        found = [date_ for pattern, read in _READERS for match in pattern.finditer(text) if (date_ := read(match))]
        if found:
            return min(found, key=lambda one: (len(one.iso) < 10, one.start))
    now, then = _moment(fetched_at), _moment(since)
    ago = _ago(text, now) if now else None
    return ago or (_without_year(text, now, then) if now or then else None)


def normal_date(text: str, fetched_at: str | None = None) -> str | None:
    """The ISO form of a date that stands alone, as in a meta element; ``None`` if it says none."""
    stamp = text.strip()
    if re.fullmatch(r"1[0-9]{9}(?:[0-9]{3})?", stamp):
        return datetime.fromtimestamp(int(stamp[:10]), timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = find_date(stamp, fetched_at)
    return found.iso if found else None


_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def _iso(year: str | int, month: str | int, day: str | int, clock: tuple[str | None, ...] = ()) -> str | None:
    try:
        one = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if not FIRST_YEAR <= one.year <= LAST_YEAR:
        return None
    return one.isoformat() + _clock(clock)


def _clock(parts: tuple[str | None, ...]) -> str:
    """``T16:45:12`` of (上午, hour, minute, second, pm, zone); empty when there is no valid time."""
    if len(parts) < 6 or parts[1] is None:
        return ""
    before, _, minute, second, after, zone = parts
    hours, half = int(parts[1]), (before or after or "").lower()
    if half in ("下午", "晚上", "pm") and hours < 12:
        hours += 12
    if hours > 23 or int(minute or 0) > 59 or int(second or 0) > 59:
        return ""
    tail = f":{int(second):02d}" if second else ""
    return f"T{hours:02d}:{int(minute or 0):02d}{tail}{_zone(zone)}"


def _zone(zone: str | None) -> str:
    if not zone or zone.upper() == "Z":
        return "Z" if zone else ""
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _found(match: re.Match[str], iso: str | None) -> FoundDate | None:
    return FoundDate(iso, match.start(), match.end()) if iso else None


def _read_numeric(match: re.Match[str]) -> FoundDate | None:
    year, month, day, *clock = match.groups()
    return _found(match, _iso(year, month, day, tuple(clock)))


def _read_month(match: re.Match[str]) -> FoundDate | None:
    iso = _iso(match[1], match[2], 1)
    return _found(match, iso[:7] if iso else None)


def _month(name: str) -> int:
    """The number of a month by the beginning of its name."""
    name = name.lower()
    return _MONTH_OF.get(name) or _MONTH_OF[name[:3]]


def _read_english(match: re.Match[str]) -> FoundDate | None:
    name, day, year, *clock = match.groups()
    return _found(match, _iso(year, _month(name), day, tuple(clock)))


def _read_stamp(match: re.Match[str]) -> FoundDate | None:
    """Tue Mar 14 09:12:44 GMT 2017, as programs write it."""
    name, day, hour, minute, second, year = match.groups()
    clock = (None, hour, minute, second, None, None)
    return _found(match, _iso(year, _month(name), day, clock))


def _read_british(match: re.Match[str]) -> FoundDate | None:
    day, name, year, *clock = match.groups()
    return _found(match, _iso(year, _month(name), day, tuple(clock)))


def _read_day_first(match: re.Match[str]) -> FoundDate | None:
    """12/31/2024, 31.12.2024 and 3/4/2024 5:10 PM say which part is the day; 3/4/2024 does not and is left alone."""
    first, mark, second, year, *clock = match.groups()
    one, two = int(first), int(second)
    if clock[-1] and mark != ".":  # a clock with AM and PM is an American one
        return _found(match, _iso(year, one, two, (None, *clock, None)))
    if one > 12 or mark == ".":
        return _found(match, _iso(year, two, one))
    return _found(match, _iso(year, one, two)) if two > 12 else None


def _read_written(match: re.Match[str]) -> FoundDate | None:
    year = "".join(_DIGITS[char] for char in match[1])
    month, day = _small(match[2]), _small(match[3])
    if not month:
        return None
    iso = _iso(year, month, day or 1)
    return _found(match, iso if day or not iso else iso[:7])


def _small(text: str | None) -> int:
    """The value of 一 to 三十一; 0 without text."""
    if not text:
        return 0
    if "十" not in text:
        return int(_DIGITS[text]) if len(text) == 1 else 0
    tens, units = text.split("十", 1)
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(units, "0"))


_READERS = (
    (_NUMERIC, _read_numeric), (_COMPACT, _read_numeric), (_MONTH, _read_month), (_ENGLISH, _read_english),
    (_STAMP, _read_stamp), (_BRITISH, _read_british), (_DAY_FIRST, _read_day_first), (_WRITTEN, _read_written),
)  # fmt: skip


def _moment(fetched_at: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(fetched_at.replace("Z", "+00:00")) if fetched_at else None
    except ValueError:
        return None


def _ago(text: str, now: datetime) -> FoundDate | None:
    match = _DAY_WORD.search(text)
    if match:
        day = (now - timedelta(days=_DAYS_BACK[match[1].lower()])).date()
        return _found(match, day.isoformat() + _clock(match.groups()[1:]))
    match = _AGO.search(text)
    if not match:
        return None
    unit = match[2]
    days = next((value for name, value in _UNITS.items() if unit.startswith(name)), 0)
    count = int(match[1]) if match[1].isdigit() else 0
    return _found(match, (now - timedelta(days=days * count)).date().isoformat())


def _without_year(text: str, now: datetime | None, since: datetime | None) -> FoundDate | None:
    """3月20日 17:02: the first such day from ``since`` on, else the last one before ``now``."""
    match = _NO_YEAR.search(text)
    if not match:
        return None
    first, last = since.date() if since else date.min, now.date() if now else date.max
    years = (first.year, first.year + 1) if since else (last.year, last.year - 1)
    days = (_iso(year, match[1], match[2], match.groups()[2:]) for year in years)
    span = (first.isoformat(), last.isoformat())
    return _found(match, next((day for day in days if day and span[0] <= day[:10] <= span[1]), None))
