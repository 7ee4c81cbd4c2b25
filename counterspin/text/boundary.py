"""Swaps made across a word border: what only a blind string replacement does.

银行|为了 holds 行为, so a spinner that puts 表现 for 行为 writes 银表现了. Undoing the swap joins the stranded
characters to words again. Swaps run one after the other, so undoing one may lay bare another: 倘使用户 -> 倘采用户
-> 倘采使用者 takes two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from counterspin.text.normal import fold, is_han
from counterspin.text.words import frequency, is_word, words

STRANDED = 10_000
# uses of a character as a word of its own in the segmenter's dictionary, below which it rarely is one (银 5,957,
# 采 1,996; the prepositions and auxiliaries that do stand alone begin at 应 25,537)
CONTEXT = 6  # characters looked at on either side


@dataclass(frozen=True, slots=True)
class BoundarySwap:
    """``text[start:end]`` stands where ``restored`` stood; ``swaps`` were undone, the last one made first."""

    start: int
    end: int
    text: str
    restored: str
    swaps: tuple[tuple[str, str], ...]


def boundary_swaps(text: str, pairs: Iterable[tuple[str, str]]) -> tuple[BoundarySwap, ...]:
    """Where ``text`` shows one of ``pairs`` (original, replacement) made across a word border; in order."""
    folded = fold(text)
    known = [pair for pair in pairs if _fits(pair)]
    found: dict[tuple[int, int], BoundarySwap] = {}
    for original, target in known:
        at = folded.find(target)
        while at >= 0:
            hit = _undo(folded, at, (original, target), known)
            if hit and (hit.start, hit.end) not in found:
                found[hit.start, hit.end] = hit
            at = folded.find(target, at + 1)
    return tuple(found[key] for key in sorted(found))


def _fits(pair: tuple[str, str]) -> bool:
    # A pair of single characters, or one that only adds characters, proves nothing at a border.
    return len(pair[0]) >= 2 and len(pair[1]) >= 2 and all(map(is_han, pair[0] + pair[1])) and pair[0] not in pair[1]


def _undo(text: str, at: int, pair: tuple[str, str], known: Sequence[tuple[str, str]]) -> BoundarySwap | None:
    original, target = pair
    left, right = _context(text, at, at + len(target))
    if not _strands(left + target + right, len(left), len(left) + len(target)):
        return None
    once = left + original + right
    for restored, swaps in [(once, (pair,)), *_twice(once, len(left), len(original), pair, known)]:
        if _mends(restored, left, right, crossing=len(swaps) == 1, original=original):
            start, end = _changed(left + target + right, restored)
            shift = at - len(left)
            return BoundarySwap(
                shift + start,
                shift + end,
                text[shift + start : shift + end],
                restored[start : len(restored) - (len(left + target + right) - end)],
                swaps,
            )
    return None


def _context(text: str, start: int, end: int) -> tuple[str, str]:
    first, last = start, end
    while first > 0 and start - first < CONTEXT and is_han(text[first - 1]):
        first -= 1
    while last < len(text) and last - end < CONTEXT and is_han(text[last]):
        last += 1
    return text[first:start], text[end:last]


def _strands(window: str, start: int, end: int) -> bool:
    """Whether the target is a word here and a character right beside it is left without a word."""
    cut = words(window)
    starts, ends = {span.start for span in cut}, {span.end for span in cut}
    if start not in starts or end not in ends:
        return False
    return any(span.end == start or span.start == end for span in cut if _is_stranded(window[span.start : span.end]))


def stranded(text: str) -> int:
    """How many characters of a short Chinese text are left without a word; 0 for other scripts."""
    return 0 if text.isascii() else sum(_is_stranded(text[span.start : span.end]) for span in words(text))


def _is_stranded(word: str) -> bool:
    return len(word) == 1 and frequency(word) < STRANDED


def _twice(
    once: str, start: int, size: int, pair: tuple[str, str], known: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for second in known:
        at = once.find(second[1])
        while at >= 0:
            overlaps = at < start + size and at + len(second[1]) > start
            inside = at >= start and at + len(second[1]) <= start + size
            if overlaps and not inside:
                yield once[:at] + second[0] + once[at + len(second[1]) :], (second, pair)
            at = once.find(second[1], at + 1)


def _mends(restored: str, left: str, right: str, *, crossing: bool, original: str) -> bool:
    """Whether no character near the place is stranded any more, and the original lay across a word border."""
    cut = words(restored)
    start, end = len(left), len(restored) - len(right)
    near = [span for span in cut if span.end >= start - 1 and span.start <= end + 1]
    if any(_is_stranded(restored[span.start : span.end]) for span in near):
        return False
    if not crossing:
        return True
    inner = range(start + 1, start + len(original))
    borders = {span.start for span in cut}
    joined = any(
        (span.start < start < span.end) or (span.start < start + len(original) < span.end)
        for span in cut
        if is_word(restored[span.start : span.end])
    )
    return joined and any(at in borders for at in inner)


def _changed(before: str, after: str) -> tuple[int, int]:
    first = 0
    while first < min(len(before), len(after)) and before[first] == after[first]:
        first += 1
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    # One character of context on the left shows what was torn.
    return max(0, first - 1), min(len(before), max(len(before) - last, first) + 1)


def strength(hits: Sequence[BoundarySwap]) -> float:
    """How sure several hits make it, 0 to 1: each halves the doubt that is left after the one before."""
    return 1.0 - math.pow(0.5, len(hits)) * 0.3 if hits else 0.0
