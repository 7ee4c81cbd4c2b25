"""Numbers with their units, in Chinese and English, as intervals in base units.

``半个月``, ``3-5 个工作日``, ``万分之五``, ``两成``, ``up to 14 days``, ``within a fortnight``, ``twice a year`` are
quantities; years of the calendar, dates, times of day, article numbers and codes are not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from counterspin.claims.measure import Found
from counterspin.claims.measures_en import english
from counterspin.claims.measures_zh import chinese
from counterspin.claims.moments import moments
from counterspin.claims.often import frequencies
from counterspin.claims.ratios import ratios
from counterspin.claims.unitless import unitless
from counterspin.model import Quantity
from counterspin.text.numerals import HAN_DIGITS

FUZZ = 0.4  # share by which an approximate quantity is widened either way (contradiction study: +-40 %)
FUZZ_DEGREES = 0.15  # the same for a temperature, whose zero means nothing
DEGREES = 3.0  # degrees Celsius by which kitchen and room thermometers may differ
BODY_DEGREES, BODY_LOW, BODY_HIGH = 0.5, 35.0, 42.5  # degrees Celsius: body temperatures are told apart more finely
# Two deadlines a day apart, hours of closing, acidities: how far they may differ, in the unit of the dimension.
CLOSE = {"date": 1.5, "clock": 0.9, "ph": 0.5}
_PERIOD_GAP = 9  # code points between a span of time and how often something happens in it
_ONE_SPAN = re.compile(
    r"[一1]\s*(?:个)?(?:天|日|周|星期|月|年|晚)(?:[之以]?内)?|(?:in |per )?an? (?:day|night|week|month|year)"
)
_MAY_HOLD = {
    "zh": re.compile(rf"[\d{HAN_DIGITS}]|当[天日]|全额|全款|足额|每[天日晚早周星月年个]|([天日月年])\1|隔[天日周]"),
    "en": re.compile(
        r"\d|\b(?:in full|the full|same[ -]day|on the spot|(?:last|past) (?:day|week|month|year|decade)|equal|double)\b"
        r"|\b(?:an?|half|once|twice|thrice|every|\w+ly|quarter|one|two|three|four"
        r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|noon|midnight|life\w*|forever"
        r"|indefinitely|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|f[io]\w+|si\w+|seven\w+|eigh\w+|nine\w+|twenty|thirty)\b"
    ),
}


def quantities(text: str, language: str) -> list[Found]:
    """The quantities of ``text`` (normal form), in order."""
    if not _MAY_HOLD[language].search(text):
        return []
    named = [*moments(text, language), *unitless(text, language), *frequencies(text, language), *ratios(text, language)]
    rest = _without(text, named) if named else text
    found = sorted([*named, *(chinese if language == "zh" else english)(rest)], key=lambda item: item.start)
    return [
        replace(item, period=True) if _is_period(item, before, after) and not _names_whom(text, item) else item
        for before, item, after in zip([None, *found], found, [*found[1:], None], strict=False)
    ]


def _names_whom(text: str, item: Found) -> bool:
    """六到八个月的宝宝每天吃一次: the span of time tells of whom the clause speaks."""
    return text.startswith("的", item.end)


def _without(text: str, found: list[Found]) -> str:
    for item in found:
        text = text[: item.start] + "\0" * (item.end - item.start) + text[item.end :]
    return text


def _is_period(item: Found, before: Found | None, after: Found | None) -> bool:
    # 一周两次 and 三个月换一次 hold one measure each: the span of time belongs to the frequency.
    quantity = item.quantity
    if quantity.dimension not in ("duration", "frequency"):
        return False
    one = _ONE_SPAN.fullmatch(quantity.text.strip())
    if quantity.operator != "=" and not one:
        return False
    if after and after.quantity.dimension == "frequency" and after.start - item.end <= _PERIOD_GAP:
        return True
    # 一天吃2个, 5 hours of sleep a night: one unit of time beside another measure says how often.
    if not one:
        return False
    return (quantity.text[0] in "一1" and after is not None) or (quantity.text.isascii() and before is not None)


def compatible(left: Quantity, right: Quantity, *, ratio: float) -> bool:
    """Whether both can answer one question: the intervals meet, or differ by a factor less than ``ratio``.

    Two upper limits, or two lower limits, are compared by their limits; an upper and a lower one never exclude
    one another.
    """
    if left.operator == right.operator and left.operator in ("<=", ">="):
        return _near(_limit(left), _limit(right), ratio, left.dimension)
    if {left.operator, right.operator} == {"<=", ">="}:
        return True
    if left.dimension in CLOSE and (ends := _ends(left, right)):
        return all(abs(mine - other) < CLOSE[left.dimension] for mine, other in ends)
    (low, high), (other_low, other_high) = interval(left), interval(right)
    if low <= other_high and other_low <= high:
        return True
    if "~" in (left.operator, right.operator):
        return False
    return (
        _near(high, other_low, ratio, left.dimension)
        if high < other_low
        else _near(other_high, low, ratio, left.dimension)
    )


def _ends(left: Quantity, right: Quantity) -> list[tuple[float, float]]:
    """The ends of two windows (8 to 20, until 22) that both name; empty if one names neither."""
    mine, other = _named_ends(left), _named_ends(right)
    return [(mine[name], other[name]) for name in sorted(mine.keys() & other.keys())]


def _named_ends(value: Quantity) -> dict[str, float]:
    low = {"low": value.low} if value.operator == ">=" or (value.operator == "=" and value.low < value.high) else {}
    high = {"high": value.high} if value.operator == "<=" or (value.operator == "=" and value.low < value.high) else {}
    return {**low, **high}


def interval(quantity: Quantity) -> tuple[float, float]:
    """What values the quantity allows, approximate ones widened by ``FUZZ``."""
    if quantity.operator == ">=":
        return quantity.low, float("inf")
    if quantity.operator == "<=":
        return (float("-inf") if quantity.dimension == "temperature" else 0.0), quantity.high
    if quantity.operator == "~":
        room = FUZZ_DEGREES if quantity.dimension == "temperature" else FUZZ
        return quantity.low - room * abs(quantity.low), quantity.high + room * abs(quantity.high)
    return quantity.low, quantity.high


def _limit(quantity: Quantity) -> float:
    return quantity.low if quantity.operator == ">=" else quantity.high


def _near(small: float, large: float, ratio: float, dimension: str) -> bool:
    small, large = min(small, large), max(small, large)
    if dimension in CLOSE:
        return large - small < CLOSE[dimension]
    if dimension == "temperature":
        body = small >= BODY_LOW and large <= BODY_HIGH
        return large - small < (BODY_DEGREES if body else DEGREES)
    return small > 0 and large / small < ratio
