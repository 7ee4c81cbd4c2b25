"""Measures in English text: up to 14 days, within a fortnight, twice a year, £500 a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from counterspin.claims.measure import CURRENCIES, Found, longest_first, operators, unit_pattern, units
from counterspin.claims.numerals import english_number, english_words
from counterspin.claims.terms import stems
from counterspin.model import Quantity

_SUM = r"\d[\d,]*(?:\.\d+)?(?:\s*(?:k|thousand|million|billion|(?<=\d)m|bn)\b)?"
# Whatever is counted: a plural is a unit of its own, in no table (3 coats, 250 pounds, 12 sessions).
_COUNTED = r"(?!(?:hour|day|week|month|year)s\b)[a-z]{2,}(?<![sui])s\b|children\b|teeth\b|feet\b"
# Before a number, a word that makes a name of it (type 2, step 3, section 21): nothing is counted there.
_NAMED = re.compile(
    r"\b(?:no|numbers?|types?|stages?|phases?|steps?|chapters?|sections?|articles?|parts?|pages?|figures?|tables?|levels?"
    r"|grades?|class|versions?|category|tier|zones?|schedule|rules?|options?|windows|form|line|route|room|week|day|month"
    r"|year|band|model|series|tip|question|volume|act|bill|group|code|unit|size|top)\.?\s*$|[a-z0-9]-?$"
)
# Ten tax years, but no few days, and no day that a number before it does not count.
_KIND = r"(?:(?!(?:of|to|or|and|in|few|several|many|couple)\b)[a-z]+ (?=(?:hours|days|weeks|months|years)\b))??"
# Two blank pages: one word may stand before what is counted, no word of grammar and none that is counted itself.
_WHICH = (
    r"(?:(?!(?:of|to|or|and|in|on|at|by|for|from|with|as|is|are|was|the|an?|per|if|that|than|then|times?|few|more|less|"
    r"most|you|your|its|it|their|so|but|not|up|out|off|about|after|before|until|when|while|into|may|can|will|must)\b)"
    r"(?P<which>[a-z]{3,}(?<!s)) )?"
)
# No later than two days before: that is two days before, or more.
_EARLIER = re.compile(r"\s*(?:before|ahead|prior|in advance|earlier)\b")
# Five weeks' rent is a sum, no time.
_PAY = re.compile(r"['’]s? +(?:rent|pay|salary|wages|income|fees|interest|tuition)\b")
_LATEST = frozenset(("no later than", "not later than"))
_ORDINALS = frozenset((("a", "second"), ("one", "second"), ("a", "third")))  # a second bowl
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
        rf"(?:\b(?P<before>{before})\s+)?(?:(?P<money>[¥$€£])\s*)(?P<sum>{_SUM})"
        rf"(?:\s*(?:-|–|to|and)\s*[¥$€£]?(?P<sum2>{_SUM}))?(?:\s*(?:/|per|each|every|an?)\s*(?P<moneyper>{_SPAN}|person|night|visit))?"
        rf"|(?:\b(?P<before2>{before})\s+)?(?P<minus>minus |(?<![\w)])-(?=\d))?(?P<low>{number})"
        rf"(?:[\s-]*(?P<mid>{unit})(?= to\b|\s?[-–]))?"
        rf"(?:\s*(?:-to-|-|–|to|or|and)\s*(?P<minus2>minus |-(?=\d))?(?P<high>{number}))?"
        rf"[\s-]*(?:full |whole |consecutive |extra |more )?{_KIND}"
        rf"(?:(?P<unit>{unit})|{_WHICH}(?P<counted>{_COUNTED}))(?P<tail> and a half\b| or two\b)?"
        r"(?: of (?:normal |regular |daily |continuous |ordinary |average )?(?:use|wear|service)\b)?"
        rf"(?:\s+(?P<after>{after})\b)?(?:\s*(?:/|per|each|every|an?)\s*(?P<per>{_SPAN}|person|kg|meal|visit)\b)?"
    )


def english(text: str) -> Iterator[Found]:
    """The measures of an English text (normal form), in order."""
    for match in _pattern().finditer(text):
        quantity = _money(match) or _measure(match, text)
        if quantity:
            # The word before what is counted (two blank pages) says of what the measure is.
            yield Found(quantity, match.start(), match.start("which") if match["which"] else match.end())


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
    if high is None or (high < low and not match["mid"]):
        return None
    if (match["counted"] and not _counts(match, text, low)) or (match["low"], match["unit"]) in _ORDINALS:
        return None
    dimension, factor, offset = _unit(match)
    before = match["before2"] or ""
    operator = operators("en", "before").get(before, "=")
    operator = operators("en", "after").get(match["after"] or "", operator)
    if before in _LATEST and _EARLIER.match(text, match.end()):
        operator = ">="
    if match["high"] and operator in ("<=", ">="):
        operator = "="
    low, high = _ends(match, low, high, dimension)
    first = units()[match["mid"]][1] if match["mid"] in units() else factor
    low, high = (low + offset) * first, (high + offset) * factor
    if high < low:
        return None
    if dimension == "duration" and _PAY.match(text, match.end()):
        return Quantity("pay", low, high, operator, match.group())
    if dimension == "duration" and before in ("every", "each") and low > 0:
        return Quantity("frequency", 1 / high, 1 / low, "=", match.group())
    base = match["per"] or ""
    return Quantity(dimension, low, high, operator, match.group(), base)


def _ends(match: re.Match[str], low: float, high: float, dimension: str) -> tuple[float, float]:
    """Both ends with what stands behind the unit (an hour and a half, a day or two), below zero if it says so."""
    if match["tail"] == " and a half":
        return low + 0.5, high + 0.5
    if match["tail"] and low == 1 == high:
        return low, 2.0
    if dimension == "temperature" and match["minus"]:
        first, last = sorted((-low, -high if match["minus2"] or not match["high"] else high))
        return first, last
    return low, high


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
