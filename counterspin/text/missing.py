"""What one text lacks where its twin has it, read off the stretches in which the two differ.

A struck-out word seldom leaves a clean stretch of its own: beside a swapped word the two run together (医院检查 against
查验), and cutting words anew joins it to a neighbour (打客服电话 against 打电话). So a stretch is read as the cheapest
way from the words of one side to the other: each word stays, is put for by one that is known to be, loses a
character, or is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from counterspin.text.align import Island
from counterspin.text.mining import trimmed
from counterspin.text.normal import is_han
from counterspin.text.words import frequency, words

_SWAPPED, _CUT, _GONE = 2, 3, 4  # what a word costs that was put for, lost a character, is gone; one that stays: 0
_PHRASE = 5  # what each further word of a known swap costs: 医院检查 for 查验 is 检查 for 查验, and 医院 is gone
_MOST_WORDS = 8  # words of a stretch that is read; a longer one tells nothing
_MOST_READ = 65_536  # different stretches whose readings are kept
_LONGEST = 3  # words, and their number on the other side, that one known swap may take


@dataclass(frozen=True, slots=True)
class Missing:
    """Before its token ``at`` a text lacks ``word``, in normal form, but for ``rest`` of it."""

    at: int
    word: str
    rest: str


class Swaps:
    """The words that are known to be put for one another."""

    def __init__(self, partners: Mapping[str, Collection[str]]) -> None:
        self._partners = partners
        self.way = lru_cache(maxsize=_MOST_READ)(self._way)  # one spinner makes the same stretches again and again

    def has(self, left: str, right: str) -> bool:
        """Whether one is put for the other, perhaps beside what both share."""
        left, right = trimmed((left, right))
        return right in self._partners.get(left, ())

    def of(self, word: str) -> list[str]:
        """What is put for a word."""
        return sorted(self._partners.get(word, ()))

    def _way(self, left: str, right: str) -> _Way | None:
        return _way(left, right, self)


@dataclass(frozen=True, slots=True)
class _Way:
    """A reading of a stretch up to somewhere: what it costs, what is missing, and whether it takes swaps."""

    cost: int
    missing: tuple[Missing, ...] = ()
    swaps: int = 0


def missing(islands: Iterable[Island], swaps: Swaps) -> list[Missing]:
    """What the right text lacks; what it lacks for sure comes to light beside known ``swaps``."""
    held = tuple(islands)
    found = [Missing(one.right_first, one.left, "") for one in held if one.kind == "hole"]
    ways = [
        _moved(way, one.right_first) for one in held if one.kind == "swap" and (way := swaps.way(one.left, one.right))
    ]
    found += [one for way in ways if not way.swaps for one in way.missing]
    struck = frozenset(one.word for one in found if not one.rest)
    for way in ways:
        # beside a swap a single character may belong to either word
        if way.swaps and all(one.rest or len(one.word) > 1 or one.word in struck for one in way.missing):
            found += way.missing
    return found


def backwards(islands: Iterable[Island]) -> Iterator[Island]:
    """The islands with their sides exchanged."""
    for one in islands:
        yield replace(
            one, left=one.right, right=one.left, left_first=one.right_first, left_last=one.right_last,
            right_first=one.left_first, right_last=one.left_last,
        )  # fmt: skip


def _moved(way: _Way, by: int) -> _Way:
    """The reading of a stretch that begins at token ``by``."""
    return replace(way, missing=tuple(replace(one, at=one.at + by) for one in way.missing))


def _way(left: str, right: str, swaps: Swaps) -> _Way | None:
    """The cheapest reading of a stretch under which something is missing; None where another word stands there."""
    ours = _units(left)
    theirs = list(_bare(right)) if is_han(left[0]) else _units(right)
    if len(ours) > _MOST_WORDS or not theirs:
        return None
    ways: dict[tuple[int, int], _Way] = {(0, 0): _Way(0)}
    for at in range(len(ours)):
        for place in range(len(theirs) + 1):
            if way := ways.get((at, place)):
                for step, end, then in _steps(ours, theirs, at, place, swaps):
                    reached = _Way(way.cost + step.cost, way.missing + step.missing, way.swaps + step.swaps)
                    if (end, then) not in ways or reached.cost < ways[end, then].cost:
                        ways[end, then] = reached
    found = ways.get((len(ours), len(theirs)))
    return found if found and found.missing and not _is_short_for(found, "".join(theirs)) else None


def _is_short_for(way: _Way, rest: str) -> bool:
    """Whether characters of several words are gone and what is left is one word: 证件 is short for 证明文件."""
    return len(way.missing) > 1 and all(one.rest for one in way.missing) and frequency(rest) > 0


def _steps(ours: list[str], theirs: list[str], at: int, place: int, swaps: Swaps) -> Iterator[tuple[_Way, int, int]]:
    """The steps from word ``at`` of ours and unit ``place`` of theirs, and where they lead."""
    gap = "" if is_han(ours[0][0]) else " "
    word = ours[at]
    then = place + (1 if gap else len(word))
    if gap.join(theirs[place:then]) == word:
        yield _Way(0), at + 1, then
    yield _Way(_GONE, (Missing(place, word, ""),)), at + 1, place
    if not gap:
        for way, units in (*_cuts(word, "".join(theirs[place : then - 1])), *_cut_swaps(word, theirs[place:], swaps)):
            yield _moved(way, place), at + 1, place + units
    for end in range(at + 1, min(at + _LONGEST, len(ours)) + 1):
        left = gap.join(ours[at:end])
        for last in range(place + 1, min(place + (_LONGEST if gap else 2 * _LONGEST), len(theirs)) + 1):
            right = gap.join(theirs[place:last])
            if not _is_within(right, left) and swaps.has(left, right):
                yield _Way(_SWAPPED + _PHRASE * (end - at - 1), (), 1), end, last


def _cuts(word: str, right: str) -> Iterator[tuple[_Way, int]]:
    """A character lost inside a word, or a word struck out of a longer one (手机银行), and what is left of it."""
    for size in range(1, len(word)):
        rest = right[: len(word) - size]
        for start in range(len(word) - size + 1):
            if word[:start] + word[start + size :] == rest:
                gone = word[start : start + size]
                if size == 1:
                    yield _Way(_CUT, (Missing(0, word, rest),)), len(rest)
                elif frequency(gone):
                    yield _Way(_GONE, (Missing(start, gone, ""),)), len(rest)


def _cut_swaps(word: str, right: list[str], swaps: Swaps) -> Iterator[tuple[_Way, int]]:
    """A character lost inside the word that was put for ``word``: 时候, then 时分, then 分."""
    for target in swaps.of(word) if right else ():
        rest = right[0]
        if len(target) == 2 and rest in target and rest not in word:
            yield _Way(_SWAPPED + _CUT, (Missing(0, target, rest),), 1), 1


def _units(text: str) -> list[str]:
    """The words of a text, in order, without the marks, which are no tokens."""
    return [word for span in words(text) if (word := text[span.start : span.end])[0].isalnum()]


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_within(short: str, long: str) -> bool:
    """Whether ``short`` is what is left of ``long`` when something is cut out of it: no other word."""
    left = iter(long)
    return all(char in left for char in short)
