"""Sums that a text does in words: a rate and a count, an amount less another, amounts added, a share of a base.

A sum is read only where the words name exactly one operation and the sentence holds nothing but its operands and the
result; anything more (a second rate, a limit, a span of values) may enter the sum unseen, so that it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from counterspin.claims.measure import longest_first, unit_pattern
from counterspin.claims.numerals import english_number, english_words
from counterspin.text.numerals import HAN_DIGITS, number

MAX_TEXT = 300  # code points in which a sum is looked for; a longer stretch tells more than one sum
MAX_AMOUNTS = 6  # amounts with a unit in it, from which it is a list of figures and no sum
MAX_COUNT = 1e6  # a rate is not multiplied by more
_GAP = 14  # code points between an amount and a word that belongs to it
_TERMS = 2  # operands of a sum of one operation
_PER_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Sum:
    """What the figures give (any of ``computed``), what is stated, and where it stands in its text."""

    computed: tuple[float, ...]
    stated: float
    rounded: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; ``per`` is what one costs it, such as ``hour`` in ``45 pounds an hour``."""

    value: float
    unit: str
    per: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language that name an operation, a result, and what makes a sum unsafe to read."""

    result: re.Pattern[str]
    total: re.Pattern[str]
    less: re.Pattern[str]
    rest: re.Pattern[str]
    plus: re.Pattern[str]
    share: re.Pattern[str]
    unsafe: re.Pattern[str]
    rounded: re.Pattern[str]
    go_on: re.Pattern[str]


_WORDS = {
    "zh": _Words(
        re.compile(r"一共|总共|合计|共计|总计|[,，]共|共[需要计为是付收]|所以|因此|等于|就是|也就是|算下来|加起来"),
        re.compile(r"一共|总共|合计|共计|总计|[,，]共|共[需要计为是付收]|加起来|加在一起"),
        re.compile(r"抵扣|抵掉|冲抵|扣除|扣掉|扣去|扣了|减去|减掉|去掉|除去|刨去"),
        re.compile(r"退[还回给]|[应可]退|剩|余额|余下|实[付得收发]|到手|等于|只[要需用]付"),
        re.compile(r"加上?|外加|连同"),
        re.compile(r"折旧|扣[除掉减]?|减[去免少]?|优惠|便宜|折扣|抽成|佣金|服务费|违约金|按"),
        re.compile(
            r"不到|超过|至少|最多|最高|最低|以上|以内|不足|起步|首|另|增长|同比|环比|上升|下降|上涨|利率|年化|税|其中|包括|含|每.*每|分别"
            r"|\d\s*(?:-|–|~|至|到)\s*\d|[?？]"
        ),
        re.compile(r"约|大概|左右|上下|近|多元|余元"),
        re.compile(r"\s*(?:所以|因此|一共|总共|合计|这样|那么|也就是说|算下来)"),
    ),
    "en": _Words(
        re.compile(r"\b(?:so|in total|in all|altogether|total(?:s|ling)?|makes|comes? to|works out|adds up|equals?)\b"),
        re.compile(r"\b(?:in total|in all|altogether|totals?|totalling|adds? up|together)\b"),
        re.compile(
            r"\b(?:less|minus|deduct\w*|subtract\w*|take (?:off|away)|taking off|taken off|knock\w* off|discount)\b"
        ),
        re.compile(
            r"\b(?:left|remain\w*|get back|you (?:get|receive|pay|owe)|leav\w+|balance|refund\w*|equals?|returns?)\b"
        ),
        re.compile(r"\b(?:plus|and|add\w*|on top)\b"),
        re.compile(r"\b(?:discount|off|deposit|tip|commission|fee|deduct\w*|depreciat\w*|less|of)\b"),
        re.compile(
            r"\b(?:up to|at least|at most|more than|less than|over|under|nearly|almost|minimum|maximum|from|first|extra"
            r"|grew|rose|fell|interest|tax|vat|includ\w+|between|another)\b|\d\s*(?:-|–|to)\s*[£$€]?\d|[?？]"
        ),
        re.compile(r"\b(?:about|roughly|around|approximately|some)\b"),
        re.compile(r"\s*(?:so|that (?:is|makes)|in total|in all|altogether|together)\b"),
    ),
}
_HAN_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?\s*[百千万亿]*|[{HAN_DIGITS}]+)"
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent\b|per cent\b)")
_EACH_BEFORE = {
    "zh": re.compile(
        r"(?:每(?:个|一)?([\u4e00-\u9fff]{1,3}?)|(?<![\u4e00-\u9fff])[一1](?!共)([\u4e00-\u9fff]))"
        r"(?:的?(?:费用|价格|租金|工钱|价|收费)?(?:就?[要需收是付为卖])?)\s*$"
    ),
    "en": re.compile(r"\b(?:each|every|an?|one) ([a-z]+) (?:costs?|is|sells for|is charged at)\s*$"),
}
_EACH_AFTER = {
    "zh": re.compile(r"\s*(?:/|一(?!共)|每)\s*个?([\u4e00-\u9fff]{1,3}?)(?=[,，。;；]|$|的)"),
    "en": re.compile(r"\s*(?:/|per|an?|for each|for every|for an?)\s+([a-z]+)\b|\s*(each|apiece)\b"),
}
_MONEY_ZH = {"块": "元", "块钱": "元", "¥": "元", "￥": "元", "元钱": "元", "人民币": "元"}


@cache
def _amounts(language: str) -> re.Pattern[str]:
    if language == "zh":
        unit = f"块钱|元钱|块|{unit_pattern('zh')}"
        return re.compile(rf"(?P<money>[¥￥$€£])?\s*(?P<number>{_HAN_NUMBER})\s*(?P<unit>{unit})?")
    return re.compile(rf"(?P<money>[¥$€£])?\s*(?P<number>{_figure()})(?:[ -](?P<unit>[a-z]+))?")


@cache
def _figure() -> str:
    """A number in figures or words, English."""
    words = "|".join(longest_first(word for word, value in english_words().items() if value >= 1 and len(word) > 1))
    return rf"\b\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{words})\b"


def amounts(text: str, language: str) -> list[Amount]:
    """The numbers of ``text`` (normal form) that have a unit, in order, with what they are paid for."""
    found = []
    for match in _amounts(language).finditer(text):
        value = number(match["number"]) if language == "zh" else english_number(match["number"])
        unit = match["money"] or match["unit"]
        # 一家, 一个月: 一 is an article here, or says for what an amount is paid.
        if (
            value is None
            or not unit
            or match["number"] == "一"
            or text[match.start() - 1 : match.start()] in ("第", ".")
        ):
            continue
        unit = _MONEY_ZH.get(unit, unit) if language == "zh" else _singular(unit)
        end = match.end("number") if match["money"] and language == "en" else match.end()
        found.append(Amount(value, unit, _per(text, match.start(), end, language), match.start(), end))
    return found


def _per(text: str, start: int, end: int, language: str) -> str:
    after = _EACH_AFTER[language].match(text, end)
    if after:
        return _singular(after[1]) if after[1] else "each"
    before = _EACH_BEFORE[language].search(text[max(0, start - 2 * _GAP) : start])
    return next((group for group in before.groups() if group), "") if before else ""


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def spoken(text: str, language: str) -> Iterator[Sum]:
    """The sums that ``text`` (normal form, a sentence or two) does in words; at most one."""
    words = _WORDS[language]
    if len(text) > MAX_TEXT or not (words.result.search(text) or words.rest.search(text) or words.less.search(text)):
        return
    if words.unsafe.search(text):
        return
    found = amounts(text, language)
    readings = (_product, _difference, _addition, _share)
    done = [done for read in readings if (done := read(text, found, words)) is not None]
    if len(done) == 1 and len(found) <= MAX_AMOUNTS:
        yield done[0]


def goes_on(text: str, language: str) -> bool:
    """Whether a sentence (normal form) states the result of the sentence before it."""
    return _WORDS[language].go_on.match(text) is not None


def _product(text: str, found: Sequence[Amount], words: _Words) -> Sum | None:
    """``3 hours at 45 pounds an hour, so you pay 165 pounds``."""
    rates = [amount for amount in found if amount.per]
    if len(rates) != 1 or _SHARE.search(text):
        return None
    rate = rates[0]
    same = [amount for amount in found if amount.unit == rate.unit]
    if len(same) != _TERMS or same[0] is not rate:
        return None
    stated = same[1]
    counted = _counts(text, rate, stated)
    if len(counted) != 1 or _leads(text, counted[0].end, rate.end, stated, words.result) is None:
        return None
    if words.less.search(text) or not 1 < counted[0].value <= MAX_COUNT:
        return None
    return _sum((rate.value * counted[0].value,), text, [counted[0], rate, stated], words)


def _counts(text: str, rate: Amount, stated: Amount) -> list[Amount]:
    """How many of what the rate is for are named, apart from rate and result."""
    han = any("\u4e00" <= char <= "\u9fff" for char in text)
    if han:
        pattern = rf"(?P<n>{_HAN_NUMBER})\s*(?:个|名|位)?{re.escape(rate.per)}"
    elif rate.per == "each":
        pattern = rf"(?P<n>{_figure()}) [a-z]+(?: [a-z]+)? (?:at|for)\b"
    else:
        pattern = rf"(?P<n>{_figure()})[ -](?:[a-z]+ )?{re.escape(rate.per)}(?:e?s)?\b"
    counted = []
    for match in re.finditer(pattern, text):
        inside = any(one.start <= match.start("n") < one.end for one in (rate, stated))
        each = han and text[match.start() - 1 : match.start()] == "每"
        value = number(match["n"]) if han else english_number(match["n"])
        if value is not None and value != 1 and not inside and not each:
            counted.append(Amount(value, rate.per, "", match.start(), match.end()))
    return counted


def _difference(text: str, found: Sequence[Amount], words: _Words) -> Sum | None:
    """押金1800元，房租1500元，抵扣以后退还300元."""
    three = _three(found)
    if three is None or _SHARE.search(text) or any(amount.per for amount in found):
        return None
    first, second, stated = three
    if not words.less.search(text, first.end, stated.start) or words.plus.search(text, second.end, stated.start):
        return None
    if not words.rest.search(text, second.end, stated.start) or stated.value in (first.value, second.value):
        return None
    return _sum((abs(first.value - second.value),), text, three, words)


def _addition(text: str, found: Sequence[Amount], words: _Words) -> Sum | None:
    """A fee of 20 dollars and a deposit of 50 dollars, 70 dollars in total."""
    three = _three(found)
    if three is None or _SHARE.search(text) or any(amount.per for amount in found) or words.less.search(text):
        return None
    first, second, stated = three
    if not words.plus.search(text, first.end, second.start):
        return None
    if _leads(text, first.end, second.end, stated, words.total) is None or stated.value in (first.value, second.value):
        return None
    return _sum((first.value + second.value,), text, three, words)


def _share(text: str, found: Sequence[Amount], words: _Words) -> Sum | None:
    """一张床垫1200元，折旧20%，应当减去240元: the share, or what is left or grown by it, whichever is meant."""
    shares = list(_SHARE.finditer(text))
    if len(shares) != 1 or any(amount.per for amount in found):
        return None
    at, part = shares[0].start(), float(shares[0][1]) / _PER_HUNDRED
    bases = [amount for amount in found if amount.end <= at and amount.unit != "%"]
    money = {amount.unit for amount in bases}
    after = [amount for amount in found if amount.start > at and amount.unit in money]
    base = next((one for one in bases if any(one.unit == other.unit for other in after)), None)
    if base is None or sum(one.unit == base.unit for one in bases) != 1:
        return None
    stated = next((one for one in after if one.unit == base.unit and one.value != base.value), None)
    if stated is None or not words.share.search(text, max(0, at - _GAP), min(len(text), shares[0].end() + _GAP)):
        return None
    between = (shares[0].end(), stated.start)
    if not (
        words.result.search(text, *between) or words.less.search(text, *between) or words.rest.search(text, *between)
    ):
        return None
    spans = [one.value for one in found if one.unit != base.unit and one.end <= stated.start and one.value > 1]
    return _sum(_readings(base.value, part, spans), text, [base, stated], words)


def _readings(base: float, part: float, times: Sequence[float]) -> tuple[float, ...]:
    # 折旧20% over two years may mean once, twice, or each year of the rest.
    found = [base * part, base * (1 - part), base * (1 + part)]
    for count in times:
        found += [base * part * count, base * (1 - part * count), base * (1 - part) ** count, base * part / count]
    return tuple(found)


def _three(found: Sequence[Amount]) -> list[Amount] | None:
    """The three amounts of one unit, if a text holds just these."""
    return list(found) if len(found) == _TERMS + 1 and len({amount.unit for amount in found}) == 1 else None


def _leads(text: str, one: int, two: int, stated: Amount, pattern: re.Pattern[str]) -> int | None:
    """Where a word says that ``stated`` is the result: between the operands and it, or right after it."""
    start = max(one, two)
    if start > stated.start:
        return None
    match = pattern.search(text, start, stated.start) or pattern.search(text, stated.end, stated.end + _GAP)
    return match.start() if match else None


def _sum(computed: tuple[float, ...], text: str, parts: Sequence[Amount], words: _Words) -> Sum:
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    near = text[max(0, start - _GAP // 2) : min(len(text), end + _GAP // 3)]
    return Sum(computed, parts[-1].value, words.rounded.search(near) is not None, start, end)
