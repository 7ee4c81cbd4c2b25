"""Where two texts say the same in another order, between other sentences, or cut into other paragraphs.

Both are cut into clauses; each clause is matched with the likest of the other text, and what runs on in both is one
stretch again. Two texts are alike so when most of the shorter one is matched.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from counterspin.text.align import Island, islands
from counterspin.text.memo import same
from counterspin.text.tokens import Tokens

MIN_CLAUSE = 4  # tokens of a clause that is matched; shorter ones are alike by chance
MIN_ALIKE = 0.5  # share of equal tokens of two clauses that match, 0 to 1
MIN_MATCHED = 0.75  # share of the shorter text that is matched, 0 to 1
MOST_CLAUSES = 200  # of a text that is looked at
_END = re.compile(r"[,.;:!?，。；：！？、…\n]+")
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moved:
    """What two texts share in another order.

    ``tokens`` are matched (of the text with more of them), of which the share ``equal`` is the same; ``ratio`` is the
    shorter matched text to the longer one, in tokens; ``islands`` are where the matched ``stretches`` differ.
    """

    tokens: int
    equal: float
    ratio: float
    islands: tuple[Island, ...]
    stretches: tuple[tuple[Range, Range], ...]


def moved(left: Tokens, right: Tokens) -> Moved | None:
    """How two texts are alike but for the order of their clauses and what stands between; ``None`` if they are not."""
    stretches = _stretches(left, right)
    ours = sum(last - first for (first, last), _ in stretches)
    theirs = sum(last - first for _, (first, last) in stretches)
    if not stretches or min(ours, theirs) < MIN_MATCHED * min(len(left.code), len(right.code)):
        return None
    equal = 0.0
    found: list[Island] = []
    for (i, k), (j, m) in stretches:
        equal += Indel.similarity(left.code[i:k], right.code[j:m])
        found.extend(_placed(island, i, j) for island in islands(_part(left, i, k), _part(right, j, m)))
    return Moved(
        max(ours, theirs), equal / (ours + theirs), min(ours, theirs) / max(ours, theirs), tuple(found), stretches
    )


def _stretches(left: Tokens, right: Tokens) -> tuple[tuple[Range, Range], ...]:
    """The stretches that match, in tokens of both: clauses, joined where both texts run on alike."""
    ours, theirs = _clauses(left), _clauses(right)
    found: list[tuple[Range, Range]] = []
    past = (-2, -2)
    for i, j in _matched([left.code[slice(*one)] for one in ours], [right.code[slice(*one)] for one in theirs]):
        first, other = ours[i], theirs[j]
        if past == (i - 1, j - 1):
            before = found.pop()
            first, other = (before[0][0], first[1]), (before[1][0], other[1])
        found.append((first, other))
        past = i, j
    return tuple(found)


@same(4096)
def _clauses(tokens: Tokens) -> tuple[Range, ...]:
    """The clauses of a text that are long enough, in tokens."""
    ends = {bisect_left(tokens.starts, match.end()) for match in _END.finditer(tokens.form)}
    bounds = sorted({0, *ends, len(tokens.code)})
    return tuple((first, last) for first, last in pairwise(bounds) if last - first >= MIN_CLAUSE)[:MOST_CLAUSES]


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Numbers of the clauses that match, each once, the likest first served; in the order of ``ours``."""
    if not ours or not theirs:
        return []
    alike = process.cdist(ours, theirs, scorer=Indel.normalized_similarity, score_cutoff=MIN_ALIKE)
    rows, columns = np.nonzero(alike)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.argsort(-alike[rows, columns], kind="stable").tolist():
        i, j = int(rows[at]), int(columns[at])
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return sorted(found.items())


def _part(tokens: Tokens, first: int, last: int) -> Tokens:
    return replace(tokens, code=tokens.code[first:last], starts=tokens.starts[first:last], ends=tokens.ends[first:last])


def _placed(island: Island, left: int, right: int) -> Island:
    """The island of a part, in tokens of the whole texts."""
    return replace(
        island,
        left_first=island.left_first + left,
        left_last=island.left_last + left,
        right_first=island.right_first + right,
        right_last=island.right_last + right,
    )
