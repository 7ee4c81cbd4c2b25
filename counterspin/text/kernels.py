"""The inner loops over code points, compiled. Imported only for batches that are worth starting a compiler for.

Each has a plain twin (in :mod:`counterspin.text.tokens`, :mod:`counterspin.text.keys` or in the tests) that gives the
same numbers. Compiled code is kept beside this file or in the user's cache folder; where neither can be written, it
is compiled anew in every process.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

from counterspin.text.grams import Codes

F = TypeVar("F", bound=Callable[..., Any])
Longs = npt.NDArray[np.int64]
U = np.uint64


def _compiled(function: F) -> F:
    try:
        return njit(cache=True, nogil=True)(function)  # type: ignore[no-any-return]
    except RuntimeError:  # numba finds no folder that it may write
        return njit(nogil=True)(function)  # type: ignore[no-any-return]


@_compiled
def tokenise(raw: Codes, bounds: Longs, table: Codes, kinds: npt.NDArray[np.uint8]) -> tuple[Codes, Longs]:
    """Tokens of the texts ``raw[bounds[i]:bounds[i + 1]]``: their codes and where each text's begin.

    ``table`` u32[65536] gives the normal form of a character, ``kinds`` u8[1114112] is 1 for a character that is a
    token, 2 for one of a word, 0 for what is none.
    """
    tokens = np.empty(len(raw), dtype=np.uint32)
    found = np.empty(len(bounds), dtype=np.int64)
    count = 0
    found[0] = 0
    for unit in range(len(bounds) - 1):
        hashed = U(0)
        inside = False
        for at in range(bounds[unit], bounds[unit + 1]):
            char = raw[at]
            if char < 0x10000:
                char = table[char]
            kind = kinds[char]
            if kind == 2:
                if not inside:
                    hashed = U(0xCBF29CE484222325)
                    inside = True
                hashed = (hashed ^ U(char)) * U(0x100000001B3)
                continue
            if inside:
                tokens[count] = np.uint32(U(0x10000) + ((hashed * U(0x9E3779B97F4A7C15)) >> U(44)))
                count += 1
                inside = False
            if kind == 1:
                tokens[count] = char
                count += 1
        if inside:
            tokens[count] = np.uint32(U(0x10000) + ((hashed * U(0x9E3779B97F4A7C15)) >> U(44)))
            count += 1
        found[unit + 1] = count
    return tokens[:count].copy(), found


@_compiled
def sign(tokens: Codes, bounds: Longs, band_count: int, rows: int) -> Codes:
    """Band keys of the texts ``tokens[bounds[i]:bounds[i + 1]]``, u32[n, band_count].

    One-permutation hashing over shingles of five tokens with rotation densification (Shrivastava and Li 2014). A
    text shorter than a shingle is its own shingle; one without tokens has keys of zero.
    """
    bins = band_count * rows
    keys = np.zeros((len(bounds) - 1, band_count), dtype=np.uint32)
    least = np.empty(bins, dtype=np.uint32)
    full = np.empty(bins, dtype=np.uint32)
    base = U(0x9E3779B97F4A7C15)
    leaving = base * base * base * base * base
    for unit in range(len(bounds) - 1):
        first, last = bounds[unit], bounds[unit + 1]
        if first == last:
            continue
        least[:] = 0xFFFFFFFF
        rolled = U(0)
        for at in range(first, last):
            rolled = rolled * base + U(tokens[at]) + U(1)
            if at - first >= 5:
                rolled -= leaving * (U(tokens[at - 5]) + U(1))
            if at - first >= 4 or at == last - 1:
                mixed = rolled ^ (rolled >> U(32))
                mixed *= U(0xD6E8FEB86659FD93)
                bin_ = ((mixed >> U(32)) * U(bins)) >> U(32)
                value = np.uint32(mixed & U(0xFFFFFFFE))
                least[bin_] = min(least[bin_], value)
        for bin_ in range(bins):
            step = 0
            while least[(bin_ + step) % bins] == 0xFFFFFFFF:
                step += 1
            full[bin_] = least[(bin_ + step) % bins] + np.uint32(step) * np.uint32(0x9E3779B1)
        for band in range(band_count):
            mixed = U(band + 1) * base
            for row in range(rows):
                mixed = (mixed ^ U(full[band * rows + row])) * U(0x100000001B3)
                mixed ^= mixed >> U(29)
            mixed *= U(0xD6E8FEB86659FD93)
            keys[unit, band] = np.uint32(mixed >> U(32)) | np.uint32(1)
    return keys


@_compiled
def _feature(first: int, second: int) -> int:
    mixed = U(first) * U(0x9E3779B97F4A7C15) + U(second) * U(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> U(32)
    mixed *= U(0xD6E8FEB86659FD93)
    return np.uint32(mixed >> U(32))  # type: ignore[return-value]


@_compiled
def _features(tokens: Codes, first: int, last: int, out: Codes) -> int:
    """Features of one text in order: each pair of neighbours, and each word; returns how many."""
    count = 0
    for at in range(first, last):
        if tokens[at] >= 0x10000:
            out[count] = _feature(0, tokens[at])
            count += 1
        if at + 1 < last:
            out[count] = _feature(tokens[at], tokens[at + 1])
            count += 1
    return count


@_compiled
def count_features(tokens: Codes, bounds: Longs, counts: Codes, seen: Codes, base: int) -> None:
    """Add to ``counts`` (a power of two of slots) in how many texts each feature stands.

    ``seen`` is as long and remembers the last text of a slot; ``base`` numbers the first text, from 1.
    """
    shift = 32
    slots = len(counts)
    while slots > 1:
        slots >>= 1
        shift -= 1
    longest = 0
    for unit in range(len(bounds) - 1):
        longest = max(longest, bounds[unit + 1] - bounds[unit])
    out = np.empty(2 * longest + 2, dtype=np.uint32)
    for unit in range(len(bounds) - 1):
        for at in range(_features(tokens, bounds[unit], bounds[unit + 1], out)):
            slot = out[at] >> np.uint32(shift)
            if seen[slot] != base + unit:
                seen[slot] = base + unit
                counts[slot] += np.uint32(1)


@_compiled
def select(
    tokens: Codes, bounds: Longs, counts: Codes, most_keys: int, rarest: int, cap: int
) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Keys under which texts meet, u32[n, most_keys], and how many each text has.

    The ``rarest`` features that another text shares are taken. One in at most ``cap`` texts is a key itself; the
    others make keys in pairs, each with its next two neighbours in the text, so that no key grows with the corpus.
    """
    shift = 32
    slots = len(counts)
    while slots > 1:
        slots >>= 1
        shift -= 1
    texts = len(bounds) - 1
    keys = np.zeros((texts, most_keys), dtype=np.uint32)
    sizes = np.zeros(texts, dtype=np.uint8)
    longest = 0
    for unit in range(texts):
        longest = max(longest, bounds[unit + 1] - bounds[unit])
    out = np.empty(2 * longest + 2, dtype=np.uint32)
    order = np.empty(rarest, dtype=np.uint64)  # number of texts, then the feature: what is sorted by
    place = np.empty(rarest, dtype=np.int64)
    for unit in range(texts):
        held = 0
        for at in range(_features(tokens, bounds[unit], bounds[unit + 1], out)):
            feature = out[at]
            often = counts[feature >> np.uint32(shift)]
            if often < 2:
                continue
            rank = (U(often) << U(32)) | U(feature)
            if held == rarest and rank >= order[held - 1]:
                continue
            where = 0
            while where < held and order[where] < rank:
                where += 1
            if where < held and order[where] == rank:
                continue
            stop = held if held < rarest else rarest - 1
            for back in range(stop, where, -1):
                order[back] = order[back - 1]
                place[back] = place[back - 1]
            order[where] = rank
            place[where] = at
            held = min(rarest, held + 1)
        size = 0
        direct = 0
        while direct < held and (order[direct] >> U(32)) <= U(cap):
            if size < most_keys:
                keys[unit, size] = np.uint32(order[direct] & U(0xFFFFFFFF))
                size += 1
            direct += 1
        for one in range(direct + 1, held):  # the others by their place in the text
            rank, at = order[one], place[one]
            back = one
            while back > direct and place[back - 1] > at:
                order[back], place[back] = order[back - 1], place[back - 1]
                back -= 1
            order[back], place[back] = rank, at
        for gap in range(1, 3):
            for one in range(direct, held - gap):
                if size < most_keys:
                    keys[unit, size] = _feature(
                        np.uint32(order[one] & U(0xFFFFFFFF)), np.uint32(order[one + gap] & U(0xFFFFFFFF))
                    )
                    size += 1
        sizes[unit] = size
    return keys, sizes


@_compiled
def vote(
    units: npt.NDArray[np.uint32], groups: Longs, owners: Longs, places: Longs, pages: Longs,
    most: int, cap: int, least_shared: int,
) -> tuple[npt.NDArray[np.uint32], int]:  # fmt: skip
    """Candidate pairs (low, high), u32[m, 2], each once, and how many (text, key) meetings were cut at ``cap``.

    ``units`` are the texts of all keys, sorted by key; ``groups[p]`` is where the group of place ``p`` begins, and
    ``groups`` ends with the total; ``places[owners[u]:owners[u + 1]]`` are the places of text ``u``.
    Each text looks for its ``most`` nearest among those before it. A shared key weighs the more the fewer texts
    share it.
    """
    texts = len(owners) - 1
    score = np.zeros(texts, dtype=np.int64)
    shared = np.zeros(texts, dtype=np.int64)
    touched = np.empty(texts, dtype=np.int64)
    pairs = np.empty((max(16, texts * 4), 2), dtype=np.uint32)
    best = np.empty(most, dtype=np.int64)
    count = 0
    cut = 0
    for unit in range(texts):
        marks = 0
        for own in range(owners[unit], owners[unit + 1]):
            first = groups[places[own]]
            last = first
            key_size = 0
            while last < len(units) and groups[last] == first:
                last += 1
                key_size += 1
                if key_size > cap:
                    cut += 1
                    break
            weight = 64
            while key_size > 2:
                key_size >>= 1
                weight -= 8
            for at in range(first, min(last, first + cap)):
                other = units[at]
                if other >= unit:
                    break
                if pages[other] == pages[unit]:
                    continue
                if shared[other] == 0:
                    touched[marks] = other
                    marks += 1
                shared[other] += 1
                score[other] += max(1, weight)
        held = 0
        needed = least_shared if owners[unit + 1] - owners[unit] > 3 else 1
        for mark in range(marks):
            other = touched[mark]
            if shared[other] >= needed:
                where = held
                while where > 0 and (
                    score[best[where - 1]] < score[other]
                    or (score[best[where - 1]] == score[other] and best[where - 1] > other)
                ):
                    where -= 1
                if where < most:
                    for back in range(min(held, most - 1), where, -1):
                        best[back] = best[back - 1]
                    best[where] = other
                    held = min(most, held + 1)
        for one in range(held):
            if count == len(pairs):
                grown = np.empty((2 * len(pairs), 2), dtype=np.uint32)
                grown[:count] = pairs
                pairs = grown
            pairs[count, 0] = best[one]
            pairs[count, 1] = unit
            count += 1
        for mark in range(marks):
            score[touched[mark]] = 0
            shared[touched[mark]] = 0
    return pairs[:count].copy(), cut


@_compiled
def shingles(tokens: Codes, first: int, last: int, out: npt.NDArray[np.uint64]) -> int:
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


@_compiled
def resemblance(tokens: Codes, bounds: Longs, pairs: npt.NDArray[np.uint32]) -> npt.NDArray[np.float32]:
    """Exact Jaccard index, 0 to 1, of the sets of five-token shingles of each pair of texts.

    Pairs that come sorted by their first text are cheapest: its set is kept.
    """
    found = np.zeros(len(pairs), dtype=np.float32)
    longest = 1
    for pair in range(len(pairs)):
        for side in range(2):
            longest = max(longest, bounds[pairs[pair, side] + 1] - bounds[pairs[pair, side]])
    size = 16
    while size < 3 * longest:
        size <<= 1
    hashed = np.empty(longest, dtype=np.uint64)
    table = np.empty(size, dtype=np.uint64)
    stamp = np.zeros(size, dtype=np.int64)
    mark = np.zeros(size, dtype=np.int64)
    extra = np.empty(size, dtype=np.uint64)
    extra_stamp = np.zeros(size, dtype=np.int64)
    held = -1
    clock = 0
    ours = 0
    for pair in range(len(pairs)):
        left, right = pairs[pair, 0], pairs[pair, 1]
        if left != held:
            held = left
            clock += 1
            ours = 0
            for at in range(shingles(tokens, bounds[left], bounds[left + 1], hashed)):
                slot = hashed[at] & U(size - 1)
                while stamp[slot] == clock and table[slot] != hashed[at]:
                    slot = (slot + U(1)) & U(size - 1)
                if stamp[slot] != clock:
                    stamp[slot] = clock
                    table[slot] = hashed[at]
                    ours += 1
        both = 0
        theirs = 0
        for at in range(shingles(tokens, bounds[right], bounds[right + 1], hashed)):
            slot = hashed[at] & U(size - 1)
            while stamp[slot] == clock and table[slot] != hashed[at]:
                slot = (slot + U(1)) & U(size - 1)
            if stamp[slot] == clock:
                if mark[slot] != pair + 1:
                    mark[slot] = pair + 1
                    both += 1
                    theirs += 1
                continue
            slot = hashed[at] & U(size - 1)
            while extra_stamp[slot] == pair + 1 and extra[slot] != hashed[at]:
                slot = (slot + U(1)) & U(size - 1)
            if extra_stamp[slot] != pair + 1:
                extra_stamp[slot] = pair + 1
                extra[slot] = hashed[at]
                theirs += 1
        union = ours + theirs - both
        found[pair] = both / union if union else 0.0
    return found
