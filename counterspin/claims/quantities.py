"""Numbers with their units, in Chinese and English, as intervals in base units.

``半个月``, ``3-5 个工作日``, ``万分之五``, ``两成``, ``up to 14 days``, ``within a fortnight``, ``twice a year`` are
quantities; years of the calendar, dates, times of day, article numbers and codes are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from counterspin.claims.tables import rows
from counterspin.model import Quantity

MAX_DIGITS = 15  # digits of a number that is read; a longer one is a code, not a measure
LARGEST = 1e15
FUZZ = 0.4  # share by which an approximate quantity is widened either way (contradiction study: +-40 %)
DEGREES = 3.0  # degrees Celsius by which kitchen and room thermometers may differ
BODY_DEGREES, BODY_LOW, BODY_HIGH = 0.5, 35.0, 42.5  # degrees Celsius: body temperatures are told apart more finely
_ONE_SPAN = re.compile(r"[一1]\s*(?:个)?(?:天|日|周|星期|月|年|晚)|an? (?:day|night|week|month|year)")
_LOOK_BACK = 20  # code points before a count in which its span of time is looked for
_PERIOD_GAP = 9  # code points between a span of time and how often something happens in it

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_HAN_NUMBER = "零〇一二两三四五六七八九十百千万亿半"
_ENGLISH = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "twenty-four": 24, "thirty": 30, "forty": 40,
    "forty-eight": 48, "fifty": 50, "sixty": 60, "seventy": 70, "seventy-two": 72, "eighty": 80, "ninety": 90,
    "half": 0.5, "half a": 0.5, "half an": 0.5, "a couple of": 2, "a dozen": 12, "a hundred": 100, "a thousand": 1000,
    "one hundred": 100, "a quarter of an": 0.25, "one and a half": 1.5, "two and a half": 2.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the text that was read.

    ``period`` marks a span of time that belongs to the frequency after it (一周 in 一周两次).
    """

    quantity: Quantity
    start: int
    end: int
    period: bool = False


def quantities(text: str, language: str) -> list[Found]:
    """The quantities of ``text`` (normal form), in order."""
    if not _MAY_HOLD[language].search(text):
        return []
    found = list((_chinese if language == "zh" else _english)(text))
    return [
        replace(item, period=_is_period(item, before, after))
        for before, item, after in zip([None, *found], found, [*found[1:], None], strict=False)
    ]


def _is_period(item: Found, before: Found | None, after: Found | None) -> bool:
    # 一周两次 and 三个月换一次 hold one measure each: the span of time belongs to the frequency.
    quantity = item.quantity
    if quantity.dimension not in ("duration", "frequency") or quantity.operator != "=":
        return False
    if after and after.quantity.dimension == "frequency" and after.start - item.end <= _PERIOD_GAP:
        return True
    # 一天吃2个, 5 hours of sleep a night: one unit of time beside another measure says how often.
    if not _ONE_SPAN.fullmatch(quantity.text.strip()):
        return False
    return (quantity.text[0] in "一1" and after is not None) or (quantity.text[0] == "a" and before is not None)


def compatible(left: Quantity, right: Quantity, *, ratio: float) -> bool:
    """Whether both can answer one question: the intervals meet, or differ by a factor less than ``ratio``.

    Two upper limits, or two lower limits, are compared by their limits; an upper and a lower one never exclude
    one another.
    """
    if left.operator == right.operator and left.operator in ("<=", ">="):
        return _near(_limit(left), _limit(right), ratio, left.dimension)
    if {left.operator, right.operator} == {"<=", ">="}:
        return True
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


def interval(quantity: Quantity) -> tuple[float, float]:
    """What values the quantity allows, approximate ones widened by ``FUZZ``."""
    if quantity.operator == ">=":
        return quantity.low, float("inf")
    if quantity.operator == "<=":
        return 0.0, quantity.high
    if quantity.operator == "~":
        return quantity.low * (1 - FUZZ), quantity.high * (1 + FUZZ)
    return quantity.low, quantity.high


def _limit(quantity: Quantity) -> float:
    return quantity.low if quantity.operator == ">=" else quantity.high


def _near(small: float, large: float, ratio: float, dimension: str) -> bool:
    small, large = min(small, large), max(small, large)
    if dimension == "temperature":
        body = BODY_LOW <= small and large <= BODY_HIGH
        return large - small < (BODY_DEGREES if body else DEGREES)
    return small > 0 and large / small < ratio


def number(text: str) -> float | None:
    """The value of a Chinese or Arabic numeral such as ``1.5万``, ``三十``, ``半``; ``None`` if it is none."""
    text = text.replace(",", "").replace(" ", "")
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千万亿]*)", text)
    if match:
        if len(match[1]) > MAX_DIGITS:
            return None
        value = float(match[1])
        for scale in match[2]:
            value *= _SCALES.get(scale) or _BIG[scale]
        return value if value <= LARGEST else None
    return _han(text)


def _han(text: str) -> float | None:
    if not text or len(text) > MAX_DIGITS:
        return None
    if all(c in _DIGITS for c in text) and len(text) > 1:
        return float("".join(str(_DIGITS[c]) for c in text))
    total = section = 0.0
    digit: float | None = None
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "半":
            digit = (digit or 0) + 0.5
        elif char in _SCALES:
            section += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        elif char in _BIG:
            total = (total + section + (digit or 0)) * _BIG[char]
            section, digit = 0.0, None
        else:
            return None
    value = total + section + (digit or 0)
    return value if value or text in ("零", "〇") else None


@cache
def _units() -> dict[str, tuple[str, float, float]]:
    return {form: (dimension, float(factor), float(offset)) for form, dimension, factor, offset in rows("units")}


def _unit_pattern(*, han: bool) -> str:
    forms = [form for form in _units() if any("\u4e00" <= c <= "\u9fff" for c in form) == han]
    symbols = [
        form
        for form in _units()
        if not form.isascii()
        or form
        in ("%", "g", "mg", "kg", "ml", "l", "cm", "mm", "m", "km", "h", "w", "kw", "v", "mah", "mmol/l", "mmhg")
    ]  # noqa: E501
    chosen = sorted({*forms, *symbols} if han else {*forms}, key=lambda form: (-len(form), form))
    return "|".join(
        re.escape(form).replace(r"\ ", r"[\s-]+") + (r"(?![a-z])" if form[-1].isascii() and form[-1].isalpha() else "")
        for form in chosen
    )


_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*[十百千万亿]+)?|[{_HAN_NUMBER}]+"
_BEFORE = "至少|最少|起码|不少于|不低于|不小于|不得少于|不得低于|不应少于|超过|大于|高于|多于|超|逾|满|达到|长达|不晚于|最多|至多|最长|最高|不超过|不超|不高于|不大于|不多于|不得超过|不应超过|不要超过|不能超过|少于|低于|小于|不足|不满|不到|约|大约|大概|差不多|近|接近|将近|每隔|每"
_AFTER = "以上|及以上|以内|之内|内|以下|及以下|之前|前|左右|上下|起"
_OPERATORS = {
    **dict.fromkeys("至少 最少 起码 不少于 不低于 不小于 不得少于 不得低于 不应少于 超过 大于 高于 多于 超 逾 满 以上 及以上 起".split(), ">="),
    **dict.fromkeys(
        "不晚于 最多 至多 最长 最高 不超过 不超 不高于 不大于 不多于 不得超过 不应超过 不要超过 不能超过 少于 低于 小于 不足 不满 不到 以内 之内 内 以下 及以下".split(), "<="
    ),
    **dict.fromkeys("约 大约 大概 差不多 近 接近 将近 左右 上下".split(), "~"),
}  # fmt: skip
_MAY_HOLD = {
    "zh": re.compile(rf"[\d{_HAN_NUMBER}几数]"),
    "en": re.compile(
        r"\d|\b(?:a|an|half|once|twice|every|daily|weekly|monthly|annually|yearly|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety)\b"
    ),
}  # noqa: E501


@cache
def _chinese_pattern() -> re.Pattern[str]:
    unit = _unit_pattern(han=True)
    return re.compile(
        rf"(?P<fraction>(?P<deep>百|千|万|[{_HAN_NUMBER}]{{1,3}})分之(?P<part>\d+(?:\.\d+)?|[{_HAN_NUMBER}]+))"
        rf"|(?P<tenths>(?P<tenth>\d(?:\.\d+)?|[一二两三四五六七八九半])成(?P<half>半)?(?![功为立本员熟长型分人年]))"
        rf"|(?P<before>{_BEFORE})?\s*(?:(?P<money>[¥￥$€£])\s*)?(?P<low>{_NUMBER})\s*"
        rf"(?:(?P<mid>{unit})?\s*(?:-|–|—|~|～|至|到)\s*(?P<high>{_NUMBER}))?\s*(?P<more>多|余|来)?\s*(?P<unit>{unit})(?P<half2>半)?"
        rf"\s*(?P<after>{_AFTER})?(?:\s*(?:/|每|一)\s*(?P<per>天|日|周|月|年|次|人|㎡|平方米|公斤|斤|小时|公里|分钟))?"
    )


_NOT_MEASURE = re.compile(r"第\s*$|[a-z]$|\d$|[.:/]$|同$|另$|哪$|任何$|逐$|统$|唯$")
_CALENDAR = re.compile(r"(?:19|20)\d\d$")


def _chinese(text: str) -> Iterator[Found]:
    for match in _chinese_pattern().finditer(text):
        if _NOT_MEASURE.search(text[max(0, match.start() - 2) : match.start()]):
            continue
        quantity = _fraction(match) or _chinese_measure(match, text)
        if quantity:
            yield Found(quantity, match.start(), match.end())


def _fraction(match: re.Match[str]) -> Quantity | None:
    if match["fraction"]:
        deep, part = number(match["deep"]), number(match["part"])
        if match["deep"] in ("百", "千", "万"):
            deep = {"百": 100.0, "千": 1000.0, "万": 10_000.0}[match["deep"]]
        if not deep or part is None:
            return None
        return Quantity("rate", part / deep * 100, part / deep * 100, "=", match.group())
    if match["tenths"]:
        tenth = number(match["tenth"])
        if tenth is None:
            return None
        value = tenth * 10 + (5 if match["half"] else 0)
        return Quantity("rate", value, value, "=", match.group())
    return None


_FREQUENT = re.compile(r"(?:一|1)?\s*次")
_DAYS = {"天": 1.0, "日": 1.0, "周": 7.0, "月": 30.0, "年": 365.0, "小时": 1 / 24, "分钟": 1 / 1440}
_EVERY = re.compile(r"(?:每|一|1)\s*(?:个)?\s*(天|日|周|星期|礼拜|月|年|季度|小时|晚|早)[^,，。;；:\d%]{0,8}$")


def _chinese_measure(match: re.Match[str], text: str) -> Quantity | None:
    low = number(match["low"])
    if low is None or match["unit"] is None:
        return None
    dimension, factor, offset = _units()[match["unit"].strip()]
    if match["unit"] in ("年", "日") and _CALENDAR.match(match["low"]):
        return None
    if match["unit"] == "月" and not match["before"] and not match["high"]:
        return None  # 3月 is a date, 3个月 a time
    if match["unit"] == "日" and text[max(0, match.start() - 1) : match.start()] == "月":
        return None
    if dimension == "temperature" and match["unit"] == "度" and low < 15 and not match["after"]:
        return None
    high = number(match["high"]) if match["high"] else low
    if high is None:
        return None
    first = factor
    if match["mid"]:
        first = _units()[match["mid"]][1]
    low, high = (low + offset) * first, (high + offset) * factor
    if match["half2"]:
        high += 0.5 * factor
        low += 0.5 * factor if not match["high"] else 0
    if low > high or _is_article(match, text, dimension):
        return None
    return _shaped(match, text, dimension, low, high)


def _is_article(match: re.Match[str], text: str, dimension: str) -> bool:
    # 一只鸟, 一种方法: 一 stands for an article, unless it is counted (每天一次, 至少一份).
    plain = match["low"] == "一" and dimension.startswith("count:") and dimension != "count:次"
    return (
        plain
        and not (match["before"] or match["after"] or match["high"] or match["per"])
        and not _EVERY.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    )


def _shaped(match: re.Match[str], text: str, dimension: str, low: float, high: float) -> Quantity:
    before, after = match["before"] or "", match["after"] or ""
    operator = _OPERATORS.get(before) or _OPERATORS.get(after) or ("~" if match["more"] else "=")
    if operator in ("<=", ">=") and match["high"]:
        operator = "="
    base = match["per"] or ""
    if dimension == "count:次":
        window = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        every = _EVERY.search(window)
        lead = _LEAD.search(window)
        days = _period(every[1]) if every else _DAYS.get(base)
        if days:
            shown = window[every.start() :] if every else ""
            return Quantity("frequency", low / days, high / days, operator, shown + match.group())
        span = _span(lead)
        if lead and span and low == 1 == high:
            return Quantity("frequency", 1 / span[1], 1 / span[0], "=", lead.group() + match.group())
    elif dimension == "duration" and (before in ("每", "每隔") or _FREQUENT.match(text, match.end())) and low > 0:
        return Quantity("frequency", 1 / high, 1 / low, "=" if operator == "=" else operator, match.group())
    elif not base:
        every = _EVERY.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        base = every[1] if every else ""
    return Quantity(dimension, low, high, operator, match.group(), base)


def _period(unit: str) -> float:
    return {
        "天": 1,
        "日": 1,
        "晚": 1,
        "早": 1,
        "周": 7,
        "星期": 7,
        "礼拜": 7,
        "月": 30,
        "季度": 91,
        "年": 365,
        "小时": 1 / 24,
    }[unit]


_LEAD = re.compile(
    rf"(?P<low>\d+(?:\.\d+)?|[{_HAN_NUMBER}]+)(?:\s*(?:-|~|到|至)\s*(?P<high>\d+|[{_HAN_NUMBER}]+))?\s*个?(?P<unit>天|日|周|星期|礼拜|月|年|季度|小时)(?:左右)?[^,，。;；\d]{{0,8}}$"
)


def _span(lead: re.Match[str] | None) -> tuple[float, float] | None:
    low = number(lead["low"]) if lead else None
    if not lead or not low:
        return None
    high = number(lead["high"]) if lead["high"] else low
    return (low * _period(lead["unit"]), high * _period(lead["unit"])) if high else None


_EN_WORDS = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_EN_NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*(?:k|thousand|million))?|\b(?:{_EN_WORDS})\b"
_EN_BEFORE = {
    ">=": "at least|no less than|not less than|a minimum of|minimum of|minimum|more than|over|above|longer than|exceeding|exceeds|exceed|no fewer than|not before|no earlier than",
    "<=": "up to|at most|no more than|not more than|no longer than|cannot exceed|can't exceed|must not exceed|may not exceed|should not exceed|shouldn't exceed|does not exceed|not exceed|not exceeding|a maximum of|maximum of|maximum|within|less than|under|below|fewer than|no later than|not later than",
    "~": "about|around|approximately|roughly|nearly|almost|some|close to",
    "=": "every|each|per|exactly|for|of|after|in|by",
}
_EN_AFTER = {
    ">=": "or more|or longer|or above|or older|minimum|and above|and over|at least",
    "<=": "or less|or fewer|or under|maximum|or below|at most|and under",
    "~": "or so",
}  # noqa: E501


@cache
def _english_pattern() -> re.Pattern[str]:
    unit = _unit_pattern(han=False)
    before = "|".join(form for forms in _EN_BEFORE.values() for form in forms.split("|"))
    after = "|".join(form for forms in _EN_AFTER.values() for form in forms.split("|"))
    return re.compile(
        rf"(?P<often>\b(?:once|twice|(?P<times>{_EN_NUMBER})\s+times)\s+(?:a|an|per|each|every)\s+(?P<span>day|week|month|year|hour|fortnight)\b)"
        rf"|\bevery\s+(?P<other>other|second)?\s*(?P<every>day|week|month|year|hour|night|morning|fortnight)\b"
        rf"|\b(?P<adverb>daily|weekly|fortnightly|monthly|quarterly|annually|yearly)\b"
        rf"|(?:\b(?P<before>{before})\s+)?(?:(?P<money>[¥￥$€£])\s*)(?P<sum>\d[\d,]*(?:\.\d+)?(?:\s*(?:k|thousand|million)\b)?)(?:\s*(?:-|–|to)\s*[¥￥$€£]?(?P<sum2>\d[\d,]*(?:\.\d+)?))?"
        rf"(?:\s*(?:/|per|an?)\s*(?P<moneyper>day|week|month|year|hour|person|night|visit))?"
        rf"|(?:\b(?P<before2>{before})\s+)?(?P<low>{_EN_NUMBER})(?:[\s-]*(?:{unit}))?(?:\s*(?:-|–|to|or|and)\s*(?P<high>{_EN_NUMBER}))?[\s-]*(?:full |whole |consecutive |extra |more )?(?P<unit>{unit})"
        rf"(?:\s+(?P<after>{after})\b)?(?:\s*(?:/|per|an?)\s*(?P<per>day|week|month|year|hour|person|kg|meal|visit)\b)?"
    )


_EN_OPERATOR = {form: op for op, forms in _EN_BEFORE.items() for form in forms.split("|")}
_EN_AFTER_OP = {form: op for op, forms in _EN_AFTER.items() for form in forms.split("|")}
_CURRENCY = {"¥": "money:cny", "￥": "money:cny", "$": "money:usd", "€": "money:eur", "£": "money:gbp"}
_EN_DAYS = {"day": 1.0, "night": 1.0, "morning": 1.0, "daily": 1.0, "week": 7.0, "weekly": 7.0, "fortnight": 14.0,
            "fortnightly": 14.0, "month": 30.0, "monthly": 30.0, "quarterly": 91.0, "year": 365.0, "yearly": 365.0,
            "annually": 365.0, "hour": 1 / 24}  # fmt: skip


def _english(text: str) -> Iterator[Found]:
    for match in _english_pattern().finditer(text):
        quantity = _english_often(match) or _english_money(match) or _english_measure(match, text)
        if quantity:
            yield Found(quantity, match.start(), match.end())


def _english_often(match: re.Match[str]) -> Quantity | None:
    if match["often"]:
        times = english_number(match["times"]) if match["times"] else (1.0 if match.group().startswith("once") else 2.0)
        rate = (times or 1.0) / _EN_DAYS[match["span"]]
    elif match["every"]:
        rate = 1 / _EN_DAYS[match["every"]] / (2 if match["other"] else 1)
    elif match["adverb"]:
        rate = 1 / _EN_DAYS[match["adverb"]]
    else:
        return None
    return Quantity("frequency", rate, rate, "=", match.group())


def _english_money(match: re.Match[str]) -> Quantity | None:
    if not match["money"]:
        return None
    low = english_number(match["sum"])
    high = english_number(match["sum2"]) if match["sum2"] else low
    if low is None or high is None:
        return None
    operator = _EN_OPERATOR.get(match["before"] or "", "=")
    return Quantity(
        _CURRENCY[match["money"]], min(low, high), max(low, high), operator, match.group(), match["moneyper"] or ""
    )


def _english_measure(match: re.Match[str], text: str) -> Quantity | None:
    low = english_number(match["low"])
    if low is None or re.search(r"[\d.:/]$", text[: match.start()][-1:]):
        return None
    high = english_number(match["high"]) if match["high"] else low
    if high is None or high < low:
        return None
    dimension, factor, offset = _units()[
        re.sub(r"[\s-]+", " ", match["unit"]) if match["unit"] not in _units() else match["unit"]
    ]
    before = match["before2"] or ""
    operator = _EN_OPERATOR.get(before) or "="
    operator = _EN_AFTER_OP.get(match["after"] or "", operator)
    if match["high"] and operator in ("<=", ">="):
        operator = "="
    low, high = (low + offset) * factor, (high + offset) * factor
    if dimension == "duration" and before in ("every", "each") and low > 0:
        return Quantity("frequency", 1 / high, 1 / low, "=", match.group())
    base = match["per"] or ""
    return Quantity(dimension, low, high, operator, match.group(), base)


def english_number(text: str | None) -> float | None:
    """The value of ``14``, ``1,500``, ``5k``, ``two and a half``; ``None`` if it is none or too long."""
    if not text:
        return None
    text = re.sub(r"\s+", " ", text.strip())
    if text in _ENGLISH:
        return float(_ENGLISH[text])
    match = re.fullmatch(r"([\d,]+(?:\.\d+)?)\s*(k|thousand|million)?", text)
    if not match or len(match[1]) > MAX_DIGITS:
        return None
    return float(match[1].replace(",", "")) * {"k": 1e3, "thousand": 1e3, "million": 1e6, None: 1}[match[2]]
