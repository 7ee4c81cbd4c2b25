"""The analysis on Spark: the same functions, mapped over Arrow batches; equal flags on equal input.

Splitting, keys, candidates, likeness, alignment, counting and the scan of each page run on the cluster. What follows
from all related pairs together (dictionary, sources, clusters) and from all claims runs in the driver, on related
passages only. Needs the extra ``counterspin[spark]`` and Java 17.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from counterspin.claims.coverage import uncompared
from counterspin.claims.slots import gather
from counterspin.detect import DocumentDetector, PairDetector, SlotDetector, configured, floors, of_kind
from counterspin.engine.flags import Finds, pack
from counterspin.engine.local import Scan, judge, taken
from counterspin.engine.near import MOST_ALIGNED
from counterspin.engine.pairs import Found, Keep, conclude, decided
from counterspin.engine.sides import Texts
from counterspin.errors import UsageError
from counterspin.model import Analysis, Document
from counterspin.settings import Settings
from counterspin.text.columns import MIN_SHARED, Unit, Units, placed, slots_for
from counterspin.text.corpus import Corpus
from counterspin.text.grams import Grams
from counterspin.text.operators import shared_operators
from counterspin.urls import url_key

try:
    from counterspin.engine import spark_steps as steps
except ImportError:
    raise UsageError("the engine spark needs `pip install counterspin[spark]` and Java 17") from None

Reader = Callable[[Path], Iterator[Document]]


def run(documents: Iterable[Document], settings: Settings, *, decisions: Sequence[Any] = ()) -> Analysis:
    """Analyse these documents on the Spark of ``analyse.master``; see :func:`counterspin.engine.local.run`."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    spark = session(settings)
    keys, pickled = [], []
    for document in documents:
        keys.append(url_key(document.url))
        pickled.append(pickle.dumps(document))
    rows = pa.table({"key": pa.array(keys, pa.string()), "document": pa.array(pickled, pa.binary())})
    return analyse(spark, spark.createDataFrame(rows), settings, decisions=decisions)


def run_files(paths: Sequence[str], reader: Reader, settings: Settings, *, decisions: Sequence[Any] = ()) -> Analysis:
    """Analyse the pages of these files; ``reader`` gives the documents of one and runs where the partitions are."""
    spark = session(settings)
    return analyse(spark, read(spark, paths, reader), settings, decisions=decisions)


def session(settings: Settings) -> Any:
    """The Spark session of ``analyse.master``. Raises :class:`UsageError` where pyspark or Java is missing."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError:
        raise UsageError("the engine spark needs `pip install counterspin[spark]` and Java 17") from None
    builder = SparkSession.builder.master(settings.analyse.master).appName("counterspin")
    options = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    if settings.analyse.master.startswith("local"):
        options |= {
            "spark.sql.shuffle.partitions": "8",
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),  # bars in a log are noise
        }
    if settings.analyse.master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the workers are of this environment
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # noqa: BLE001 - py4j raises its own kinds when Java is missing
        raise UsageError(f"Spark does not start ({error}); it needs Java 17") from None


def read(spark: Any, paths: Sequence[str], reader: Reader) -> Any:
    """The documents in these files, as (key, pickled document), read where the partitions are."""
    files = spark.createDataFrame([(path,) for path in sorted(paths)], "path string")

    def rows(batches: Any) -> Any:
        import pyarrow as pa  # noqa: PLC0415 - an extra

        for batch in batches:
            for path in batch["path"].to_pylist():
                for document in reader(Path(path)):
                    yield pa.RecordBatch.from_pydict(
                        {"key": [url_key(document.url)], "document": [pickle.dumps(document)]}
                    )

    return files.repartition(max(1, len(paths))).mapInArrow(rows, "key string, document binary")


def analyse(spark: Any, keyed: Any, settings: Settings, *, decisions: Sequence[Any] = ()) -> Analysis:
    """The analysis of documents given as (key, pickled document); the order and the partitions make no difference."""
    detectors = configured(settings)
    pages, counts = _pages(keyed, settings)
    corpus = _corpus(pages)
    pair_detectors = tuple(of_kind(detectors, PairDetector))
    finds = Finds(floors(settings))
    compared = _compare(pages, corpus, pair_detectors, decided(decisions), finds.add)
    corpus = compared.taught(corpus)
    task = spark.sparkContext.broadcast(Scan(tuple(of_kind(detectors, DocumentDetector)), corpus))
    rows = pages.mapInArrow(steps.scanned(task), steps.SCANNED).orderBy("page").toLocalIterator()
    claims = taken((pickle.loads(row["found"]) for row in rows), finds)  # noqa: S301 - written by our own workers
    slots = gather(claims, corpus)
    finds.add(map(pack, judge(tuple(of_kind(detectors, SlotDetector)), slots)))
    return Analysis(
        flags=finds.in_order(),
        swaps=corpus.swaps,
        clusters=compared.clusters,
        networks=compared.networks,
        slots=slots,
        uncompared=uncompared(claims, slots),
        reuses=compared.reuses,
        counts={**counts, **compared.counts, "below_min_score": finds.below},
    )


def _pages(keyed: Any, settings: Settings) -> tuple[Any, dict[str, int]]:
    """One document a URL, cut to the limits, numbered by URL, as (page, document); what was read and cut."""
    from pyspark.sql import functions as sql  # noqa: PLC0415 - an extra

    rivals = keyed.groupBy("key").agg(sql.collect_list("document").alias("rivals"))
    kept = rivals.mapInArrow(steps.kept(settings.analyse.max_chars), steps.KEPT).cache()
    names = ("documents", "refused", "documents_cut", "characters_cut")
    found = kept.agg(sql.count("key"), *(sql.sum(name) for name in names)).first()
    counts = {name: int(value or 0) for name, value in zip(names, found[1:], strict=True)}
    counts["same_url"] = counts["documents"] - int(found[0])
    ordered = kept.select("key").rdd.map(lambda row: row[0]).sortBy(str)
    numbers = ordered.zipWithIndex().toDF("key string, page long")
    return kept.select("key", "document").join(numbers, "key").select("page", "document").cache(), counts


def _corpus(pages: Any) -> Corpus:
    from pyspark.sql import functions as sql  # noqa: PLC0415 - an extra

    forms = pages.select("document").mapInArrow(steps.forms, steps.FORMS).distinct().cache()
    size = forms.agg(sql.count("form"), sql.sum(sql.length("form"))).first()
    table = forms.mapInArrow(steps.grams, steps.GRAMS).groupBy("gram").agg(sql.sum("count").alias("count"))
    found = table.orderBy("gram").toPandas()
    grams = Grams(found["gram"].to_numpy().astype(np.uint64), found["count"].to_numpy().astype(np.uint32))
    shared = pages.select("document").mapInArrow(steps.operators, steps.OPERATORS).collect()
    operators = shared_operators(pickle.loads(row["keys"]) for row in shared)  # noqa: S301 - written by ourselves
    return Corpus(passages=int(size[0] or 0), characters=int(size[1] or 0), grams=grams, operators=operators)


def _compare(
    pages: Any, corpus: Corpus, detectors: Sequence[Any], decisions: Mapping[tuple[str, str], str], keep: Keep
) -> Found:
    rewrite = next(detector for detector in detectors if detector.name == "rewrite")
    units = pages.mapInArrow(steps.units, steps.UNITS).cache()
    texts, counts = _different(units)
    near, numbers = _near(texts, counts["texts_compared"], rewrite)
    aligned = near.mapInArrow(steps.relations, steps.RELATIONS).orderBy("low", "high").collect()
    found, places = _texts(units, pages, {text for row in aligned for text in row[:2]})
    measured = (((places[row[0]], places[row[1]]), pickle.loads(row[2])) for row in aligned)  # noqa: S301 - ours
    return conclude(found, measured, corpus, detectors, decisions, {**counts, **numbers}, keep)


def _different(units: Any) -> tuple[Any, dict[str, int]]:
    """The different texts of units, each with its first holder, and how many there are."""
    from pyspark.sql import functions as sql  # noqa: PLC0415 - an extra

    texts = units.groupBy("code").agg(
        sql.min("unit").alias("text"),
        sql.min_by("page", "unit").alias("page"),
        sql.min_by("text", "unit").alias("shown"),
    ).cache()  # fmt: skip
    return texts, {"passages_compared": units.count(), "texts_compared": texts.count()}


def _near(texts: Any, count: int, rewrite: Any) -> tuple[Any, dict[str, int]]:
    """The pairs of texts worth aligning, as :func:`nearest` names them: (low, high, left, right); what was capped."""
    from pyspark.sql import Window  # noqa: PLC0415 - an extra
    from pyspark.sql import functions as sql  # noqa: PLC0415

    table = np.zeros(slots_for(count), dtype=np.uint32)
    used = texts.select("code").mapInArrow(steps.counts(len(table)), steps.COUNTS).groupBy("slot").sum("count")
    held = used.toPandas()
    table[held.iloc[:, 0].to_numpy()] = held.iloc[:, 1].to_numpy()
    shared_table = texts.sparkSession.sparkContext.broadcast(table)
    keys = texts.select("text", "page", "code").mapInArrow(steps.keys(shared_table), steps.KEYS).cache()
    crowded = keys.groupBy("key").count().where(f"count > {rewrite.cap}").agg(sql.sum("count")).first()[0]
    ranked = (
        keys.repartition("key").sortWithinPartitions("key", "text").mapInArrow(steps.votes(rewrite.cap), steps.VOTES)
        .groupBy("low", "high", "owned").agg(sql.sum("score").alias("score"), sql.count("score").alias("shared"))
        .where(f"shared >= {MIN_SHARED} or owned <= 3")
        .withColumn("rank", sql.row_number().over(Window.partitionBy("high").orderBy(sql.desc("score"), "low")))
        .where(f"rank <= {rewrite.most}")
    ).cache()  # fmt: skip
    side = texts.select("text", "code", "shown")
    joined = (
        ranked.select("low", "high")
        .join(side.toDF("low", "left_code", "left"), "low")
        .join(side.toDF("high", "right_code", "right"), "high")
    )
    alike = joined.mapInArrow(steps.alike, steps.ALIKE).cache()
    candidates = ranked.count()
    both = alike.select("low", "high", "alike", sql.explode(sql.array("low", "high")).alias("own"))
    place = sql.row_number().over(Window.partitionBy("own").orderBy(sql.desc("alike"), sql.expr("low + high - own")))
    kept = both.withColumn("rank", place).where(f"rank <= {MOST_ALIGNED}").select("low", "high").distinct()
    return alike.join(kept, ["low", "high"]), {"rare_keys_capped": int(crowded or 0), "candidates": candidates}


def _texts(units: Any, pages: Any, related: set[int]) -> tuple[Texts, dict[int, int]]:
    """The related and the repeated texts, as the local engine holds them, and their new numbers, in the same order."""
    from pyspark.sql import functions as sql  # noqa: PLC0415 - an extra

    wanted = units.sparkSession.createDataFrame([(text,) for text in sorted(related)] or [(-1,)], "first long")
    groups = units.groupBy("code").agg(sql.min("unit").alias("first"), sql.count("unit").alias("holders"))
    needed = groups.where("holders > 1").select("code", "first").union(
        groups.join(sql.broadcast(wanted), "first").select("code", "first")
    ).distinct()  # fmt: skip
    rows = units.join(needed, "code").orderBy("unit").collect()
    holders: dict[int, list[int]] = defaultdict(list)
    codes: dict[int, str] = {}
    found: list[Unit] = []
    numbers = sorted({row["page"] for row in rows})
    place = {page: at for at, page in enumerate(numbers)}
    for row in rows:
        holders[row["first"]].append(len(found))
        codes[row["first"]] = row["code"]
        found.append(Unit(place[row["page"]], row["passage"], row["start"], row["text"]))
    order = sorted(holders)
    wanted_pages = units.sparkSession.createDataFrame([(page,) for page in numbers] or [(-1,)], "page long")
    slim = pages.join(sql.broadcast(wanted_pages), "page").mapInArrow(steps.slim, steps.SLIM).orderBy("page")
    documents = [pickle.loads(row["document"]) for row in slim.collect()]  # noqa: S301 - written by ourselves
    texts = Texts(
        documents, Units(documents, placed(found)), [codes[text] for text in order], [holders[text] for text in order]
    )
    return texts, {text: at for at, text in enumerate(order)}
