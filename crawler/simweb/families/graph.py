"""The web in memory, served: portals, farm channels, hubs, tunnels and decoys around one topic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from counterspin.errors import UsageError
from counterspin.model import Link
from crawler.simweb.memory import PRESETS, MemoryPage, MemoryWeb, memory_web
from crawler.simweb.web import PLAIN, Reply, Request, Web, conditional, etag, missing, text_reply

SUMMARY = "portals, farms, hubs, tunnels and decoys around one topic: what does a focused crawl harvest?"
_BLOCKS = (("navigation", "nav"), ("link_farm", "div class=flink"), ("footer", "footer"))


@dataclass(frozen=True, slots=True)
class Spec:
    """``preset`` names topic and language; ``pages`` and ``hosts`` the size."""

    preset: str = "deposit"
    pages: int = 2000
    hosts: int = 60


def build(seed: int, spec: Spec) -> Web:
    """Facts label the pages on the topic ``relevant``."""
    if spec.preset not in PRESETS:
        raise UsageError(f"graph: there is no preset {spec.preset!r}; there are {', '.join(PRESETS)}")
    web = memory_web(spec.preset, seed=seed, pages=spec.pages, hosts=spec.hosts)
    site = _Site(web)
    return Web({host.name: site for host in web.hosts}, seeds=web.seeds, facts=dict.fromkeys(web.relevant, "relevant"))


@dataclass(frozen=True, slots=True)
class _Site:
    web: MemoryWeb

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return text_reply("User-agent: *\nDisallow:\n", kind=PLAIN)
        page = self.web.fetch(request.url)
        if page is None:
            return missing(request)
        reply = text_reply(_html(page, self.web.language))
        return conditional(request, reply.with_headers(("ETag", etag(reply.body))))


def _html(page: MemoryPage, language: str) -> str:
    main = f"<article><h1>{escape(page.title)}</h1><p>{escape(page.text)}</p>{_anchors(page.links, 'main')}</article>"
    frame = {zone: f"<{tag}>{_anchors(page.links, zone)}</{tag.split()[0]}>" for zone, tag in _BLOCKS}
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>{escape(page.title)}</title></head><body>'
        f"{frame['navigation']}{main}{frame['link_farm']}{frame['footer']}</body></html>"
    )


def _anchors(links: Iterable[Link], zone: str) -> str:
    return "".join(f'<a href="{escape(link.url)}">{escape(link.anchor)}</a> ' for link in links if link.zone == zone)
