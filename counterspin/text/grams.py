"""Character n-grams as numbers and as a sorted table that is added up over pages, processes and machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

LONGEST = 3  # characters in a gram: three code points of 21 bits fill a 64-bit key
BITS = 21  # of a code point
_MASK = (1 << BITS) - 1
Keys = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]


def codes_of(text: str) -> Codes:
    """The code points of ``text``, u32[len(text)]; lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def grams(text: str, size: int) -> list[str]:
    """The n-grams of ``text`` in order; a text shorter than ``size`` has none."""
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def gram_keys(codes: Codes, size: int) -> Keys:
    """The keys of all n-grams (1 to ``LONGEST`` long) in order, u64[n - size + 1]; the first character is highest.

    Keys of one length sort as their texts do, and no two lengths share a key (code point 0 is not used in text).
    """
    wide = codes.astype(np.uint64)
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    keys = np.zeros(count, dtype=np.uint64)
    for at in range(LONGEST):
        keys <<= np.uint64(BITS)
        if at < size:
            keys |= wide[at : at + count]
    return keys


def key_of(gram: str) -> int:
    """The key of one n-gram of 1 to ``LONGEST`` characters."""
    key = 0
    for at in range(LONGEST):
        key = key << BITS | (ord(gram[at]) if at < len(gram) else 0)
    return key


def pair_key(pair: str) -> int:
    """The key of two characters, as :meth:`Grams.following` takes it: that of a gram without its third place."""
    return key_of(pair) >> BITS


def gram_of(key: int) -> str:
    """The n-gram of a key."""
    parts = (key >> 2 * BITS, key >> BITS & _MASK, key & _MASK)
    return "".join(chr(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Grams(Mapping[str, int]):
    """How often each n-gram (1 to 3 characters of the normal form) was counted. Sorted columns; adds up.

    ``column`` u64[n] ascending, ``counts`` u32[n].
    """

    column: Keys = field(default_factory=lambda: np.empty(0, dtype=np.uint64))
    counts: Codes = field(default_factory=lambda: np.empty(0, dtype=np.uint32))

    def __getitem__(self, gram: str) -> int:
        if not 1 <= len(gram) <= LONGEST:
            raise KeyError(gram)
        key = key_of(gram)
        at = int(self.column.searchsorted(np.uint64(key)))
        if at == len(self.column) or int(self.column[at]) != key:
            raise KeyError(gram)
        return int(self.counts[at])

    def __iter__(self) -> Iterator[str]:
        return (gram_of(key) for key in self.column.tolist())

    def __len__(self) -> int:
        return len(self.column)

    def following(self, ends: Keys) -> tuple[Longs, Codes, Codes]:
        """The grams of three that begin with these pairs of characters (see :func:`pair_key`), by pair and character.

        Which pair, i64[n], the third character, u32[n], and the count, u32[n].
        """
        low = self.column.searchsorted(ends << np.uint64(BITS))
        sizes = self.column.searchsorted((ends + np.uint64(1)) << np.uint64(BITS)) - low
        which = np.repeat(np.arange(len(ends)), sizes)
        at = np.arange(int(sizes.sum())) + np.repeat(low - np.cumsum(sizes) + sizes, sizes)
        last = (self.column[at] & np.uint64(_MASK)).astype(np.uint32)
        whole = last != 0  # the pair itself is no gram of three
        return which[whole], last[whole], self.counts[at][whole]

    def lookup(self, keys: Keys) -> Codes:
        """The counts of these keys, u32 of the same shape; 0 for what was never counted."""
        if not len(self.column):
            return np.zeros(keys.shape, dtype=np.uint32)
        at = np.minimum(np.searchsorted(self.column, keys), len(self.column) - 1)
        found: Codes = np.where(self.column[at] == keys, self.counts[at], 0).astype(np.uint32)
        return found


def count_grams(texts: Iterable[str]) -> Grams:
    """Count the grams of all sizes in these normal forms; no gram runs over the end of a text."""
    joined = codes_of("\0".join(texts))
    keys = np.concatenate([_inside(joined, size) for size in range(1, LONGEST + 1)])
    found, counts = np.unique(keys, return_counts=True)
    return Grams(found, counts.astype(np.uint32))


def _inside(codes: Codes, size: int) -> Keys:
    keys = gram_keys(codes, size)
    whole = np.ones(len(keys), dtype=bool)
    for at in range(size):
        whole &= codes[at : at + len(keys)] != 0
    return keys[whole]


def add(tables: Iterable[Grams], *, at_least: int = 1) -> Grams:
    """The sum of tables, in any order; what was counted less than ``at_least`` times in all is dropped."""
    held = list(tables)
    if not held:
        return Grams()
    keys = np.concatenate([table.column for table in held])
    order = np.argsort(keys, kind="stable")  # merges runs that are sorted already
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, np.int64)
    counts = np.concatenate([table.counts for table in held])[order]
    total = np.add.reduceat(counts, starts, dtype=np.int64) if len(keys) else np.empty(0, np.int64)
    kept = total >= at_least
    return Grams(keys[starts][kept], total[kept].astype(np.uint32))
