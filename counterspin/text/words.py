"""Words with exact offsets: Chinese cut by rjieba's dictionary, other scripts at what is no letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from counterspin.model import Span
from counterspin.text.normal import HAN, printable

LONGEST_TERM = 4  # words of one term that is looked for
_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:['’][^\W_{HAN}]+)*|[^\s]")
_HAN_RUN = re.compile(rf"[{HAN}]")


def words(text: str) -> tuple[Span, ...]:
    """The words and marks of ``text`` in order; space is left out.

    No guessing of unknown words (rjieba without its hidden Markov model), so that the same piece of text is cut
    alike in two texts as far as possible.
    """
    return tuple(Span(start, end) for start, end in _bounds(text))


def word_starts(text: str) -> frozenset[int]:
    """Where the words of :func:`words` begin."""
    return frozenset(start for start, _ in _bounds(text))


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start == 1 or not _HAN_RUN.match(text, start):
            yield start, end
            continue
        for word in _cut(match.group()):
            yield start, start + len(word)
            start += len(word)


def find(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where ``wanted`` terms stand in ``text`` from word border to word border: (start, end, term), no overlap.

    A term may be up to ``LONGEST_TERM`` words; the longest wins.
    """
    cut = words(text)
    at = 0
    while at < len(cut):
        for size in range(min(LONGEST_TERM, len(cut) - at), 0, -1):
            start, end = cut[at].start, cut[at + size - 1].end
            if text[start:end] in wanted:
                yield start, end, text[start:end]
                at += size - 1
                break
        at += 1


def is_word(text: str) -> bool:
    """Whether ``text`` is in the segmenter's dictionary."""
    import rjieba  # noqa: PLC0415 - loads a dictionary; only who aligns pays for it

    return bool(rjieba.has_word(printable(text)))


@lru_cache(maxsize=65_536)
def _cut(run: str) -> tuple[str, ...]:
    import rjieba  # noqa: PLC0415

    found: list[str] = []
    for word in rjieba.cut(printable(run), False):
        if len(word) < 4:
            found.append(word)
        else:
            found.extend(_halves(word))
    return tuple(found)


@lru_cache(maxsize=65_536)
def _halves(word: str) -> tuple[str, ...]:
    # 注意事项 stands in the dictionary as one word; its parts are what gets replaced.
    for at in range(2, len(word) - 1):
        if is_word(word[:at]) and is_word(word[at:]):
            return (*_halves(word[:at]), *_halves(word[at:]))
    return (word,)


@lru_cache(maxsize=65_536)
def frequency(word: str) -> int:
    """How often ``word`` stands in the segmenter's dictionary as a word; 0 for one that is not in it."""
    import rjieba  # noqa: PLC0415

    shown = printable(word)
    return int(rjieba.suggest_freq(shown)) if rjieba.has_word(shown) else 0
