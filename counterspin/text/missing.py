"""What one text lacks where its twin has it, read off the stretches in which the two differ.

A struck-out word seldom leaves a clean stretch of its own: beside a swapped word the two run together (医院检查 against
查验), and cutting words anew joins it to a neighbour (打客服电话 against 打电话).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from counterspin.text.align import Island
from counterspin.text.normal import is_han
from counterspin.text.words import frequency, words

Known = Callable[[str, str], bool]  # whether a word is known to be put for another


@dataclass(frozen=True, slots=True)
class Missing:
    """Before its token ``at`` a text lacks ``word``, in normal form, but for ``rest`` of it."""

    at: int
    word: str
    rest: str


def missing(islands: Iterable[Island], known: Known) -> list[Missing]:
    """What the right text lacks; what it lacks for sure comes to light beside swaps that are ``known``."""
    found: list[Missing] = []
    beside = []
    for island in islands:
        if island.kind == "hole":
            found.append(Missing(island.right_first, island.left, ""))
        elif island.kind == "swap":
            inner = [] if known(island.left, island.right) and not _is_half(island) else _inner(island)
            found += inner
            beside += [] if inner else [island]
    struck = frozenset(one.word for one in found if not one.rest)
    for island in beside:
        found += _beside(island, struck, known)
    return found


def backwards(islands: Iterable[Island]) -> Iterator[Island]:
    """The islands with their sides exchanged."""
    for one in islands:
        yield replace(
            one, left=one.right, right=one.left, left_first=one.right_first, left_last=one.right_last,
            right_first=one.left_first, right_last=one.left_last,
        )  # fmt: skip


def _inner(island: Island) -> list[Missing]:
    """What was cut out of the left side, so that the right side is left; nothing where other words stand there."""
    long, short = _bare(island.left), _bare(island.right)
    if len(short) >= len(long) or not long or not all(map(is_han, long)):
        return []
    size = len(long) - len(short)
    places = [at for at in range(len(short) + 1) if long[:at] + long[at + size :] == short]
    if places:
        at = max(places, key=lambda place: (size > 1 and frequency(long[place : place + size]), -place))
        return [_cut(long, at, at + size, island.right_first + at)]
    steps = [step for step in Indel.opcodes(long, short) if step.tag != "equal"]
    if any(step.tag == "insert" for step in steps):
        return []
    return [_cut(long, step.src_start, step.src_end, island.right_first + step.dest_start) for step in steps]


def _is_half(island: Island) -> bool:
    """Whether a word lost one character: a filter that strikes characters leaves the same half on many pages."""
    return len(island.left) - len(island.right) == 1


def _bare(text: str) -> str:
    """The text without marks, which are no tokens."""
    return "".join(filter(str.isalnum, text))


def _cut(long: str, start: int, end: int, at: int) -> Missing:
    """The words from ``start`` to ``end``, or of a single character the word that it was lost from."""
    if end - start == 1:
        first, last = _word_around(long, start)
        if last - first > 1:
            return Missing(at - (start - first), long[first:last], long[first:start] + long[end:last])
    return Missing(at, long[start:end], "")


def _word_around(text: str, at: int) -> tuple[int, int]:
    return next((span.start, span.end) for span in words(text) if span.start <= at < span.end)


def _beside(island: Island, struck: frozenset[str], known: Known) -> Iterator[Missing]:
    """A word lost at an end of the left side; what is left there was put for by the right side."""
    spaced = not is_han(island.left[0])
    pieces = [island.left[span.start : span.end] for span in words(island.left)]
    pieces = [piece for piece in pieces if piece[0].isalnum()]
    if len(pieces) < 2:
        return
    gap = " " if spaced else ""
    for word, rest, at in (
        (pieces[0], gap.join(pieces[1:]), island.right_first),
        (pieces[-1], gap.join(pieces[:-1]), island.right_last),
    ):
        # 身体有 against 躯体有时: 有 is there, and 身体 was replaced
        if rest not in island.right and (word in struck or len(word) > 1) and known(rest, island.right):
            yield Missing(at, word, "")
            return
