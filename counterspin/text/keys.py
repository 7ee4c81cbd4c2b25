"""Rare keys in plain Python: for a few pages, where starting compiled code costs more than it saves.

The same numbers as :mod:`counterspin.text.kernels` gives for many.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from counterspin.text.tokens import MASK, MIX

FAMILY = 8
# rewrites of one text: what two of them share against the others must not crowd out what all share with their source
_SECOND = 0xC2B2AE3D27D4EB4F
_FINAL = 0xD6E8FEB86659FD93


def feature(first: int, second: int) -> int:
    """The feature, 32 bits, of two neighbouring tokens (``first`` 0: of one word)."""
    mixed = (first * MIX + second * _SECOND) & MASK
    mixed ^= mixed >> 32
    return ((mixed * _FINAL) & MASK) >> 32


def features(code: str) -> list[int]:
    """The features of a text in order: each pair of neighbours, and each word."""
    found = []
    for at, char in enumerate(code):
        if char >= "\U00010000":
            found.append(feature(0, ord(char)))
        if at + 1 < len(code):
            found.append(feature(ord(char), ord(code[at + 1])))
    return found


def count(codes: Sequence[str], slots: int) -> Counter[int]:
    """In how many texts each slot's features stand."""
    shift = 32 - (slots.bit_length() - 1)
    counts: Counter[int] = Counter()
    for code in codes:
        counts.update({one >> shift for one in features(code)})
    return counts


def rare_keys(code: str, counts: Counter[int], slots: int, *, most_keys: int, rarest: int, cap: int) -> list[int]:
    """The keys of one text: see :func:`counterspin.text.kernels.select`."""
    shift = 32 - (slots.bit_length() - 1)
    first: dict[int, int] = {}
    for at, one in enumerate(features(code)):
        if counts[one >> shift] >= 2:
            first.setdefault(one, at)
    ranked = sorted(first, key=lambda one: (max(counts[one >> shift], FAMILY), one))[:rarest]
    direct = [one for one in ranked if counts[one >> shift] <= cap]
    frequent = sorted(ranked[len(direct) :], key=lambda one: first[one])
    paired = [feature(frequent[at], frequent[at + gap]) for gap in (1, 2) for at in range(max(0, len(frequent) - gap))]
    return (direct + paired)[:most_keys]


def meet(
    keys: Sequence[Sequence[int]], pages: Sequence[int], *, most: int, cap: int, least_shared: int
) -> tuple[list[tuple[int, int]], int]:
    """Candidate pairs, sorted, and the meetings cut: see :func:`counterspin.text.kernels.vote`."""
    holders: dict[int, list[int]] = defaultdict(list)
    for unit, own in enumerate(keys):
        for key in set(own):
            holders[key].append(unit)
    pairs: set[tuple[int, int]] = set()
    cut = 0
    for unit, own in enumerate(keys):
        score: Counter[int] = Counter()
        shared: Counter[int] = Counter()
        for key in set(own):
            size = len(holders[key])
            cut += size > cap
            weight = max(1, 64 - 8 * _halvings(min(size, cap + 1)))
            for other in holders[key][:cap]:
                if other < unit and pages[other] != pages[unit]:
                    score[other] += weight
                    shared[other] += 1
        needed = least_shared if len(set(own)) > 3 else 1
        able = [other for other in score if shared[other] >= needed]
        for other in sorted(able, key=lambda other: (-score[other], other))[:most]:
            pairs.add((other, unit))
    return sorted(pairs), cut


def _halvings(size: int) -> int:
    halved = 0
    while size > 2:
        size >>= 1
        halved += 1
    return halved
