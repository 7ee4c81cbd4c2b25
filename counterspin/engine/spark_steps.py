"""The steps of the analysis as functions on Arrow record batches: what Spark maps over its partitions.

Each takes and gives an iterator of batches with named columns, does no input or output, and calls the functions that
the local engine calls. Values of ours travel pickled in a binary column.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from counterspin.engine.aligning import Relate
from counterspin.engine.local import characters, cut, first_of, is_refused
from counterspin.engine.near import likeness
from counterspin.model import Document
from counterspin.text import columns
from counterspin.text.columns import MIN_TOKENS, codes_of_all, split
from counterspin.text.grams import count_grams
from counterspin.text.normal import normal
from counterspin.text.operators import operator_keys

Batches = Iterator[pa.RecordBatch]
UNITS = "unit long, page long, passage int, start int, text string, code string"
COUNTS = "slot long, count long"
KEYS = "key long, text long, page long, owned int"
VOTES = "low long, high long, score long, owned int"
ALIKE = "low long, high long, alike float, left string, right string"
RELATIONS = "low long, high long, relation binary"
FORMS = "form string"
GRAMS = "gram long, count long"
SCANNED = "page long, found binary"
KEPT = "key string, document binary, documents long, refused long, documents_cut long, characters_cut long"
SLIM = "page long, document binary"
OPERATORS = "keys binary"
MOST_VOTES = 1 << 18  # votes given in one batch
PAGE_STRIDE = 1 << 20  # units that one page may have: a unit's number is page * PAGE_STRIDE + its place


def kept(longest: int) -> Callable[[Batches], Batches]:
    """(key, rivals) -> of the documents with one URL the one that is kept, cut to the limits, and what was cut."""

    def step(batches: Batches) -> Batches:
        for batch in batches:
            pages: list[bytes] = []
            numbers: list[tuple[int, int, int, int]] = []
            for rivals in batch["rivals"].to_pylist():
                documents = [pickle.loads(pickled) for pickled in rivals]  # noqa: S301 - written in this run
                short = [cut(document, longest) for document in documents]
                lost = sum(map(characters, documents)) - sum(map(characters, short))
                changed = sum(one is not other for one, other in zip(documents, short, strict=True))
                pages.append(pickle.dumps(first_of(short)))
                numbers.append((len(documents), sum(map(is_refused, documents)), changed, lost))
            yield _batch(
                key=(batch["key"], pa.string()),
                document=(pages, pa.binary()),
                documents=([one[0] for one in numbers], pa.int64()),
                refused=([one[1] for one in numbers], pa.int64()),
                documents_cut=([one[2] for one in numbers], pa.int64()),
                characters_cut=([one[3] for one in numbers], pa.int64()),
            )

    return step


def slim(batches: Batches) -> Batches:
    """(page, document) -> the document with no more than its passages' sides need."""
    for batch in batches:
        documents = [pickle.loads(pickled) for pickled in batch["document"].to_pylist()]  # noqa: S301 - as below
        yield _batch(
            page=(batch["page"], pa.int64()), document=([pickle.dumps(_slim(d)) for d in documents], pa.binary())
        )


def _slim(document: Document) -> Document:
    links = tuple(link for link in document.links if link.zone == "main")
    return replace(document, text="", boilerplate=(), comments=(), toc=(), links=links)


def operators(batches: Batches) -> Batches:
    """(document) -> the URL and the operator keys of each page that has any, pickled."""
    for batch in batches:
        documents = [pickle.loads(pickled) for pickled in batch["document"].to_pylist()]  # noqa: S301 - as below
        found = [(document.url, shared) for document in documents if (shared := operator_keys(document))]
        yield _batch(keys=([pickle.dumps(one) for one in found], pa.binary()))


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
        table = columns.FeatureCounts(slots)
        for batch in batches:
            table.add(batch["code"].to_pylist())
        used = np.flatnonzero(table.counts)
        yield _batch(slot=(used, pa.int64()), count=(table.counts[used].astype(np.int64), pa.int64()))

    return step


def keys(table: Any) -> Callable[[Batches], Batches]:
    """(text, page, code) -> a row for each different rare key of a text, and how many it has (``owned``).

    ``table`` is the broadcast count of features.
    """

    def step(batches: Batches) -> Batches:
        for batch in batches:
            found, sizes = columns.rare_keys(batch["code"].to_pylist(), table.value)
            taken = np.arange(found.shape[1])[None, :] < sizes[:, None]
            rows = np.unique(np.stack((np.repeat(np.arange(len(sizes)), sizes), found[taken].astype(np.int64))), axis=1)
            own = rows[0]
            yield _batch(
                key=(rows[1], pa.int64()),
                text=(batch["text"].to_numpy()[own], pa.int64()),
                page=(batch["page"].to_numpy()[own], pa.int64()),
                owned=(np.bincount(own, minlength=len(sizes))[own], pa.int32()),
            )

    return step


def votes(cap: int) -> Callable[[Batches], Batches]:
    """(key, text, page, owned), a key whole within a partition and sorted -> a vote for each pair that meets under it.

    A text meets those before it among the first ``cap`` of a key, as in the local engine. One key is held at a time,
    with the batch it ends in.
    """

    def step(batches: Batches) -> Batches:
        held: list[pa.RecordBatch] = []
        for batch in batches:
            key = batch["key"].to_numpy()
            if not len(key):
                continue
            last = int(np.searchsorted(key, key[-1]))  # where the key begins that may go on in the next batch
            if last or (held and held[-1]["key"][-1].as_py() != key[0]):
                yield from _voted([*held, batch.slice(0, last)], cap)
                held = []
            held.append(batch.slice(last))
        yield from _voted(held, cap)

    return step


def _voted(batches: list[pa.RecordBatch], cap: int) -> Batches:
    table = pa.Table.from_batches(batches) if batches else None
    if not table:
        return
    key, text, page, owned = (table[name].to_numpy() for name in ("key", "text", "page", "owned"))
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    sizes = np.diff(np.append(starts, len(key)))
    first = np.repeat(starts, sizes)
    before = np.minimum(np.arange(len(key)) - first, cap)  # the texts that each meets
    weights = np.array([max(1, 64 - 8 * _halvings(size)) for size in range(cap + 2)], dtype=np.int64)
    weight = np.repeat(weights[np.minimum(sizes, cap + 1)], sizes)
    done = np.concatenate(([0], np.cumsum(before)))
    at = 0
    while at < len(key):
        to = max(at + 1, int(np.searchsorted(done, done[at] + MOST_VOTES, side="right")) - 1)
        high = np.repeat(np.arange(at, to), before[at:to])
        low = first[high] + np.arange(len(high)) - (done[high] - done[at])
        apart = page[high] != page[low]
        high, low = high[apart], low[apart]
        yield _batch(
            low=(text[low], pa.int64()),
            high=(text[high], pa.int64()),
            score=(weight[high], pa.int64()),
            owned=(owned[high], pa.int32()),
        )
        at = to


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
