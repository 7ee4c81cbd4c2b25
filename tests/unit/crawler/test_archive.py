from __future__ import annotations

import gzip
import json
import zipfile

import pytest
from warcio.archiveiterator import ArchiveIterator

from counterspin.errors import ArchiveError, DiskFullError
from crawler.archive import SAME_PAYLOAD, Exchange, WarcWriter, payload_digest, read_capture
from crawler.cdxj import cdxj, surt
from crawler.foreign import scan
from crawler.tails import cut_tails
from crawler.wacz import write_wacz


def exchange(number: int, body: bytes = b"<p>text</p>", headers=()) -> Exchange:
    return Exchange(
        f"http://a.test/{number}", "2026-01-02T03:04:05Z", 200, (("User-Agent", "counterspin"),),
        (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"), *headers), body,
        notes=(("relevance", "0.9"),),
    )  # fmt: skip


@pytest.fixture
def written(tmp_path):
    writer = WarcWriter(tmp_path, "run")
    places = [writer.write(exchange(number)) for number in range(3)]
    writer.close()
    return tmp_path, places


def test_a_capture_is_read_back_from_its_place(written):
    folder, places = written
    capture = read_capture(folder, places[1].file, places[1].offset)
    assert capture.url == "http://a.test/1"
    assert capture.body == b"<p>text</p>"
    assert capture.http_status == 200
    assert capture.content_type == "text/html"


def test_the_reference_reader_takes_every_record_and_digest(written):
    folder, places = written
    with (folder / places[0].file).open("rb") as stream:
        kinds = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            kinds.append(record.rec_type)
            record.content_stream().read()
    assert kinds == ["warcinfo"] + ["response", "request", "metadata"] * 3


def test_an_encoded_body_is_archived_as_sent_and_read_plain(tmp_path):
    writer = WarcWriter(tmp_path, "run")
    body = gzip.compress(b"plain words")
    place = writer.write(exchange(1, body, (("Content-Encoding", "gzip"),)))
    writer.close()
    assert read_capture(tmp_path, place.file, place.offset).body == b"plain words"


def test_what_was_written_after_the_last_known_response_is_cut_to_a_tail(written):
    folder, places = written
    size = (folder / places[0].file).stat().st_size
    cut = cut_tails(folder, [(places[1].file, places[1].offset)])
    assert cut == size - places[2].offset
    assert (folder / f"{places[1].file}.tail").stat().st_size == cut
    assert read_capture(folder, places[1].file, places[1].offset).url == "http://a.test/1"


def test_a_place_without_a_record_is_one_clear_error(written):
    folder, places = written
    with pytest.raises(ArchiveError, match="no record begins"):
        read_capture(folder, places[0].file, 3)
    with pytest.raises(ArchiveError, match="cut short"):
        read_capture(folder, places[0].file, 10**9)
    with pytest.raises(ArchiveError, match="cannot be read"):
        read_capture(folder, "none.warc.gz", 0)


def test_a_full_disk_is_told_before_a_record_is_begun(tmp_path):
    writer = WarcWriter(tmp_path, "run", free_disk=1 << 60)
    with pytest.raises(DiskFullError):
        writer.write(exchange(1))


def test_a_revisit_names_the_payload_it_repeats(tmp_path):
    writer = WarcWriter(tmp_path, "run")
    digest = payload_digest(b"<p>text</p>")
    writer.write_revisit(exchange(1), profile=SAME_PAYLOAD, digest=digest)
    writer.close()
    (file,) = tmp_path.glob("*.warc.gz")
    with file.open("rb") as stream:
        record = next(item for item in ArchiveIterator(stream) if item.rec_type == "revisit")
    assert record.rec_headers.get_header("WARC-Payload-Digest") == digest


def test_the_index_names_each_response_and_its_place(written):
    folder, places = written
    lines = sorted(cdxj(folder / places[0].file))
    entry = json.loads(lines[1].split(" ", 2)[2])
    assert lines[1].startswith("test,a)/1 20260102030405 ")
    assert int(entry["offset"]) == places[1].offset
    assert entry["status"] == "200"
    assert surt("http://www.Example.com/A?b") == "com,example)/a?b"


def test_a_wacz_holds_archive_index_pages_and_their_digests(written, tmp_path):
    folder, _ = written
    target = tmp_path / "out.wacz"
    assert write_wacz(folder, target, title="t", created="2026-01-01T00:00:00Z") == 3
    with zipfile.ZipFile(target) as archive:
        package = json.loads(archive.read("datapackage.json"))
        index = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
        pages = archive.read("pages/pages.jsonl").decode().splitlines()
    assert len(index) == 3
    assert len(pages) == 4
    assert {item["path"].split("/")[0] for item in package["resources"]} == {"archive", "indexes", "pages"}


def test_a_foreign_archive_of_texts_is_scanned(tmp_path):
    block = "只有文字".encode()
    fields = {
        "WARC-Type": "conversion", "WARC-Target-URI": "http://b.test/", "WARC-Date": "2026-01-01T00:00:00Z",
        "WARC-Record-ID": "<urn:uuid:1>", "Content-Type": "text/plain", "Content-Length": str(len(block)),
    }  # fmt: skip
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    file = tmp_path / "x.wet.gz"
    file.write_bytes(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    (capture,) = [record.capture() for record in scan(file)]
    assert capture.url == "http://b.test/"
    assert capture.body == block
    assert capture.content_type.startswith("text/plain")


def test_our_own_archive_is_scanned_like_a_foreign_one(written):
    folder, places = written
    assert [record.url for record in scan(folder / places[0].file) if record.capture()] == [
        f"http://a.test/{n}" for n in range(3)
    ]


@pytest.mark.parametrize("length", ["\x0060", "-5", "60x", "٦٠"])
def test_a_record_whose_length_is_none_is_one_clear_error(tmp_path, length):
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: {length}\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head.encode() + b"HTTP/1.1 200 OK\r\n\r\n<p>\r\n\r\n"))
    with pytest.raises(ArchiveError, match="whose length is"):
        read_capture(tmp_path, "a.warc.gz", 0)
    with pytest.raises(ArchiveError, match="whose length is"):
        list(cdxj(tmp_path / "a.warc.gz"))
