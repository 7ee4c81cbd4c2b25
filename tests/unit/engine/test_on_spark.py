"""Spark gives what this machine gives."""

import os
import shutil
from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from counterspin.engine.local import run
from counterspin.pipeline.files import analyse_files
from counterspin.settings import AnalyseSettings, Settings
from counterspin.text.example import document_of
from tests.spinner.measure import crawl_of
from tests.spinner.words import DEVELOPMENT

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: the Spark engine is not tested")
parquet = pytest.importorskip("pyarrow.parquet")
pytestmark = [pytest.mark.spark, pytest.mark.slow]
ODD = ("a", "。", "\ud800\udc00\udfff银行" * 20, "Привет 你好 สวัสดี مرحبا こんにちは 12３ " * 9, "银行" * 6000)


@pytest.fixture(scope="module")
def on_spark():
    """The engine, where pyspark and Java are there; the test says so where they are not."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: the Spark engine is not tested")
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java: the Spark engine is not tested")
    from counterspin.engine import on_spark

    return on_spark


def write_archive(path, kind, pages):
    """Write pages as a WARC of responses (HTML) or a WET of conversions (text)."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz")
        for page in pages:
            if kind == "response":
                lines = "".join(f"<p>{passage.text}</p>" for passage in page.passages)
                body = f"<html><head><meta charset=utf-8><title>页</title></head><body>{lines}</body></html>"
                headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.0")
                record = writer.create_warc_record(page.url, kind, BytesIO(body.encode()), http_headers=headers)
            else:
                record = writer.create_warc_record(
                    page.url, kind, BytesIO(page.text.encode()), warc_content_type="text/plain"
                )
            writer.write_record(record)


def write_parquet(path, pages):
    """Write pages as a table of URLs and texts."""
    urls, texts = [page.url for page in pages], [page.text for page in pages]
    parquet.write_table(pyarrow.table({"url": urls, "text": texts}), path)


@pytest.mark.filterwarnings("ignore")
def test_spark_finds_what_this_machine_finds(on_spark):
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    english, _, _ = crawl_of("en", DEVELOPMENT["en"], rate=1.0, seed=1)
    every = [*pages, *english, *(document_of(text, url=f"http://odd{at}.test/") for at, text in enumerate(ODD))]
    local = run(every, Settings())
    spark = on_spark.run(Random(3).sample(every, len(every)), Settings())
    assert (local.flags, local.swaps, local.clusters) == (spark.flags, spark.swaps, spark.clusters)
    assert (local.slots, local.reuses, local.counts) == (spark.slots, spark.reuses, spark.counts)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("on_spark")
def test_pages_in_files_are_read_capped_and_counted_alike(tmp_path):
    """From WARC, WET and Parquet, under a cap of three, with cut texts and one URL in two files."""
    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    write_archive(tmp_path / "a.warc.gz", "response", pages[::3])
    write_archive(tmp_path / "b.wet", "conversion", pages[1::3])
    again = replace(pages[0], text=pages[0].text + "。", url=pages[0].url + "#part")
    write_parquet(tmp_path / "c.parquet", [*pages[2::3], again, replace(again, text="", url="http://none.test/")])
    paths = sorted(tmp_path.iterdir())
    found = {}
    for engine in ("local", "spark"):
        settings = Settings(analyse=AnalyseSettings(max_chars=1000, engine=engine), detect={"rewrite": {"cap": 3}})
        found[engine] = analyse_files(paths, settings, output=tmp_path / engine)
    local, spark = found["local"], found["spark"]
    assert (len(pages) + 2, 1, 1) == tuple(local.counts[name] for name in ("documents", "refused", "same_url"))
    assert local.counts["rare_keys_capped"] > 0
    assert local.counts == spark.counts
    assert (local.flags, local.swaps, local.clusters) == (spark.flags, spark.swaps, spark.clusters)
    assert local.flags
    for name in ("flags.parquet", "swaps.parquet"):
        tables = [parquet.read_table(tmp_path / engine / name) for engine in ("local", "spark")]
        assert tables[0].equals(tables[1])
