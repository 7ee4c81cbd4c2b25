"""A keyword filter as farms run it: words taken out of a text, with the places where they stood.

The words are drawn by chance from the text's own nouns and verbs, so that no list of them can be known in advance.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass

from counterspin.text.tags import tagged

STYLES = ("space", "silent")
_TEXT_LINE = re.compile(r"^(?!@|=|>|\[)")


@dataclass(frozen=True)
class Censored:
    """An example text (see counterspin.text.example) with words taken out of its lines.

    ``holes`` are (line, offset in the line's words, word); a space stands at the offset if the style left one.
    """

    text: str
    words: tuple[str, ...]
    holes: tuple[tuple[int, int, str], ...]


def keywords(text: str, rng: random.Random, count: int) -> tuple[str, ...]:
    """``count`` nouns and verbs of two characters or more, each inside a sentence of the text."""
    seen: Counter[str] = Counter()
    for line in text.split("\n"):
        if _TEXT_LINE.match(line) and not line.startswith("#"):
            words = [word for word in tagged(line) if not word.text.isspace()]
            seen.update(w.text for w in words[1:-2] if w.tag[0] in "nv" and len(w.text) > 1 and not w.text.isascii())
    pool = sorted(seen)
    return tuple(rng.sample(pool, min(count, len(pool))))


def censor(text: str, words: tuple[str, ...], style: str) -> Censored:
    """``text`` without ``words``: all their places in its paragraphs, headings stay."""
    lines, holes = [], []
    for number, line in enumerate(text.split("\n")):
        if _TEXT_LINE.match(line) and not line.startswith("#"):
            lead = 2 if line.startswith("- ") else 0
            kept, places = _take_out(line, words, style)
            holes += [(number, at - lead, word) for at, word in places]
            lines.append(kept)
        else:
            lines.append(line)
    return Censored("\n".join(lines), words, tuple(holes))


def _take_out(line: str, words: tuple[str, ...], style: str) -> tuple[str, list[tuple[int, str]]]:
    kept: list[str] = []
    places: list[tuple[int, str]] = []
    for word in tagged(line):
        if word.text in words:
            places.append((len("".join(kept)), word.text))
            kept.append(" " if style == "space" else "")
        else:
            kept.append(word.text)
    return "".join(kept), places
