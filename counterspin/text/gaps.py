"""What other pages of the crawl have in a place where something is missing.

A walk through the crawl's grams of three characters, from the two characters before the place to the two after it:
every step must have been seen often enough. What the page itself contributed to the counts is taken off first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from counterspin.text.grams import BITS, Codes, Grams, Keys, codes_of, gram_keys, pair_key
from counterspin.text.normal import Normal, han_column, normal
from counterspin.text.words import frequency

MAX_WORD = 6  # characters of a word that is looked for
_LONG_RUN = 8  # common grams in a row that count on each side of a place: ten characters
_SHORT_RUN = 2  # on each side, at least; one less at the edge of a text
_BOTH_RUNS = 8  # on both sides together, at least; two less at the edge of a text
_BEAM = 16  # beginnings of words kept at each step
_MAX_PLACES = 300  # places of a page that are walked; a page that no other resembles has more, and they tell nothing
_LOW = np.uint64((1 << BITS) - 1)  # of a pair's key: its second character
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two characters where other pages have ``word``. ``text`` numbers the text, ``at`` its offset.

    ``strength`` is how often the rarest step of the way was seen on other pages, ``run`` how many grams around the
    place other pages have without a break (at most 16).
    """

    text: int
    at: int
    word: str
    strength: int
    run: int


class _Held:
    """Grams as part of a key: equal only to themselves."""

    __slots__ = ("grams",)

    def __init__(self, grams: Grams) -> None:
        self.grams = grams

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.grams is other.grams

    def __hash__(self) -> int:
        return id(self.grams)


def filler(before: str, after: str, grams: Mapping[str, int], support: int) -> str:
    """The word that fills the place between ``before`` and ``after`` in at least ``support`` passages, or ""."""
    if not isinstance(grams, Grams) or not len(grams):
        return ""
    left, right = normal(before[-24:]).text[-2:], normal(after[:24]).text[:2]
    if len(left) < 2 or len(right) < 2:
        return ""
    ways = _ways(left, right, grams, support)
    return _best(ways)[0] if ways else ""


def gaps(texts: Sequence[str], grams: Mapping[str, int], *, support: int) -> tuple[Gap, ...]:
    """The places of a page where the page's wording is its own, what stands on both sides of it is not, and other
    pages go on with a word that this page leaves out. ``texts`` are the passages as they stand.
    """
    if not isinstance(grams, Grams) or not len(grams) or not texts:
        return ()
    return _gaps(tuple(texts), _Held(grams), support)


@lru_cache(maxsize=1)  # two detectors ask about one page, one after the other
def _gaps(texts: tuple[str, ...], held: _Held, support: int) -> tuple[Gap, ...]:
    return tuple(_walked(texts, held.grams, support))


def _walked(texts: Sequence[str], grams: Grams, support: int) -> Iterator[Gap]:
    forms = [normal(text) for text in texts]
    left = _MAX_PLACES
    for number, (form, others) in enumerate(zip(forms, _of_others(forms, grams), strict=True)):
        for at, run in _breaks(others, support):
            left -= 1
            if left < 0:
                return
            ways = _ways(form.text[at - 2 : at], form.text[at : at + 2], grams, support)
            if ways:
                word, strength = _best(ways)
                yield Gap(number, form.offsets[at], word, strength, run)


def _of_others(forms: Sequence[Normal], grams: Grams) -> Iterator[Counts]:
    """For each text, how often its grams of three were counted beyond this page."""
    keys = [gram_keys(codes_of(form.text), 3) for form in forms]
    joined = np.concatenate(keys) if keys else np.empty(0, dtype=np.uint64)
    found, where, own = np.unique(joined, return_inverse=True, return_counts=True)
    rest = np.maximum(0, grams.lookup(found).astype(np.int64) - own)[where] if len(joined) else joined.astype(np.int64)
    yield from np.split(rest, np.cumsum([len(part) for part in keys])[:-1])


def _breaks(others: Counts, support: int) -> Iterator[tuple[int, int]]:
    """The offsets, each with its run, at which both grams across are the page's own and common grams stand around them.

    A run that long (shorter at the edge of a text) is a passage that other pages have; single grams of three meet by
    chance in any large crawl.
    """
    common = (others >= support).tolist()
    own = (others == 0).tolist()
    size = len(common)
    # gram k covers characters k to k + 2: the place lies before character k + 3 for the last common gram k on its left
    for k in range(size - 3):
        if own[k + 1] and own[k + 2] and common[k] and common[k + 3]:
            left = _run(common[max(0, k - _LONG_RUN + 1) : k + 1][::-1])
            right = _run(common[k + 3 : k + 3 + _LONG_RUN])
            edges = (k - left < 0) + (k + 3 + right >= size)
            if min(left, right) >= _SHORT_RUN - edges and left + right >= _BOTH_RUNS - 2 * edges:
                yield k + 3, left + right


def _run(common: list[bool]) -> int:
    return common.index(False) if False in common else len(common)


def _ways(left: str, right: str, grams: Grams, support: int) -> dict[str, int]:
    """The pieces of text that lead from ``left`` to ``right``, with their strength; all steps of one length at once."""
    found: dict[str, int] = {}
    words, ends = [""], np.array([pair_key(left)], dtype=np.uint64)
    strengths = np.array([1 << 30], dtype=np.int64)
    for _ in range(MAX_WORD):
        which, last, counts = grams.following(ends)
        fit = (counts >= support) & han_column()[last]
        which, last = which[fit], last[fit]
        reached = np.minimum(strengths[which], counts[fit])
        order = np.lexsort((last, _places(words)[which], -reached))[:_BEAM]  # the strongest, then by the word
        words = [words[at] + chr(code) for at, code in zip(which[order].tolist(), last[order].tolist(), strict=True)]
        if not words:
            break
        strengths, ends = reached[order], _followed(ends[which[order]], last[order])
        closing = np.minimum(grams.lookup(_gram(ends, right[0])), grams.lookup(_gram(ends & _LOW, right)))
        for word, strength, close in zip(words, strengths.tolist(), closing.tolist(), strict=True):
            if close >= support and not right.startswith(word) and not word.endswith(right):
                found[word] = min(strength, close)
    return found


def _places(words: Sequence[str]) -> Counts:
    """The place of each word among them in the order of characters."""
    places = np.empty(len(words), dtype=np.int64)
    places[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
    return places


def _followed(ends: Keys, last: Codes) -> Keys:
    found: Keys = ((ends & _LOW) << np.uint64(BITS)) | last
    return found


def _gram(heads: Keys, tail: str) -> Keys:
    """The keys of grams of three: one or two characters, then ``tail``."""
    for char in tail:
        heads = (heads << np.uint64(BITS)) | np.uint64(ord(char))
    return heads


def _best(ways: Mapping[str, int]) -> tuple[str, int]:
    """The likeliest piece: a word before a string of characters, then the strongest, then the shortest."""
    return min(ways.items(), key=lambda item: (not frequency(item[0]), -item[1], len(item[0]), item[0]))
