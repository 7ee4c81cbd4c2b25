"""WARC/1.1: what was asked and answered, byte for byte as far as the download hands it over.

One gzip member a record, flushed before the database commits where it stands. Reading a single capture needs file and
offset only. ISO 28500:2017; the two ``revisit`` profiles are those of its section 6.7.
"""

from __future__ import annotations

import base64
import os
import threading
import uuid
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

from counterspin import __version__
from counterspin.errors import DiskFullError
from counterspin.model import Capture
from crawler.members import GZIP, MAX_RECORD, Member, header_lines, member_at
from crawler.transport import Headers, decoded

LEVEL = 4  # gzip level: 1.3 ms and 29.2 kB for an honest page of 139 kB; level 6 takes 2.3 ms and saves 5 %
MAX_FILE = 1 << 30  # bytes; a new file is begun after it, as Heritrix does
SHOWN_TYPE = "text/html; charset=utf-8"  # of what a browser made of a page
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_HOP = frozenset({"transfer-encoding", "connection", "keep-alive", "proxy-connection"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, as they are archived. ``body`` is as it came, content encoding not undone."""

    url: str
    fetched_at: str
    http_status: int
    request_headers: Headers
    headers: Headers
    body: bytes
    truncated: str | None = None  # ``length``, ``time`` or ``disconnect``
    address: str | None = None
    notes: Headers = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file name, offset and length of its gzip member."""

    file: str
    offset: int
    length: int


class Archivist(Protocol):
    """What the crawl asks of an archive."""

    def write(self, exchange: Exchange, shown: bytes | None = None) -> Place:
        """Keep a page, and what its scripts made of it if a browser has shown it."""

    def write_revisit(self, exchange: Exchange, *, profile: str, digest: str | None) -> Place:
        """Keep that a page was there, unchanged."""

    def write_note(self, url: str, at: str, fields: Headers) -> None:
        """Keep what came of a URL that brought no page."""

    def write_text(self, url: str, at: str, text: str) -> None:
        """Keep a robots.txt or a sitemap."""

    def close(self) -> None:
        """Nothing more will come."""


class WarcWriter:
    """Writes one WARC file after another into a folder. Threads may share it: each write stands as a whole."""

    def __init__(
        self, folder: Path, prefix: str, *, max_file: int = MAX_FILE, free_disk: int = 0, agent: str = ""
    ) -> None:
        self.folder = folder
        self.prefix = prefix
        self.max_file = max_file
        self.free_disk = free_disk
        self.agent = agent
        self._number = 0
        self._file: Any = None
        self._offset = 0
        self._lock = threading.Lock()

    def write(self, exchange: Exchange, shown: bytes | None = None) -> Place:
        """Write request, response and notes; the place of the response. On disk when this returns.

        ``shown``: what scripts made of the page. It is written as a conversion, whose place is given then.
        """
        response = _record(
            "response", exchange.url, exchange.fetched_at, _response_block(exchange),
            content_type="application/http; msgtype=response",
            more=(*_described(exchange), ("WARC-Payload-Digest", payload_digest(exchange.body))),
        )  # fmt: skip
        others = tuple(_others(exchange, response.id))
        if shown is None:
            return self._put(response, *others)[0]
        made = _record(
            "conversion", exchange.url, exchange.fetched_at, shown,
            content_type=SHOWN_TYPE, more=(("WARC-Refers-To", response.id),),
        )  # fmt: skip
        return self._put(response, *others, made)[-1]

    def write_revisit(self, exchange: Exchange, *, profile: str, digest: str | None) -> Place:
        """Write a ``revisit``: the page was there and its payload is the one archived before."""
        more = (*_described(exchange), ("WARC-Profile", profile), ("WARC-Refers-To-Target-URI", exchange.url))
        more += (("WARC-Payload-Digest", digest),) if digest else ()
        record = _record(
            "revisit", exchange.url, exchange.fetched_at, _head(exchange),
            content_type="application/http; msgtype=response", more=more,
        )  # fmt: skip
        return self._put(record, *_others(exchange, record.id))[0]

    def write_note(self, url: str, at: str, fields: Headers) -> None:
        """Write what came of a URL that brought no page: its status, where it redirects to."""
        block = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields).encode("utf-8", "surrogateescape")
        self._put(_record("metadata", url, at, block, content_type="application/warc-fields"))

    def write_text(self, url: str, at: str, text: str) -> None:
        """Write a robots.txt or a sitemap, so that a replay obeys and finds what the crawl did."""
        block = text.encode("utf-8", "surrogateescape")
        self._put(_record("resource", url, at, block, content_type="text/plain; charset=utf-8"))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _put(self, *several: _Record) -> list[Place]:
        """Write records one behind another; their places. Packing them, the longest part, holds up nobody."""
        members = [_packed(record) for record in several]
        with self._lock:
            _refuse_full_disk(self.folder, self.free_disk)
            try:
                self._ensure_file()
                places = [self._append(member) for member in members]
                self._file.flush()
            except OSError as error:
                self._abandon()
                raise _own_error(self.folder, error) from error
        return places

    def _abandon(self) -> None:
        """Leave a file of which it is not known where it ends: what is written later must not stand behind that."""
        with suppress(OSError):
            self.close()
        self._file = None

    def _ensure_file(self) -> None:
        if self._file is not None and self._offset >= self.max_file:
            self.close()
        if self._file is None:
            self._open()

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        while (path := self.folder / f"{self.prefix}-{self._number:05d}.warc.gz").exists():
            self._number += 1
        self._file = path.open("xb")
        self._offset = 0
        self._append(_packed(_warcinfo(path.name, self.agent)))

    def _append(self, member: bytes) -> Place:
        self._file.write(member)
        place = Place(Path(self._file.name).name, self._offset, len(member))
        self._offset += len(member)
        return place


def _others(exchange: Exchange, concurrent: str) -> Iterator[_Record]:
    pair = (("WARC-Concurrent-To", concurrent),)
    yield _record(
        "request", exchange.url, exchange.fetched_at, _request_block(exchange),
        content_type="application/http; msgtype=request", more=pair,
    )  # fmt: skip
    if exchange.notes:
        block = "".join(f"{name}: {value}\r\n" for name, value in exchange.notes).encode()
        yield _record(
            "metadata", exchange.url, exchange.fetched_at, block, content_type="application/warc-fields", more=pair
        )


def _packed(record: _Record) -> bytes:
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return deflate.compress(record.data) + deflate.flush()


def read_capture(folder: Path, file: str, offset: int) -> Capture:
    """The capture whose response record stands at ``offset``. Raises :class:`ArchiveError`."""
    return _capture_of(member_at(folder / file, offset))


def payload_digest(body: bytes) -> str:
    """The digest of a payload as archives write it: SHA-1 in base 32, which every reader and index knows."""
    return "sha1:" + base64.b32encode(sha1(body).digest()).decode()  # noqa: S324 - a name for bytes, no secret


@dataclass(frozen=True, slots=True)
class _Record:
    id: str
    data: bytes


def _record(kind: str, url: str | None, at: str, block: bytes, *, content_type: str, more: Headers = ()) -> _Record:
    number = f"<urn:uuid:{uuid.uuid4()}>"
    head: Headers = (("WARC-Type", kind), ("WARC-Record-ID", number), ("WARC-Date", at))
    head += (("WARC-Target-URI", url),) if url else ()
    head += more
    head += (
        ("WARC-Block-Digest", payload_digest(block)),
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in head)
    return _Record(number, b"WARC/1.1\r\n" + lines.encode() + b"\r\n" + block + b"\r\n\r\n")


def _warcinfo(name: str, agent: str) -> _Record:
    from counterspin.store.runs import now  # noqa: PLC0415 - one clock for all times that are stored

    fields = (
        ("software", f"counterspin/{__version__}"),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
        ("robots", "obey"),
        ("http-header-user-agent", agent),
        ("description", "header names are normalised; chunked transfer coding is undone and its header left out"),
    )
    block = "".join(f"{name}: {value}\r\n" for name, value in fields if value).encode()
    return _record(
        "warcinfo", None, now(), block, content_type="application/warc-fields", more=(("WARC-Filename", name),)
    )


def _described(exchange: Exchange) -> Headers:
    more: Headers = ()
    if exchange.address:
        more += (("WARC-IP-Address", exchange.address),)
    if exchange.truncated:
        more += (("WARC-Truncated", exchange.truncated),)
    return more


def _head(exchange: Exchange) -> bytes:
    try:
        phrase = HTTPStatus(exchange.http_status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {exchange.http_status} {phrase}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in exchange.headers if name.lower() not in _HOP]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _response_block(exchange: Exchange) -> bytes:
    return _head(exchange) + exchange.body


def _request_block(exchange: Exchange) -> bytes:
    rest = exchange.url.split("://", 1)[-1]
    authority, slash, path = rest.partition("/")
    lines = [f"GET {slash}{path} HTTP/1.1", f"Host: {authority}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in exchange.request_headers if name.lower() != "host"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")


def _refuse_full_disk(folder: Path, least: int) -> None:
    if not least:
        return
    place = folder if folder.exists() else folder.parent
    facts = os.statvfs(place)
    free = facts.f_bavail * facts.f_frsize
    if free < least:
        raise DiskFullError(f"{folder}: {free >> 20} MB free, crawl.free_disk asks for {least >> 20} MB; make room")


def _own_error(folder: Path, error: OSError) -> Exception:
    import errno  # noqa: PLC0415

    from counterspin.errors import ReadOnlyError  # noqa: PLC0415

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(f"{folder}: no room on the disk; everything committed is kept. Make room, run again")
    return ReadOnlyError(f"{folder}: cannot be written ({error.strerror}); check the rights of the folder")


def _capture_of(member: Member) -> Capture:
    at = member.fields.get("warc-date", "")
    if member.kind == "conversion":
        kind = member.fields.get("content-type", "")
        return Capture(member.url, at, 200, kind, member.block, (), member.path.name, member.offset)
    return capture_from_block(member.url, at, member.block, file=member.path.name, offset=member.offset)


def capture_from_block(url: str, at: str, block: bytes, *, file: str | None, offset: int | None) -> Capture:
    """The capture in the block of a response record: status line, headers, body with its content encoding."""
    head, _, body = block.partition(b"\r\n\r\n")
    status_line, _, rest = head.partition(b"\r\n")
    headers = tuple(header_lines(rest))
    status = status_line.split(b" ", 2)[1:2]
    text = decoded(body, headers, limit=MAX_RECORD)
    return Capture(
        url=url.strip("<>"),
        fetched_at=at,
        http_status=int(status[0]) if status and status[0].isdigit() else 0,
        content_type=next((value for name, value in headers if name.lower() == "content-type"), ""),
        body=text.body,
        headers=headers,
        warc_file=file,
        warc_offset=offset,
    )
