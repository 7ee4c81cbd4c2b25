"""The Spark engine against a plain job of the same functions, on pages that this program makes.

``python -m tests.bench.spark [PAGES]``: from pages to measured pairs (units, rare keys, candidates, likeness,
alignment), both on one local[2] session, in turn, ROUNDS times; seconds of the clock, so on an idle machine. The
plain job is what one would write by hand: Python rows, flatMap and reduceByKey, no caps reported.
"""

from __future__ import annotations

import pickle
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from counterspin.detect import rewrite
from counterspin.engine import on_spark
from counterspin.engine import spark_steps as steps
from counterspin.engine.aligning import Relate
from counterspin.engine.near import likeness, nearest
from counterspin.settings import Settings
from counterspin.text import columns
from tests.spinner.crawl import crawl

PAGES = 20_000
ROUNDS = 3
PARTS = 8
Row = tuple[Any, ...]


def engine(pages: Any) -> int:
    """The engine's own plan; how many pairs it measured."""
    units = pages.mapInArrow(steps.units, steps.UNITS).cache()
    texts, counts = on_spark._different(units)
    near, _ = on_spark._near(texts, counts["texts_compared"], rewrite.DETECTOR)
    return len(near.mapInArrow(steps.relations, steps.RELATIONS).collect())


def plain(pages: Any) -> int:
    """The same by hand."""
    context = pages.sparkSession.sparkContext
    rows = pages.rdd.map(lambda row: (row["page"], pickle.loads(row["document"])))
    texts = rows.mapPartitions(_units).reduceByKey(min, PARTS).cache()  # code -> (unit, page, text)
    slots = columns.slots_for(texts.count())
    counted = texts.keys().mapPartitions(lambda part: [columns.feature_counts(list(part), slots)])
    table = context.broadcast(counted.reduce(np.add))
    keyed = texts.mapPartitions(lambda part: _keys(part, table.value))
    voted = keyed.groupByKey(PARTS).flatMap(_votes).reduceByKey(lambda one, other: (one[0] + other[0], one[1] + 1))
    enough = voted.filter(lambda row: row[1][1] >= columns.MIN_SHARED)
    best = enough.map(lambda row: (row[0][1], (-row[1][0], row[0][0]))).groupByKey(PARTS).flatMap(_best)
    held = texts.map(lambda row: (row[1][0], (row[0], row[1][2])))
    joined = best.join(held, PARTS).map(lambda row: (row[1][0], (row[0], row[1][1]))).join(held, PARTS)
    alike = joined.mapPartitions(_alike).cache()
    scored = alike.map(lambda row: row[:3]).collect()
    near = nearest(np.array([row[:2] for row in scored]), np.array([row[2] for row in scored]))
    kept = set(map(tuple, near.tolist()))
    return len(alike.filter(lambda row: (row[0], row[1]) in kept).mapPartitions(_related).collect())


def _units(part: Iterable[Row]) -> Iterator[Row]:
    found = [(page, at, unit) for page, document in part for at, unit in enumerate(columns.split(page, document))]
    for (page, at, unit), code in zip(found, columns.codes_of_all([unit.text for *_, unit in found]), strict=True):
        if len(code) >= columns.MIN_TOKENS:
            yield code, (page * steps.PAGE_STRIDE + at, page, unit.text)


def _keys(part: Iterable[Row], table: Any) -> Iterator[Row]:
    rows = list(part)
    keys, sizes = columns.rare_keys([row[0] for row in rows], table)
    for (_, (unit, page, _)), own, size in zip(rows, keys.tolist(), sizes.tolist(), strict=True):
        yield from ((key, (unit, page)) for key in set(own[:size]))


def _votes(row: Row) -> Iterator[Row]:
    members = sorted(row[1])
    weight = max(1, 64 - 8 * max(0, len(members).bit_length() - 2))
    for at, (high, page) in enumerate(members):
        for low, other in members[: min(at, rewrite.DETECTOR.cap)]:
            if page != other:
                yield (low, high), (weight, 1)


def _best(row: Row) -> Iterator[Row]:
    return ((low, row[0]) for _, low in sorted(row[1])[: rewrite.DETECTOR.most])


def _alike(part: Iterable[Row]) -> Iterator[Row]:
    rows = [(low, high, left, right) for high, ((low, left), right) in part]
    codes = [side[0] for *_, left, right in rows for side in (left, right)]
    found = likeness(codes, np.arange(len(codes)).reshape(-1, 2))
    for (low, high, left, right), near in zip(rows, found.tolist(), strict=True):
        if near > 0:
            yield low, high, near, left[1], right[1]


def _related(part: Iterable[Row]) -> Iterator[bytes]:
    relate = Relate()
    return (pickle.dumps((low, high, relate((left, right)))) for low, high, _, left, right in part)


def clock(task: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the clock that a task takes, and what it gives."""
    start = time.perf_counter()
    found = task()
    return time.perf_counter() - start, found


def main(count: int) -> None:
    """Print seconds of both and their ratio, round by round."""
    settings = Settings()
    spark = on_spark.session(settings)
    spark.sparkContext.setLogLevel("ERROR")
    rows = [(made.document.url, pickle.dumps(made.document)) for made in crawl(count)]
    pages, _ = on_spark._pages(spark.createDataFrame(rows, "key string, document binary"), settings)
    pages.count()
    ratios = []
    for _ in range(ROUNDS):
        ours, found = clock(lambda: engine(pages))
        theirs, other = clock(lambda: plain(pages))
        ratios.append(ours / theirs)
        print(
            f"{count} pages: engine {ours:.1f} s ({found} pairs), plain job {theirs:.1f} s ({other} pairs)", flush=True
        )
        for held in spark.sparkContext._jsc.getPersistentRDDs().values():
            held.unpersist()
        pages.unpersist()
        pages.cache().count()
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
