"""The bodies and addresses of the hostile server: shapes of markup, wrong types, lying charsets, forbidden targets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

KEPT = "kept"
ADVICE = "更换净水器滤芯之前请先关闭进水阀，并放掉管路中的余压，以免漏水。安装之后请检查接口是否渗水。" * 4
REFUSED = ("extract_timeout", "extract_memory", "extract_crash", "too_complex", "too_large", "empty", "too_little_text")


def html_shapes(page: Callable[..., bytes]) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """Name, body and allowed outcomes of strange markup."""
    yield from _large(page, (KEPT, *REFUSED))
    yield from _odd(page, (KEPT, *REFUSED))


def _large(page: Callable[..., bytes], wild: tuple[str, ...]) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    yield "attributes", page("<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</div>"), wild
    yield "open-p", page("<p>x" * 100_000), wild
    yield "br", page("<br>" * 300_000), wild
    yield "cells", page("<table><tr>" + "<td>x" * 100_000 + "</table>"), wild
    yield "nested-2000", page("<div>" * 2000 + "底" + "</div>" * 2000), wild
    yield "nested-10000", page("<div>" * 10_000 + "底"), wild
    yield "nested-font", page("<font><b><i>" * 3000 + "x"), wild
    yield "nested-table", page("<table><tr><td>" * 500 + "x"), wild
    yield "long-attribute", page(f'<div title="{"a" * 5_000_000}">x</div>'), wild
    yield "data-uri", page(f'<img src="data:image/png;base64,{"A" * 5_000_000}">'), wild
    yield (
        "json-ld",
        page(f'<script type="application/ld+json">{json.dumps({"articleBody": "x" * 5_000_000})}</script>'),
        wild,
    )
    yield "json-ld-deep", page('<script type="application/ld+json">' + "[" * 100_000 + "</script>"), wild
    yield "json-number", page('<script type="application/ld+json">{"a":' + "9" * 10_000 + "}</script>"), wild
    yield "long-title", page("", title="滤" * 300_000), wild
    yield "many-links", page("".join(f'<a href="/p{n}">滤芯{n}</a>' for n in range(10_000))), wild
    yield "many-comments", page("<!-- x -->" * 100_000), wild
    yield "open-comment", page("<!-- never closed <p>x</p>"), wild
    yield "open-script", page("<script>never closed <p>x</p>"), wild
    yield "open-textarea", page("<textarea>never closed <p>x</p>"), wild
    yield "open-style", page("<style>never closed"), wild


def _odd(page: Callable[..., bytes], wild: tuple[str, ...]) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    yield "cdata", page("<![CDATA[ x ]]>"), wild
    yield "nul-bytes", page("").replace(b"<p>", b"<p>\x00"), wild
    yield "controls", page("".join(map(chr, [*range(1, 9), *range(14, 32)]))), (*wild, "bad_type")
    yield "surrogates", page("").replace(b"<p>", b"<p>\xed\xa0\x80"), wild
    yield "noncharacters", page("\ufffe\uffff"), wild
    yield (
        "entity-bomb",
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + page("&b;&b;"),
        wild,
    )
    yield "external-entity", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page("&a;"), wild
    yield "xhtml", b'<?xml version="1.0" encoding="utf-8"?>' + page(""), wild
    yield "frameset", b"<html><frameset><frame src=/a><frame src=/b></frameset></html>", wild
    yield "only-script", b"<html><body><script>document.write('x')</script></body></html>", (*REFUSED, "script_shell")
    yield "only-spaces", b" " * 100_000, (*REFUSED, "bad_type")
    yield "plaintext", page("<plaintext>" + "x" * 1000), wild
    yield "template", page("<template><p>x</p></template>"), wild
    yield "svg", page("<svg><foreignObject><p>x</p></foreignObject></svg>"), wild
    yield "million-digits", page("<p>" + "1" * 1_000_000 + "</p>"), wild
    yield "dates", page("<p>" + "2024-01-01 " * 50_000 + "</p>"), wild
    yield "half-urls", page("<p>" + "http:// " * 50_000 + "</p>"), wild
    yield "spaces", page("<p>" + " " * 1_000_000 + "x</p>"), wild
    yield "one-line", page("<p>" + ADVICE * 5000 + "</p>"), wild
    yield "author-line", page("作者：" + "王" * 100_000), wild
    yield (
        "challenge",
        b"<html><title>Just a moment...</title><body>Checking your browser before accessing</body></html>",
        ("challenge", *REFUSED),
    )
    yield (
        "login",
        b"<html><title>Login</title><body><form><input type=password></form></body></html>",
        ("login_wall", *REFUSED),
    )


def wrong_types() -> Iterator[tuple[str, str, bytes]]:
    """Name, claimed type and body of what is no page."""
    html = "text/html"
    yield "pdf", html, b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "zip", html, b"PK\x03\x04" + bytes(range(256)) * 20
    yield "exe", html, b"MZ" + bytes(range(256)) * 20
    yield "png", html, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "jpeg", html, b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20
    yield "gif", html, b"GIF89a" + bytes(range(256)) * 20
    yield "gzip", html, b"\x1f\x8b\x08" + bytes(range(256)) * 20
    yield "mp4", html, b"\x00\x00\x00 ftypisom" + bytes(range(256)) * 20
    yield "noise", html, bytes((n * 7919 + n // 3) % 256 for n in range(20_000))
    yield "real-pdf", "application/pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20
    yield "image", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "json", "application/json", b'{"a": 1}'
    yield "wacz", "application/wacz+zip", b"PK\x03\x04" + bytes(range(256)) * 20
    yield "octets", "application/octet-stream", bytes(range(256)) * 20
    yield "css", "text/css", b"a{color:red}" * 100
    yield "script", "text/javascript", b"var a = 1;" * 100
    yield "xml", "application/xml", b"<?xml version='1.0'?><a>" + b"<b>x</b>" * 100 + b"</a>"
    yield "text", "text/plain; charset=utf-8", ADVICE.encode()
    yield "strange", "no/such; charset", b"x" * 500
    yield "svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def charset_bodies() -> Iterator[tuple[str, str, bytes]]:
    """Name, Content-Type and body of pages whose charset is missing, wrong or absurd; the text is ``ADVICE``."""
    html = f"<html><head><title>滤芯更换</title></head><body><h1>滤芯更换</h1><p>{ADVICE}</p></body></html>"
    made = {
        "utf8-as-gb2312": ("gb2312", "utf-8"), "gbk-as-utf8": ("utf-8", "gbk"), "gbk-as-latin1": ("iso-8859-1", "gbk"),
        "gbk-undeclared": ("", "gbk"), "gb18030-as-gb2312": ("gb2312", "gb18030"), "big5-as-utf8": ("utf-8", "big5"),
        "utf8-as-big5": ("big5", "utf-8"), "utf16-bom": ("", "utf-16"), "utf16-as-utf8": ("utf-8", "utf-16"),
        "utf8-bom": ("gbk", "utf-8-sig"), "utf8-undeclared": ("", "utf-8"),
    }  # fmt: skip
    for name, (label, codec) in made.items():
        kind = f"text/html; charset={label}" if label else "text/html"
        yield name, kind, html.encode(codec, "replace")
    absurd = (
        "zlib",
        "bz2",
        "hex",
        "rot13",
        "punycode",
        "idna",
        "undefined",
        "unicode_escape",
        "utf-7",
        "no-such",
        "",
        "'",
        "x" * 5000,
    )
    for number, label in enumerate(absurd):
        yield f"absurd-{number:02d}", f"text/html; charset={label}", html.encode()


def bad_addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """URLs that must never be requested, and the codes that may say why."""
    address, port, scheme, bad = (
        ("forbidden_address",),
        ("forbidden_port",),
        ("forbidden_scheme",),
        ("bad_url", "forbidden_address"),
    )
    hosts = (
        # loopback in every notation, private, link-local, shared, multicast, reserved, mapped, names of the inside
        "127.0.0.1", "127.0.0.2", "127.1", "127.2", "localhost", "LOCALHOST.", "a.localhost", "2130706433", "0x7f000001", "0177.0.0.1",
        "0x7f.1", "0", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1",
        "224.0.0.1", "239.255.255.255", "255.255.255.255", "240.0.0.1", "[fe80::1]", "[fc00::1]", "[fd12::1]", "[ff02::1]", "[fe80::1%25eth0]",
        "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "intranet.local", "db.internal", "metadata.google.internal",
    )  # fmt: skip
    for host in hosts:
        yield f"http://{host}/", (*address, *bad)
    for number in (21, 22, 25, 6379, 65_535):
        yield f"http://example.test:{number}/", port
    for url in (
        "file:///etc/passwd",
        "ftp://example.test/x",
        "data:text/html,x",
        "javascript:alert(1)",
        "gopher://x/",
        "s3://bucket/key",
    ):
        yield url, (*scheme, *bad)
    for url in (
        "http://[bad/",
        "http://user:secret@honest.test/",
        "http://a b.test/",
        "http:///x",
        "//127.0.0.2/x",
        "\\\\127.0.0.2\\x",
    ):
        yield url, (*address, *bad, "userinfo", "gone", KEPT)
