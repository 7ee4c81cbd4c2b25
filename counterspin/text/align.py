"""Which words of one text stand where other words stand in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rapidfuzz.distance import Indel

from counterspin.text.memo import same
from counterspin.text.tokens import Tokens
from counterspin.text.words import word_starts

MOST_MARKED = 8192  # texts whose word borders are kept: a text is aligned with several others


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch where two texts differ, from word border to word border, in tokens of both.

    ``left`` and ``right`` are its texts in normal form; one of them is empty for words left out or put in.
    """

    left: str
    right: str
    left_first: int
    left_last: int
    right_first: int
    right_last: int

    @property
    def kind(self) -> str:
        """``swap``, ``hole`` (only in the left text) or ``insert`` (only in the right one)."""
        return "swap" if self.left and self.right else "hole" if self.left else "insert"

    @property
    def size(self) -> int:
        """Tokens of the longer side."""
        return max(self.left_last - self.left_first, self.right_last - self.right_first)


def similarity(left: str, right: str) -> float:
    """Share of tokens on the longest common subsequence of two codes, 0 to 1; 1.0 for two empty ones."""
    return float(Indel.normalized_similarity(left, right))


def islands(left: Tokens, right: Tokens) -> tuple[Island, ...]:
    """Where two texts differ, in order; empty for texts that are equal but for marks and space."""
    if left.code == right.code:
        return ()
    ours, theirs = _marks(left), _marks(right)
    points = [(0, 0)]
    for block in Indel.opcodes(left.code, right.code):
        if block.tag == "equal":
            # Between the first and the last common border of a block both texts are equal.
            points.extend(_common(ours, theirs, block))
    points.append((len(left.code), len(right.code)))
    found: list[Island] = []
    for (i, j), (k, m) in pairwise(points):
        if left.code[i:k] != right.code[j:m]:
            found.extend(_split(left, right, _between(ours, i, k), _between(theirs, j, m)))
    return tuple(_joined(left, right, found))


@same(MOST_MARKED)
def _marks(tokens: Tokens) -> bytes:
    """1 for each token position at which a word begins or ends, 0 and the number of tokens included."""
    borders = bytearray(len(tokens.form) + 1)
    for start in word_starts(tokens.form):
        borders[start] = 1
    marks = bytearray(map(borders.__getitem__, tokens.starts))
    marks.append(1)
    marks[0] = 1
    return bytes(marks)


def _common(ours: bytes, theirs: bytes, block: Any) -> Iterator[tuple[int, int]]:
    """The first and the last place in an equal block, its ends included, at which words of both texts begin or end."""
    i, j, size = block.src_start, block.dest_start, block.src_end - block.src_start + 1
    # All places at once: 1 for a border and 0 for none, one byte each, in one number.
    both = int.from_bytes(ours[i : i + size], "big") & int.from_bytes(theirs[j : j + size], "big")
    if both:
        marks = both.to_bytes(size, "big")
        first, last = marks.find(1), marks.rfind(1)
        yield i + first, j + first
        if last > first:
            yield i + last, j + last


def _split(left: Tokens, right: Tokens, ours: list[int], theirs: list[int]) -> list[Island]:
    """One island, or one for each word when both sides have equally many words: neighbours that were both swapped.

    ``ours`` and ``theirs`` are the word borders of the stretch, its ends included.
    """
    if len(ours) != len(theirs):
        ours, theirs = [ours[0], ours[-1]], [theirs[0], theirs[-1]]
    found = []
    for (i, k), (j, m) in zip(pairwise(ours), pairwise(theirs), strict=True):
        if left.code[i:k] != right.code[j:m]:
            found.append(Island(left.word(i, k), right.word(j, m), i, k, j, m))
    return found


def _joined(left: Tokens, right: Tokens, found: Iterable[Island]) -> list[Island]:
    """The islands, those joined that touch and of which one is empty on a side.

    需要 became 要有: the 要 that both share is a word there and half a word here, so 有 alone is no insert. And 不需要
    became 不须得, which is cut as 不须, 得.
    """
    joined: list[Island] = []
    for island in found:
        last = joined[-1] if joined else None
        touches = last and last.left_last == island.left_first and last.right_last == island.right_first
        if last and touches and (_is_half(last, island) or _is_shifted(last) or _is_shifted(island)):
            first, second = (last.left_first, island.left_last), (last.right_first, island.right_last)
            joined[-1] = Island(left.word(*first), right.word(*second), *first, *second)
        else:
            joined.append(island)
    return joined


def _is_half(first: Island, second: Island) -> bool:
    return "swap" in {first.kind, second.kind} != {"swap"}


def _is_shifted(island: Island) -> bool:
    """Whether a Chinese word only grew or shrank at an end: the border beside it lies elsewhere in the other text."""
    short, long = sorted((island.left, island.right), key=len)
    grown = short and len(short) < len(long) and not long.isascii()
    return bool(grown and (long.startswith(short) or long.endswith(short)))


def _between(marks: bytes, first: int, last: int) -> list[int]:
    """The borders from ``first`` to ``last``, which are borders themselves."""
    return [at for at in range(first, last + 1) if marks[at]]
