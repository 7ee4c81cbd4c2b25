"""Addresses in disguise: each as redirect, as link and in every element that names an address."""

from __future__ import annotations

from collections.abc import Iterator

from hostile import KEPT, Case, case, moved, page, reply

REFUSED = ("forbidden_address", "forbidden_port", "forbidden_scheme", "bad_url", "bad_redirect", "gone", "redirect")
FORMS = (
    # what stands before the host, after it, and around it
    "http://honest.test@127.0.0.2/", "http://127.0.0.2@honest.test/", "http://honest.test:80@127.0.0.2/",
    "http://honest.test%40127.0.0.2/", "http://127.0.0.2\\@honest.test/", "http://honest.test\\@127.0.0.2/",
    "http://127.0.0.2%00.honest.test/", "http://127.0.0.2%23.honest.test/", "http://127.0.0.2%2f.honest.test/",
    "http:127.0.0.2/x", "http:/127.0.0.2/x", "http:///127.0.0.2/x", "///127.0.0.2/x", "/\\127.0.0.2/x", "\\/127.0.0.2/x",
    "ht\ttp://127.0.0.2/", "http://127.0.0.2\t/", " http://127.0.0.2/", "HTTP://127.0.0.2/", "hTtP:\\\\127.0.0.2\\x",
    # numbers
    "http://0x7f.0x0.0x0.0x2/", "http://0177.0.0.02/", "http://017700000002/", "http://127.000.000.002/",
    "http://127.0.2/", "http://0x7F000002./", "http://127.0.0.2./", "http://127.0.0.08/", "http://127.0.0.0x/",
    "http://4294967298/", "http://1.2.3.4.5/", "http://127.0.0.2,honest.test/", "http://99999999999999999999/",
    # names
    "http://loc\u00adalhost/", "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/", "http://localhost%2e/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/", "http://xn--localhost-/", "http://router.lan/", "http://printer/",
    "http://127.0.0.2\u3002/", "http://\u0661\u0662\u0667.0.0.2/", "http://127\uff0e0\uff0e0\uff0e2/",
    # the sixth version
    "http://[::ffff:127.0.0.2]/", "http://[::127.0.0.2]/", "http://[0:0:0:0:0:ffff:7f00:2]/", "http://[::1%25lo]/",
    "http://[fe80::1%eth0]/", "http://[64:ff9b::127.0.0.2]/", "http://[64:ff9b:1::7f00:2]/", "http://[2002:7f00:2::]/",
    "http://[::ffff:0:127.0.0.2]/", "http://[2001:0:7f00:2::]/", "http://[::]:80/", "http://[127.0.0.2]/",
    "http://[::1]]/", "http://[[::1]]/", "http://[v1.127.0.0.2]/",
    # ports and schemes
    "http://honest.test:0/", "http://honest.test:-1/", "http://honest.test:99999/", "http://honest.test:8\uff10/",
    "http://honest.test:22/", "http://honest.test:80:22/", "http://honest.test:0x50/", "https+http://honest.test/",
    "view-source:http://127.0.0.2/", "jar:http://127.0.0.2/!/", "blob:http://127.0.0.2/", "dict://127.0.0.2/", "about:blank",
    "ldap://127.0.0.2/", "ws://127.0.0.2/", "feed:http://127.0.0.2/", "unix:/run/x.sock",
)  # fmt: skip
PLACES = (
    '<a href="{0}">滤芯更换</a>', '<area href="{0}">', '<iframe src="{0}"></iframe>', '<frame src="{0}">',
    '<link rel=next href="{0}">', '<link rel=alternate type="application/rss+xml" href="{0}">',
    '<link rel=sitemap href="{0}">', '<link rel=canonical href="{0}">', '<link rel=amphtml href="{0}">',
    '<form action="{0}"><input type=submit></form>', '<base href="{0}"><a href="x.html">滤芯更换</a>',
    '<meta http-equiv=refresh content="0; url={0}">', '<a ping="{0}" href="/x">滤芯更换</a>',
    '<svg><a xlink:href="{0}">滤芯更换</a></svg>', '<blockquote cite="{0}">滤芯更换</blockquote>',
    '<script type="application/ld+json">{{"@type":"Article","url":"{0}","mainEntityOfPage":"{0}"}}</script>',
    '<meta property="og:url" content="{0}">', '<object data="{0}"></object>', '<img src="{0}">', '<video src="{0}">',
    '<a href="javascript:location=\'{0}\'">滤芯更换</a>', '<noscript><a href="{0}">滤芯更换</a></noscript>',
    '<template><a href="{0}">滤芯更换</a></template>', '<!--[if IE]><a href="{0}">滤芯更换</a><![endif]-->',
    '<a href="//honest.test" data-href="{0}" onclick="open(\'{0}\')">滤芯更换</a>',
)  # fmt: skip
HEADERS = ("Link: <{0}>; rel=next", "Content-Location: {0}", "Refresh: 0; url={0}", 'Alt-Svc: h2="{0}"', "SourceMap: {0}")  # fmt: skip


def addresses() -> Iterator[Case]:
    for number, url in enumerate(FORMS):
        sent = url.encode("utf-8").decode("latin-1")
        yield case(f"form-{number:02d}", "redirect", moved(sent), *REFUSED, requests=6)
    links = "".join(f'<a href="{url}">净水器滤芯{number}</a>' for number, url in enumerate(FORMS))
    yield case("form-links", "redirect", reply(page(links)), KEPT, requests=20)
    for number, place in enumerate(PLACES):
        text = "".join(place.format(url) for url in ("http://127.0.0.2/", "http://10.0.0.1/x", "//127.0.0.2/y"))
        yield case(f"place-{number:02d}", "redirect", reply(page(text)), KEPT, requests=8)
    for number, header in enumerate(HEADERS):
        answer = reply(page(""), header.format("http://127.0.0.2/"))
        yield case(f"header-place-{number}", "redirect", answer, KEPT)
    yield case(
        "location-twice", "redirect", moved("http://127.0.0.2/", "Location: /two"), *REFUSED, two=reply(page("二"))
    )
    yield case("location-blank", "redirect", moved("   "), "bad_redirect", "http_302")
    yield case("location-long", "redirect", moved("/" + "a" * 8000), "bad_redirect", "bad_url")
    yield case("location-lines", "redirect", moved("/x%0d%0aSet-Cookie:%20a=b"), "redirect", "gone")
    yield case("location-bytes", "redirect", moved("/\xff\xfe\x80"), "redirect", "gone", "bad_redirect")
    yield case("location-nul", "redirect", moved("/a%00b"), "redirect", "gone", "bad_redirect")
    yield case("location-relative", "redirect", moved("../../../../etc/passwd"), "redirect", "gone")
    yield case(
        "location-query",
        "redirect",
        moved("?" + "&".join(f"p{n}=1" for n in range(40))),
        "redirect",
        "trap:query",
        "gone",
    )
    yield case(
        "use-proxy-305", "redirect", moved("http://127.0.0.2:8080/", status="305 Use Proxy"), "http_305", *REFUSED
    )
