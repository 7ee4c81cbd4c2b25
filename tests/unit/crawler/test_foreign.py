"""Archives of other crawlers: every way to pack them, from every place where a record begins, cut anywhere."""

from __future__ import annotations

import gzip
import random

import pytest

from counterspin.errors import ArchiveError
from crawler.foreign import MAX_BLOCK, scan


def record(number: int, body: bytes, *, kind: str = "response", more: str = "") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body if kind == "response" else body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <http://a.test/{number}>\r\n"
        f"WARC-Date: 2026-01-02T03:04:05Z\r\n{more}Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def bodies() -> list[bytes]:
    draws = random.Random(5)
    return [draws.randbytes(draws.choice((0, 10, 3000, 200_000))) for _ in range(30)]


RECORDS = [record(number, body) for number, body in enumerate(bodies())]
PACKED = {
    "a member a record": b"".join(map(gzip.compress, RECORDS)),
    "one member": gzip.compress(b"".join(RECORDS)),
    "plain": b"".join(RECORDS),
}


@pytest.mark.parametrize("how", PACKED)
def test_every_record_is_read_whole(tmp_path, how):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(PACKED[how])
    assert [one.capture().body for one in scan(file)] == bodies()


@pytest.mark.parametrize("how", PACKED)
def test_reading_goes_on_behind_any_record_and_misses_none(tmp_path, how):
    file = tmp_path / "a.warc.gz"
    file.write_bytes(PACKED[how])
    whole = [one.url for one in scan(file)]
    places = [one.after for one in scan(file)]
    for number, place in list(enumerate(places))[::7]:
        again = [one.url for one in scan(file, place)]
        assert again[-len(whole) + number + 1 :] == whole[number + 1 :] or number == len(whole) - 1
        assert how == "one member" or len(again) == len(whole) - number - 1


@pytest.mark.parametrize("how", PACKED)
def test_a_file_cut_anywhere_gives_what_stands_before_and_says_so(tmp_path, how):
    file = tmp_path / "a.warc.gz"
    data = PACKED[how]
    draws = random.Random(1)
    for cut in sorted(draws.randrange(30, len(data) - 3) for _ in range(12)):
        file.write_bytes(data[:cut])
        read, said = read_until_cut(file)
        assert read == bodies()[: len(read)]
        assert said.startswith(str(file)) or how != "one member"  # a cut between two records shows nothing


def read_until_cut(file) -> tuple[list[bytes], str]:
    """The bodies that could be read, and what was said of the rest."""
    read = []
    try:
        for one in scan(file):
            read.append(one.capture().body)  # noqa: PERF401 - what was read before the error counts
    except ArchiveError as error:
        return read, str(error)
    return read, ""


def test_a_damaged_member_is_told_with_its_place(tmp_path):
    file = tmp_path / "a.warc.gz"
    data = bytearray(PACKED["a member a record"])
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match="behind byte"):
        list(scan(file))


def test_what_is_no_page_has_no_capture_and_a_part_is_marked(tmp_path):
    file = tmp_path / "a.warc"
    file.write_bytes(
        record(1, b"GET / HTTP/1.1", kind="request") + record(2, "正文".encode(), kind="conversion")
        + record(3, b"<p>half", more="WARC-Truncated: length\r\n")
    )  # fmt: skip
    request, text, part = scan(file)
    assert request.capture() is None
    assert text.capture().body.decode() == "正文"
    assert text.url == "http://a.test/2"
    assert (text.is_truncated, part.is_truncated) == (False, True)


def test_a_record_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.foreign.MAX_BLOCK", 100_000)
    file = tmp_path / "a.warc.gz"
    file.write_bytes(PACKED["a member a record"])
    assert [one.block is None for one in scan(file)] == [len(body) > 100_000 for body in bodies()]
    assert MAX_BLOCK > 100_000
