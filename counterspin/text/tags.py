"""Chinese words with their part of speech, as rjieba's dictionary has it (one tag a word, no context)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from counterspin.text.normal import printable


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word; ``start`` and ``end`` are code points of the tagged text; ``tag`` begins with n, v, a, d, p, c, u, x."""

    start: int
    end: int
    text: str
    tag: str


@lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[Tagged, ...]:
    """The words, marks and spaces of ``text``; together they cover it."""
    import rjieba  # noqa: PLC0415 - loads a dictionary; only who needs tags pays for it

    found, at = [], 0
    for word, tag in rjieba.tag(printable(text), False):
        found.append(Tagged(at, at + len(word), word, tag))
        at += len(word)
    return tuple(found)
