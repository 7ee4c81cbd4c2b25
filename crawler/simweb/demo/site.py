"""The hosts of the demo, rendered by their templates: pages, lists, robots.txt, sitemap and feed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from crawler.simweb.demo.body import body_html
from crawler.simweb.demo.source import Source, read
from crawler.simweb.web import PLAIN, XML, Reply, Request, Web, conditional, etag, missing, text_reply

FOLDER = Path(__file__).parent
META = ("byline", "credit", "editor", "published", "shown", "source", "tags", "views")
PARKED = "youlian.test"
"""Below this domain lie the expired domains that farms link to: each answers, and none has anything to say."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host of the demo. ``facts`` is its entry of hosts.json: template, style, names, links, licence."""

    name: str
    facts: Mapping[str, Any]
    pages: tuple[Source, ...]

    def url(self, path: str) -> str:
        return f"http://{self.name}{path}"

    def channels(self) -> tuple[str, ...]:
        """The folders that articles lie in, each with a list page."""
        return tuple(dict.fromkeys(_channel(page.path) for page in self.pages))


def _channel(path: str) -> str:
    return path.rsplit("/", 1)[0] + "/" if path.count("/") > 1 else "/"


@cache
def hosts(folder: Path = FOLDER) -> Mapping[str, Host]:
    """Every host of the demo, or of another folder laid out like it, by name."""
    entries = json.loads((folder / "hosts.json").read_text(encoding="utf-8"))
    return {name: Host(name, facts, _pages(folder / "pages" / name)) for name, facts in entries.items()}


def _pages(folder: Path) -> tuple[Source, ...]:
    return tuple(read(path) for path in sorted(folder.glob("*.txt")))


@cache
def demo_web(folder: Path = FOLDER) -> Web:
    """The web of the demo, or of another folder. The demo's seeds are four honest and three farmed pages."""
    known = hosts(folder)
    seeds = tuple(
        host.url(page.path) for host in known.values() for page in host.pages if page.meta.get("seed") == "yes"
    )
    return Web({name: _Answers(_files(host)) for name, host in known.items()}, {PARKED: _parked}, seeds)


def _parked(request: Request) -> Reply:
    if request.path != "/":
        return missing(request)
    return text_reply(
        f"<html><head><title>{request.host}</title></head><body><p>{request.host}</p><p>域名出售</p></body></html>"
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    files: Mapping[str, Reply]

    def __call__(self, request: Request) -> Reply:
        reply = self.files.get(request.path)
        return conditional(request, reply) if reply else missing(request)


def _files(host: Host) -> dict[str, Reply]:
    files = {page.path: _html(host, render(host, page)) for page in host.pages}
    for channel in dict.fromkeys(("/", *host.channels())):
        files.setdefault(channel, _html(host, render_list(host, channel)))
    files["/robots.txt"] = text_reply(_robots(host), kind=PLAIN)
    if host.facts.get("sitemap"):
        files["/sitemap.xml"] = text_reply(_sitemap(host), kind=XML)
    if host.facts.get("feed"):
        files["/feed.xml"] = text_reply(_feed(host), kind=XML)
    return files


def _html(host: Host, text: str) -> Reply:
    reply = text_reply(text, kind=host.facts["content_type"], encoding=host.facts["encoding"])
    return reply.with_headers(("ETag", etag(reply.body)))


def render(host: Host, page: Source) -> str:
    """The HTML of an article."""
    index = host.pages.index(page)
    others = [*host.pages[index + 1 :], *host.pages[:index]]
    return _environment().get_template(host.facts["template"]).render(
        host=host.facts, name=host.name, page=page, meta={**dict.fromkeys(META, ""), **page.meta}, others=others,
        channel=_channel(page.path),
        body=body_html(page.parts, host.facts["style"]), listing=None, title=page.title, channels=host.channels(),
    )  # fmt: skip


def render_list(host: Host, channel: str) -> str:
    """The HTML of a list page: the articles below a folder."""
    pages = [page for page in host.pages if page.path.startswith(channel)]
    return _environment().get_template(host.facts["template"]).render(
        host=host.facts, name=host.name, page=None, meta={}, others=pages, channel=channel,
        body="", listing=pages, title=host.facts["name"], channels=host.channels(),
    )  # fmt: skip


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(FOLDER / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _robots(host: Host) -> str:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in host.facts.get("disallow", ()))]
    lines += [] if len(lines) > 1 else ["Disallow:"]
    if host.facts.get("sitemap"):
        lines.append(f"Sitemap: {host.url('/sitemap.xml')}")
    return "\n".join(lines) + "\n"


def _sitemap(host: Host) -> str:
    rows = "".join(
        f"<url><loc>{escape(host.url(page.path))}</loc><lastmod>{page.meta['published'][:10]}</lastmod></url>"
        for page in host.pages
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def _feed(host: Host) -> str:
    items = "".join(
        f"<item><title>{escape(page.title)}</title><link>{escape(host.url(page.path))}</link></item>"
        for page in host.pages
    )
    name = escape(host.facts["name"])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{name}</title>'
        f"<link>{host.url('/')}</link><description>{name}</description>{items}</channel></rss>"
    )
