"""The inner loops over code points, compiled. Imported only for batches that are worth starting a compiler for.

Each has a plain twin (in :mod:`counterspin.text.tokens`, :mod:`counterspin.text.keys` or in the tests) that gives the
same numbers. Compiled code is kept beside this file or in the user's cache folder; where neither can be written, it
is compiled anew in every process.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pickle import UnpicklingError
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from counterspin.text.grams import Codes
from counterspin.text.keys import FAMILY

F = TypeVar("F", bound=Callable[..., Any])
Longs = npt.NDArray[np.int64]
U = np.uint64


def compiled(function: F) -> F:
    """``function`` as machine code, kept for the next process where there is a folder to keep it in."""
    made: Any
    try:
        made = njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba finds no folder that it may write
        return cast("F", njit(nogil=True)(function))
    made._cache = _Forgiving(made._cache)  # noqa: SLF001 - numba has no other way to be told what may fail
    return cast("F", made)


class _Forgiving:
    """numba's cache of one function; what cannot be written (a full disk) or read is compiled anew."""

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cache, name)

    def save_overload(self, signature: Any, data: Any) -> None:
        with suppress(OSError):
            self._cache.save_overload(signature, data)

    def load_overload(self, signature: Any, target: Any) -> Any:
        try:
            return self._cache.load_overload(signature, target)
        except (OSError, EOFError, UnpicklingError):  # half a file, left by a process that died
            return None


@compiled
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


@compiled
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


@compiled
def cast_u32(value: Any) -> Any:
    """The low 32 bits."""
    return np.uint32(value)


@compiled
def _feature(first: Any, second: Any) -> Any:
    mixed = U(first) * U(0x9E3779B97F4A7C15) + U(second) * U(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> U(32)
    mixed *= U(0xD6E8FEB86659FD93)
    return cast_u32(mixed >> U(32))


@compiled
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


@compiled
def _shift(slots: int) -> int:
    shift = 32
    while slots > 1:
        slots >>= 1
        shift -= 1
    return shift


@compiled
def longest_of(bounds: Longs) -> int:
    longest = 0
    for unit in range(len(bounds) - 1):
        longest = max(longest, bounds[unit + 1] - bounds[unit])
    return longest


@compiled
def count_features(tokens: Codes, bounds: Longs, counts: Codes, seen: Codes, base: int) -> None:
    """Add to ``counts`` (a power of two of slots) in how many texts each feature stands.

    ``seen`` is as long and remembers the last text of a slot; ``base`` numbers the first text, from 1.
    """
    shift = np.uint32(_shift(len(counts)))
    out = np.empty(2 * longest_of(bounds) + 2, dtype=np.uint32)
    for unit in range(len(bounds) - 1):
        for at in range(_features(tokens, bounds[unit], bounds[unit + 1], out)):
            slot = out[at] >> shift
            if seen[slot] != base + unit:
                seen[slot] = base + unit
                counts[slot] += np.uint32(1)


@compiled
def _rank(order: npt.NDArray[np.uint64], place: Longs, held: int, rank: Any, at: int) -> int:
    """Put a feature in its place among the ``held`` rarest, once; returns how many are held now."""
    room = len(order)
    if held == room and rank >= order[held - 1]:
        return held
    where = 0
    while where < held and order[where] < rank:
        where += 1
    if where < held and order[where] == rank:
        return held
    for back in range(min(held, room - 1), where, -1):
        order[back], place[back] = order[back - 1], place[back - 1]
    order[where], place[where] = rank, at
    return min(room, held + 1)


@compiled
def _by_place(order: npt.NDArray[np.uint64], place: Longs, first: int, last: int) -> None:
    """Order a part by place in the text."""
    for one in range(first + 1, last):
        rank, at = order[one], place[one]
        back = one
        while back > first and place[back - 1] > at:
            order[back], place[back] = order[back - 1], place[back - 1]
            back -= 1
        order[back], place[back] = rank, at


@compiled
def select(  # noqa: PLR0917 - compiled functions take no keywords
    tokens: Codes,
    bounds: Longs,
    counts: Codes,
    most_keys: int,
    rarest: int,
    cap: int,
) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Keys under which texts meet, u32[n, most_keys], and how many each text has.

    The ``rarest`` features that another text shares are taken; those of up to ``FAMILY`` texts count as equally rare.
    One in at most ``cap`` texts is a key itself; the others make keys in pairs, each with its next two neighbours in
    the text, so that no key grows with the corpus.
    """
    shift = np.uint32(_shift(len(counts)))
    texts = len(bounds) - 1
    keys = np.zeros((texts, most_keys), dtype=np.uint32)
    sizes = np.zeros(texts, dtype=np.uint8)
    out = np.empty(2 * longest_of(bounds) + 2, dtype=np.uint32)
    often = np.empty(len(out), dtype=np.uint32)
    order = np.empty(rarest, dtype=np.uint64)  # number of texts, then the feature: what is sorted by
    place = np.empty(rarest, dtype=np.int64)
    for unit in range(texts):
        held = 0
        size = _features(tokens, bounds[unit], bounds[unit + 1], out)
        for at in range(size):  # nothing but waiting for memory, many features at once
            often[at] = counts[out[at] >> shift]
        for at in range(size):
            if often[at] >= 2:
                held = _rank(order, place, held, (U(max(often[at], FAMILY)) << U(32)) | U(out[at]), at)
        direct = 0
        while direct < held and (order[direct] >> U(32)) <= U(cap):
            direct += 1
        size = 0
        for one in range(min(direct, most_keys)):
            keys[unit, size] = np.uint32(order[one] & U(0xFFFFFFFF))
            size += 1
        _by_place(order, place, direct, held)
        for gap in range(1, 3):
            for one in range(direct, held - gap):
                if size < most_keys:
                    low = U(0xFFFFFFFF)
                    keys[unit, size] = _feature(np.uint32(order[one] & low), np.uint32(order[one + gap] & low))
                    size += 1
        sizes[unit] = size
    return keys, sizes


@compiled
def _weight(size: int) -> int:
    weight = 64
    while size > 2:
        size >>= 1
        weight -= 8
    return max(1, weight)


@compiled
def _best(touched: Longs, score: Longs, shared: Longs, needed: int, best: Longs) -> int:
    """Put the texts with the highest score into ``best``, the lower text first among equals; returns how many."""
    held = 0
    most = len(best)
    for other in touched:
        if shared[other] < needed:
            continue
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
    return held


@compiled
def vote(  # noqa: C901, PLR0917 - compiled functions take no keywords, and calls in the inner loop cost
    units: npt.NDArray[np.uint32],
    groups: Longs,
    owners: Longs,
    places: Longs,
    pages: Longs,
    most: int,
    cap: int,
    least_shared: int,
) -> tuple[npt.NDArray[np.uint32], int]:
    """Candidate pairs (low, high), u32[m, 2], each once, and how many (text, key) meetings were cut at ``cap``.

    ``units`` are the texts of all keys, sorted by key; ``groups[p]`` is where the group of place ``p`` begins;
    ``places[owners[u]:owners[u + 1]]`` are the places of text ``u``. Each text looks for its ``most`` nearest among
    those before it. A shared key weighs the more the fewer texts share it.
    """
    texts = len(owners) - 1
    score = np.zeros(texts, dtype=np.int64)
    shared = np.zeros(texts, dtype=np.int64)
    touched = np.empty(texts, dtype=np.int64)
    pairs = np.empty((max(16, texts * most // 2), 2), dtype=np.uint32)
    best = np.empty(most, dtype=np.int64)
    count = 0
    cut = 0
    for unit in range(texts):
        marks = 0
        for own in range(owners[unit], owners[unit + 1]):
            first = groups[places[own]]
            last = first
            while last < len(units) and groups[last] == first and last - first <= cap:
                last += 1
            if last - first > cap:
                cut += 1
            weight = _weight(last - first)
            for at in range(first, min(last, first + cap)):
                other = units[at]
                if other >= unit:
                    break
                if pages[other] != pages[unit]:
                    if shared[other] == 0:
                        touched[marks] = other
                        marks += 1
                    shared[other] += 1
                    score[other] += weight
        needed = least_shared if owners[unit + 1] - owners[unit] > 3 else 1
        held = _best(touched[:marks], score, shared, needed, best)
        if count + held > len(pairs):
            grown = np.empty((2 * len(pairs) + held, 2), dtype=np.uint32)
            grown[:count] = pairs[:count]
            pairs = grown
        for one in range(held):
            pairs[count, 0], pairs[count, 1] = best[one], unit
            count += 1
        score[touched[:marks]] = 0
        shared[touched[:marks]] = 0
    return pairs[:count].copy(), cut
