"""Measures in English text: up to 14 days, within a fortnight, twice a year, £500 a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from counterspin.claims.measure import CURRENCIES, Found, longest_first, operators, unit_pattern, units
from counterspin.claims.numerals import english_number, english_words
from counterspin.claims.terms import stems
from counterspin.model import Quantity

_DAYS = {
    "day": 1.0, "night": 1.0, "morning": 1.0, "daily": 1.0, "week": 7.0, "weekly": 7.0, "fortnight": 14.0,
    "fortnightly": 14.0, "month": 30.0, "monthly": 30.0, "quarterly": 91.0, "year": 365.0, "yearly": 365.0,
    "annually": 365.0, "hour": 1 / 24,
}  # fmt: skip
_SUM = r"\d[\d,]*(?:\.\d+)?"
# Whatever is counted: a plural is a unit of its own, in no table (3 coats, 250 pounds, 12 sessions).
_COUNTED = r"[a-z]{2,}(?<![sui])s\b|children\b|teeth\b|feet\b"
# Before a number, a word that makes a name of it (type 2, step 3, section 21): nothing is counted there.
_NAMED = re.compile(
    r"\b(?:no|numbers?|types?|stages?|phases?|steps?|chapters?|sections?|articles?|parts?|pages?|figures?|tables?|levels?"
    r"|grades?|class|versions?|category|tier|zones?|schedule|rules?|options?|windows|form|line|route|room|week|day|month"
    r"|year|band|model|series|tip|question|volume|act|bill|group|code|unit|size|top)\.?\s*$|[a-z0-9]-?$"
)
_KIND = r"(?:(?!of\b|to\b|or\b|and\b|in\b)[a-z]+ (?=(?:hours|days|weeks|months|years)\b))??"  # ten tax years
# No later than two days before: that is two days before, or more.
_EARLIER = re.compile(r"\s*(?:before|ahead|prior|in advance|earlier)\b")
_LATEST = frozenset(("no later than", "not later than"))
_YEARS = (1900, 2100)  # numbers that name a year
_SPAN = "day|week|month|year|hour|fortnight"


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern("en")
    before, after = ("|".join(longest_first(operators("en", where))) for where in ("before", "after"))
    words = "|".join(longest_first(english_words()))
    number = (
        r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:k|thousand|million|billion)\b)?"
        rf"|\b(?:{words})\b"
    )
    return re.compile(
        rf"(?P<often>\b(?:once|twice|(?P<times>{number})\s+times)\s+(?:a|an|per|each|every)\s+(?P<span>{_SPAN})\b)"
        rf"|\bevery\s+(?P<other>other|second)?\s*(?P<every>{_SPAN}|night|morning)\b"
        r"|\b(?P<adverb>daily|weekly|fortnightly|monthly|quarterly|annually|yearly)\b"
        rf"|(?:\b(?P<before>{before})\s+)?(?:(?P<money>[¥$€£])\s*)(?P<sum>{_SUM}(?:\s*(?:k|thousand|million|billion)\b)?)"
        rf"(?:\s*(?:-|–|to)\s*[¥$€£]?(?P<sum2>{_SUM}))?(?:\s*(?:/|per|an?)\s*(?P<moneyper>{_SPAN}|person|night|visit))?"
        rf"|(?:\b(?P<before2>{before})\s+)?(?P<low>{number})(?:[\s-]*(?:{unit}))?"
        rf"(?:\s*(?:-|–|to|or|and)\s*(?P<high>{number}))?[\s-]*(?:full |whole |consecutive |extra |more )?{_KIND}"
        rf"(?:(?P<unit>{unit})|(?P<counted>{_COUNTED}))"
        rf"(?:\s+(?P<after>{after})\b)?(?:\s*(?:/|per|an?)\s*(?P<per>{_SPAN}|person|kg|meal|visit)\b)?"
    )


def english(text: str) -> Iterator[Found]:
    """The measures of an English text (normal form), in order."""
    for match in _pattern().finditer(text):
        quantity = _often(match) or _money(match) or _measure(match, text)
        if quantity:
            yield Found(quantity, match.start(), match.end())


def _often(match: re.Match[str]) -> Quantity | None:
    if match["often"]:
        times = english_number(match["times"]) if match["times"] else (1.0 if match.group().startswith("once") else 2.0)
        rate = (times or 1.0) / _DAYS[match["span"]]
    elif match["every"]:
        rate = 1 / _DAYS[match["every"]] / (2 if match["other"] else 1)
    elif match["adverb"]:
        rate = 1 / _DAYS[match["adverb"]]
    else:
        return None
    return Quantity("frequency", rate, rate, "=", match.group())


def _money(match: re.Match[str]) -> Quantity | None:
    if not match["money"]:
        return None
    low = english_number(match["sum"])
    high = english_number(match["sum2"]) if match["sum2"] else low
    if low is None or high is None:
        return None
    operator = operators("en", "before").get(match["before"] or "", "=")
    return Quantity(
        CURRENCIES[match["money"]], min(low, high), max(low, high), operator, match.group(), match["moneyper"] or ""
    )


def _measure(match: re.Match[str], text: str) -> Quantity | None:
    low = english_number(match["low"])
    if low is None or re.search(r"[\d.:/]$", text[: match.start()][-1:]):
        return None
    high = english_number(match["high"]) if match["high"] else low
    if high is None or high < low:
        return None
    if match["counted"] and not _counts(match, text, low):
        return None
    dimension, factor, offset = _unit(match)
    before = match["before2"] or ""
    operator = operators("en", "before").get(before, "=")
    operator = operators("en", "after").get(match["after"] or "", operator)
    if before in _LATEST and _EARLIER.match(text, match.end()):
        operator = ">="
    if match["high"] and operator in ("<=", ">="):
        operator = "="
    low, high = (low + offset) * factor, (high + offset) * factor
    if dimension == "duration" and before in ("every", "each") and low > 0:
        return Quantity("frequency", 1 / high, 1 / low, "=", match.group())
    base = match["per"] or ""
    return Quantity(dimension, low, high, operator, match.group(), base)


def _unit(match: re.Match[str]) -> tuple[str, float, float]:
    """Dimension, factor and offset of a unit of the table; a counted thing is a dimension of its own."""
    if match["counted"]:
        return f"count:{stems(match['counted'])[-1]}", 1.0, 0.0
    form = match["unit"] if match["unit"] in units() else re.sub(r"[\s-]+", " ", match["unit"])
    return units()[form]


def _counts(match: re.Match[str], text: str, low: float) -> bool:
    """Whether the number counts what comes after it: not one, no year, no name (type 2 diabetes)."""
    year = match["low"].isdigit() and _YEARS[0] <= low < _YEARS[1]
    return low != 1 and not year and not _NAMED.search(text[: match.start()])
