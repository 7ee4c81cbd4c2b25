"""The steps of the analysis as functions on Arrow record batches: what Spark maps over its partitions.

Each takes and gives an iterator of batches with named columns, does no input or output, and calls the functions that
the local engine calls. Values of ours travel pickled in a binary column.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from counterspin.engine.pairs import Relate, likeness
from counterspin.model import Document
from counterspin.text import columns
from counterspin.text.columns import MIN_TOKENS, codes_of_all, feature_counts, split
from counterspin.text.grams import count_grams
from counterspin.text.normal import normal

Batches = Iterator[pa.RecordBatch]
UNITS = "unit long, page long, passage int, start int, text string, code string"
COUNTS = "slot long, count long"
KEYS = "key long, text long, page long"
VOTES = "low long, high long, score long, shared long"
ALIKE = "low long, high long, alike float, left string, right string"
RELATIONS = "low long, high long, relation binary"
FORMS = "form string, hash binary"
GRAMS = "gram long, count long"
SCANNED = "page long, found binary"
PAGE_STRIDE = 1 << 20  # units that one page may have: a unit's number is page * PAGE_STRIDE + its place


def units(batches: Batches) -> Batches:
    """(page, document) -> units with their codes; a unit's number is global and in the order of pages."""
    for batch in batches:
        rows = []
        for page, pickled in zip(batch["page"].to_pylist(), batch["document"].to_pylist(), strict=True):
            document: Document = pickle.loads(pickled)  # noqa: S301 - written by this program in this run
            rows += [(page * PAGE_STRIDE + at, unit) for at, unit in enumerate(split(page, document))]
        codes = codes_of_all([unit.text for _, unit in rows])
        kept = [
            (number, unit, code) for (number, unit), code in zip(rows, codes, strict=True) if len(code) >= MIN_TOKENS
        ]
        yield _batch(
            unit=([number for number, _, _ in kept], pa.int64()),
            page=([unit.page for _, unit, _ in kept], pa.int64()),
            passage=([unit.passage for _, unit, _ in kept], pa.int32()),
            start=([unit.start for _, unit, _ in kept], pa.int32()),
            text=([_sound(unit.text) for _, unit, _ in kept], pa.string()),
            code=([_sound(code) for _, _, code in kept], pa.string()),
        )


def counts(slots: int) -> Callable[[Batches], Batches]:
    """(code) -> how often each slot of features is used, summed over the partition."""

    def step(batches: Batches) -> Batches:
        total = np.zeros(slots, dtype=np.int64)
        for batch in batches:
            total += feature_counts(batch["code"].to_pylist(), slots)
        used = np.flatnonzero(total)
        yield _batch(slot=(used, pa.int64()), count=(total[used], pa.int64()))

    return step


def keys(table: Any) -> Callable[[Batches], Batches]:
    """(text, page, code) -> a row for each rare key; ``table`` is the broadcast count of features."""

    def step(batches: Batches) -> Batches:
        for batch in batches:
            found, sizes = columns.rare_keys(batch["code"].to_pylist(), table.value)
            taken = np.arange(found.shape[1])[None, :] < sizes[:, None]
            yield _batch(
                key=(found[taken].astype(np.int64), pa.int64()),
                text=(np.repeat(batch["text"].to_numpy(), sizes), pa.int64()),
                page=(np.repeat(batch["page"].to_numpy(), sizes), pa.int64()),
            )

    return step


def votes(cap: int) -> Callable[[Batches], Batches]:
    """(key, text, page), a key whole within a partition and sorted -> a vote for each pair that meets under it.

    A text meets those before it among the first ``cap`` of a key, as in the local engine.
    """

    def step(batches: Batches) -> Batches:
        table = pa.Table.from_batches(list(batches))
        if not table.num_rows:
            return
        key, text, page = (table[name].to_numpy() for name in ("key", "text", "page"))
        fresh = np.concatenate(([True], (key[1:] != key[:-1]) | (text[1:] != text[:-1])))
        key, text, page = key[fresh], text[fresh], page[fresh]
        starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        for first, last in pairwise([*starts.tolist(), len(key)]):
            if last - first > 1:
                yield from _group(text[first:last], page[first:last], cap)

    return step


def _group(text: Any, page: Any, cap: int) -> Batches:
    size = len(text)
    early = min(size, cap)
    high, low = np.tril_indices(size, -1) if size <= cap else _capped(size, early)
    apart = page[high] != page[low]
    high, low = high[apart], low[apart]
    weight = max(1, 64 - 8 * _halvings(min(size, cap + 1)))
    yield _batch(
        low=(text[low], pa.int64()),
        high=(text[high], pa.int64()),
        score=(np.full(len(low), weight), pa.int64()),
        shared=(np.ones(len(low), dtype=np.int64), pa.int64()),
    )


def _capped(size: int, early: int) -> tuple[Any, Any]:
    high = np.repeat(np.arange(size), np.minimum(np.arange(size), early))
    low = np.concatenate([np.arange(min(at, early)) for at in range(size)])
    return high, low


def _halvings(size: int) -> int:
    return max(0, size.bit_length() - 2)


def alike(batches: Batches) -> Batches:
    """(low, high, left, right as codes) -> their likeness; those too unlike are dropped."""
    for batch in batches:
        left, right = batch["left_code"].to_pylist(), batch["right_code"].to_pylist()
        count = len(left)
        pairs = np.stack((np.arange(count), np.arange(count) + count), axis=1).reshape(-1, 2)
        found = likeness([*left, *right], pairs)
        kept = np.flatnonzero(found > 0)
        chosen = batch.take(pa.array(kept))
        yield _batch(
            low=(chosen["low"], pa.int64()),
            high=(chosen["high"], pa.int64()),
            alike=(found[kept], pa.float32()),
            left=(chosen["left"], pa.string()),
            right=(chosen["right"], pa.string()),
        )


def relations(batches: Batches) -> Batches:
    """(low, high, left, right as texts) -> the measured difference, pickled."""
    relate = Relate()
    for batch in batches:
        shown = zip(batch["left"].to_pylist(), batch["right"].to_pylist(), strict=True)
        yield _batch(
            low=(batch["low"], pa.int64()),
            high=(batch["high"], pa.int64()),
            relation=([pickle.dumps(relate(pair)) for pair in shown], pa.binary()),
        )


def forms(batches: Batches) -> Batches:
    """(document) -> the normal form of each passage, with what makes equal ones one."""
    for batch in batches:
        found = []
        for pickled in batch["document"].to_pylist():
            document: Document = pickle.loads(pickled)  # noqa: S301 - written by this program in this run
            found += [form for passage in document.passages if (form := normal(passage.text).text)]
        yield _batch(form=([_sound(form) for form in found], pa.string()))


def grams(batches: Batches) -> Batches:
    """(form) -> the count of each n-gram in the partition."""
    for batch in batches:
        table = count_grams(batch["form"].to_pylist())
        yield _batch(
            gram=(table.column.astype(np.int64), pa.int64()), count=(table.counts.astype(np.int64), pa.int64())
        )


def scanned(task: Any) -> Callable[[Batches], Batches]:
    """(page, document) -> the flags and claims of each page, pickled; ``task`` is the broadcast scan."""

    def step(batches: Batches) -> Batches:
        for batch in batches:
            pages = [pickle.loads(pickled) for pickled in batch["document"].to_pylist()]  # noqa: S301 - as above
            yield _batch(
                page=(batch["page"], pa.int64()),
                found=([pickle.dumps(task.value(page)) for page in pages], pa.binary()),
            )

    return step


def _sound(text: str) -> str:
    # Arrow holds UTF-8: a lone surrogate becomes the replacement character, which is as little of a token.
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def _batch(**named: tuple[Any, pa.DataType]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array(values, type=kind) for values, kind in named.values()], list(named))
