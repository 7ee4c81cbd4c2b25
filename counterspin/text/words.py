"""Words with exact offsets: Chinese cut by rjieba's dictionary, other scripts at what is no letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from counterspin.model import Span
from counterspin.text.normal import HAN, printable

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
