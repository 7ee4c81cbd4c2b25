"""Exact likeness of texts as sets of shingles, compiled: see :mod:`counterspin.text.kernels`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from counterspin.text.grams import Codes
from counterspin.text.kernels import Longs, U, compiled, longest_of


@compiled
def shingles(tokens: Codes, first: Any, last: Any, out: npt.NDArray[np.uint64]) -> int:
    """The hashes of the five-token shingles of ``tokens[first:last]`` in order; returns how many."""
    base = U(0x9E3779B97F4A7C15)
    leaving = base * base * base * base * base
    rolled = U(0)
    count = 0
    for at in range(first, last):
        rolled = rolled * base + U(tokens[at]) + U(1)
        if at - first >= 5:
            rolled -= leaving * (U(tokens[at - 5]) + U(1))
        if at - first >= 4 or at == last - 1:
            mixed = rolled ^ (rolled >> U(32))
            mixed *= U(0xD6E8FEB86659FD93)
            out[count] = mixed
            count += 1
    return count


@compiled
def _slot(table: npt.NDArray[np.uint64], stamp: Longs, clock: int, value: Any) -> Any:
    """Where ``value`` stands in a hash set, or the free slot where it would (its stamp is not ``clock`` then)."""
    last = U(len(table) - 1)
    slot = value & last
    while stamp[slot] == clock and table[slot] != value:
        slot = (slot + U(1)) & last
    return slot


@compiled
def resemblance(tokens: Codes, bounds: Longs, pairs: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
    """Exact Jaccard index, 0 to 1, of the sets of five-token shingles of each pair of texts.

    Pairs that come sorted by their first text are cheapest: its set is kept.
    """
    found = np.zeros(len(pairs), dtype=np.float32)
    longest = max(1, longest_of(bounds))
    size = 16
    while size < 3 * longest:
        size <<= 1
    hashed = np.empty(longest, dtype=np.uint64)
    table, stamp = np.empty(size, dtype=np.uint64), np.zeros(size, dtype=np.int64)
    met = np.zeros(size, dtype=np.int64)  # the last pair whose right text holds the shingle of this slot
    extra, extra_stamp = np.empty(size, dtype=np.uint64), np.zeros(size, dtype=np.int64)
    held, clock, ours = -1, 0, 0
    for pair in range(len(pairs)):
        left, right = pairs[pair, 0], pairs[pair, 1]
        if left != held:
            held, ours = left, 0
            clock += 1
            for at in range(shingles(tokens, bounds[left], bounds[left + 1], hashed)):
                slot = _slot(table, stamp, clock, hashed[at])
                if stamp[slot] != clock:
                    stamp[slot], table[slot] = clock, hashed[at]
                    ours += 1
        both, only = 0, 0
        for at in range(shingles(tokens, bounds[right], bounds[right + 1], hashed)):
            slot = _slot(table, stamp, clock, hashed[at])
            if stamp[slot] == clock:
                if met[slot] != pair + 1:
                    met[slot] = pair + 1
                    both += 1
                continue
            slot = _slot(extra, extra_stamp, pair + 1, hashed[at])
            if extra_stamp[slot] != pair + 1:
                extra_stamp[slot], extra[slot] = pair + 1, hashed[at]
                only += 1
        union = ours + only
        found[pair] = both / union if union else 0.0
    return found


@compiled
def common(tokens: Codes, bounds: Longs, pairs: npt.NDArray[np.uint32]) -> Longs:
    """How many tokens each pair of texts has in common, in whatever order and as often as both have them, i64[m].

    Pairs that come sorted by their first text are cheapest: its tokens are kept.
    """
    found = np.zeros(len(pairs), dtype=np.int64)
    ours, theirs = np.zeros(0x110000, dtype=np.int32), np.zeros(0x110000, dtype=np.int32)
    for pair in range(len(pairs)):
        left, right = pairs[pair, 0], pairs[pair, 1]
        if pair == 0 or left != pairs[pair - 1, 0]:
            if pair:
                before = pairs[pair - 1, 0]
                for at in range(bounds[before], bounds[before + 1]):
                    ours[tokens[at]] = 0
            for at in range(bounds[left], bounds[left + 1]):
                ours[tokens[at]] += 1
        for at in range(bounds[right], bounds[right + 1]):
            theirs[tokens[at]] += 1
            if theirs[tokens[at]] <= ours[tokens[at]]:
                found[pair] += 1
        for at in range(bounds[right], bounds[right + 1]):
            theirs[tokens[at]] = 0
    return found
