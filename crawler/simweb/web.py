"""The values of the simulated web: a request comes in, a site of the web answers with a reply.

A site is a pure function of the request: the same URL at the same virtual time and the same visit gives the same
bytes. How a reply travels (cut short, dripping, without end) is data as well, so that a family can fail on purpose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""The virtual clock counts seconds from here."""

HTML = "text/html; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked for. ``target`` is path and query; header names are lower case.

    ``clock`` is virtual (seconds since ``EPOCH``), ``now`` real (seconds, for rate limits); ``visit`` counts the
    requests for this URL on this server, from 1.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    clock: float = 0.0
    now: float = 0.0
    visit: int = 1

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.target}"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a reply travels.

    ``kind``: ``whole``; ``chunked``; ``silent`` (no byte for ``seconds``, then closed); ``slow`` (whole, after
    ``seconds``); ``reset`` (half of the body, then a connection reset); ``drip`` (one byte every ``seconds``);
    ``endless`` (the body again and again, up to ``limit`` bytes); ``long_length`` and ``short_length`` (a
    Content-Length of twice, or half, of what is there); ``bad_chunk`` (a chunk size that is no number);
    ``close`` (closed at once, no status line).
    """

    kind: str = "whole"
    seconds: float = 0.0
    limit: int = 0


WHOLE = Delivery()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: status, headers as they are sent, body as it is sent."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    delivery: Delivery = WHOLE

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    def with_headers(self, *more: tuple[str, str]) -> Reply:
        return replace(self, headers=self.headers + more)


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the access log.

    ``time`` is when the request was read (seconds, Unix time), ``clock`` the virtual time; ``sent`` counts the bytes
    of the body that left, ``status`` is 0 if not even a status line did. ``note`` is what the site says of the hit:
    the name of a trap, a rule that was broken, the version that was sent.
    """

    time: float
    clock: float
    method: str
    host: str
    url: str
    agent: str
    if_none_match: str | None
    if_modified_since: str | None
    status: int
    sent: int
    note: str = ""


Site = Callable[[Request], Reply]


@dataclass(frozen=True, slots=True)
class Web:
    """Hosts and what answers for each. ``wildcards`` answer for every name below a domain.

    ``seeds`` are where a crawl of this web starts, ``facts`` what a judge may want to know (URL -> label).
    """

    hosts: Mapping[str, Site]
    wildcards: Mapping[str, Site] = field(default_factory=dict)
    seeds: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def answer(self, request: Request) -> Reply:
        """The reply to a request; 502, as a proxy says it, for a host that is not of this web."""
        site = self.hosts.get(request.host) or self._wildcard(request.host)
        if site is None:
            return text_reply(f"no such host: {request.host}", status=502, kind=PLAIN)
        return site(request)

    def _wildcard(self, host: str) -> Site | None:
        while "." in host:
            host = host.partition(".")[2]
            if host in self.wildcards:
                return self.wildcards[host]
        return None


def merge(*webs: Web) -> Web:
    """One web of several; a host that two of them have answers as in the first."""
    hosts: dict[str, Site] = {}
    wildcards: dict[str, Site] = {}
    facts: dict[str, str] = {}
    for web in reversed(webs):
        hosts.update(web.hosts)
        wildcards.update(web.wildcards)
        facts.update(web.facts)
    return Web(hosts, wildcards, tuple(seed for web in webs for seed in web.seeds), facts)


def text_reply(
    text: str,
    *,
    status: int = 200,
    kind: str = HTML,
    encoding: str = "utf-8",
    headers: tuple[tuple[str, str], ...] = (),
) -> Reply:
    """A reply with a text body. Characters that ``encoding`` lacks become numeric references, as a CMS writes them."""
    return Reply(status, text.encode(encoding, "xmlcharrefreplace"), (("Content-Type", kind), *headers))


def redirect(location: str, *, status: int = 301) -> Reply:
    """A redirect, with the short page that servers send along."""
    return text_reply(f'<a href="{location}">moved</a>', status=status, headers=(("Location", location),))


def missing(request: Request) -> Reply:
    """The 404 of a site."""
    return text_reply(
        f"<html><head><title>404</title></head><body><h1>404</h1>{request.path}</body></html>", status=404
    )


def etag(body: bytes) -> str:
    """A strong entity tag."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def http_date(clock: float) -> str:
    """A virtual time as HTTP writes dates."""
    return format_datetime(EPOCH + timedelta(seconds=clock), usegmt=True)


def conditional(request: Request, reply: Reply) -> Reply:
    """304 without a body where the client holds this very version, as RFC 9110 section 13 asks."""
    tag, modified = reply.header("ETag"), reply.header("Last-Modified")
    known, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if known is not None:
        names = {name.strip().removeprefix("W/") for name in known.split(",")}
        fresh = tag is not None and (known.strip() == "*" or tag.removeprefix("W/") in names)
    else:
        fresh = since is not None and since == modified
    if reply.status != 200 or not fresh:
        return reply
    return Reply(304, b"", tuple(pair for pair in reply.headers if pair[0].lower() in {"etag", "last-modified"}))
