"""Content encodings undone, within limits: a bomb, a layer cake and a body cut short are told, not swallowed."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

Headers = tuple[tuple[str, str], ...]  # name and value of each field, as they came
MAX_LAYERS = 2  # encodings on one body; servers use one, a mistaken proxy adds another, more are an attack
MAX_MEMBERS = 200  # gzip streams one after another in one body; each costs a copy of the rest
MAX_WINDOW = 23  # binary logarithm of the window of zstd, 8 MiB: what RFC 9659 allows in HTTP
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without its content encoding. ``problem``: ``too_large``, ``truncated``, ``bad_http`` or ``None``."""

    body: bytes
    problem: str | None = None


def decoded(body: bytes, headers: Headers, *, limit: int) -> Decoded:
    """Undo the content encodings that the headers name. At most ``limit`` bytes come out of each."""
    layers = [
        layer.strip().lower()
        for name, value in headers
        if name.lower() == "content-encoding"
        for layer in value.split(",")
        if layer.strip().lower() not in ("", "identity", "none", "utf-8")
    ]
    if len(layers) > MAX_LAYERS:
        return Decoded(b"", "bad_http")
    problem = None
    for layer in reversed(layers):
        if not body:
            break
        result = _undo(layer, body, limit)
        body, problem = result.body, problem or result.problem
        if result.problem in ("too_large", "bad_http"):
            return result
    return Decoded(body, problem) if len(body) <= limit else Decoded(body[:limit], "too_large")


def _undo(layer: str, body: bytes, limit: int) -> Decoded:
    if layer in ("gzip", "x-gzip"):
        return _gunzip(body, limit)
    if layer == "deflate":
        return _inflate(body, limit)
    if layer == "br":
        return _unbrotli(body, limit)
    if layer == "zstd":
        return _unzstd(body, limit)
    return Decoded(body, "bad_http")


def _gunzip(body: bytes, limit: int) -> Decoded:
    if not body.startswith(b"\x1f\x8b"):
        return Decoded(body)  # labelled but plain: servers do that, browsers show it
    parts: list[bytes] = []
    size = 0
    while body.startswith(b"\x1f\x8b"):
        if len(parts) == MAX_MEMBERS:
            return Decoded(b"", "bad_http")
        engine = zlib.decompressobj(31)
        try:
            parts.append(engine.decompress(body, limit - size + 1))
        except zlib.error:
            return Decoded(b"".join(parts), "truncated")
        size += len(parts[-1])
        if size > limit:
            return Decoded(b"", "too_large")
        if not engine.eof:
            return Decoded(b"".join(parts), "truncated")
        body = engine.unused_data
    return Decoded(b"".join(parts))


def _inflate(body: bytes, limit: int) -> Decoded:
    for bits in (15, -15):  # RFC 9110 says zlib; many servers send raw deflate
        engine = zlib.decompressobj(bits)
        try:
            plain = engine.decompress(body, limit + 1)
        except zlib.error:
            continue
        if len(plain) > limit:
            return Decoded(b"", "too_large")
        return Decoded(plain, None if engine.eof else "truncated")
    return Decoded(b"", "truncated")


def _unbrotli(body: bytes, limit: int) -> Decoded:
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with Scrapy; few pages need it

    engine = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    while not engine.is_finished():
        try:
            parts.append(engine.process(body, output_buffer_limit=_CHUNK))
        except brotli.error:
            return Decoded(b"".join(parts), "truncated")
        size += len(parts[-1])
        if size > limit:
            return Decoded(b"", "too_large")
        if not parts[-1] and not body:
            return Decoded(b"".join(parts), "truncated")
        body = b""
    return Decoded(b"".join(parts))


def _unzstd(body: bytes, limit: int) -> Decoded:
    from backports import zstd  # noqa: PLC0415 - comes with Scrapy; few pages need it

    engine = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: MAX_WINDOW})
    try:
        plain = engine.decompress(body, max_length=limit + 1)
    except zstd.ZstdError:
        return Decoded(b"", "truncated")
    if len(plain) > limit:
        return Decoded(b"", "too_large")
    return Decoded(plain, None if engine.eof else "truncated")
