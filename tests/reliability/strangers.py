"""Cases written after the others and run unseen: what a second author thought of, kind by kind."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import zlib
from collections.abc import Iterator

import brotli
from backports import zstd
from fakes import REFUSED
from hostile import KEPT, MEGABYTE, Case, Stream, case, moved, page, reply
from markup import offering

BROKEN = ("bad_http", "truncated", "timeout")
WILD = (KEPT, *REFUSED, "bad_type", "bad_encoding", "soft_404")
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
PLAIN = page("")
BIG = b"<p>" + b"a" * (64 * MEGABYTE)


def strangers() -> Iterator[Case]:
    for name, answer, codes in (*_framing(), *_codings()):
        yield case(f"odd-{name}", "transport", answer, *codes)
    for number, url in enumerate(_TARGETS):
        codes = (
            "bad_redirect",
            "redirect",
            "gone",
            "bad_url",
            "forbidden_address",
            "forbidden_port",
            "forbidden_scheme",
        )
        yield case(f"odd-to-{number:02d}", "redirect", moved(url), *codes, "too_many_redirects", requests=9)
    yield case(
        "odd-large-move",
        "redirect",
        reply(b"x" * (4 * MEGABYTE), "Location: /two", status="302 X"),
        "redirect",
        two=reply(PLAIN),
    )
    yield case("odd-loop", "redirect", moved("/#other"), "too_many_redirects", "bad_redirect", requests=9)
    for name, text in _DISPLAYED.items():
        fields = "".join(f'<meta name={field} property={field} content="{text}">' for field in _FIELDS)
        yield case(f"odd-field-{name}", "display", reply(_headed(fields)), KEPT)
    for name, body, kind in _charsets():
        yield case(
            f"odd-code-{name}", "charset", reply(body, kind=kind), KEPT, "bad_encoding", "bad_type", "too_little_text"
        )
    for name, text in _shapes():
        yield case(f"odd-shape-{name}", "html", reply(page(text)), *WILD, requests=70)
    for name, text in _HEADS.items():
        yield case(f"odd-head-{name}", "html", reply(_headed(text)), KEPT, requests=12)
    for name, text in _robots():
        yield case(
            f"odd-robots-{name}",
            "robots",
            reply(PLAIN),
            KEPT,
            "robots_denied",
            "robots_unreachable",
            robots=reply(text, kind="text/plain"),
        )
    yield from _lists()
    for name, value in _COOKIES.items():
        yield case(
            f"odd-cookie-{name}",
            "cookies",
            reply(page('<a href="/two">滤芯更换</a>'), *value),
            KEPT,
            "bad_http",
            two=reply(page("二")),
        )


def _framing() -> Iterator[tuple[str, bytes | Stream, tuple[str, ...]]]:
    size = b"%x" % len(PLAIN)
    whole = size + b"\r\n" + PLAIN + b"\r\n"
    yield "chunk-zeros", CHUNKED + b"0" * 9000 + whole + b"0\r\n\r\n", (*BROKEN, KEPT)
    yield "chunk-name", CHUNKED + size + b";" + b"n" * 9000 + b"=v\r\n" + PLAIN + b"\r\n0\r\n\r\n", (*BROKEN, KEPT)
    yield (
        "chunk-quoted",
        CHUNKED + size + b';n="\r\n0\r\n\r\n"\r\n' + PLAIN + b"\r\n0\r\n\r\n",
        (*BROKEN, KEPT, "empty"),
    )
    yield "chunk-no-break", CHUNKED + size + b"\r\n" + PLAIN + b"0\r\n\r\n", (*BROKEN, KEPT)
    yield "chunk-twice-over", CHUNKED + whole + b"0\r\n\r\n" + whole + b"0\r\n\r\n", (KEPT, "bad_http")
    yield "trailer-large", CHUNKED + whole + b"0\r\n" + b"X-More: 1\r\n" * 200_000 + b"\r\n", (*BROKEN, KEPT)
    yield (
        "trailer-length",
        CHUNKED + whole + b"0\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\n",
        (KEPT, *BROKEN),
    )
    yield (
        "transfer-gzip",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + _chunk(gzip.compress(PLAIN)),
        (*BROKEN, *WILD),
    )
    yield "early-199", b"HTTP/1.1 199 Odd\r\nContent-Length: 4\r\n\r\nbody" + reply(PLAIN), (*BROKEN, KEPT, "http_199")
    yield "early-102", b"HTTP/1.1 102 Processing\r\n\r\n" * 3 + reply(PLAIN), (*BROKEN, KEPT, "http_102")
    yield "length-none-but-body", HEAD + b"Content-Length: 0\r\n\r\n" + PLAIN, ("empty", "too_little_text", "bad_http")
    yield "length-wide", HEAD + "Content-Length: １２\r\n\r\n".encode() + PLAIN, (*BROKEN, KEPT)
    yield "length-same-twice", HEAD + (b"Content-Length: %d\r\n" % len(PLAIN)) * 2 + b"\r\n" + PLAIN, (*BROKEN, KEPT)
    yield "old-http", b"HTTP/0.9 200 OK\r\n\r\n" + PLAIN, (*BROKEN, KEPT, "bad_type")
    yield "colon-line", HEAD + b":::: ::\r\n\t\r\n folded\r\n\r\n" + PLAIN, (*BROKEN, KEPT, "bad_type")
    yield "limit-exactly", reply(PLAIN + b"<!--" + b"x" * (8 * MEGABYTE - len(PLAIN) - 7) + b"-->"), (KEPT,)
    yield "limit-and-one", reply(PLAIN + b"<!--" + b"x" * (8 * MEGABYTE - len(PLAIN) - 6) + b"-->"), ("too_large",)
    yield "reset-at-end", _then_reset(reply(PLAIN)), (KEPT, *BROKEN)
    yield "reset-in-chunk", _then_reset(CHUNKED + whole[:-20]), BROKEN
    yield "half-closed", _then_reset(HEAD + b"\r\n" + PLAIN[: len(PLAIN) // 2]), (*BROKEN, KEPT)


def _codings() -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    frame = zstd.compress(PLAIN)
    skipped = struct.pack("<II", 0x184D2A50, 4) + b"skip"
    coded = {
        "br-in-br": (brotli.compress(brotli.compress(BIG)), "br, br", ("too_large",)),
        "zstd-in-zstd": (zstd.compress(zstd.compress(BIG)), "zstd, zstd", ("too_large",)),
        "deflate-in-zstd": (zstd.compress(zlib.compress(BIG, 9)), "deflate, zstd", ("too_large",)),
        "br-in-gzip": (gzip.compress(brotli.compress(BIG)), "br, gzip", ("too_large",)),
        "zstd-skipped": (skipped * 50_000 + frame, "zstd", (KEPT, *WILD, *BROKEN)),
        "zstd-frames": (frame * 3, "zstd", (KEPT, *BROKEN)),
        "zstd-none": (b"", "zstd", ("empty", "too_little_text", *BROKEN)),
        "br-none": (b"", "br", ("empty", "too_little_text", *BROKEN)),
        "gzip-field": (b"\x1f\x8b\x08\x04\0\0\0\0\0\xff\xff\xff" + b"f" * 65_535 + gzip.compress(PLAIN)[10:], "gzip", (KEPT, *BROKEN)),
        "gzip-size": (gzip.compress(PLAIN)[:-4] + b"\xff\xff\xff\x7f", "gzip", (KEPT, "truncated", "bad_http")),
        "deflate-dictionary": (b"\x78\xbb" + b"\0" * 4 + zlib.compress(PLAIN)[2:], "deflate", BROKEN),
        "order-wrong": (gzip.compress(brotli.compress(PLAIN)), "gzip, br", (*BROKEN, *WILD)),
        "name-long": (PLAIN, "x" * 9000, ("bad_http", KEPT)),
    }  # fmt: skip
    for name, (body, layers, codes) in coded.items():
        yield f"coded-{name}", reply(body, f"Content-Encoding: {layers}"), codes


_TARGETS = (
    "http://user:secret@elsewhere.test/", "http://xn--/", "http://xn--99999999999999/", "http://xn--a-ecp.ru--.test/", f"http://{'a' * 64}.test/",
    f"http://{'a.' * 150}test/", "http://elsewhere.test./../../x", "http://under_score.elsewhere.test/", "http://-dash.test/", "http://..test/",
    "http://[::ffff:0x7f.0.0.2]/",
    "http://169.254.169.254/latest/meta-data/", "http://elsewhere.test:80@127.0.0.2:80/", "//user@127.0.0.2", "http://127.0.0.2;x.test/", "http://127.0.0.2?@elsewhere.test/",
    "tel:110", "intent://127.0.0.2#Intent;end", "chrome://settings",
    "gopher://127.0.0.2:80/_x", "http://elsewhere.test/" + "a/" * 900, "?" + "a=1&" * 400, "#" + "x" * 3000,
)  # fmt: skip
_DISPLAYED = {
    "escape": "滤芯&#x1b;]52;c;aGk=&#7;&#27;[2J更换", "c1": "滤芯&#x9b;2J&#x85;&#x90;更换", "break": "滤芯&#13;&#10;WARNING forged&#x2028;&#x2029;更换",
    "order": "滤芯&#x202e;gpj.exe&#x2066;&#x2069;更换", "unseen": "滤&#x200b;&#x2060;&#xfeff;&#x00ad;&#x180e;芯更换", "tags": "滤芯&#xe0041;&#xe0042;&#xfff9;&#xfffb;更换",
    "alike": "滤芯 раураl.test аррlе 更换", "formula": "&#61;HYPERLINK(&quot;http://127.0.0.2/&quot;) 滤芯更换", "wide": "＝1＋1滤芯更换&#9;&#61;2", "exchange": "&#64;SUM(1)|cmd 滤芯更换",
    "markdown": "滤芯 ![x](http://127.0.0.2/x) [y](javascript:alert(1)) `</code>` | 更换", "close": "滤芯 ]]&gt; --&gt; &lt;/script&gt;&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt; 更换",
    "nothing": "滤芯&#0;&#xD800;&#xDFFF;&#x110000;&#xFFFE;更换", "paths": "滤芯 ../../etc/passwd C:\\\\con %00 更换", "marks": "滤" + "&#x301;" * 400 + "芯更换",
}  # fmt: skip
_FIELDS = (
    "author",
    "og:title",
    "og:site_name",
    "description",
    "article:published_time",
    "keywords",
    "source",
    "article:author",
)
_HEADS = {
    "base-script": '<base href="javascript:alert(1)//"><a href="x.html">滤芯更换</a>', "base-elsewhere": '<base href="//127.0.0.2/a/"><a href="x.html">滤芯更换</a><link rel=next href=y>',
    "refresh-odd": "<meta http-equiv=refresh content=\"0;url='http://127.0.0.2/'\"><meta http-equiv=refresh content='0 ; URL = //10.0.0.1'>",
    "date-zero": '<meta property="article:published_time" content="0000-00-00T99:99:99+99:99">', "date-far": '<meta property="article:published_time" content="99999-12-31">',
    "date-long": f'<meta property="article:published_time" content="{"9" * 100_000}">', "author-long": f'<meta name=author content="{"王" * 300_000}">',
    "canonical-odd": '<link rel=canonical href="http://[::ffff:127.0.0.2]:80/"><link rel=canonical href="http://[bad">', "lang-long": f'<meta http-equiv=content-language content="{"zh-" * 90_000}">',
    "json-ld": '<script type="application/ld+json">{"@context":"http://127.0.0.2/c","@type":["Article",[["x"]]],"author":{"name":{"name":{}}},"datePublished":[1,null,{}],"headline":7e999}</script>',
    "json-ld-huge": '<script type="application/ld+json">{"@graph":[' + '{"@type":"Article","author":[' * 20_000 + "</script>", "icons": '<link rel="shortcut icon" href="http://127.0.0.2/i.ico"><link rel=preconnect href="http://10.0.0.1">',
}  # fmt: skip
_COOKIES = {
    "wide": [f"Set-Cookie: n{n}={'v' * 12_000}" for n in range(60)], "odd": ["Set-Cookie: \x1b[2J=1; Domain=.test; Path=\x07", "Set-Cookie: =;;;=;", "Set-Cookie: __Host-a=b; Secure; Expires=Thu, 99 Foo 99999"],
    "elsewhere": ["Set-Cookie: a=b; Domain=127.0.0.2", "Set-Cookie: a=b; Domain=test", "Set-Cookie2: a=b"],
}  # fmt: skip


def _headed(text: str) -> bytes:
    return PLAIN.replace(b"<head>", b"<head>" + text.encode("utf-8", "surrogatepass"))


def _shapes() -> Iterator[tuple[str, str]]:
    yield "foreign", "<svg><foreignObject><script>alert(1)</script><p>滤芯</p>" * 500
    yield "annotation", "<math><annotation-xml encoding='text/html'><p>滤芯</p><img src=x onerror=alert(1)>" * 500
    yield "shadow", "<div><template shadowrootmode=open>" * 3000 + "<p>滤芯</p>"
    yield "ruby", "<ruby>滤<rt>lü<rp>(" * 8000
    yield "spans", "<table>" + "<tr><td colspan=1000000000 rowspan=99999999>滤芯" * 3000 + "</table>"
    yield "list-start", "<ol start=99999999999999999999 reversed>" + "<li value=-99999999999>滤芯</li>" * 3000 + "</ol>"
    yield (
        "comments",
        "".join(f"<li class=comment><span class=author>用户{n}</span><p>谢谢分享{n}</p></li>" for n in range(20_000)),
    )
    yield "anchor", f'<a href="/two">{"滤芯" * 400_000}</a>'
    yield "times", "".join(f"<time datetime='{n}-13-45'>{n}年13月45日</time>" for n in range(20_000))
    yield "breadcrumbs", "<ol itemscope itemtype=BreadcrumbList>" * 2000 + "<li itemprop=itemListElement>滤芯"
    yield "selects", "<select><option>滤芯<select>" * 10_000
    yield "entities", "&#xD800;&#x110000;&#99999999999999;&bogus;&amp" * 40_000
    yield "maps", '<map><area href="http://127.0.0.2/">' * 5000
    yield "marks", "滤" + "\u0301\u20dd\ufe0f" * 200_000
    yield "sources", "<picture>" + '<source srcset="http://127.0.0.2/a 1x, //10.0.0.1/b 2x">' * 5000


def _charsets() -> Iterator[tuple[str, bytes, str]]:
    text = PLAIN.decode()
    yield "utf7-script", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + PLAIN, "text/html; charset=utf-7"
    yield "utf16-bare", text.encode("utf-16-le"), "text/html"
    yield "utf16-says-utf8", text.encode("utf-16-be"), "text/html; charset=utf-8"
    yield "hz-bare", text.encode("hz", "replace"), "text/html"
    yield "iso2022-kr", text.encode("iso2022_kr", "replace"), "text/html; charset=iso-2022-kr"
    yield "replacement", PLAIN, "text/html; charset=replacement"
    yield "gb18030-planes", text.replace("更换", "𠀀𪚥").encode("gb18030"), "text/html; charset=gbk"
    yield "one-bad-byte", PLAIN.replace("滤芯".encode(), b"\xe6\xbb\x80\xe8", 1), "text/html; charset=utf-8"
    yield "half-and-half", PLAIN + text.encode("gbk"), "text/html; charset=gbk"
    yield "escape-name", PLAIN, "text/html; charset=\x1b[2J"
    yield "long-name", PLAIN, "text/html; charset=" + "x" * 5000


def _robots() -> Iterator[tuple[str, bytes]]:
    deny = "User-agent: *\nDisallow: /\n"
    yield "utf16-bare", deny.encode("utf-16-le")
    yield "gzip-bare", gzip.compress(deny.encode())
    yield "line", b"Disallow: /" + b"a" * (3 * MEGABYTE)
    yield "sitemaps", b"Sitemap: http://127.0.0.2/s.xml\nSitemap: file:///etc/passwd\n" * 20_000
    yield "marks-inside", b"User-agent: *\n\xef\xbb\xbfDisallow: /\n"
    yield "agents", b"User-agent: a\n" * 200_000 + b"Disallow: /\n"
    yield "nul-between", deny.encode().replace(b"a", b"\0a")


def _lists() -> Iterator[Case]:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    named = "http://odd-list-{}.test/p"
    index = "<sitemapindex><sitemap><loc>http://odd-list-index.test/{}</loc></sitemap></sitemapindex>"
    bodies = {
        "cdata": f"{head}<urlset><url><loc><![CDATA[ {named.format('cdata')} ]]></loc></url></urlset>".encode(),
        "break": f"{head}<urlset><url><loc>http://odd-list-break.test/p&#10;&#13;Host: x</loc></url></urlset>".encode(),
        "utf7": b'<?xml version="1.0" encoding="utf-7"?><urlset><url><loc>http://127.0.0.2/</loc></url></urlset>',
        "version": b'<?xml version="1.1"?><urlset><url><loc>http://10.0.0.1/</loc></url></urlset>',
        "laughs": (head + '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 9000 + '">]><urlset><url><loc>' + "&b;" * 900 + "</loc></url></urlset>").encode(),
        "twice-gzipped": gzip.compress(gzip.compress(f"{head}<urlset></urlset>".encode())),
        "bomb": gzip.compress(head.encode() + b"<urlset>" + b" " * (64 * MEGABYTE), 9),
        "index": (head + index.format("sitemap.xml") + index.format("sitemap.xml")).encode(),
        "style": f'{head}<?xml-stylesheet href="http://127.0.0.2/x.xsl"?><urlset><url><loc>{named.format("style")}</loc></url></urlset>'.encode(),
        "feed": (head + "<rss><channel>" + "<item><link>http://127.0.0.2/</link></item>" * 100_000).encode(),
    }  # fmt: skip
    for name, body in bodies.items():
        yield offering(f"odd-list-{name}", {"/sitemap.xml": reply(body, kind="application/xml")})


def _chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def _then_reset(answer: bytes) -> Stream:
    """The answer, time for it to arrive, and a reset instead of an end."""

    async def send(writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()
        await asyncio.sleep(0.2)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return send
