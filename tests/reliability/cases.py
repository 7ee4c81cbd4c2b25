"""The cases of the hostile server: what each host answers, and what must become of it."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Iterator

import addresses
import markup
import strangers
import wandering
import wire
from fakes import bad_addresses, charset_bodies, html_shapes, wrong_types
from hostile import KEPT, MEGABYTE, WAITS, Case, Made, case, page, reply


def every_case() -> list[Case]:
    """All cases, each name once."""
    makers = (transport, statuses, bombs, html, redirects, display, charsets, robots, types, traps, cookies)
    makers += (
        wire.wire,
        wire.codings,
        addresses.addresses,
        markup.markup,
        markup.lists,
        wandering.wandering,
        strangers.strangers,
    )
    return [made for maker in makers for made in maker()]


def transport() -> Iterator[Case]:
    group = "transport"
    plain = page("")
    yield case("honest", group, reply(plain), KEPT)
    yield case(
        "cut-gzip", group, reply(gzip.compress(page("x" * 50_000))[:-200], "Content-Encoding: gzip"), "truncated"
    )
    yield case("gzip-label-only", group, reply(plain, "Content-Encoding: gzip"), KEPT, "bad_http")
    yield case("unknown-coding", group, reply(plain, "Content-Encoding: sdch"), "bad_http", KEPT)
    yield case("forty-layers", group, reply(_layers(plain, 40), *["Content-Encoding: gzip"] * 40), "bad_http")
    yield case("three-layers", group, reply(_layers(plain, 3), "Content-Encoding: gzip, gzip, gzip"), "bad_http")
    yield case("two-layers", group, reply(_layers(plain, 2), "Content-Encoding: gzip, gzip"), KEPT, "bad_http")
    yield case("raw-deflate", group, reply(zlib.compress(plain)[2:-4], "Content-Encoding: deflate"), KEPT, "bad_http")
    yield case(
        "length-too-long",
        group,
        reply(plain).replace(b"Content-Length: ", b"Content-Length: 9"),
        "truncated",
        "bad_http",
        "timeout",
    )
    yield case(
        "length-negative",
        group,
        reply(plain).replace(b"Content-Length: ", b"Content-Length: -"),
        "bad_http",
        "truncated",
        KEPT,
    )
    yield case("length-twice", group, reply(plain, "Content-Length: 5"), "bad_http", "truncated", KEPT)
    yield case(
        "length-a-word", group, reply(plain).replace(b"Content-Length: ", b"Content-Length: x"), "bad_http", KEPT
    )
    yield case(
        "chunk-bad",
        group,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>",
        "bad_http",
        "truncated",
        "timeout",
    )
    yield case(
        "chunk-huge",
        group,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n<p>",
        "bad_http",
        "truncated",
        "timeout",
        "too_large",
    )
    yield case(
        "chunk-no-end",
        group,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>hi\r\n",
        "bad_http",
        "truncated",
    )


def statuses() -> Iterator[Case]:
    group = "transport"
    plain = page("")
    yield case("empty-reply", group, b"", "bad_http", "truncated")
    yield case("no-http", group, b"hello\r\n\r\n", "bad_http", "timeout", "truncated")
    yield case("status-zero", group, reply(plain, status="000 X"), "bad_http", "gone", "http_0")
    yield case("status-999", group, reply(plain, status="999 X"), "bad_http", "http_999")
    yield case("status-words", group, reply(plain, status="abc def"), "bad_http", "timeout")
    yield case("long-header", group, reply(plain, "X-Long: " + "a" * 70_000), "bad_http", KEPT)
    yield case("many-headers", group, reply(plain, *[f"X-{n}: y" for n in range(3000)]), "bad_http", KEPT)
    yield case("header-nul", group, reply(plain, "X-Nul: a\x00b"), "bad_http", KEPT)
    yield case("header-folded", group, reply(plain, "X-Fold: a\r\n b"), "bad_http", KEPT)
    yield case("no-content-type", group, reply(plain, kind=""), KEPT, "bad_type")
    yield case("partial-206", group, reply(plain, status="206 Partial Content"), "truncated", "http_206")
    yield case("no-content-204", group, reply(b"", status="204 No Content"), "empty", "http_204", "too_little_text")
    yield case("empty-200", group, reply(b""), "empty", "too_little_text")
    yield case("reset", group, _reset, "bad_http", "truncated")
    yield case("half-then-close", group, reply(plain)[: len(plain) // 2], "bad_http", "truncated")
    yield case("mute", group, _mute, "timeout")
    yield case("drip", group, _drip, "timeout", "truncated")
    yield case("endless", group, _endless, "too_large", "timeout")
    yield case("continue-forever", group, _continues, "timeout", "bad_http", KEPT)
    yield case("gone-404", group, reply(plain, status="404 Not Found"), "gone")
    yield case("gone-410", group, reply(plain, status="410 Gone"), "gone")
    yield case("error-500", group, reply(plain, status="500 X"), "http_500")
    yield case(
        "busy-503", group, reply(plain, "Retry-After: 3600", status="503 Busy"), "retry_after", "http_503", WAITS
    )
    yield case(
        "busy-429",
        group,
        reply(plain, "Retry-After: 99999999999999999999", status="429 Slow"),
        "retry_after",
        "http_429",
        WAITS,
    )


def bombs() -> Iterator[Case]:
    big = b"<p>" + b"a" * (64 * MEGABYTE)
    yield case("gzip-bomb", "bombs", reply(gzip.compress(big, 9), "Content-Encoding: gzip"), "too_large")
    yield case("deflate-bomb", "bombs", reply(zlib.compress(big, 9), "Content-Encoding: deflate"), "too_large")
    yield case(
        "double-bomb", "bombs", reply(gzip.compress(gzip.compress(big, 9)), "Content-Encoding: gzip, gzip"), "too_large"
    )
    yield case("large-plain", "bombs", reply(b"<p>" + b"a" * (9 * MEGABYTE)), "too_large")
    yield case(
        "robots-bomb",
        "bombs",
        reply(page("")),
        "robots_unreachable",
        KEPT,
        robots=reply(gzip.compress(big, 9), "Content-Encoding: gzip", kind="text/plain"),
    )


def html() -> Iterator[Case]:
    for name, body, expect in html_shapes(page):
        yield case(f"html-{name}", "html", reply(body), *expect, requests=70 if name == "many-links" else 8)


def redirects() -> Iterator[Case]:
    group = "redirect"
    for number, (url, codes) in enumerate(bad_addresses()):
        answer = reply(b"", f"Location: {url}", status="302 Found")
        yield case(f"to-bad-{number:02d}", group, answer, *codes, "bad_redirect", "bad_url", requests=6)
        yield case(
            f"link-bad-{number:02d}", group, reply(page(f'<a href="{url}">净水器滤芯更换</a>')), KEPT, requests=6
        )
    loop = reply(b"", "Location: /", status="301 Moved")
    yield case("loop", group, loop, "too_many_redirects", "bad_redirect")
    yield case("no-location", group, reply(b"", status="302 Found"), "bad_redirect", "http_302", "empty")
    yield case("refresh-bad", group, reply(page('<meta http-equiv=refresh content="0;url=http://127.0.0.2/">')), KEPT)
    yield case("base-bad", group, reply(page('<base href="http://127.0.0.2/"><a href="x.html">滤芯</a>')), KEPT)


def display() -> Iterator[Case]:
    texts = ("=HYPERLINK(1)", "+1", "-1", "@x", "\x1b]52;c;aGk=\x07", "\x1b[2J", "\u202eabc", "a\u200bb", "[/]", "[link=http://x]y[/link]",
             "<script>alert(1)</script>", "\"'><svg onload=alert(1)>", "{{7*7}}", "\r\nlog: forged", "\ud83d\ude00")  # fmt: skip
    for number, text in enumerate(texts):
        body = page(
            f"<p>{text}</p>".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
            title=f"滤芯 {text.encode('utf-8', 'replace').decode()}",
        )
        yield case(f"display-{number:02d}", "display", reply(body), KEPT)


def charsets() -> Iterator[Case]:
    for name, kind, body in charset_bodies():
        yield case(f"charset-{name}", "charset", reply(body, kind=kind), KEPT, "bad_encoding")


def robots() -> Iterator[Case]:
    group, ok = "robots", reply(page(""))
    text = "text/plain"
    yield case(
        "robots-deny", group, ok, "robots_denied", requests=2, robots=reply(b"User-agent: *\nDisallow: /", kind=text)
    )
    yield case(
        "robots-bom",
        group,
        ok,
        "robots_denied",
        requests=2,
        robots=reply(b"\xef\xbb\xbfUser-agent: *\nDisallow: /", kind=text),
    )
    yield case("robots-403", group, ok, KEPT, robots=reply(b"", status="403 No"))
    yield case("robots-404", group, ok, KEPT)
    for status in ("500 X", "502 X", "503 X", "429 X"):
        yield case(f"robots-{status[:3]}", group, ok, "robots_unreachable", robots=reply(b"", status=status))
    yield case("robots-reset", group, ok, "robots_unreachable", robots=_reset)
    yield case("robots-mute", group, ok, "robots_unreachable", robots=_mute)
    yield case("robots-html", group, ok, KEPT, robots=reply(b"<html>no robots here</html>"))
    yield case("robots-binary", group, ok, KEPT, robots=reply(bytes(range(256)) * 40, kind=text))
    yield case(
        "robots-large",
        group,
        ok,
        "robots_denied",
        KEPT,
        robots=reply(b"User-agent: *\nDisallow: /\n" + b"# x\n" * 400_000, kind=text),
    )
    yield case(
        "robots-delay", group, ok, "crawl_delay", robots=reply(b"User-agent: *\nCrawl-delay: 99999999", kind=text)
    )
    yield case("robots-delay-word", group, ok, KEPT, robots=reply(b"User-agent: *\nCrawl-delay: soon", kind=text))
    yield case(
        "robots-loop",
        group,
        ok,
        "robots_unreachable",
        KEPT,
        requests=9,
        robots=reply(b"", "Location: /robots.txt", status="301 X"),
    )
    yield case(
        "robots-to-bad",
        group,
        ok,
        "robots_unreachable",
        KEPT,
        robots=reply(b"", "Location: http://127.0.0.2/robots.txt", status="301 X"),
    )


def types() -> Iterator[Case]:
    for name, kind, body in wrong_types():
        yield case(
            f"type-{name}",
            "type",
            reply(body, kind=kind),
            "bad_type",
            "empty",
            "too_little_text",
            KEPT if name == "text" else "bad_type",
        )


def traps() -> Iterator[Case]:
    for name in ("calendar", "session", "path", "facets", "pager", "same"):
        yield Case(f"trap-{name}", "trap", {"*": Made(wandering.Trap(name).at)}, frozenset({KEPT}), 60)


def cookies() -> Iterator[Case]:
    many = [f"Set-Cookie: c{n}={'x' * 100}" for n in range(200)]
    yield case(
        "cookies-many", "cookies", reply(page('<a href="/two">滤芯更换</a>'), *many), KEPT, two=reply(page("二"))
    )
    yield case("cookie-large", "cookies", reply(page(""), "Set-Cookie: a=" + "x" * 10_000), KEPT)
    yield case("cookie-suffix", "cookies", reply(page(""), "Set-Cookie: a=b; Domain=.test"), KEPT)


def _layers(body: bytes, count: int) -> bytes:
    for _ in range(count):
        body = gzip.compress(body)
    return body


async def _reset(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nContent-Type: text/html\r\n\r\n<p>half")
    await writer.drain()
    writer.transport.abort()


async def _mute(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(240):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.5)


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(400):
        writer.write(b"<p>more and more" * 4096)
        await writer.drain()


async def _continues(writer: asyncio.StreamWriter) -> None:
    for _ in range(60):
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.2)
