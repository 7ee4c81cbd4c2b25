"""Many pages, computed on request: for throughput, for kills at random moments, for frontiers of a million URLs."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.simweb.pages import article, html
from crawler.simweb.web import PLAIN, Reply, Request, Web, conditional, etag, missing, text_reply

SUMMARY = "any number of pages of any size, each linking to the next: throughput, kills, frontiers of a million URLs"


@dataclass(frozen=True, slots=True)
class Spec:
    """``pages`` in all, spread over ``hosts``, each of about ``bytes`` bytes and with ``links`` links."""

    pages: int = 5000
    hosts: int = 1
    bytes: int = 27_000
    links: int = 20


def build(seed: int, spec: Spec) -> Web:
    """A tree: page n links to the next pages of its row, so that all are reached. Facts are left out: they are many."""
    site = _Site(seed, spec)
    return Web({_host(number): site for number in range(spec.hosts)}, seeds=(_url(spec, 0),))


def _host(number: int) -> str:
    return f"size{number}.test"


def _url(spec: Spec, number: int) -> str:
    return f"http://{_host(number % spec.hosts)}/p/{number}.html"


@dataclass(frozen=True, slots=True)
class _Site:
    seed: int
    spec: Spec

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return text_reply("User-agent: *\nDisallow:\n", kind=PLAIN)
        stem = request.path.removeprefix("/p/").removesuffix(".html")
        if not stem.isdigit() or int(stem) >= self.spec.pages or request.url != _url(self.spec, int(stem)):
            return missing(request)
        reply = text_reply(self._html(int(stem)))
        return conditional(request, reply.with_headers(("ETag", etag(reply.body))))

    def _html(self, number: int) -> str:
        item = article(self.seed, f"size/{number}")
        first = number * self.spec.links + 1
        children = range(first, min(first + self.spec.links, self.spec.pages))
        links = [(_url(self.spec, child), f"第{child}页") for child in children]
        once = html(item.title, paragraphs=item.paragraphs, links=links)
        repeats = max(0, self.spec.bytes - len(once.encode())) // max(1, len(item.text.encode()))
        return html(item.title, paragraphs=item.paragraphs * (repeats + 1), links=links)
