"""A server of hostile hosts: one case is one host, reached through a forward proxy on loopback.

Each case says what must become of its start page (``expect``: the codes of which one must stand in its fetch row, or
``kept``), and how many requests it may cost. Addresses that no crawler may reach are never live: a request for one
arrives at this proxy, which notes it as a canary hit.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

KEPT = "kept"
WAITS = "waits"  # no row yet: the URL waits for the time that the server named
MEGABYTE = 1 << 20
ELSEWHERE = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*\.test")  # names of the public net that pages lead to


@dataclass(frozen=True, slots=True)
class Made:
    """Answers that are made of host and path (with its query), for pages without end."""

    make: Callable[[str, str], bytes]


Stream = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Stream | Made


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile host, and all below it. ``answers`` by path, ``*`` for any other; without one a path gets 404.

    ``asks`` are paths that the crawl has to ask for, else the case has not been met at all.
    """

    name: str
    group: str
    answers: Mapping[str, Answer] = field(hash=False)
    expect: frozenset[str]
    requests: int = 8
    asks: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return f"{self.name}.test"


def page(text: str, *, title: str = "净水器滤芯多久更换一次") -> bytes:
    """A page of honest advice around ``text``."""
    body = "".join(
        f"<p>第{n}条建议：更换净水器滤芯之前请先关闭进水阀，并放掉管路中的余压，以免漏水。</p>" for n in range(4)
    )
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{body}{text}</body></html>".encode()


def reply(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole HTTP/1.1 answer."""
    lines = [
        f"HTTP/1.1 {status}",
        *([f"Content-Type: {kind}"] if kind else []),
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1", "replace") + body


def moved(url: str, *headers: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return reply(b"", f"Location: {url}", *headers, status=status)


def case(name: str, group: str, answer: Answer, *expect: str, requests: int = 8, **more: Answer) -> Case:
    """A case whose start page is ``answer``; ``more`` are further paths (robots, two, ...)."""
    paths = {"robots": "/robots.txt"}
    return Case(
        name, group, {"/": answer, **{paths.get(k, f"/{k}"): v for k, v in more.items()}}, frozenset(expect), requests
    )


class Hostile:
    """The running server: ``proxy`` is its address, ``hits`` counts requests by case, ``canaries`` forbidden URLs.

    ``asked`` holds every URL that was asked for.
    """

    def __init__(self, cases: list[Case]) -> None:
        self.cases = {made.host: made for made in cases}
        self.hits: Counter[str] = Counter()
        self.asked: set[str] = set()
        self.canaries: list[str] = []
        self.proxy = ""
        self._loop = asyncio.new_event_loop()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await reader.readuntil(b"\r\n\r\n")
            await self._one(head.split(b" ", 2)[1].decode("latin-1"), writer)
            await writer.drain()
        with suppress(ConnectionError, RuntimeError):
            writer.close()

    async def _one(self, url: str, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        made = self.cases.get(host) or self.cases.get(".".join(host.rsplit(".", 2)[-2:]))
        self.hits[made.host if made else host] += 1
        self.asked.add(url)
        if made is None:
            self.canaries += [] if ELSEWHERE.fullmatch(host) else [url]
            writer.write(reply(b"nobody", status="404 Not Found"))
            return
        path = parts.path or "/"
        answer = made.answers.get(path, made.answers.get("*") if path != "/robots.txt" else None)
        if isinstance(answer, Made):
            writer.write(answer.make(host, path + (f"?{parts.query}" if parts.query else "")))
        elif callable(answer):
            await answer(writer)
        else:
            writer.write(reply(b"no such page", status="404 Not Found") if answer is None else answer)


@contextmanager
def serve(cases: list[Case]) -> Iterator[Hostile]:
    """Serve the cases on a free loopback port, in a thread of its own."""
    hostile = Hostile(cases)
    loop = hostile._loop
    server = loop.run_until_complete(asyncio.start_server(hostile.answer, "127.0.0.1", 0, limit=1 << 20))
    hostile.proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield hostile
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=300)
