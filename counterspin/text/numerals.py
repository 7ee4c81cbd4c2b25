"""Chinese and Arabic numerals."""

from __future__ import annotations

import re

MAX_DIGITS = 15  # digits of a number that is read; a longer one is a code, not a measure
LARGEST = 1e15
HAN_DIGITS = "零〇一二两三四五六七八九十百千万亿半"
_AND_HALF = "个半"  # 一个半小时

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}


# Two digits in a row are a span (三五天, 七八十块, 一百二三十), more of them are read out one by one (二零二四).
_SPAN = re.compile(
    r"(?P<lead>|[一二两三四五六七八九十百千万亿零]*[十百千万亿])(?P<one>[一二两三四五六七八])(?P<two>[两三四五六七八九])(?P<scale>[十百千万亿]*)"
)
_WIDEST = 2  # between the digits of a span: 三五天
_SOME = re.compile("([二三四五六七八九]?十)几")


def span(text: str) -> tuple[float, float] | None:
    """The lowest and highest value of a Chinese numeral: 三五 -> 3, 5; 十几 -> 11, 19; 三十 -> 30, 30."""
    if some := _SOME.fullmatch(text):
        return number(f"{some[1]}一") or 0.0, number(f"{some[1]}九") or 0.0
    if found := _SPAN.fullmatch(text):
        ends = [number(found["lead"] + found[name] + found["scale"]) for name in ("one", "two")]
        if ends[0] and ends[1] and 0 < _DIGITS[found["two"]] - _DIGITS[found["one"]] <= _WIDEST:
            return ends[0], ends[1]
    value = number(text)
    return None if value is None else (value, value)


def number(text: str) -> float | None:
    """The value of a Chinese or Arabic numeral such as ``1.5万``, ``三十``, ``半``; ``None`` if it is none."""
    text = text.replace(",", "").replace(" ", "")
    if text.endswith(_AND_HALF):
        whole = number(text.removesuffix(_AND_HALF))
        return None if whole is None else whole + 0.5
    if "点" in text:
        before, _, part = text.partition("点")
        units = number(before)
        return None if units is None else units + sum(_DIGITS[char] / 10**at for at, char in enumerate(part, 1))
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
    tail = _tail(text)  # 两万五 leaves a thousand out
    value = total + section + (tail if tail is not None else digit or 0)
    return value if value or text in ("零", "〇") else None


_TAIL = re.compile("[一二两三四五六七八九]([百千万])([一二三四五六七八九])$")


def _tail(text: str) -> float | None:
    """What the digit at the end counts where its scale is left out: the 500 of 三千五."""
    found = _TAIL.search(text)
    return (_SCALES.get(found[1]) or _BIG[found[1]]) / 10 * _DIGITS[found[2]] if found else None
