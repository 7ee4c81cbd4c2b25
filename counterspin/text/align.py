"""Which words of one text stand where other words stand in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from counterspin.text.normal import han_share
from counterspin.text.words import words

MIN_HAN = 0.2  # share of Chinese characters from which a text is aligned by characters instead of words, 0 to 1


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch where two texts differ, from word border to word border; offsets into the aligned texts.

    ``left`` or ``right`` is empty for a word put in or left out. ``kind`` is ``swap``, ``hole`` (only in left)
    or ``insert`` (only in right).
    """

    left: str
    right: str
    left_start: int
    left_end: int
    right_start: int
    right_end: int

    @property
    def kind(self) -> str:
        return "swap" if self.left and self.right else "hole" if self.left else "insert"


def islands(left: str, right: str) -> tuple[Island, ...]:
    """Where ``left`` and ``right`` (normal forms) differ, in order; empty for equal texts.

    Chinese is aligned by characters and snapped to borders of words in both texts, other text by words.
    """
    if left == right:
        return ()
    left_words, right_words = words(left), words(right)
    if han_share(left) >= MIN_HAN:
        ends = ({0} | {w.end for w in left_words} | {w.start for w in left_words} | {len(left)},
                {0} | {w.end for w in right_words} | {w.start for w in right_words} | {len(right)})  # fmt: skip
        clean = _clean_points(left, right, *ends)
    else:
        tokens = [left[w.start : w.end] for w in left_words], [right[w.start : w.end] for w in right_words]
        points = _clean_points(*tokens, None, None)
        starts = [w.start for w in left_words] + [len(left)], [w.start for w in right_words] + [len(right)]
        clean = [(starts[0][i], starts[1][j]) for i, j in points]
    return tuple(_between(left, right, clean))


def _clean_points(
    left: Sequence[str], right: Sequence[str], left_borders: set[int] | None, right_borders: set[int] | None
) -> list[tuple[int, int]]:
    """Pairs of positions on the alignment's path that are word borders in both texts, ascending."""
    found = [(0, 0)]
    for block in Indel.opcodes(left, right):
        if block.tag != "equal":
            continue
        for step in range(block.src_end - block.src_start + 1):
            point = block.src_start + step, block.dest_start + step
            if left_borders is None or (point[0] in left_borders and point[1] in (right_borders or ())):
                found.append(point)
    found.append((len(left), len(right)))
    return found


def _between(left: str, right: str, points: list[tuple[int, int]]) -> list[Island]:
    found = []
    for (i, j), (k, m) in zip(points, points[1:], strict=False):
        if left[i:k].strip() != right[j:m].strip():
            found.append(Island(left[i:k].strip(), right[j:m].strip(), i, k, j, m))
    return found
