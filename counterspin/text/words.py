"""Words with exact offsets: Chinese cut by rjieba's dictionary, other scripts at what is no letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

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
    return tuple(Span(start, end) for start, end in bounds(text))


def word_starts(text: str) -> tuple[int, ...]:
    """Where the words of :func:`words` begin."""
    return _edges(text)[0]


def bounds(text: str) -> tuple[tuple[int, int], ...]:
    """The words and marks of :func:`words` as (start, end), for inner loops."""
    return tuple(zip(*_edges(text), strict=True))


@lru_cache(maxsize=64)  # the rules ask for the words of one page, one after the other
def _edges(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the words begin and where they end: numbers alone, for a text has many."""
    starts: list[int] = []
    ends: list[int] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start == 1 or not _HAN_RUN.match(text, start):
            starts.append(start)
            ends.append(end)
            continue
        sizes = _cut(match.group())
        starts.extend(accumulate(sizes[:-1], initial=start))
        ends.extend(accumulate(sizes[1:], initial=start + sizes[0]))
    return tuple(starts), tuple(ends)


def find(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where ``wanted`` terms stand in ``text`` from word border to word border: (start, end, term), no overlap.

    A term may be up to ``LONGEST_TERM`` words; the longest wins.
    """
    starts, ends = _edges(text)
    beginnings = _beginnings(wanted)
    past = 0
    for at, start in enumerate(starts):
        if at >= past and text[start : ends[at]] in beginnings:
            found = 0
            for size, last in enumerate(ends[at : at + LONGEST_TERM], 1):
                if (term := text[start:last]) not in beginnings:
                    break
                if term in wanted:
                    found, past = last, at + size
            if found:
                yield start, found, text[start:found]


@lru_cache(maxsize=8)
def _beginnings(wanted: frozenset[str]) -> frozenset[str]:
    """What these terms begin with, themselves included."""
    return frozenset(term[:size] for term in wanted for size in range(1, len(term) + 1))


def is_word(text: str) -> bool:
    """Whether ``text`` is in the segmenter's dictionary."""
    import rjieba  # noqa: PLC0415 - loads a dictionary; only who aligns pays for it

    return bool(rjieba.has_word(printable(text)))


@lru_cache(maxsize=65_536)
def _cut(run: str) -> bytes:
    """The lengths of the words of a run of Chinese characters."""
    import rjieba  # noqa: PLC0415

    found: list[int] = []
    for word in rjieba.cut(printable(run), False):
        if len(word) < 4:
            found.append(len(word))
        else:
            found.extend(map(len, _halves(word)))
    return bytes(found)


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
