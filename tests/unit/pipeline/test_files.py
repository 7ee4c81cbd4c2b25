"""Pages from files, whatever their kind, give the same findings, and findings go to files."""

import gzip
import json
from uuid import uuid4

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.errors import InputError
from counterspin.pipeline.files import analyse_files, documents
from counterspin.settings import Settings
from tests.spinner.texts import CHINESE

TEXT = "\n".join(CHINESE["租房"][:2])
TYPES = {"conversion": "text/plain", "response": "application/http; msgtype=response"}
PAGES = {"http://first.test/a": TEXT, "http://second.test/b": TEXT.replace("应该", "理当").replace("如果", "倘若")}


def archive(place, records):
    """Write records (type, URL, block) as WARC, each its own gzip member where the name asks for it."""
    parts = []
    for kind, url, block in records:
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
            f"Content-Type: {TYPES[kind]}\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        parts.append(head.encode() + block + b"\r\n\r\n")
    place.write_bytes(b"".join(gzip.compress(part) if place.suffix == ".gz" else part for part in parts))
    return place


def wet(place):
    return archive(place, [("conversion", url, text.encode()) for url, text in PAGES.items()])


def warc(place):
    records = []
    for url, text in PAGES.items():
        body = "".join(f"<p>{line}</p>" for line in text.splitlines())
        page = f"<html><head><meta charset=utf-8></head><body><article>{body}</article></body></html>".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
        records.append(("response", url, head.encode() + page))
    return archive(place, records)


def parquet(place):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    write_table(arrow.table({"url": list(PAGES), "text": list(PAGES.values())}), place)
    return place


def parquet_of_html(place):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    pages = ["".join(f"<p>{line}</p>" for line in text.splitlines()) for text in PAGES.values()]
    write_table(arrow.table({"url": list(PAGES), "html": pages}), place)
    return place


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (parquet_of_html, "b.parquet"),
        (wet, "a.wet"),
        (wet, "a.wet.gz"),
        (warc, "a.warc"),
        (warc, "a.warc.gz"),
        (parquet, "a.parquet"),
    ],
)
def test_every_kind_of_file_gives_the_flags_of_its_pages(make, name, tmp_path):
    expected = analyse([document_from_text(text, url=url) for url, text in PAGES.items()])
    found = analyse_files([make(tmp_path / name)], Settings())
    assert [(flag.rule, flag.url, flag.passage) for flag in expected if flag.rule == "rewrite"]
    assert [(flag.rule, flag.url, flag.passage) for flag in found.flags] == [
        (flag.rule, flag.url, flag.passage) for flag in expected
    ]


def test_pages_that_cannot_be_read_are_counted_and_give_way_to_one_that_can(tmp_path):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    pages = [*PAGES.items(), ("http://first.test/a", None), ("http://third.test/c", None)]
    write_table(
        arrow.table({"url": [url for url, _ in pages], "text": [text for _, text in pages]}), tmp_path / "a.parquet"
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    archive(tmp_path / "b.warc", [("response", "http://fourth.test/d", head + b"%PDF-1.7 \x00\x01")])
    read = [page for name in ("a.parquet", "b.warc") for page in documents(tmp_path / name)]
    assert [page.marks[0] for page in read if not page.text] == ["refused:empty", "refused:empty", "refused:bad_type"]
    found = analyse_files([tmp_path / "a.parquet", tmp_path / "b.warc"], Settings())
    assert (found.counts["documents"], found.counts["refused"], found.counts["same_url"]) == (5, 3, 1)
    assert [flag.url for flag in found.flags if flag.rule == "rewrite"]


def test_findings_are_written_as_parquet(tmp_path):
    pytest.importorskip("pyarrow")
    from pyarrow.parquet import read_table

    found = analyse_files([wet(tmp_path / "a.wet")], Settings(), output=tmp_path / "out")
    rows = read_table(tmp_path / "out" / "flags.parquet").to_pylist()
    assert [row["id"] for row in rows] == [flag.id for flag in found.flags]
    assert all(json.loads(row["evidence"]) for row in rows)
    assert read_table(tmp_path / "out" / "swaps.parquet").num_rows == len(found.swaps)


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"x"), ("a.warc.gz", gzip.compress(b"no archive"))])
def test_a_file_that_cannot_be_used_is_named(tmp_path, name, content):
    place = tmp_path / name
    place.write_bytes(content)
    with pytest.raises(InputError, match=name):
        list(documents(place))
