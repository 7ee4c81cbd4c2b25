"""The asyncio server: an HTTP/1.1 forward proxy (absolute-form targets) that also answers by Host header.

It speaks just enough HTTP for crawlers and browsers: GET and HEAD, keep-alive, no bodies in requests. Nothing
leaves the machine: every host is one of the simulated web.
"""

from __future__ import annotations

import asyncio
import functools
import json
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from crawler.simweb.web import EPOCH, PLAIN, Hit, Reply, Request, Site, Web, http_date, text_reply

CONTROL_HOST = "simweb.test"
"""Asked for /clock?days=3, it moves the virtual clock; for /hits it gives the access log as JSON lines."""
CLOCK_HEADER = "x-simweb-clock"
"""Virtual time of one request, in seconds since the epoch of the simulated web."""
MAX_HEAD = 64 * 1024  # bytes of a request's head; a browser sends one or two thousand
MUTE = frozenset({"close", "silent"})  # deliveries without even a status line
PROMPT = frozenset({"whole", "chunked"})  # deliveries that send the whole reply at once
IDLE = 75.0  # seconds an open connection may wait for its next request


GONE = (
    ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, asyncio.TimeoutError,
    asyncio.CancelledError,
)  # fmt: skip
# What ends a connection: the client went away, or was never one, or the server stops (nothing else cancels).


@dataclass(slots=True)
class State:
    """What a running server remembers: the log, the visits, the virtual clock."""

    web: Web
    write: Callable[[str], object] | None = None
    clock: float = 0.0
    hits: list[Hit] = field(default_factory=list)
    visits: Counter[str] = field(default_factory=Counter)

    def log(self, hit: Hit) -> None:
        self.hits.append(hit)
        if self.write is not None:
            self.write(log_line(hit))


def log_line(hit: Hit) -> str:
    """A line of the access log: one JSON object."""
    return json.dumps(asdict(hit), ensure_ascii=False) + "\n"


async def handle(state: State, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Serve one connection until it closes."""
    try:
        while await _exchange(state, reader, writer):
            pass
    except GONE:
        pass
    finally:
        writer.close()


async def _exchange(state: State, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE)
    request = read_request(head, clock=state.clock)
    if request is None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        return False
    if request.host == CONTROL_HOST:
        return await _deliver(_answer(functools.partial(control, state), request), request, writer) >= 0
    state.visits[request.url] += 1
    request = Request(
        request.method, request.host, request.target, request.headers,
        clock=request.clock, now=time.monotonic(), visit=state.visits[request.url],
    )  # fmt: skip
    arrived = time.time()
    reply = _answer(state.web.answer, request)
    if reply.delivery.kind in PROMPT:  # logged first, so that whoever has the reply finds its line in the log
        state.log(_hit(request, reply, arrived, _length(request, reply)))
        await _deliver(reply, request, writer)
        return request.headers.get("connection", "").lower() != "close"
    sent = -1
    try:
        sent = await _deliver(reply, request, writer)
    finally:
        state.log(_hit(request, reply, arrived, max(sent, 0)))
    return sent >= 0


def _answer(site: Site, request: Request) -> Reply:
    try:
        return site(request)
    except ValueError as error:  # a query with a word where a site wants a number
        return text_reply(f"{error}", status=400, kind=PLAIN)


def _hit(request: Request, reply: Reply, arrived: float, sent: int) -> Hit:
    headers = request.headers
    return Hit(
        arrived, request.clock, request.method, request.host, request.url, headers.get("user-agent", ""),
        headers.get("if-none-match"), headers.get("if-modified-since"), _status(reply), sent,
        reply.header("X-Simweb-Note") or "",
    )  # fmt: skip


def _length(request: Request, reply: Reply) -> int:
    return 0 if request.method == "HEAD" or reply.status in {204, 304} else len(reply.body)


def _status(reply: Reply) -> int:
    return 0 if reply.delivery.kind in MUTE else reply.status


def read_request(head: bytes, *, clock: float) -> Request | None:
    """A request from the bytes of its head, or None if they are none. A CONNECT keeps its host and has no path."""
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    method, target, _ = words
    split = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, colon, value in split if colon}
    if method == "CONNECT":
        return Request(method, target.rpartition(":")[0].lower(), "", headers)
    try:
        host, target = _place(target, headers.get("host", ""))
        clock = float(headers.get(CLOCK_HEADER, clock))
    except ValueError:  # brackets that are no address, a clock that is no number
        return None
    return Request(method, host.partition(":")[0].lower(), target, headers, clock=clock)


def _place(target: str, host: str) -> tuple[str, str]:
    """Host, and path with query, of a target in absolute or in origin form."""
    if target.startswith("/"):
        return host, target
    parts = urlsplit(target)
    return parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def control(state: State, request: Request) -> Reply:
    """The server's own host: its clock and its log."""
    if request.path == "/clock":
        words = dict(parse_qsl(request.query))
        state.clock += float(words.get("days", 0)) * 86_400 + float(words.get("seconds", 0))
        return text_reply(f"{state.clock}\n", kind=PLAIN)
    if request.path == "/hits":
        return text_reply("".join(map(log_line, state.hits)), kind="application/x-ndjson")
    return text_reply(f"simulated web, clock {state.clock} s since {EPOCH.isoformat()}\n", kind=PLAIN)


async def _deliver(reply: Reply, request: Request, writer: asyncio.StreamWriter) -> int:
    """Send a reply as its delivery says. Returns the bytes of body sent, or -1 if the connection is done for."""
    if request.method == "CONNECT":
        writer.write(b"HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        return -1
    kind = reply.delivery.kind
    if kind in MUTE:
        await asyncio.sleep(reply.delivery.seconds)
        _reset(writer)
        return -1
    if kind == "slow":
        await asyncio.sleep(reply.delivery.seconds)
    writer.write(_head(reply, request))
    if request.method == "HEAD" or reply.status in {204, 304}:
        await writer.drain()
        return 0
    return await _BODIES.get(kind, _whole)(reply, writer)


def _head(reply: Reply, request: Request) -> bytes:
    kind, length = reply.delivery.kind, len(reply.body)
    lines = [f"HTTP/1.1 {reply.status} {_phrase(reply.status)}", f"Date: {http_date(request.clock)}"]
    lines += [f"{name}: {value}" for name, value in reply.headers if name != "X-Simweb-Note"]
    if kind in {"chunked", "bad_chunk"}:
        lines.append("Transfer-Encoding: chunked")
    elif kind == "endless":
        lines.append("Connection: close")
    elif reply.status not in {204, 304}:
        lines.append(f"Content-Length: {_claimed(kind, length)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _claimed(kind: str, length: int) -> int:
    return {"long_length": length * 2, "short_length": length // 2}.get(kind, length)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


async def _whole(reply: Reply, writer: asyncio.StreamWriter) -> int:
    writer.write(reply.body)
    await writer.drain()
    return len(reply.body)


async def _chunked(reply: Reply, writer: asyncio.StreamWriter) -> int:
    middle = len(reply.body) // 2
    for part in (reply.body[:middle], reply.body[middle:]):
        if part:
            writer.write(b"%x\r\n%s\r\n" % (len(part), part))
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return len(reply.body)


async def _bad_chunk(reply: Reply, writer: asyncio.StreamWriter) -> int:
    half = reply.body[: len(reply.body) // 2]
    writer.write(b"%x\r\n%s\r\nzz\r\n" % (len(half), half))
    await writer.drain()
    return -1


async def _cut(reply: Reply, writer: asyncio.StreamWriter) -> int:
    writer.write(reply.body)
    await writer.drain()
    return -1


async def _half_then_reset(reply: Reply, writer: asyncio.StreamWriter) -> int:
    writer.write(reply.body[: len(reply.body) // 2])
    await writer.drain()
    await asyncio.sleep(0.05)  # let the half arrive before the reset overtakes it
    _reset(writer)
    return -1


async def _drip(reply: Reply, writer: asyncio.StreamWriter) -> int:
    for index in range(len(reply.body)):
        writer.write(reply.body[index : index + 1])
        await writer.drain()
        await asyncio.sleep(reply.delivery.seconds)
    return len(reply.body)


async def _endless(reply: Reply, writer: asyncio.StreamWriter) -> int:
    sent = 0
    while sent < reply.delivery.limit:
        writer.write(reply.body)
        await writer.drain()
        sent += len(reply.body)
    return -1


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST instead of FIN: the client sees a reset, not an end."""
    sock = writer.get_extra_info("socket")
    if sock is not None and not writer.transport.is_closing():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


_BODIES = {
    "chunked": _chunked, "bad_chunk": _bad_chunk, "long_length": _cut, "short_length": _cut,
    "reset": _half_then_reset, "drip": _drip, "endless": _endless,
}  # fmt: skip
