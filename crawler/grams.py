"""Texts as bags of hashed grams: two and three Han characters in a row, words and pairs of words of other scripts.

No dictionary and no segmenter: the same code reads Chinese, English and what is between. 18 bits of hash keep the
tables of a crawl at one megabyte; a page has about 1,000 grams, so collisions stay below half a percent of its weight.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BITS = 18
SIZE = 1 << BITS
MAX_CHARS = 20_000  # of a text that are read: what comes after adds nothing to what it is about
Ids = NDArray[np.uint32]
Counts = NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHER_LETTER = re.compile(r"[^\u3040-\u9fff\W\d_]")  # the range first: it settles most letters of a Chinese text
_STEM = 7  # letters of a word that count: endings differ, topics do not
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(64 - BITS)


@dataclass(frozen=True, slots=True)
class Grams:
    """Distinct gram ids, ascending, and how often each occurs."""

    ids: Ids
    counts: Counts


def grams_of(text: str) -> Grams:
    """The grams of a text; of its first ``MAX_CHARS`` characters."""
    every = np.concatenate([_han_grams(text[:MAX_CHARS]), _word_grams(text[:MAX_CHARS])])
    ids, counts = np.unique(every.astype(np.uint32), return_counts=True)
    return Grams(ids, counts.astype(np.float32))


def gram_ids_of_each(texts: Sequence[str]) -> list[Ids]:
    """The distinct gram ids, ascending, of each of many short texts such as anchors; all in one pass."""
    words = [_word_grams(text) for text in texts]
    joined = "\n".join(texts)  # no gram reaches over a line's end
    firsts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    places, grams = _han_places(joined)
    owners = np.searchsorted(firsts, places, side="right") - 1
    owners = np.concatenate([owners, np.repeat(np.arange(len(texts)), [len(word) for word in words])])
    return distinct_of_each(owners, np.concatenate([grams, *words]), len(texts))


def distinct_of_each(owners: NDArray[np.int64], ids: NDArray[np.uint64], count: int) -> list[Ids]:
    """For each owner from 0 to ``count`` - 1 its ids, distinct and ascending."""
    pairs = np.unique(owners.astype(np.uint64) << np.uint64(BITS) | ids)
    ends = np.searchsorted(pairs, np.arange(1, count, dtype=np.uint64) << np.uint64(BITS))
    return np.split((pairs & np.uint64(SIZE - 1)).astype(np.uint32), ends)[:count]


@lru_cache(maxsize=65_536)
def word_id(word: str) -> int:
    """The gram id of a word."""
    return zlib.crc32(word.encode("utf-8", "replace")) & (SIZE - 1)


def simhash(grams: Grams) -> int:
    """64 bits that differ in few places for texts that share most of their grams (Charikar 2002); signed."""
    if not len(grams.ids):
        return 0
    mixed = grams.ids.astype(np.uint64) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    weights = np.minimum(grams.counts, 4)
    bits = np.unpackbits(mixed.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    sums = 2 * (weights @ bits.astype(np.float32)) - weights.sum()
    value = int(np.packbits(sums > 0, bitorder="little").view("<u8")[0])
    return value - (1 << 64) if value >> 63 else value


def distance(left: int, right: int) -> int:
    """In how many of the 64 places two simhashes differ."""
    return ((left ^ right) & 0xFFFFFFFFFFFFFFFF).bit_count()


def _han_grams(text: str) -> NDArray[np.uint64]:
    return _han_places(text)[1]


def _han_places(text: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Where grams of Han characters begin, and their hashes: all pairs, then all triples."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    is_han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    is_han |= (codes >= 0x3040) & (codes <= 0x30FF) | ((codes >= 0xAC00) & (codes <= 0xD7A3))
    two = np.flatnonzero(is_han[:-1] & is_han[1:])
    pairs = _hashed(codes[two] << np.uint64(21) | codes[two + 1])
    three = two[is_han[np.minimum(two + 2, len(codes) - 1)] & (two + 2 < len(codes))]
    triples = _hashed(codes[three] << np.uint64(42) | codes[three + 1] << np.uint64(21) | codes[three + 2])
    return np.concatenate([two, three]), np.concatenate([pairs, triples])


def _hashed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = codes * _MIX
    mixed ^= mixed >> np.uint64(31)
    hashed: NDArray[np.uint64] = (mixed * np.uint64(0xBF58476D1CE4E5B9)) >> _SHIFT
    return hashed


def _word_grams(text: str) -> NDArray[np.uint64]:
    if text.isascii() or _OTHER_LETTER.search(text):
        words = [word.lower()[:_STEM] for word in _WORD.findall(text) if not "\u3040" <= word[0] <= "\u9fff"]
        pairs = [f"{left} {right}" for left, right in itertools.pairwise(words)]
        return np.array([word_id(word) for word in (*words, *pairs)], dtype=np.uint64)
    return np.empty(0, np.uint64)
