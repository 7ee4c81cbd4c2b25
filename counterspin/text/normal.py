"""The normal form that texts are compared in, with the way back to the text as it stands.

One character in, at most one character out: compatibility forms and traditional characters are replaced where one
character stands for them, capitals are lowered, space is dropped (one space is kept between two words of a spaced
script). So an offset map is a list of positions, and a compiled kernel can do the same with one table.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from counterspin.model import Span
from counterspin.text.script import SIMPLIFIED, TRADITIONAL

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_HAN = re.compile(f"[{HAN}]")
_WORD_LETTER = f"[^\\W_{HAN}\u3040-\u30ff]"  # letters and digits of scripts that put space between words
_SPACE = re.compile(r"\s+")
_SPACED = re.compile(f"(?<={_WORD_LETTER})\\s+(?={_WORD_LETTER})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BMP = 0x10000
_SHORT = 2000  # characters of a text whose form is kept for a while: several rules ask for it, one after the other


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal form. ``offsets[i]`` is where its character ``i`` stands in the original text."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The original's span of the normal characters ``start`` to ``end``; empty input gives an empty span."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] + 1 if self.offsets else 0)
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@cache
def table() -> dict[int, str]:
    """The replacements of single characters, by code point; a character that is not in it stays."""
    simple = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    found = {}
    for code in range(_BMP):
        char = chr(code)
        form = unicodedata.normalize("NFKC", char).lower()
        form = simple.get(form, form) if len(form) == 1 else simple.get(char, char)
        if form != char:
            found[code] = form
    return found


@cache
def column() -> npt.NDArray[np.uint32]:
    """The normal form of every code point, u32[1114112]: :func:`table` as a column."""
    forms = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    for code, form in table().items():
        forms[code] = ord(form)
    return forms


def fold(text: str) -> str:
    """``text`` with each character replaced by its normal one; as long as ``text``, space stays."""
    if text.isascii():
        return text.lower()
    return _short_fold(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return column()[codes].tobytes().decode("utf-32-le", "surrogatepass")


_short_fold = lru_cache(maxsize=4096)(_fold)


def normal(text: str) -> Normal:
    """The normal form of ``text``, with its offset map."""
    folded = fold(text)
    kept = {match.start() for match in _SPACED.finditer(folded)}
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _SPACE.finditer(folded):
        start, end = match.span()
        pieces.append(folded[done:start])
        offsets.extend(range(done, start))
        if start in kept:
            pieces.append(" ")
            offsets.append(start)
        done = end
    if not done:
        return Normal(folded, range(len(folded)))
    offsets.extend(range(done, len(folded)))
    return Normal("".join((*pieces, folded[done:])), offsets)


def ranges(class_: str) -> list[tuple[int, int]]:
    """The first and last code points of a class of a regular expression such as ``HAN``."""
    found, at = [], 0
    while at < len(class_):
        if class_[at + 1 : at + 2] == "-":
            found.append((ord(class_[at]), ord(class_[at + 2])))
            at += 3
        else:
            found.append((ord(class_[at]), ord(class_[at])))
            at += 1
    return found


@cache
def han_column() -> npt.NDArray[np.bool_]:
    """Of every code point, bool[1114112], whether it is a Chinese character."""
    chinese = np.zeros(sys.maxunicode + 1, dtype=bool)
    for first, last in ranges(HAN):
        chinese[first : last + 1] = True
    return chinese


def is_han(char: str) -> bool:
    """Whether ``char`` is a Chinese character."""
    return bool(_HAN.match(char))


def han_share(text: str) -> float:
    """Share of Chinese characters among the characters that are no space, 0 to 1; 0.0 for an empty text."""
    letters = len(text) - sum(map(str.isspace, text))
    return len(_HAN.findall(text)) / letters if letters else 0.0


def printable(text: str) -> str:
    """``text`` with lone surrogates replaced by U+FFFD, of the same length: what compiled libraries accept."""
    return text if text.isprintable() else _SURROGATE.sub("\ufffd", text)
