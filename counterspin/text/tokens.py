"""The tokens that texts are compared in: a Chinese character or kana is one, a word of a spaced script is one.

A text becomes a string of one code point per token, so that one compiled routine aligns every language: Chinese
characters stand for themselves (in normal form), a word or number stands as a supplementary code point drawn from
its hash. Marks and space are no tokens: two texts that differ in them alone are the same string.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from counterspin.text.normal import HAN, fold

KANA = "\u3040-\u30ff"
WORD_BASE = 0x10000  # first code point that stands for a word; there are 2**20 of them
PRIME = 0x100000001B3  # FNV-1a, 64 bits
BASIS = 0xCBF29CE484222325
MIX = 0x9E3779B97F4A7C15  # 2**64 / golden ratio
MASK = (1 << 64) - 1
WORD_BITS = 20
_RUN = re.compile(rf"([{HAN}{KANA}]+)|[^\W_{HAN}{KANA}]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text. ``code`` has one code point a token; token ``i`` is ``text[starts[i]:ends[i]]``."""

    text: str
    form: str  # the text in normal form, as long as the text
    code: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def piece(self, first: int, last: int) -> str:
        """The text from token ``first`` up to ``last`` (excluded), as it stands; empty for an empty range."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def word(self, first: int, last: int) -> str:
        """:meth:`piece` in normal form."""
        return self.form[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Where :meth:`piece` stands in the text."""
        if first < last:
            return self.starts[first], self.ends[last - 1]
        at = self.starts[first] if first < len(self.starts) else len(self.text)
        return at, at


def tokens_of(text: str) -> Tokens:
    """The tokens of ``text`` in order."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    form = fold(text)
    for match in _RUN.finditer(form):
        start, end = match.span()
        if match.lastindex:
            parts.append(match.group())
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            parts.append(word_code(match.group()))
            starts.append(start)
            ends.append(end)
    return Tokens(text, form, "".join(parts), tuple(starts), tuple(ends))


@lru_cache(maxsize=65_536)
def word_code(word: str) -> str:
    """The code point that stands for ``word`` (normal form)."""
    hashed = BASIS
    for char in word:
        hashed = ((hashed ^ ord(char)) * PRIME) & MASK
    return chr(WORD_BASE + (((hashed * MIX) & MASK) >> (64 - WORD_BITS)))


def is_chinese(code: str) -> bool:
    """Whether most tokens are single characters and not words."""
    words = len(code.encode("utf-16-le", "surrogatepass")) // 2 - len(code)  # a word takes two units, a character one
    return words * 2 < len(code)
