"""Measures in Chinese text: 半个月, 3-5 个工作日, 万分之五, 两成, 一周两次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from counterspin.claims.measure import Found, longest_first, operators, unit_pattern, units
from counterspin.claims.tables import rows
from counterspin.model import Quantity
from counterspin.text.numerals import HAN_DIGITS, number, span

_LOOK_BACK = 20  # code points before a count in which its span of time is looked for
_HAN = rf"[{HAN_DIGITS}]+点[零一二三四五六七八九]+|[二三四五六七八九]?十几|[{HAN_DIGITS}]+"
_NUMBER = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s*[十百千万亿]+)?|{_HAN})"
    r"(?:个半(?=小时|钟头|月|星期|礼拜|学期))?"
)
# 一米五, 37度5, 三块五: a tenth of the unit after which the digit stands alone.
_TENTH = rf"(?:(?<=[度米块斤])[\d一二三四五六七八九](?![\d{HAN_DIGITS}.厘分毫毛角个%]))"
_PERIODS = {
    "天": 1.0, "日": 1.0, "晚": 1.0, "早": 1.0, "周": 7.0, "星期": 7.0, "礼拜": 7.0, "月": 30.0, "季度": 91.0,
    "年": 365.0, "小时": 1 / 24, "分钟": 1 / 1440,
}  # fmt: skip
# Whatever figures count is a unit by its first character, in no table (3000转, 80目, 300流明), but for what makes a
# name of the number (2024款, 5号楼), an order, or a word between two parts of a sentence.
_NO_UNIT = (
    "十百千万亿比折之左右上号款版代届线路第级栋座期章节条年月日点时分秒个后前多余来几到至或和与及的是在也不就都"
    "把被给让对从者人"
)
_COUNTED = rf"(?<=\d)(?![{_NO_UNIT}])[\u4e00-\u9fff]"
_PER = "天|日|周|月|年|次|人|㎡|平方米|公斤|斤|小时|公里|分钟"


@cache
def _pattern() -> re.Pattern[str]:
    unit = unit_pattern("zh")
    before, after = ("|".join(longest_first(operators("zh", where))) for where in ("before", "after"))
    return re.compile(
        rf"(?P<fraction>(?P<deep>百|千|万|[{HAN_DIGITS}]{{1,3}})分之(?P<part>\d+(?:\.\d+)?|{_HAN}))"
        rf"|(?P<tenths>(?P<tenth>\d(?:\.\d+)?|[一二两三四五六七八九半])成(?P<half>半)?(?![功为立本员熟长型分人年]))"
        rf"|(?P<off>(?P<price>[一二三四五六七八九]{{1,2}}|\d(?:\.?\d)?)折(?![叠扣腾断磨痕起现回返射合旧衣椅]))"
        rf"|(?P<before>{before})?\s*(?:(?P<money>[¥￥$€£])\s*)?(?P<minus>零下|(?<![\w)）])-(?=\d))?(?P<low>{_NUMBER})\s*"
        rf"(?:(?P<mid>{unit})?(?P<tenth1>{_TENTH})?\s*(?:-|–|—|~|～|至|到)\s*(?P<minus2>零下|-(?=\d))?(?P<high>{_NUMBER}))?"
        rf"\s*(?P<more>多|余|来)?\s*(?:(?P<unit>{unit})|(?P<counted>{_COUNTED}))(?P<half2>半)?(?P<tenth2>{_TENTH})?"
        rf"\s*(?P<after>{after})?(?:\s*(?:/|每|一个?)\s*(?P<per>{_PER}))?"
    )


def _operator(before: str, after: str, *, approximate: bool) -> str:
    found = (operators("zh", "before").get(before), operators("zh", "after").get(after))
    return next((operator for operator in found if operator and operator != "="), "~" if approximate else "=")


_NOT_MEASURE = re.compile(r"第\s*$|[a-z]$|\d$|[.:/]$|同$|另$|哪$|任何$|逐$|统$|唯$")
_OTHER_ONE = frozenset("上下这那头某")  # 下一年, 那一天: one of a row, no span of time
_CALENDAR = re.compile(r"(?:19|20)\d\d$")


def chinese(text: str) -> Iterator[Found]:
    """The measures of a Chinese text (normal form), in order."""
    for match in _pattern().finditer(_AS_SOON.sub(" ", text)):
        if _NOT_MEASURE.search(text[max(0, match.start() - 2) : match.start()]):
            continue
        quantity = _fraction(match, text) or _measure(match, text)
        if quantity:
            yield Found(quantity, match.start(), match.end())


def _fraction(match: re.Match[str], text: str) -> Quantity | None:
    """A share in words, with the bound that stands before what it is a share of (不能超过房款的两成)."""
    share = _share(match)
    bound = _bound(text[: match.start()])
    return (
        replace(share, operator=_operator(bound, "", approximate=False), text=bound + share.text)
        if share and bound
        else share
    )


def _share(match: re.Match[str]) -> Quantity | None:
    if match["fraction"]:
        deep, part = number(match["deep"]), span(match["part"])
        if match["deep"] in ("百", "千", "万"):
            deep = {"百": 100.0, "千": 1000.0, "万": 10_000.0}[match["deep"]]
        if not deep or part is None:
            return None
        return Quantity("rate", part[0] / deep * 100, part[1] / deep * 100, "=", match.group())
    if match["tenths"]:
        tenth = number(match["tenth"])
        if tenth is None:
            return None
        value = tenth * 10 + (5 if match["half"] else 0)
        return Quantity("rate", value, value, "=", match.group())
    if match["off"]:
        value = number(match["price"]) or 0.0  # 八折, 8.5折, 八五折
        value *= 10 if value < 10 else 1
        return Quantity("rate", value, value, "=", match.group())
    return None


_FREQUENT = re.compile(r"(?:一|1)?\s*次")
_EVERY = re.compile(r"(?:每|一|1)\s*(?:个)?\s*(天|日|周|星期|礼拜|月|年|季度|小时|分钟|晚|早)[^,，。;；:\d%]{0,8}$")


def _measure(match: re.Match[str], text: str) -> Quantity | None:
    ends = _ends(match)
    if ends is None or not (match["unit"] or match["counted"]):
        return None
    dimension, factor, offset = _unit(match)
    if _is_moment(match, text):
        return None
    low, high = ends
    if dimension == "temperature":
        warm = low >= _WARM or match["after"] or match["minus"] or _OF_WARMTH.search(text[: match.start()])
        if match["unit"] == "度" and not warm:
            return None
        low, high = _below_zero(match, low, high)
    first = units()[match["mid"]][1] if match["mid"] else factor
    low, high = (low + offset) * first, (high + offset) * factor
    if low > high or _is_article(match, text, dimension):
        return None
    return _told_by_words(_shaped(match, text, dimension, low, high), match, text)


def _ends(match: re.Match[str]) -> tuple[float, float] | None:
    """The lowest and the highest number, with the half or the tenths behind the unit (两年半, 一米五)."""
    low = span(match["low"])
    high = span(match["high"]) if match["high"] else low
    if low is None or high is None:
        return None
    more = 0.5 if match["half2"] else _tenth(match["tenth2"])
    return low[0] + (_tenth(match["tenth1"]) if match["high"] else more), high[1] + more


def _tenth(digit: str | None) -> float:
    return (number(digit) or 0.0) / 10 if digit else 0.0


def _below_zero(match: re.Match[str], low: float, high: float) -> tuple[float, float]:
    """零下18度, -5到10℃; 零下5到10度 is below zero at both ends."""
    if not match["minus"]:
        return low, high
    both = not match["high"] or match["minus2"] or match["minus"] == "零下"
    first, last = sorted((-low, -high if both else high))
    return first, last


def _is_moment(match: re.Match[str], text: str) -> bool:
    """Whether the unit counts nothing here: 2024年, 3月 and 5日 are dates, 下一年 is a year, 一回家 is no time."""
    if match["low"] == "一" and text[max(0, match.start("low") - 1) : match.start("low")] in _OTHER_ONE:
        return True
    if match["unit"] in ("年", "日") and _CALENDAR.match(match["low"]):
        return True
    if match["unit"] == "月":  # 3月 is a date, 3个月 a time
        return not match["before"] and not match["high"] and not match["low"].endswith("个半")
    if match["unit"] == "日":
        return text[max(0, match.start() - 1) : match.start()] == "月"
    return bool(match["unit"] == "回" and _NO_TIMES.match(text, match.start("unit")))


_WARM = 15  # 度 without a word after it counts degrees of angle or of the curriculum below this, warmth above
# 冷藏室调到4度: a word for warmth before it tells as well, but not of how short-sighted one is.
_OF_WARMTH = re.compile(r"[温冷冻暖热凉](?![^,，]*(?:视|角|斜|弯))")
_BOUND = re.compile(r"((?:不(?:得|能|应|可|要)?)?(?:低于|少于|高于|超过|多于))[^,，\d]{1,10}的\s*$")


def _unit(match: re.Match[str]) -> tuple[str, float, float]:
    """Dimension, factor and offset of a unit of the table; a counted thing is a dimension of its own."""
    return units()[match["unit"].strip()] if match["unit"] else (f"count:{match['counted']}", 1.0, 0.0)


def _is_once(match: re.Match[str], text: str) -> bool:
    return bool(_FREQUENT.match(text, match.end())) or (match["per"] == "次" and match.group().endswith("一次"))


_TIMES = frozenset(("count:次", "count:顿"))  # how often something is done: never an article
# 一回家, 两回事: there 回 counts nothing.
_NO_TIMES = re.compile("回[事家来去到国头收复答应想]")
# 一到37度就: no range, but as soon as it is reached.
_AS_SOON = re.compile(r"一(?=[到过满超达]\s*\d)")
# The adverb that bounds a measure stands before the verb: 最多放2天, 至少要等一周.
_ADVERB = re.compile(rf"(至少|最少|起码|最多|至多|最长|最高)[^,，。;；:\d{HAN_DIGITS}]{{1,6}}$")


def _bound(text: str) -> str:
    """不得低于转正工资的80%: the bound of a share stands before what it is a share of."""
    found = _BOUND.search(text)
    return found[1] if found else ""


def _is_article(match: re.Match[str], text: str, dimension: str) -> bool:
    # 一只鸟, 一种方法: 一 stands for an article, unless it is counted (每天一次, 至少一份).
    plain = match["low"] == "一" and dimension.startswith("count:") and dimension not in _TIMES
    return (
        plain
        and not (match["before"] or match["after"] or match["high"] or match["per"])
        and not _EVERY.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
    )


def _shaped(match: re.Match[str], text: str, dimension: str, low: float, high: float) -> Quantity:
    adverb = _ADVERB.search(text[: match.start()])
    bound = _bound(text[: match.start()])
    shown = bound + text[adverb.start() if adverb else match.start() : match.end()]
    before = match["before"] or bound or (adverb[1] if adverb else "")
    after = match["after"] or ""
    operator = _operator(before, after, approximate=bool(match["more"]))
    if operator in ("<=", ">=") and match["high"]:
        operator = "="
    base = match["per"] or ""
    if dimension in _TIMES:
        window = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        every = _EVERY.search(window)
        lead = _LEAD.search(window)
        days = _PERIODS[every[1]] if every else _PERIODS.get(base)
        if days:
            shown = window[every.start() :] if every else ""
            return Quantity("frequency", low / days, high / days, operator, shown + match.group())
        span = _span(lead)
        if lead and span and low == 1 == high:
            return Quantity("frequency", 1 / span[1], 1 / span[0], "=", lead.group() + match.group())
    elif dimension == "duration" and (before in ("每", "每隔") or _is_once(match, text)) and low > 0:
        return Quantity("frequency", 1 / high, 1 / low, "=" if operator == "=" else operator, match.group())
    elif not base:
        every = _EVERY.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        base = every[1] if every else ""
    return Quantity(dimension, low, high, operator, shown, base)


def _told_by_words(value: Quantity, match: re.Match[str], text: str) -> Quantity:
    """``value`` as the words beside it have it: an age from which on, an age in months, a sum told as a time."""
    before, end = text[: match.start()], match.end()
    if value.dimension == "age" and value.operator == "=":
        side = _SIDE.match(text, end)
        from_on = side[1] == "后" if side else _YOUNGEST.search(before)
        return replace(value, operator=">=" if from_on else "<=") if side or from_on else value
    if value.dimension != "duration":
        return value
    if paid := _PAY.match(text, end):
        return replace(value, dimension="pay", text=value.text + paid.group())  # 一个月租金
    if text.startswith("大", end) or _of_whom().match(text, end):  # 六个月大, 六个月的宝宝
        return replace(value, dimension="age", low=value.low / _YEAR, high=value.high / _YEAR)
    return value


@cache
def _of_whom() -> re.Pattern[str]:
    """Who has an age, right after a time."""
    members = (form for row in rows("families") if row[0] == "age" for form in row[1].split() if not form.isascii())
    return re.compile(f"的?(?:{'|'.join(longest_first(members))})")


_YEAR = 365.0  # days
_YOUNGEST = re.compile(r"(?:起步|起始|最低|最小|法定)(?:的)?(?:入学)?年龄[^,，。\d]{0,4}$")
# As much as is paid in some time is a sum, no time.
_PAY = re.compile(r"的?(?:租金|房租|月租|工资|薪水|薪资|底薪|收入|利息|生活费|管理费|物业费|保费|学费|年费|月供)")
_SIDE = re.compile("[以之]?([前后])(?![一几前后])")  # 一岁以后, 三岁前
# Two days between drinks, but half an hour after a meal.
_LEAD = re.compile(
    rf"(?:(?<![前后])|(?![^,，]{{1,4}}小时))(?<![\d{HAN_DIGITS}])(?P<low>\d+(?:\.\d+)?|[{HAN_DIGITS}]+)(?:\s*(?:-|~|到|至)\s*(?P<high>\d+|[{HAN_DIGITS}]+))?"
    r"\s*个?(?P<unit>天|日|周|星期|礼拜|月|年|季度|小时)(?:左右)?[^,，。;；\d]{0,8}$"
)


def _span(lead: re.Match[str] | None) -> tuple[float, float] | None:
    ends = span(lead["low"]) if lead else None
    if not lead or not ends or not ends[0]:
        return None
    high = number(lead["high"]) if lead["high"] else ends[1]
    return (ends[0] * _PERIODS[lead["unit"]], high * _PERIODS[lead["unit"]]) if high else None
