"""Words with exact offsets: Chinese cut by rjieba's dictionary, other scripts at what is no letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
    found = []
    for match in _RUN.finditer(text):
        run = match.group()
        if len(run) == 1 or not _HAN_RUN.match(run):
            found.append(Span(*match.span()))
            continue
        start = match.start()
        for word in _cut(run):
            found.append(Span(start, start + len(word)))
            start += len(word)
    return tuple(found)


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
        found.extend(_halves(word, rjieba.has_word))
    return tuple(found)


def _halves(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    # 注意事项 stands in the dictionary as one word; its parts are what gets replaced.
    for at in range(2, len(word) - 1):
        if known(word[:at]) and known(word[at:]):
            return (*_halves(word[:at], known), *_halves(word[at:], known))
    return (word,)


@lru_cache(maxsize=65_536)
def frequency(word: str) -> int:
    """How often ``word`` stands in the segmenter's dictionary as a word; 0 for one that is not in it."""
    import rjieba  # noqa: PLC0415

    shown = printable(word)
    return int(rjieba.suggest_freq(shown)) if rjieba.has_word(shown) else 0
