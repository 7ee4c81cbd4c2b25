"""Passages as columns: split pages into units, give each its tokens, and let those meet that share rare keys.

A unit is a passage, or a few sentences of a long one. Everything here works on whole batches, keeps no object per
unit but its two strings, and gives the same numbers in whatever batches the pages come.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from counterspin.model import Document, Passage
from counterspin.text import keys as plain
from counterspin.text.grams import Codes, codes_of
from counterspin.text.normal import HAN, column, ranges
from counterspin.text.sentences import sentences
from counterspin.text.tokens import KANA, tokens_of

MOST_CHARS = 400  # characters of a unit; a longer passage is cut at sentence ends
MOST_SENTENCES = 5  # of a unit of a longer passage
MIN_TOKENS = 12  # tokens of a unit that is compared; shorter ones are alike by chance
BATCH_CHARS = (
    1 << 18
)  # characters worked on at once: their columns stay in the processor's cache (4 M: 2.5 times slower)
VERIFY_BATCH = 8_192  # pairs whose texts are held as tokens at once
BANDS, ROWS = 32, 4  # of the near-copy signature: texts of resemblance 0.8 meet with chance 0.9999, of 0.4 with 0.56
MOST_KEYS = 16  # rare keys of a unit: 128 bytes with their owner
RAREST = 24  # rare features that the keys are made of
KEY_CAP = 48  # units that may share a feature that is a key by itself
MIN_SHARED = 2  # rare keys that two units must share
FEW_SLOTS, MANY_SLOTS = 1 << 20, 1 << 24  # counters of features, for few and for many units
MANY_UNITS = 50_000
FEW_CHARS = 200_000  # characters up to which plain Python is quicker than starting compiled code
Pairs = npt.NDArray[np.uint32]
Longs = npt.NDArray[np.int64]


def _kernels() -> Any:
    from counterspin.text import kernels  # noqa: PLC0415 - a few pages are compared without starting a compiler

    return kernels


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage or a part of one: ``text`` stands at ``start`` in page number ``page``, in its passage ``passage``."""

    page: int
    passage: int
    start: int
    text: str


def split(page: int, document: Document) -> Iterator[Unit]:
    """The units of a page in order; passages too short to compare are left out.

    A long passage is cut by its number of sentences: a spinner changes how long they are, seldom how many.
    """
    for number, passage in enumerate(document.passages):
        if len(passage.text) <= MOST_CHARS:
            yield Unit(page, number, passage.start, passage.text)
            continue
        starts = [span.start for span in sentences(passage.text)]
        parts = -(-len(starts) // MOST_SENTENCES)
        cuts = [starts[len(starts) * part // parts] for part in range(1, parts)]
        for start, end in pairwise((0, *cuts, len(passage.text))):
            yield from _pieces(page, number, passage, start, end)


def _pieces(page: int, number: int, passage: Passage, start: int, end: int) -> Iterator[Unit]:
    # A "sentence" without any end mark is cut every so many characters.
    for at in range(start, end, 2 * MOST_CHARS):
        yield Unit(page, number, passage.start + at, passage.text[at : min(end, at + 2 * MOST_CHARS)])


@cache
def tables() -> tuple[Codes, npt.NDArray[np.uint8]]:
    """The tables of :func:`counterspin.text.kernels.tokenise`."""
    forms = column()[:0x10000]
    kinds = np.zeros(0x110000, dtype=np.uint8)
    for code in range(0x30000):
        char = chr(code)
        if char.isalnum():
            kinds[code] = 2
    for first, last in ranges(HAN + KANA):
        kinds[first : last + 1] = 1
    return forms, kinds


def batches(texts: Sequence[str]) -> Iterator[range]:
    """Ranges of texts of at most ``BATCH_CHARS`` characters each (or of one text that is longer)."""
    start = size = 0
    for at, text in enumerate(texts):
        if size + len(text) > BATCH_CHARS and at > start:
            yield range(start, at)
            start, size = at, 0
        size += len(text)
    if start < len(texts):
        yield range(start, len(texts))


def tokens_of_all(texts: Sequence[str]) -> tuple[Codes, Longs]:
    """Token codes of all texts, one after the other, u32[t], and where each begins, i64[n + 1]."""
    raw = codes_of("".join(texts))
    found: tuple[Codes, Longs] = _kernels().tokenise(raw, _bounds(texts), *tables())
    return found


def _bounds(texts: Sequence[str]) -> Longs:
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=bounds[1:])
    return bounds


def codes_of_all(texts: Sequence[str]) -> list[str]:
    """The code string (see :mod:`counterspin.text.tokens`) of each text."""
    if sum(map(len, texts)) < FEW_CHARS:
        return [tokens_of(text).code for text in texts]
    found: list[str] = []
    for batch in batches(texts):
        tokens, bounds = tokens_of_all(texts[batch.start : batch.stop])
        joined = tokens.tobytes().decode("utf-32-le", "surrogatepass")
        edges = bounds.tolist()
        found.extend(joined[first:last] for first, last in pairwise(edges))
    return found


def band_keys(texts: Sequence[str]) -> Codes:
    """Near-copy keys of whole texts, u32[n, BANDS]: from the raw text, in one pass."""
    signed = _kernels().sign
    parts = [signed(*tokens_of_all(texts[batch.start : batch.stop]), BANDS, ROWS) for batch in batches(texts)]
    return np.concatenate([np.empty((0, BANDS), dtype=np.uint32), *parts])


class FeatureCounts:
    """In how many of the units that were added each feature stands, ``counts`` u32[slots]; tables add up."""

    def __init__(self, slots: int) -> None:
        self.counts = np.zeros(slots, dtype=np.uint32)
        self._seen = np.zeros(slots, dtype=np.uint32)
        self._added = 0

    def add(self, codes: Sequence[str]) -> None:
        """Count the features of these units."""
        for batch in batches(codes):
            part = codes[batch.start : batch.stop]
            first = self._added + batch.start + 1
            _kernels().count_features(codes_of("".join(part)), _bounds(part), self.counts, self._seen, first)
        self._added += len(codes)


def feature_counts(codes: Sequence[str], slots: int) -> Codes:
    """In how many of these units each feature stands, u32[slots]; counts of different units add up."""
    table = FeatureCounts(slots)
    table.add(codes)
    return table.counts


def slots_for(units: int) -> int:
    """Counters of features for so many units: the same in every engine."""
    return FEW_SLOTS if units < MANY_UNITS else MANY_SLOTS


def rare_keys(codes: Sequence[str], counts: Codes) -> tuple[Codes, npt.NDArray[np.uint8]]:
    """Keys of each unit, u32[n, MOST_KEYS], and how many it has."""
    keys, sizes = [np.empty((0, MOST_KEYS), dtype=np.uint32)], [np.empty(0, dtype=np.uint8)]
    for batch in batches(codes):
        part = codes[batch.start : batch.stop]
        found = _kernels().select(codes_of("".join(part)), _bounds(part), counts, MOST_KEYS, RAREST, KEY_CAP)
        keys.append(found[0])
        sizes.append(found[1])
    return np.concatenate(keys), np.concatenate(sizes)


def candidates(codes: Sequence[str], pages: Sequence[int], *, most: int, cap: int) -> tuple[Pairs, int]:
    """The pairs of units that share enough rare features: see :func:`meet`. The whole chain for one machine."""
    slots = slots_for(len(codes))
    if sum(map(len, codes)) < FEW_CHARS:
        counts = plain.count(codes, slots)
        keys = [plain.rare_keys(code, counts, slots, most_keys=MOST_KEYS, rarest=RAREST, cap=KEY_CAP) for code in codes]
        pairs, cut = plain.meet(keys, pages, most=most, cap=cap, least_shared=MIN_SHARED)
        return np.array(pairs, dtype=np.uint32).reshape(-1, 2), cut
    return meet(*rare_keys(codes, feature_counts(codes, slots)), np.asarray(pages, dtype=np.int64), most=most, cap=cap)


def meet(keys: Codes, sizes: npt.NDArray[np.uint8], pages: Longs, *, most: int, cap: int) -> tuple[Pairs, int]:
    """The pairs of units that share enough rare keys, u32[m, 2] sorted, and how many meetings were cut at ``cap``.

    At most ``most`` candidates a unit; units of one page never meet.
    """
    taken = np.arange(MOST_KEYS)[None, :] < sizes[:, None]
    owners = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
    packed = (keys[taken].astype(np.uint64) << np.uint64(32)) | owners
    packed.sort()
    packed = _unique(packed)
    units = (packed & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    groups = _group_starts((packed >> np.uint64(32)).astype(np.uint32))
    places = np.argsort(units, kind="stable").astype(np.int64)
    edges = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(np.bincount(units, minlength=len(sizes)), out=edges[1:])
    pairs, cut = _kernels().vote(units, groups, edges, places, pages, most, cap, MIN_SHARED)
    return unique_pairs(pairs), cut


def _unique(ordered: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def _group_starts(ordered: Codes) -> Longs:
    fresh = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(ordered) else np.empty(0, dtype=bool)
    starts = np.flatnonzero(fresh)
    return np.repeat(starts, np.diff(np.append(starts, len(ordered)))).astype(np.int64)


def unique_pairs(pairs: Pairs) -> Pairs:
    """Sorted pairs, each once."""
    packed = (pairs[:, 0].astype(np.uint64) << np.uint64(32)) | pairs[:, 1].astype(np.uint64)
    packed.sort()
    packed = _unique(packed)
    return np.stack((packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)), axis=1).astype(np.uint32)


def near_pairs(keys: Codes, *, cap: int) -> tuple[Pairs, int]:
    """The pairs of texts that share a band, u32[m, 2] sorted, and how many texts fell out of bands shared by too many.

    In a band shared by more than ``cap`` texts each is paired with the first alone: they are linked all the same.
    """
    parts = [np.empty((0, 2), dtype=np.uint32)]
    cut = 0
    numbers = np.arange(len(keys), dtype=np.uint64)
    for band in range(keys.shape[1]):
        # Key and text in one number each: sorted several times faster than the order of the keys is found.
        packed = (keys[:, band].astype(np.uint64) << np.uint64(32)) | numbers
        packed.sort()
        packed = packed[np.searchsorted(packed, np.uint64(1) << np.uint64(32)) :]  # without texts of no token
        starts = _group_starts((packed >> np.uint64(32)).astype(np.uint32))
        sizes = np.bincount(starts, minlength=len(packed))[starts] if len(starts) else starts
        shared = np.flatnonzero(sizes > 1)
        order, starts = (packed[shared] & np.uint64(0xFFFFFFFF)).astype(np.uint32), starts[shared]
        big = sizes[shared] > cap
        cut += int(big.sum())
        parts.append(_linked(order, shared - starts, big))
    return unique_pairs(np.concatenate(parts)), cut


def _linked(order: Codes, ranks: Longs, big: npt.NDArray[np.bool_]) -> Pairs:
    """Each text of ``order`` with those before it in its group, in a ``big`` one with the first alone."""
    parts = []
    at, back = np.flatnonzero(~big & (ranks > 0)), 1
    while len(at):
        parts.append(np.stack((order[at - back], order[at]), axis=1))
        back += 1
        at = at[ranks[at] >= back]
    at = np.flatnonzero(big & (ranks > 0))
    parts.append(np.stack((order[at - ranks[at]], order[at]), axis=1))
    pairs: Pairs = np.sort(np.concatenate(parts), axis=1)
    return pairs


def near_copies(texts: Sequence[str], *, least: float, cap: int) -> tuple[Pairs, npt.NDArray[np.float32], int]:
    """Pairs of texts whose five-token shingles have a Jaccard index of at least ``least``, that index, and the cut."""
    pairs, cut = near_pairs(band_keys(texts), cap=cap)
    found = exact_resemblance(texts, pairs)
    return pairs[found >= least], found[found >= least], cut


def exact_resemblance(texts: Sequence[str], pairs: Pairs) -> npt.NDArray[np.float32]:
    """The Jaccard index of each pair of texts, worked out from the texts that occur in a pair."""
    from counterspin.text.sets import resemblance  # noqa: PLC0415 - compiled, see _kernels

    found = np.zeros(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), VERIFY_BATCH):
        batch = pairs[start : start + VERIFY_BATCH]
        needed, where = np.unique(batch, return_inverse=True)
        tokens, bounds = tokens_of_all([texts[at] for at in needed.tolist()])
        found[start : start + len(batch)] = resemblance(tokens, bounds, where.reshape(-1, 2).astype(np.uint32))
    return found


def common_tokens(codes: Sequence[str], pairs: Pairs) -> Longs:
    """How many tokens the two codes of each pair have in common, in whatever order, i64[m]."""
    from counterspin.text.sets import common  # noqa: PLC0415 - compiled, see _kernels

    needed, where = np.unique(pairs, return_inverse=True)
    used = [codes[at] for at in needed.tolist()]
    found: Longs = common(codes_of("".join(used)), _bounds(used), where.reshape(-1, 2).astype(np.uint32))
    return found


class Units(Sequence[Unit]):
    """The units of all pages in order: their places in columns, u32[n, 4]; a unit is made when it is asked for."""

    def __init__(self, documents: Sequence[Document], places: Codes) -> None:
        self._documents = documents
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, number: Any) -> Any:
        page, passage, start, length = self._places[number].tolist()
        held = self._documents[page].passages[passage]
        at = start - held.start
        return Unit(page, passage, start, held.text[at : at + length])

    def page(self, number: int) -> int:
        """The page of one unit."""
        return int(self._places[number, 0])

    def length(self, number: int) -> int:
        """The characters of one unit."""
        return int(self._places[number, 3])


def placed(units: Iterable[Unit]) -> Codes:
    """The places of units: page, passage, start and length of each, u32[n, 4]."""
    found = array("I")
    for unit in units:
        found.extend((unit.page, unit.passage, unit.start, len(unit.text)))
    return np.array(found, dtype=np.uint32).reshape(-1, 4)


def units_of(documents: Sequence[Document]) -> tuple[Units, list[str]]:
    """The units of all pages in order, and the code of each; equal codes are one string."""
    places: list[Codes] = [np.empty((0, 4), dtype=np.uint32)]
    codes: list[str] = []
    known: dict[str, str] = {}
    held: list[Unit] = []
    size = 0
    for page, document in enumerate(documents):
        held.extend(split(page, document))
        size += len(document.text)
        if size > BATCH_CHARS or page == len(documents) - 1:
            places.append(placed(held))
            codes.extend(known.setdefault(code, code) for code in codes_of_all([unit.text for unit in held]))
            held, size = [], 0
    return Units(documents, np.concatenate(places)), codes
