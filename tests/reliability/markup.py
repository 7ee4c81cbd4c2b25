"""Pages that are wrong above the wire: markup, charsets, texts that act, lists of addresses without end."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping

from fakes import ADVICE, REFUSED
from hostile import KEPT, MEGABYTE, Answer, Case, Made, case, page, reply

WILD = (KEPT, *REFUSED, "bad_type", "bad_encoding", "soft_404")
LOC = "<url><loc>{}</loc></url>"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</sitemapindex>"


def markup() -> Iterator[Case]:
    for name, text in (*_shapes(), *_texts()):
        yield case(f"shape-{name}", "html", reply(page(text)), *WILD, requests=70)
    for name, body in _whole():
        yield case(f"shape-{name}", "html", reply(body), *WILD)
    for name, kind, body in _charsets():
        yield case(
            f"code-{name}", "charset", reply(body, kind=kind), KEPT, "bad_encoding", "bad_type", "too_little_text"
        )
    for number, text in enumerate(_ACTING):
        shown = text.encode("utf-8", "replace").decode()
        body = page(
            f'<p>{shown}</p><p title="{shown}">{shown}</p><a href="/{shown}">{shown}</a>', title=f"滤芯 {shown}"
        )
        yield case(
            f"acts-{number:02d}",
            "display",
            reply(body, f"X-Shown: {shown[:200]}".replace("\n", " ").replace("\r", " ")),
            KEPT,
            "bad_http",
            "bad_type",
            requests=12,
        )
    yield from _robots()


def _shapes() -> Iterator[tuple[str, str]]:
    yield "adoption", "<b><i><a href=/x>" * 2000 + "滤芯" + "</b></i></a>" * 2000
    yield "foster", "<table>" + "<div>滤芯</div>" * 2000 + "</table>"
    yield "nested-links", "<a href=/x>" * 2000 + "滤芯"
    yield "nested-lists", "<ul><li>" * 2000 + "滤芯"
    yield "nested-quotes", "<blockquote>" * 2000 + "滤芯"
    yield "nested-forms", "<form>" * 2000 + "滤芯"
    yield "nested-buttons", "<button>" * 2000 + "滤芯"
    yield "nested-svg", "<svg><g>" * 2000 + "滤芯"
    yield "nested-math", "<math><mrow>" * 2000 + "滤芯"
    yield "nested-template", "<template>" * 2000 + "滤芯"
    yield "options", "<select>" + "<option>滤芯" * 15_000 + "</select>"
    yield "headings", "".join(f"<h2>第{n}步</h2>" for n in range(6000))
    yield "levels", "".join(f"<h{n % 6 + 1}>{n}</h{n % 6 + 1}><p>{n}</p>" for n in range(2000))
    yield "items", "<ol>" + "".join(f"<li>第{n}步先关闭进水阀" for n in range(6000)) + "</ol>"
    yield (
        "comments",
        "".join(f"<div class=comment><b>用户{n}</b> 2024-01-01<p>好文章，谢谢分享</p></div>" for n in range(2000)),
    )
    yield "classes", f'<p class="{" ".join(f"c{n}" for n in range(15_000))}">滤芯</p>'
    yield "styles", f'<p style="{"color:red;" * 15_000}">滤芯</p>'
    yield "ids", "".join(f'<p id="{"content" * 50}{n}">滤芯</p>' for n in range(2000))
    yield (
        "entities",
        "&lt;" * 30_000 + "&#x110000;&#0;&#xD800;&#99999999999;&nosuch;&CounterClockwiseContourIntegral;" * 1000,
    )
    yield "open-entities", "&" * 90_000 + "&#" * 15_000 + "&#x" * 15_000
    yield "instructions", "<?x y?>" * 15_000 + "<?php" + "a" * 30_000
    yield "doctypes", "<!DOCTYPE html>" * 6000
    yield "long-comment", "<!--" + "-" * 150_000 + "-->"
    yield "half-tags", "<a " * 30_000
    yield "half-quotes", '<a href="' * 15_000
    yield "less-than", "<" * 150_000
    yield "slashes", "</" * 60_000
    yield "long-name", f"<{'x' * 150_000}>滤芯"
    yield "names", "".join(f"<x{n}>滤芯</x{n}>" for n in range(6000))
    yield "scripts", "<script>var a='</scr'+'ipt>';</script>" * 6000
    yield (
        "json-ld-many",
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2024"}</script>' * 2000,
    )
    yield (
        "json-ld-wide",
        '<script type="application/ld+json">[' + '{"@type":"Person","name":"王"},' * 15_000 + "{}]</script>",
    )
    yield "metas", '<meta property="article:published_time" content="9999999999-99-99T99:99:99">' * 2000
    yield "dates", "".join(f"<time datetime='{n}-13-45'>发布时间：{n}年0月99日</time>" for n in (0, -1, 99999, 275760))
    yield "hreflangs", "".join(f'<link rel=alternate hreflang="x{n}" href="/{n}">' for n in range(3000))
    yield "refreshes", '<meta http-equiv=refresh content="0;url=/x">' * 1000
    yield "bases", "".join(f'<base href="http://b{n}.invalid.test/">' for n in range(1000))
    yield "frames", "<iframe srcdoc='<p>滤芯</p>'></iframe>" * 2000
    yield "hidden", '<div style="display:none">隐藏' * 2000
    yield "noscript", "<noscript><p>请先关闭进水阀</p></noscript>" * 2000
    yield "xinclude", '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    yield "stylesheet", '<?xml-stylesheet href="http://127.0.0.2/x.xsl" type="text/xsl"?><p>滤芯</p>'


def _texts() -> Iterator[tuple[str, str]]:
    yield "long-word", "<p>" + "滤" * 90_000 + "</p>"
    yield "long-latin", "<p>" + "a" * 90_000 + "</p>"
    yield "long-marks", "<p>" + "，。" * 90_000 + "</p>"
    yield "long-brackets", "<p>" + "（" * 60_000 + "</p>"
    yield "long-numbers", "<p>" + "3个月或5%，" * 20_000 + "</p>"
    yield "long-sums", "<p>" + "1+" * 60_000 + "1=3</p>"
    yield "long-negations", "<p>" + "不应当不可以不得" * 12_000 + "</p>"
    yield "long-zalgo", "<p>滤" + "\u0301\u0489" * 60_000 + "</p>"
    yield "long-bidi", "<p>" + "\u202e\u2066滤\u2069" * 30_000 + "</p>"
    yield "long-hidden", "<p>" + "滤\u200b\u200d\ufeff" * 30_000 + "</p>"
    yield "long-emoji", "<p>" + "👨‍👩‍👧‍👦" * 15_000 + "</p>"
    yield "long-quotes", "<p>" + "“‘" * 30_000 + "</p>"
    yield "same-sentence", "<p>" + "更换之前请先关闭进水阀。" * 10_000 + "</p>"
    yield "same-passage", "<p>更换之前请先关闭进水阀，再放掉管路中的余压。</p>" * 3000
    yield "link-list", "".join(f'<a href="http://h{n}.invalid.test/">友情链接{n}</a>' for n in range(300))


def _whole() -> Iterator[tuple[str, bytes]]:
    yield "no-markup", ADVICE.encode() * 20
    yield "only-title", "<title>滤芯</title>".encode()
    yield "two-pages", page("") + page("二")
    yield "after-end", page("") + b"<p>" + ADVICE.encode() * 5
    yield "doctype-subset", b"<!DOCTYPE html [" + b'<!ENTITY a "b">' * 50_000 + b"]>" + page("&a;")
    yield "doctype-parameter", b'<!DOCTYPE html [<!ENTITY % p SYSTEM "http://127.0.0.2/x.dtd">%p;]>' + page("")
    yield "rss", f"{HEAD}<rss><channel><item><link>http://127.0.0.2/</link></item></channel></rss>".encode()
    yield "svg-page", b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text><script>alert(1)</script></svg>"
    yield "mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a\r\n" + page("")
    yield "json", b'{"title": "' + ADVICE.encode() + b'"}'
    yield "php", b"<?php system('id'); ?>" + page("")
    yield "megabytes", page("".join(f"<p>{n}：{ADVICE}</p>" for n in range(8000)))


def _charsets() -> Iterator[tuple[str, str, bytes]]:
    html = f"<html><head><title>滤芯更换</title></head><body><h1>滤芯更换</h1><p>{ADVICE}</p></body></html>"
    japanese = "フィルターを交換する前に、必ず給水バルブを閉じてください。" * 6
    korean = "필터를 교체하기 전에 먼저 급수 밸브를 잠그십시오. " * 8
    plain = "text/html"
    for codec in ("utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7", "hz", "iso2022_jp_2", "cp037", "gb2312"):
        yield codec, plain, html.encode(codec, "replace")
    for codec, text in (
        ("shift_jis", japanese),
        ("euc_jp", japanese),
        ("iso2022_jp", japanese),
        ("euc_kr", korean),
        ("koi8_r", "Перед заменой фильтра закройте кран. " * 8),
    ):
        yield codec, plain, f"<html><title>x</title><p>{text}</p></html>".encode(codec, "replace")
    raw = html.encode()
    yield "overlong", plain, raw.replace(b"<p>", b"<p>\xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf")
    yield "five-bytes", plain, raw.replace(b"<p>", b"<p>\xf8\x88\x80\x80\x80\xfc\x84\x80\x80\x80\x80")
    yield "halves", plain, raw[: len(raw) // 2] + html.encode("gbk")[len(raw) // 3 :]
    yield "late-mark", plain, raw[:50] + b"\xef\xbb\xbf" + raw[50:]
    yield "three-marks", plain, b"\xef\xbb\xbf" * 3 + raw
    yield "lone-bytes", plain, raw.replace("，".encode(), b"\x80\xbf\xff")
    yield "false-16", plain, b"\xff\xfe" + raw
    yield "odd-16", plain, html.encode("utf-16")[:-1]
    yield "meta-utf7", plain, b"<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-" + raw
    yield "meta-user", plain, b"<meta charset=x-user-defined>" + raw
    yield "metas", f"{plain}; charset=big5", b"<meta charset=gbk><meta charset=shift_jis><meta charset=utf-16>" + raw
    yield "meta-late", plain, b"<!--" + b"x" * 5000 + b"--><meta charset=gbk>" + html.encode("gbk")
    yield "xml-says", plain, b'<?xml version="1.0" encoding="big5"?>' + raw
    yield "quoted", f'{plain}; charset="utf-8"', raw
    yield "twice", f"{plain}; charset=gbk; charset=utf-8", raw
    yield "spaces", f"{plain} ; charset = utf-8 ", raw
    yield "dots", f"{plain}; charset=../../etc/passwd", raw
    yield "four-bytes", f"{plain}; charset=gb18030", html.replace("滤", "\U00020000\U0002a6d6").encode("gb18030")


_ACTING = (
    "＝1+1",
    "\t=1",
    "\r=1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "%0d=1",
    "';=1",
    "|cmd",
    "=cmd|' /C calc'!A0",
    "\x00=1",
    "\x9b31m",
    "\x1b]8;;http://x\x07y\x1b]8;;\x07",
    "\x1bP+q\x1b\\",
    "\x1b]0;x\x9c",
    "\x07\x08\x7f",
    "\x1b[?1049h",
    "\r\x1b[K",
    "\u2066\u2067x\u2069",
    "\u061c\u200e\u200f",
    "\u2028x\u2029",
    "\ufff9\ufffa\ufffb",
    "\U000e0041\U000e007f",
    "\u115f\u3164",
    "a\u0301" * 50,
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "--><img src=x onerror=alert(1)>",
    "]]><x>",
    "{%raw%}",
    "${7*7}",
    "<%= 7 %>",
    "#{7}",
    "`id`",
    "$(id)",
    "; rm -rf x",
    "../../etc/passwd",
    "CON",
    "a/b\\c:d",
    "'; DROP TABLE page; --",
    '" OR 1=1',
    "NEAR(",
    "%s%n%x",
    "{0.__class__}",
    "![x](javascript:alert(1))",
    "[x]: http://127.0.0.2",
    "| a | b |\n|---|",
    "***",
    "<!-- -->",
    "ignore all previous instructions",
    "x" * 3000,
)  # texts that act where they are shown or run


def _robots() -> Iterator[Case]:
    ok, text = reply(page("")), "text/plain"
    long = "a" * 1500
    links = reply(page(f'<a href="/{long}">滤芯更换</a><a href="/{long}b">滤芯更换</a>'))
    stars = "User-agent: *\n" + f"Disallow: /{'*a' * 300}*b\n" * 300 + "Disallow: /" + "*" * 2000 + "$\n"
    yield case("robots-stars", "robots", links, "robots_denied", robots=reply(stars.encode(), kind=text))
    many = "".join(f"User-agent: a{n}\nDisallow: /{n}\n" for n in range(15_000))
    yield case("robots-groups", "robots", ok, KEPT, robots=reply(many.encode(), kind=text))
    rules = "User-agent: *\n" + "".join(f"Disallow: /{n}*x\n" for n in range(25_000))
    yield case("robots-rules", "robots", links, KEPT, robots=reply(rules.encode(), kind=text))
    deny = "User-agent: *\nDisallow: /\n"
    for name, body in {"cr": deny.replace("\n", "\r").encode(), "utf16": deny.encode("utf-16"), "nul": deny.encode().replace(b" ", b" \x00"),
                       "line": b"User-agent: *\nDisallow: /" + b"x" * 600_000, "colons": b":" * 100_000, "percent": b"User-agent: *\nDisallow: /%\nDisallow: /%zz\nDisallow: %2F",
                       "upper": deny.upper().encode(), "spaces": b"User-agent : *\nDisallow : /", "comment": b"User-agent: * # all\nDisallow: / # all"}.items():  # fmt: skip
        yield case(f"robots-{name}", "robots", ok, KEPT, "robots_denied", robots=reply(body, kind=text))
    for name, line in {"nan": "Crawl-delay: nan", "inf": "Crawl-delay: inf", "minus": "Crawl-delay: -5", "big": "Crawl-delay: 1e309", "digits": "Crawl-delay: " + "9" * 5000,
                       "rate": "Request-rate: 0/0", "rate-big": "Request-rate: 1/99999999999999d", "rate-word": "Request-rate: a/b", "visit": "Visit-time: 9999-9999"}.items():  # fmt: skip
        yield case(
            f"robots-{name}",
            "robots",
            ok,
            KEPT,
            "crawl_delay",
            robots=reply(f"User-agent: *\n{line}\n".encode(), kind=text),
        )
    for status in ("204 X", "206 X", "300 X", "304 X", "401 X", "410 X", "418 X", "501 X", "599 X", "999 X"):
        yield case(
            f"robots-{status[:3]}",
            "robots",
            ok,
            KEPT,
            "robots_denied",
            "robots_unreachable",
            robots=reply(b"" if status[:3] in ("204", "304") else deny.encode(), status=status, kind=text),
        )
    hops = {"/robots.txt": reply(b"", "Location: /r0", status="301 X")}
    hops |= {f"/r{n}": reply(b"", f"Location: /r{n + 1}", status="301 X") for n in range(20)}
    yield Case("robots-hops", "robots", {"/": ok, **hops}, frozenset({KEPT, "robots_unreachable"}), 10)
    other = reply(b"", "Location: http://robots-deny.test/robots.txt", status="302 X")
    yield case("robots-other-host", "robots", ok, "robots_denied", KEPT, robots=other)


def lists() -> Iterator[Case]:
    """Sitemaps and feeds, offered by hosts that have what is looked for."""
    attributes = " ".join(f"a{n}='1'" for n in range(50_000))
    namespaces = " ".join(f"xmlns:n{n}='u{n}'" for n in range(20_000))
    locs = "".join(LOC.format(f"/p{n}") for n in range(20_000))
    bodies: dict[str, bytes] = {
        "many": f"{HEAD}<urlset>{locs}</urlset>".encode(),
        "empty-elements": f"{HEAD}<urlset>{'<x/>' * 2_000_000}</urlset>".encode(),
        "empty-gzip": gzip.compress(f"{HEAD}<urlset>{'<x/>' * 2_000_000}</urlset>".encode()),
        "bomb": gzip.compress(f"{HEAD}<urlset>".encode() + b" " * (64 * MEGABYTE), 9),
        "members": gzip.compress(b"") * 150_000 + gzip.compress(f"{HEAD}<urlset>{LOC.format('/a')}</urlset>".encode()),
        "entities": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]><urlset><url><loc>&j;</loc></url></urlset>",
        "external": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        "parameter": b'<!DOCTYPE x SYSTEM "http://127.0.0.2/x.dtd"><urlset><url><loc>/a</loc></url></urlset>',
        "deep": f"{HEAD}{'<url>' * 100_000}".encode(),
        "attributes": f"{HEAD}<urlset {attributes}>{LOC.format('/a')}</urlset>".encode(),
        "long-loc": f"{HEAD}<urlset>{LOC.format('/' + 'a' * 1_000_000)}{LOC.format('/b')}</urlset>".encode(),
        "forbidden": f"{HEAD}<urlset>{''.join(map(LOC.format, ('http://127.0.0.2/', 'file:///etc/passwd', 'javascript:alert(1)', 'http://[bad', '//10.0.0.1/', 'http://a@127.0.0.2/')))}</urlset>".encode(),
        "index-forbidden": INDEX.format("<sitemap><loc>http://127.0.0.2/s.xml</loc></sitemap>").encode(),
        "utf16": f"{HEAD.replace('UTF-8', 'UTF-16')}<urlset>{LOC.format('/a')}</urlset>".encode("utf-16"),
        "cut": f"{HEAD}<urlset>{LOC.format('/a')}<url><loc>/b".encode(),
        "html": page("no sitemap"), "binary": bytes(range(256)) * 4000, "nothing": b"",
        "lines": b"http://127.0.0.2/\n" + b"javascript:alert(1)\n" + b"http://[bad\n" * 50_000,
        "namespaces": f"{HEAD}<urlset {namespaces}>{LOC.format('/a')}</urlset>".encode(),
        "feed": f"{HEAD}<rss><channel>{'<item><title>滤芯</title><link>http://127.0.0.2/</link></item>' * 5000}</channel></rss>".encode(),
        "xinclude": f'{HEAD}<urlset xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></urlset>'.encode(),
    }  # fmt: skip
    for name, body in bodies.items():
        yield offering(f"sitemap-{name}", {"/sitemap.xml": reply(body, kind="application/xml")})
    endless = Made(
        lambda _, path: reply(
            INDEX.format("".join(f"<sitemap><loc>{path}{n}</loc></sitemap>" for n in range(60))).encode(),
            kind="application/xml",
        )
    )
    yield offering("sitemap-endless", {"/sitemap.xml": endless, "*": endless}, requests=120)
    itself = reply(INDEX.format("<sitemap><loc>/sitemap.xml</loc></sitemap>").encode(), kind="application/xml")
    yield offering("sitemap-itself", {"/sitemap.xml": itself})
    named = "".join(f"Sitemap: /s{n}.xml\n" for n in range(5000)).encode()
    yield offering(
        "sitemap-named",
        {
            "/sitemap.xml": reply(b""),
            "/robots.txt": reply(
                b"Sitemap: /sitemap.xml\nSitemap: http://127.0.0.2/s.xml\nSitemap: javascript:x\n" + named,
                kind="text/plain",
            ),
        },
        requests=70,
    )


def offering(name: str, answers: Mapping[str, Answer], *, requests: int = 75) -> Case:
    """A host of four pages on the topic whose robots.txt names a sitemap."""
    texts = [
        f"<p>{name}的第{n}种型号：{'反渗透膜前置活性炭软水机'[n : n + 4]}每{n + 2}个月冲洗{n + 1}次，记录{n * 37}升。</p>"
        * 3
        for n in range(4)
    ]
    links = "".join(f'<a href="/{n}.html">净水器滤芯更换{n}</a>' for n in range(1, 4))
    pages = {
        ("/" if n == 0 else f"/{n}.html"): reply(page(text + (links if n == 0 else ""))) for n, text in enumerate(texts)
    }
    robots = {"/robots.txt": reply(b"Sitemap: /sitemap.xml\n", kind="text/plain")}
    return Case(name, "sitemap", {**robots, **pages, **answers}, frozenset({KEPT}), requests, ("/sitemap.xml",))
