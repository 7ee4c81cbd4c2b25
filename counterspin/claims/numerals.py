"""Numerals in figures and words."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from counterspin.claims.tables import rows

MAX_DIGITS = 15  # digits of a number that is read; a longer one is a code, not a measure
LARGEST = 1e15
HAN_DIGITS = "零〇一二两三四五六七八九十百千万亿半"

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_THOUSANDS = {"k": 1e3, "thousand": 1e3, "million": 1e6, "billion": 1e9, None: 1.0}


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


def english_number(text: str | None) -> float | None:
    """The value of ``14``, ``1,500``, ``5k``, ``two and a half``; ``None`` if it is none or too long."""
    if not text:
        return None
    text = re.sub(r"\s+", " ", text.strip())
    if text in english_words():
        return english_words()[text]
    match = re.fullmatch(r"([\d,]+(?:\.\d+)?)\s*(k|thousand|million|billion)?", text)
    if not match or len(match[1]) > MAX_DIGITS:
        return None
    return float(match[1].replace(",", "")) * _THOUSANDS[match[2]]


@cache
def english_words() -> dict[str, float]:
    """English numerals in words: those of the table (``a couple of`` -> 2) and what is put together from them."""
    simple = {form: float(value) for form, value in rows("numerals.en")}
    units = {form: value for form, value in simple.items() if value in range(1, 10) and " " not in form}
    tens = {form: value for form, value in simple.items() if value in range(20, 100, 10)}
    both = {f"{ten}-{unit}": simple[ten] + units[unit] for ten, unit in product(tens, units.keys() - _ARTICLES)}
    large = {f"{unit} {scale}": value * _LARGE[scale] for (unit, value), scale in product(units.items(), _LARGE)}
    return {**simple, **both, **large}


_ARTICLES = frozenset(("a", "an"))
_LARGE = {"hundred": 100, "thousand": 1000}
