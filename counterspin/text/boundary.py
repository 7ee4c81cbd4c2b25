"""Swaps made across a word border: what only a blind string replacement does.

银行|为了 holds 行为, so a spinner that puts 表现 for 行为 writes 银表现了. Undoing the swap joins the stranded
characters to words again. Swaps run one after the other, so undoing one may lay bare another: 倘使用户 -> 倘采用户
-> 倘采使用者 takes two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from counterspin.text.lookup import Lookup, Pair
from counterspin.text.normal import fold, is_han
from counterspin.text.words import bounds, frequency, is_word

STRANDED = 10_000
# uses of a character as a word of its own in the segmenter's dictionary, below which it rarely is one (银 5,957,
# 采 1,996; the prepositions and auxiliaries that do stand alone begin at 应 25,537)
CONTEXT = 6  # characters looked at on either side
SEEN = 1 << 14  # places kept with what they show


@dataclass(frozen=True, slots=True)
class BoundarySwap:
    """``text[start:end]`` stands where ``restored`` stood; ``swaps`` were undone, the last one made first."""

    start: int
    end: int
    text: str
    restored: str
    swaps: tuple[Pair, ...]


def boundary_swaps(text: str, pairs: Iterable[Pair]) -> tuple[BoundarySwap, ...]:
    """Where ``text`` shows one of ``pairs`` (original, replacement) made across a word border; in order."""
    return Borders(crossable(pairs)).crossings(text)


def crossable(pairs: Iterable[Pair]) -> Lookup:
    """Those of the pairs that prove something where they cross a word border."""
    return Lookup(filter(_fits, pairs))


class Borders:
    """The :func:`crossable` pairs of a dictionary, those of the first lookup first, and the places seen lately.

    What a place shows follows from its word and the few characters around it, which copied pages share.
    """

    def __init__(self, *known: Lookup) -> None:
        self._known = known
        self._seen = lru_cache(maxsize=SEEN)(self._undone)

    def beside(self, own: Lookup) -> Borders:
        """The same with a page's own pairs after those of the first lookup."""
        return Borders(self._known[0], own, *self._known[1:]) if own.pairs else self

    def crossings(self, text: str) -> tuple[BoundarySwap, ...]:
        """Where ``text`` shows one of the pairs made across a word border; in order."""
        folded = fold(text)
        met: list[tuple[tuple[int, int], int, BoundarySwap]] = []
        for target in dict.fromkeys(target for lookup in self._known for target in lookup.words_in(folded)):
            for at in _places(folded, target):
                left, right = _context(folded, at, at + len(target))
                for rank, hit in self._seen(left, target, right):
                    shift = at - len(left)
                    met.append((rank, at, replace(hit, start=shift + hit.start, end=shift + hit.end)))
        found: dict[tuple[int, int], BoundarySwap] = {}
        for _, _, hit in sorted(met, key=itemgetter(0, 1)):
            found.setdefault((hit.start, hit.end), hit)
        return tuple(found[key] for key in sorted(found))

    def _undone(self, left: str, target: str, right: str) -> tuple[tuple[tuple[int, int], BoundarySwap], ...]:
        """What ``target`` may be undone to between these characters, with the rank of each pair."""
        if not _strands(left + target + right, len(left), len(left) + len(target)):
            return ()
        found: dict[Pair, tuple[tuple[int, int], BoundarySwap]] = {}
        for part, lookup in enumerate(self._known):
            for rank, pair in lookup.of(target):
                hit = _undo(left, right, pair, self._known) if pair not in found else None
                if hit:
                    found[pair] = (part, rank), hit
        return tuple(found.values())


def _places(text: str, word: str) -> Iterator[int]:
    """Where ``word`` begins in ``text``, each time."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _fits(pair: Pair) -> bool:
    # A pair of single characters, or one that only adds characters, proves nothing at a border.
    return len(pair[0]) >= 2 and len(pair[1]) >= 2 and all(map(is_han, pair[0] + pair[1])) and pair[0] not in pair[1]


def _undo(left: str, right: str, pair: Pair, known: Sequence[Lookup]) -> BoundarySwap | None:
    """The first way of undoing ``pair`` between these characters that mends the place; offsets from ``left``."""
    original, target = pair
    window, once = left + target + right, left + original + right
    for restored, swaps in chain([(once, (pair,))], _twice(once, len(left), len(original), pair, known)):
        if _mends(restored, left, right, crossing=len(swaps) == 1, original=original):
            start, end = _changed(window, restored)
            shown = restored[start : len(restored) - (len(window) - end)]
            return BoundarySwap(start, end, window[start:end], shown, swaps)
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
    cut = bounds(window)
    if not any(first == start for first, _ in cut) or not any(last == end for _, last in cut):
        return False
    return any(_is_stranded(window[first:last]) for first, last in cut if last == start or first == end)


def stranded(text: str) -> int:
    """How many characters of a short Chinese text are left without a word; 0 for other scripts."""
    return 0 if text.isascii() else sum(_is_stranded(text[start:end]) for start, end in bounds(text))


def _is_stranded(word: str) -> bool:
    return len(word) == 1 and frequency(word) < STRANDED


def _twice(
    once: str, start: int, size: int, pair: Pair, known: Sequence[Lookup]
) -> Iterator[tuple[str, tuple[Pair, ...]]]:
    """``once`` with a second swap undone that reaches over an end of the first one's place, and both swaps."""
    found: list[tuple[int, int, int, Pair]] = []
    for part, lookup in enumerate(known):
        for at in range(max(0, start - lookup.longest), start + size):
            for word in lookup.words_at(once, at):
                end = at + len(word)
                if end > start and (at < start or end > start + size):
                    found.extend((part, rank, at, second) for rank, second in lookup.of(word))
    done = set()
    for _, _, at, second in sorted(found):
        if (at, second) not in done:
            done.add((at, second))
            yield once[:at] + second[0] + once[at + len(second[1]) :], (second, pair)


def _mends(restored: str, left: str, right: str, *, crossing: bool, original: str) -> bool:
    """Whether no character near the place is stranded any more, and the original lay across a word border."""
    cut = bounds(restored)
    start, end = len(left), len(restored) - len(right)
    if any(_is_stranded(restored[first:last]) for first, last in cut if last >= start - 1 and first <= end + 1):
        return False
    if not crossing:
        return True
    past = start + len(original)
    joined = any(is_word(restored[first:last]) for first, last in cut if first < start < last or first < past < last)
    return joined and any(start < first < past for first, _ in cut)


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
