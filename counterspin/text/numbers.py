"""Whether two stretches of text say one number, one in figures and the other in words."""

from __future__ import annotations

import re
from functools import lru_cache

from counterspin.text.numerals import HAN_DIGITS, number

_SMALL = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty
"""
_WORDS = {word: value for value, word in enumerate(_SMALL.split())}
_CHINESE = re.compile(f"[{HAN_DIGITS}]+")
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@lru_cache(maxsize=16_384)
def says_one_number(left: str, right: str) -> bool:
    """Whether two texts in normal form differ only in how they write numbers: 三天 and 3天, ten and 10."""
    return left != right and _in_figures(left) == _in_figures(right)


def is_number_word(text: str) -> bool:
    """Whether a text in normal form is or begins with an English number below 21."""
    return text.partition(" ")[0] in _WORDS


def _in_figures(text: str) -> str:
    text = _CHINESE.sub(lambda match: _figures(match.group()), text)
    return _ENGLISH.sub(lambda match: str(_WORDS[match.group()]), text).replace(" ", "")


def _figures(numeral: str) -> str:
    value = number(numeral)
    return numeral if value is None else str(int(value) if value.is_integer() else value)
