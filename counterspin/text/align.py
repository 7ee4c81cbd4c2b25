"""Which words of one text stand where other words stand in another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Indel

from counterspin.text.tokens import Tokens
from counterspin.text.words import word_starts


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
    left_borders, right_borders = borders(left), borders(right)
    points = [(0, 0)]
    for block in Indel.opcodes(left.code, right.code):
        if block.tag != "equal":
            continue
        shift = block.dest_start - block.src_start
        inside = range(block.src_start, block.src_end + 1)
        points.extend((at, at + shift) for at in inside if at in left_borders and at + shift in right_borders)
    points.append((len(left.code), len(right.code)))
    found: list[Island] = []
    for (i, j), (k, m) in pairwise(points):
        if left.code[i:k] != right.code[j:m]:
            found.extend(_split(left, right, (i, k), (j, m)))
    return tuple(found)


def borders(tokens: Tokens) -> frozenset[int]:
    """The token positions at which a word begins or ends, 0 and the number of tokens included."""
    return _borders(tokens.form, tokens.starts)


@lru_cache(maxsize=4096)
def _borders(text: str, starts: tuple[int, ...]) -> frozenset[int]:
    begins = word_starts(text)
    return frozenset(at for at, start in enumerate(starts) if start in begins) | {0, len(starts)}


def _split(left: Tokens, right: Tokens, first: tuple[int, int], second: tuple[int, int]) -> list[Island]:
    """One island, or one for each word when both sides have equally many words: neighbours that were both swapped."""
    ours = [at for at in sorted(borders(left)) if first[0] <= at <= first[1]]
    theirs = [at for at in sorted(borders(right)) if second[0] <= at <= second[1]]
    if len(ours) != len(theirs) or len(ours) < 2:
        ours, theirs = list(first), list(second)
    found = []
    for (i, k), (j, m) in zip(pairwise(ours), pairwise(theirs), strict=True):
        if left.code[i:k] != right.code[j:m]:
            found.append(Island(left.word(i, k), right.word(j, m), i, k, j, m))
    return found
