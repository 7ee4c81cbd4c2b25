"""Whether two stretches of text say one number, one in figures and the other in words."""

from __future__ import annotations

import re
from functools import lru_cache

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
_WORDS = {word: value for value, word in enumerate(_SMALL.split())}
_CHINESE = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}万]+")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@lru_cache(maxsize=16_384)
def says_one_number(left: str, right: str) -> bool:
    """Whether two texts in normal form differ only in how they write numbers: 三天 and 3天, ten and 10."""
    return left != right and _in_figures(left) == _in_figures(right)


def is_number_word(text: str) -> bool:
    """Whether a text in normal form is or begins with an English number below 21."""
    return text.partition(" ")[0] in _WORDS


def _in_figures(text: str) -> str:
    text = _CHINESE.sub(lambda match: str(_value(match.group())), text)
    return _ENGLISH.sub(lambda match: str(_WORDS[match.group()]), text).replace(" ", "")


def _value(numeral: str) -> int:
    """The value of a Chinese numeral below a hundred million; digits in a row are read as they stand (二零二四)."""
    high, myriad, low = numeral.rpartition("万")
    if myriad:
        return _value(high or "一") * 10_000 + (_value(low) if low else 0)
    if not any(char in _UNITS for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total, digit = 0, None
    for char in numeral:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
