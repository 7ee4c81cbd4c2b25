from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest
from backports import zstd

from crawler.transport import decoded

TEXT = "逾期之后怎么办".encode() * 500


def headers(*layers: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Encoding", ", ".join(layers)),)


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate),
     ("br", brotli.compress), ("zstd", zstd.compress), ("identity", bytes)],
)  # fmt: skip
def test_each_encoding_is_undone(name, pack):
    assert decoded(pack(TEXT), headers(name), limit=1 << 20).body == TEXT


@pytest.mark.parametrize(
    ("name", "pack"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress), ("deflate", zlib.compress)],
)
def test_a_bomb_is_too_large_and_not_unpacked(name, pack):
    assert decoded(pack(bytes(8 << 20)), headers(name), limit=1 << 20).problem == "too_large"


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)])
def test_a_body_cut_short_is_told(name, pack):
    import random

    noise = random.Random(1).randbytes(40_000)
    whole = pack(noise)
    assert decoded(whole[: len(whole) // 2], headers(name), limit=1 << 20).problem == "truncated"


def test_more_than_two_layers_are_refused():
    body = TEXT
    for _ in range(3):
        body = gzip.compress(body)
    assert decoded(body, headers("gzip", "gzip", "gzip"), limit=1 << 20).problem == "bad_http"
    assert decoded(gzip.compress(gzip.compress(TEXT)), headers("gzip", "gzip"), limit=1 << 20).body == TEXT


def test_a_plain_body_labelled_gzip_is_taken_as_it_is():
    assert decoded(TEXT, headers("gzip"), limit=1 << 20).body == TEXT


def test_thousands_of_empty_streams_in_one_body_are_refused_at_once():
    many = gzip.compress(b"") * 150_000
    began = time.process_time()
    assert decoded(many + gzip.compress(TEXT), headers("gzip"), limit=8 << 20).problem == "bad_http"
    assert time.process_time() - began < 2.0
    assert decoded(gzip.compress(b"") * 3 + gzip.compress(TEXT), headers("gzip"), limit=1 << 20).body == TEXT


def test_a_window_that_takes_more_memory_than_http_allows_is_refused():
    options = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    engine = zstd.ZstdCompressor(options=options)
    body = b"".join(engine.compress(TEXT) for _ in range(2000)) + engine.flush()
    assert decoded(body, headers("zstd"), limit=64 << 20).problem == "truncated"
