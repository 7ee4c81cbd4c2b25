"""Content codings: gzip and deflate from the standard library, br and zstd as stored blocks.

A stored block is valid Brotli (RFC 7932) and Zstandard (RFC 8878) without a compressor, which is all a test needs.
"""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

from crawler.simweb.web import Reply, Request

BROTLI_BLOCK = 1 << 16  # bytes of a stored Brotli meta-block with a length of four nibbles
ZSTD_BLOCK = 1 << 17  # largest Zstandard block


def coded(request: Request, reply: Reply, coding: str) -> Reply:
    """The reply under a content coding, if the client takes it."""
    taken = {word.partition(";")[0].strip() for word in request.headers.get("accept-encoding", "").split(",")}
    if coding not in taken:
        return reply
    return replace(reply, body=CODINGS[coding](reply.body)).with_headers(("Content-Encoding", coding))


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _brotli(body: bytes) -> bytes:
    """Window bits 16 (one bit, 0), then stored meta-blocks, each padded to a byte, then an empty last one."""
    coded_, bits, width = bytearray(), 0, 1
    for at in range(0, len(body), BROTLI_BLOCK):
        part = body[at : at + BROTLI_BLOCK]
        bits |= (len(part) - 1) << (width + 3) | 1 << (width + 19)  # not last, four nibbles, length - 1, stored
        width += 20
        coded_ += bits.to_bytes(-(-width // 8), "little") + part
        bits, width = 0, 0
    return bytes(coded_) + (bits | 0b11 << width).to_bytes(1, "little")


def _zstd(body: bytes) -> bytes:
    """One frame in a single segment with its size, then raw blocks."""
    parts = [body[at : at + ZSTD_BLOCK] for at in range(0, len(body), ZSTD_BLOCK)] or [b""]
    framed = struct.pack("<IBI", 0xFD2FB528, 0xA0, len(body))
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        framed += (len(part) << 3 | last).to_bytes(3, "little") + part
    return framed


CODINGS: dict[str, Callable[[bytes], bytes]] = {"gzip": _gzip, "deflate": zlib.compress, "br": _brotli, "zstd": _zstd}
