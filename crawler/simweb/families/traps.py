"""Sites that never end: each trap on a host of its own, with some honest pages beside it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl

from crawler.simweb.pages import Table, article, articles, html, labels, noted, page_reply
from crawler.simweb.web import Reply, Request, Web, redirect, text_reply

SUMMARY = "calendar, session ids, path loops, facets, endless pager, soft 404, redirects, host wildcard"
FACETS = ("color", "size", "price", "brand", "sort", "view")


@dataclass(frozen=True, slots=True)
class Spec:
    """``good`` articles on an honest host, ``beside`` honest articles on every host with a trap."""

    good: int = 100
    beside: int = 5


def build(seed: int, spec: Spec) -> Web:
    """Facts label honest articles ``good``; hits inside a trap are noted ``trap:NAME`` in the access log."""
    hosts: dict[str, Table] = {"good.traps.test": Table(articles(seed, "good.traps.test", spec.good))}
    facts = labels("good.traps.test", [f"/a/{number}.html" for number in range(spec.good)], "good")
    for name, trap in TRAPS.items():
        host = f"{name}.traps.test"
        paths: dict[str, Reply] = articles(seed, host, spec.beside)
        start = ENTRANCES.get(name, f"/{name}/")
        paths["/"] = page_reply(
            host, (), [(start, "更多"), *((f"/a/{number}.html", f"{number}") for number in range(spec.beside))]
        )
        hosts[host] = Table(paths, otherwise=_Trap(name, trap))
        facts.update(labels(host, [f"/a/{number}.html" for number in range(spec.beside)], "good"))
    entrances = [(f"http://{host}/", host) for host in hosts]
    hosts["start.traps.test"] = Table({"/": page_reply("入口", (), entrances)})
    return Web(hosts, {"wild.test": _Trap("wildcard", _wildcard)}, ("http://start.traps.test/",), facts)


@dataclass(frozen=True, slots=True)
class _Trap:
    name: str
    answer: Callable[[Request], Reply]

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Table()(request)
        return noted(self.answer(request), f"trap:{self.name}")


def _calendar(request: Request) -> Reply:
    words = dict(parse_qsl(request.query))
    year, month = int(words.get("year", "2026")), int(words.get("month", "1"))
    later, earlier = year * 12 + month, year * 12 + month - 2
    links = [
        (f"/calendar/?year={at // 12}&month={at % 12 + 1}", f"{at // 12}-{at % 12 + 1}") for at in (later, earlier)
    ]
    days = [(f"/calendar/?year={year}&month={month}&day={day}", str(day)) for day in range(1, 29)]
    return text_reply(html(f"{year}年{month}月", links=links + days))


def _session(request: Request) -> Reply:
    """Every page names the visitor anew in its links."""
    token = sha256(f"{request.url}/{request.visit}".encode()).hexdigest()[:24]
    number = int(dict(parse_qsl(request.query)).get("id", "0"))
    links = [(f"/session/?id={(number + step) % 7}&PHPSESSID={token}{step}", f"第{step}条") for step in range(1, 6)]
    return _readable(f"session/{number}", links)


def _loop(request: Request) -> Reply:
    """A relative link without a base: the path grows by a segment at every hop."""
    links = [("jingshui/index.html", "净水"), ("zufang/index.html", "租房"), ("../loop/index.html", "上一级")]
    return _readable("/".join(sorted(set(request.path.split("/")))), links)


def _facets(request: Request) -> Reply:
    chosen = dict(parse_qsl(request.query))
    draws = random.Random(f"facets/{request.query}")
    links = []
    for facet in FACETS:
        for value in range(4):
            query = "&".join(f"{key}={word}" for key, word in {**chosen, facet: str(value)}.items())
            links.append((f"/facets/?{query}", f"{facet} {value}"))
    draws.shuffle(links)
    return text_reply(html("筛选", paragraphs=[f"共{draws.randint(1, 99)}件"], links=links))


def _pager(request: Request) -> Reply:
    page = int(dict(parse_qsl(request.query)).get("page", "1"))
    return text_reply(html(f"第{page}页", paragraphs=["没有更多内容"], links=[(f"/pager/?page={page + 1}", "下一页")]))


def _soft404(request: Request) -> Reply:
    """Nothing is ever missing here: every path gets a friendly page and 200, with links to more of the kind."""
    draws = random.Random(request.path)
    links = [(f"/soft404/{draws.randrange(10**6)}.html", f"相关推荐{number}") for number in range(10)]
    return text_reply(html("页面走丢了", paragraphs=["您访问的页面不存在或已删除,看看别的吧。"], links=links))


def _redirects(request: Request) -> Reply:
    step = int(dict(parse_qsl(request.query)).get("step", "0"))
    return redirect(f"/redirects/?step={step + 1}", status=302)


def _wildcard(request: Request) -> Reply:
    """Every name below the domain answers, and links to more names."""
    draws = random.Random(request.host)
    links = [(f"http://s{draws.randrange(10**6)}.wild.test/", f"分站{number}") for number in range(8)]
    return _readable(f"wildcard/{request.host}", links)


def _readable(key: str, links: list[tuple[str, str]]) -> Reply:
    item = article(0, key)
    return text_reply(html(item.title, paragraphs=item.paragraphs, links=links))


TRAPS: dict[str, Callable[[Request], Reply]] = {
    "calendar": _calendar, "session": _session, "loop": _loop, "facets": _facets, "pager": _pager,
    "soft404": _soft404, "redirects": _redirects, "wildcard": _wildcard,
}  # fmt: skip
ENTRANCES = {"wildcard": "http://s0.wild.test/", "loop": "/loop/index.html"}
"""Where a trap begins, if not at its own folder."""
