"""Cliques of farms that link to one another, expired domains among them, and links that no reader sees."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from crawler.simweb.pages import Table, article, html, labels, noted, page_reply
from crawler.simweb.web import Reply, Web, etag, text_reply

SUMMARY = "friend-link cliques, expired domains, hidden links: new farm hosts found, and at what cost?"
JUNK = ("棋牌大全", "网赚论坛", "彩票预测", "减肥药排行", "小说下载", "贷款口子", "星座运势")


@dataclass(frozen=True, slots=True)
class Spec:
    """``farms`` hosts on the topic in a clique, each with ``pages``; ``expired`` domains; ``hidden`` links a page."""

    farms: int = 12
    pages: int = 8
    expired: int = 30
    hidden: int = 20


def build(seed: int, spec: Spec) -> Web:
    """Facts label the farms' articles ``farm``, the expired domains ``expired``, hidden targets ``hidden``."""
    draws = random.Random(f"link_farms/{seed}")
    farms = [f"farm{number}.lf.test" for number in range(spec.farms)]
    expired = [f"old{number}.lf.test" for number in range(spec.expired)]
    paths = ["/", *(f"/a/{number}.html" for number in range(spec.pages))]
    hosts = {}
    facts: dict[str, str] = {}
    for host in farms:
        others = [name for name in farms if name != host]
        friends = draws.sample(others, min(5, len(others))) + draws.sample(expired, min(10, len(expired)))
        hosts[host] = Table({path: _page(seed, spec, host, friends, path) for path in paths})
        facts.update(labels(host, paths[1:], "farm"))
    for host in expired:
        hosts[host] = Table({"/": noted(page_reply(draws.choice(JUNK), (draws.choice(JUNK),)), "expired")})
        facts.update(labels(host, ["/"], "expired"))
    hosts["shop.lf.test"] = Table({}, otherwise=lambda request: noted(page_reply(request.path, ()), "hidden"))
    return Web(hosts, seeds=(f"http://{farms[0]}/a/0.html",), facts=facts)


def _page(seed: int, spec: Spec, host: str, friends: list[str], path: str) -> Reply:
    number = int(path[3:].removesuffix(".html")) if path != "/" else 0
    item = article(seed, f"{host}{path}")
    links = [
        (
            f"/a/{(number + step) % spec.pages}.html",
            article(seed, f"{host}/a/{(number + step) % spec.pages}.html").title,
        )
        for step in range(1, 4)
    ]
    draws = random.Random(f"link_farms/{seed}/{host}{path}")
    block = " ".join(f'<a href="http://{name}/" target="_blank">{draws.choice(JUNK)}</a>' for name in friends)
    unseen = "".join(
        f'<a href="http://shop.lf.test/{draws.randrange(10_000)}">{escape(draws.choice(JUNK))}</a>'
        for _ in range(spec.hidden)
    )
    frame = f'<div class="flink">友情链接: {block}</div><div style="display:none">{unseen}</div>'
    reply = text_reply(html(item.title, paragraphs=item.paragraphs, links=links, frame=frame))
    return reply.with_headers(("ETag", etag(reply.body)))
