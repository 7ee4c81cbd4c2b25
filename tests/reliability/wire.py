"""Answers that are wrong below the page: heads without end, chunks that lie, codings that swell."""

from __future__ import annotations

import asyncio
import gzip
import struct
import zlib
from collections.abc import Iterator

import brotli
from backports import zstd
from hostile import KEPT, MEGABYTE, Answer, Case, Stream, case, page, reply

GROUP = "transport"
BROKEN = ("bad_http", "truncated", "timeout")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BOMB = 64 * MEGABYTE  # eight times what a page may have


def wire() -> Iterator[Case]:
    yield from _heads()
    yield from _chunks()
    yield from _lengths()
    yield from _statuses()


def _heads() -> Iterator[Case]:
    plain = page("")
    yield case(
        "headers-endless", GROUP, _flood(HEAD, b"X-More: and more\r\n" * 4096, 24 * MEGABYTE), *BROKEN, "too_large"
    )
    yield case("headers-slow", GROUP, _slowly(HEAD, b"X-More: 1\r\n"), *BROKEN)
    yield case(
        "header-line-endless", GROUP, _flood(HEAD + b"X-More: ", b"a" * 65_536, 16 * MEGABYTE), *BROKEN, "too_large"
    )
    yield case("status-endless", GROUP, _flood(b"HTTP/1.1 200 ", b"O" * 65_536, 16 * MEGABYTE), *BROKEN, "too_large")
    yield case(
        "hints-endless",
        GROUP,
        _flood(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000, 16 * MEGABYTE),
        *BROKEN,
        KEPT,
        "too_large",
    )
    for name, head in {
        "head-none": b"", "head-http2": b"HTTP/2 200 OK\r\n\r\n", "head-http99": b"HTTP/9.9 200 OK\r\n\r\n",
        "head-lower": b"http/1.1 200 ok\r\n\r\n", "head-icy": b"ICY 200 OK\r\n\r\n", "head-lf": HEAD.replace(b"\r", b"") + b"\n",
        "head-cr": HEAD.replace(b"\n", b"") + b"\r", "head-blank-first": b"\r\n\r\n" + HEAD + b"\r\n",
        "head-no-colon": HEAD + b"nonsense\r\n\r\n", "head-space-colon": HEAD + b"X-A : b\r\n\r\n",
        "head-empty-name": HEAD + b": b\r\n\r\n", "head-bytes": HEAD + b'ETag: "\xff\xfe\x80"\r\nLast-Modified: \xff\r\n\r\n',
        "head-type-bytes": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=\xff\xfe\r\n\r\n",
        "head-escape": HEAD + b'Server: \x1b]0;owned\x07\x1b[2J\r\nETag: "\x1b[31m"\r\n\r\n',
        "head-types": HEAD + b"Content-Type: application/pdf\r\nContent-Type: text/html\r\n\r\n",
        "head-type-long": b"HTTP/1.1 200 OK\r\nContent-Type: text/html; " + b"a=b; " * 2000 + b"\r\n\r\n",
    }.items():  # fmt: skip
        yield case(name, GROUP, head + plain, *BROKEN, KEPT, "bad_type", "bad_encoding", "too_little_text")
    yield case("two-answers", GROUP, reply(plain) + reply(b"<p>smuggled", status="500 X"), KEPT, "bad_http")
    yield case(
        "etag-long", GROUP, reply(plain, f'ETag: "{"e" * 12_000}"', "Last-Modified: " + "x" * 3000), KEPT, "bad_http"
    )


def _chunks() -> Iterator[Case]:
    plain = page("")
    whole = b"%x\r\n%s\r\n0\r\n" % (len(plain), plain)
    yield case("chunk-extension", GROUP, CHUNKED + b"5;" + b"a" * MEGABYTE + b"\r\nhello\r\n0\r\n\r\n", *BROKEN, KEPT)
    yield case(
        "chunk-tiny",
        GROUP,
        CHUNKED + b"".join(b"1\r\n%c\r\n" % byte for byte in page("x" * 200_000)) + b"0\r\n\r\n",
        KEPT,
        *BROKEN,
    )
    for name, size in {
        "minus": b"-5",
        "plus": b"+5",
        "hex": b"0x5",
        "empty": b"",
        "spaces": b"   5",
        "long": b"0" * 5000 + b"5",
    }.items():
        yield case(
            f"chunk-{name}",
            GROUP,
            CHUNKED + size + b"\r\nhello\r\n0\r\n\r\n",
            *BROKEN,
            KEPT,
            "too_little_text",
            "empty",
        )
    yield case(
        "chunk-trailers", GROUP, _flood(CHUNKED + whole, b"X-More: and more\r\n" * 4096, 16 * MEGABYTE), *BROKEN, KEPT
    )
    yield case("chunk-and-length", GROUP, CHUNKED[:-2] + b"Content-Length: 5\r\n\r\n" + whole + b"\r\n", *BROKEN, KEPT)
    for name, coding in {
        "twice": b"chunked, chunked",
        "unknown": b"xchunked",
        "gzip": b"gzip, chunked",
        "identity": b"identity",
        "case": b"CHUNKED",
    }.items():
        head = CHUNKED.replace(b"chunked", coding)
        yield case(f"coding-{name}", GROUP, head + whole + b"\r\n", *BROKEN, KEPT, "too_little_text")
    yield case("chunk-slow", GROUP, _slowly(CHUNKED, b"1\r\nx\r\n"), *BROKEN)


def _lengths() -> Iterator[Case]:
    plain = page("")
    for name, length in {
        "huge": b"99999999999999999999",
        "plus": b"+5",
        "list": b"5, 5",
        "hex": b"0x10",
        "blank": b"",
        "zero": b"0",
        "float": b"1e3",
    }.items():
        yield case(
            f"length-{name}",
            GROUP,
            HEAD + b"Content-Length: " + length + b"\r\n\r\n" + plain,
            *BROKEN,
            KEPT,
            "too_large",
            "empty",
            "too_little_text",
        )
    yield case("length-none-open", GROUP, _open(HEAD + b"\r\n" + plain), *BROKEN, KEPT)
    yield case(
        "mixed-replace",
        GROUP,
        _flood(
            HEAD.replace(b"text/html", b"multipart/x-mixed-replace; boundary=a") + b"\r\n",
            b"--a\r\nContent-Type: text/html\r\n\r\n<p>x\r\n" * 500,
            16 * MEGABYTE,
        ),
        "too_large",
        "bad_type",
        *BROKEN,
    )
    yield case(
        "nul-megabytes",
        GROUP,
        reply(bytes(7 * MEGABYTE)),
        "bad_type",
        "empty",
        "too_little_text",
        "bad_encoding",
        "extract_timeout",
    )
    yield case(
        "spaces-megabytes",
        GROUP,
        reply(b"\n" * (7 * MEGABYTE)),
        "bad_type",
        "empty",
        "too_little_text",
        "extract_timeout",
    )


def _statuses() -> Iterator[Case]:
    plain = page("")
    for status in (101, 205, 300, 304, 306, 308, 399, 401, 402, 407, 418, 421, 425, 451, 499, 501, 511, 520, 599, 600):
        expect = {304: ("http_304", "not_modified", "bad_http")}.get(
            status, (f"http_{status}", "bad_redirect", "bad_http", "gone", "timeout", "truncated")
        )
        yield case(f"status-{status}", GROUP, reply(b"" if status == 304 else plain, status=f"{status} X"), *expect)
    for name, value in {
        "word": "soon",
        "past": "Thu, 01 Jan 1970 00:00:00 GMT",
        "far": "Fri, 31 Dec 9999 23:59:59 GMT",
        "minus": "-5",
        "float": "1.5",
        "digits": "٣٠",
    }.items():
        yield case(
            f"retry-{name}",
            GROUP,
            reply(plain, f"Retry-After: {value}", status="503 X"),
            "retry_after",
            "http_503",
            "waits",
            "busy",
            requests=9,
        )


def codings() -> Iterator[Case]:
    """Bodies under content encodings: bombs, cut ones, false ones, nested ones."""
    plain = page("x" * 3000)
    zeros = b"<p>" + bytes(BOMB)
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    swollen: dict[str, tuple[bytes, str]] = {
        "deflate-raw": (raw.compress(zeros) + raw.flush(), "deflate"),
        "br": (brotli.compress(zeros, quality=5, lgwin=24), "br"),
        "zstd": (zstd.compress(zeros), "zstd"),
        "zstd-in-gzip": (gzip.compress(zstd.compress(zeros)), "zstd, gzip"),
        "gzip-in-br": (brotli.compress(gzip.compress(zeros, 9), quality=5), "gzip, br"),
    }  # fmt: skip
    for name, (body, coding) in swollen.items():
        yield case(f"bomb-{name}", "bombs", reply(body, f"Content-Encoding: {coding}"), "too_large")
    window = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    broken: dict[str, tuple[bytes, str]] = {
        "zstd-window": (zstd.compress(plain * 40, options=window), "zstd"), "zstd-junk": (b"\x28\xb5\x2f\xfd" + b"x" * 900, "zstd"),
        "zstd-cut": (zstd.compress(plain)[:-20], "zstd"), "br-cut": (brotli.compress(plain)[:-20], "br"), "br-junk": (b"\xff" * 900, "br"),
        "br-plain": (plain, "br"), "deflate-plain": (plain, "deflate"), "gzip-junk": (b"\x1f\x8b" + b"x" * 900, "gzip"),
        "gzip-sum": (gzip.compress(plain)[:-8] + b"\0" * 8, "gzip"), "gzip-tail": (gzip.compress(plain) + b"junk" * 99, "gzip"),
        "gzip-name": (_named(plain), "gzip"), "gzip-members": (gzip.compress(b"") * 150_000 + gzip.compress(plain), "gzip"),
        "gzip-empty": (b"", "gzip"), "x-gzip": (gzip.compress(plain), "x-gzip"), "case": (gzip.compress(plain), "GZip"),
        "many-identity": (plain, ", ".join(["identity"] * 500)), "word": (plain, "x" * 5000), "compress": (plain, "compress"),
        "quality": (gzip.compress(plain), "gzip;q=1"),
    }  # fmt: skip
    for name, (body, coding) in broken.items():
        answer = reply(body, f"Content-Encoding: {coding}")
        yield case(
            f"coded-{name}",
            "bombs",
            answer,
            KEPT,
            "truncated",
            "bad_http",
            "empty",
            "too_little_text",
            "bad_type",
            "bad_encoding",
            "too_large",
        )
    rules = b"User-agent: *\nDisallow: /\n"
    for name, robots in {
        "members": reply(gzip.compress(b"") * 150_000 + gzip.compress(rules), "Content-Encoding: gzip", kind="text/plain"),
        "br-bomb": reply(brotli.compress(rules + bytes(BOMB), quality=5, lgwin=24), "Content-Encoding: br", kind="text/plain"),
        "layers": reply(gzip.compress(gzip.compress(gzip.compress(rules))), "Content-Encoding: gzip, gzip, gzip", kind="text/plain"),
        "cut": reply(gzip.compress(rules * 900)[:-30], "Content-Encoding: gzip", kind="text/plain"),
        "endless": _flood(HEAD.replace(b"html", b"plain") + b"\r\n", b"# more\n" * 9000, 16 * MEGABYTE),
    }.items():  # fmt: skip
        yield case(f"robots-{name}", "robots", reply(plain), KEPT, "robots_denied", "robots_unreachable", robots=robots)


def _named(body: bytes) -> bytes:
    """A gzip stream whose file name is five megabytes long."""
    tail = gzip.compress(body)[10:]
    return b"\x1f\x8b\x08\x08" + struct.pack("<I", 0) + b"\x02\xff" + b"n" * (5 * MEGABYTE) + b"\0" + tail


def _flood(start: bytes, more: bytes, most: int) -> Answer:
    """``start``, then ``more`` again and again until the reader gives up, or ``most`` bytes have gone."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(most // len(more)):
            writer.write(more)
            await writer.drain()

    return send


def _slowly(start: bytes, more: bytes) -> Stream:
    """``start``, then ``more`` twice a second for two minutes."""
    return _paced(start, more, 240)


def _paced(start: bytes, more: bytes, times: int) -> Stream:
    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        for _ in range(times):
            await writer.drain()
            await asyncio.sleep(0.5)
            writer.write(more)

    return send


def _open(body: bytes) -> Stream:
    """A body without length on a connection that stays open."""
    return _paced(body, b"", 240)
