"""Spark gives what this machine gives."""

import os
import shutil
from dataclasses import replace
from random import Random

import pytest

from counterspin.engine.local import run
from counterspin.settings import AnalyseSettings, Settings
from tests.spinner.measure import crawl_of
from tests.spinner.words import DEVELOPMENT

pytestmark = [pytest.mark.spark, pytest.mark.slow]


@pytest.fixture(scope="module")
def on_spark():
    """The engine, where pyspark and Java are there; the test says so where they are not."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: the Spark engine is not tested")
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java: the Spark engine is not tested")
    from counterspin.engine import on_spark

    return on_spark


@pytest.mark.filterwarnings("ignore")
def test_spark_finds_what_this_machine_finds(on_spark):
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    english, _, _ = crawl_of("en", DEVELOPMENT["en"], rate=1.0, seed=1)
    local = run(pages + english, Settings())
    spark = on_spark.run(Random(3).sample(pages + english, len(pages + english)), Settings())
    assert (local.flags, local.swaps, local.clusters) == (spark.flags, spark.swaps, spark.clusters)
    assert (local.slots, local.reuses, local.counts) == (spark.slots, spark.reuses, spark.counts)


@pytest.mark.filterwarnings("ignore")
def test_skewed_keys_are_capped_and_counted_alike(on_spark):
    """Under a cap of three, cut texts and two documents of one URL, both engines leave out the same."""
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    again = replace(pages[0], text=pages[0].text + "。", url=pages[0].url + "#part")
    settings = Settings(analyse=AnalyseSettings(max_chars=1000), detect={"rewrite": {"cap": 3}})
    local, spark = run([*pages, again], settings), on_spark.run([again, *pages], settings)
    assert local.counts["rare_keys_capped"] > 0
    assert local.counts == spark.counts
    assert (local.flags, local.swaps, local.clusters) == (spark.flags, spark.swaps, spark.clusters)
