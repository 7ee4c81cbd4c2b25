"""Texts as bags of hashed grams: two and three Han characters in a row, words and pairs of words of other scripts.

No dictionary and no segmenter: the same code reads Chinese, English and what is between. 18 bits of hash keep the
tables of a crawl at one megabyte; a page has about 1,000 grams, so collisions stay below half a percent of its weight.
"""

from __future__ import annotations

import itertools
import re
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 18
SIZE = 1 << BITS
MAX_CHARS = 20_000  # of a text that are read: what comes after adds nothing to what it is about
Ids = NDArray[np.uint32]
Counts = NDArray[np.float32]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
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
    ids, counts = np.unique(every, return_counts=True)
    return Grams(ids.astype(np.uint32), counts.astype(np.float32))


def gram_ids(text: str) -> Ids:
    """The distinct gram ids of a short text such as an anchor."""
    return np.unique(np.concatenate([_han_grams(text), _word_grams(text)])).astype(np.uint32)


def simhash(grams: Grams) -> int:
    """64 bits that differ in few places for texts that share most of their grams (Charikar 2002); signed."""
    if not len(grams.ids):
        return 0
    mixed = grams.ids.astype(np.uint64) * _MIX
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    bits = ((mixed[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).astype(np.float32)
    sums = (bits * 2 - 1).T @ np.minimum(grams.counts, 4)
    value = int(np.packbits(sums > 0, bitorder="little").view(np.uint64)[0])
    return value - (1 << 64) if value >> 63 else value


def distance(left: int, right: int) -> int:
    """In how many of the 64 places two simhashes differ."""
    return ((left ^ right) & 0xFFFFFFFFFFFFFFFF).bit_count()


def _han_grams(text: str) -> NDArray[np.uint64]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    is_han = ((codes >= 0x3400) & (codes <= 0x9FFF)) | ((codes >= 0x20000) & (codes <= 0x3FFFF))
    is_han |= (codes >= 0x3040) & (codes <= 0x30FF) | ((codes >= 0xAC00) & (codes <= 0xD7A3))
    if len(codes) < 2:
        return np.empty(0, np.uint64)
    pairs = _hashed(codes[:-1] << np.uint64(21) | codes[1:])[is_han[:-1] & is_han[1:]]
    if len(codes) < 3:
        return pairs
    three = is_han[:-2] & is_han[1:-1] & is_han[2:]
    triples = _hashed(codes[:-2] << np.uint64(42) | codes[1:-1] << np.uint64(21) | codes[2:])[three]
    return np.concatenate([pairs, triples])


def _hashed(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = codes * _MIX
    mixed ^= mixed >> np.uint64(31)
    hashed: NDArray[np.uint64] = (mixed * np.uint64(0xBF58476D1CE4E5B9)) >> _SHIFT
    return hashed


def _word_grams(text: str) -> NDArray[np.uint64]:
    if text.isascii() or _has_words(text):
        words = [word.lower()[:_STEM] for word in _WORD.findall(text) if not "\u3040" <= word[0] <= "\u9fff"]
        pairs = [f"{left} {right}" for left, right in itertools.pairwise(words)]
        hashes = [zlib.crc32(word.encode("utf-8", "replace")) & (SIZE - 1) for word in (*words, *pairs)]
        return np.array(hashes, dtype=np.uint64)
    return np.empty(0, np.uint64)


def _has_words(text: str) -> bool:
    return any(character.isalpha() and not "\u3040" <= character <= "\u9fff" for character in text)
