"""Archives of other crawlers: WARC and WET, plain or gzip, read record by record from any place where one begins.

Members may hold one record (Common Crawl, Heritrix) or the whole file (``gzip`` by hand). What is cut short or damaged
is told with its place; what stands before it has been given.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from counterspin.errors import ArchiveError
from counterspin.model import Capture
from crawler.archive import capture_from_block
from crawler.members import GZIP

MAX_BLOCK = 64 << 20  # bytes of one record that are read; a longer one is passed over
MAX_LINE = 1 << 16  # bytes of a header line
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Foreign:
    """A record. ``fields`` have lower-case names; ``block`` is ``None`` if it was too long to be read.

    ``after``: a byte of the file from which reading can go on behind this record, without missing one.
    """

    fields: dict[str, str]
    block: bytes | None
    after: int

    @property
    def url(self) -> str:
        """What the record is about."""
        return self.fields.get("warc-target-uri", "").strip("<>")

    @property
    def is_truncated(self) -> bool:
        """Whether whoever archived it kept a part only."""
        return "warc-truncated" in self.fields

    @property
    def is_text(self) -> bool:
        """Whether it is the text of a page, as WET files hold it; what a browser made of a page is no text."""
        is_html = self.fields.get("content-type", "").startswith("text/html")
        return self.fields.get("warc-type") == "conversion" and not is_html

    def capture(self) -> Capture | None:
        """The page in it: an answer of HTTP, or the text of a WET record; ``None`` for every other kind."""
        kind, at = self.fields.get("warc-type", ""), self.fields.get("warc-date", "")
        if self.block is None:
            return None
        if self.is_text:
            return Capture(self.url, at, 200, "text/plain; charset=utf-8", self.block)
        if kind == "conversion":
            return Capture(self.url, at, 200, self.fields["content-type"], self.block)
        if kind != "response" or not self.url.startswith(("http://", "https://")):
            return None
        return capture_from_block(self.url, at, self.block, file=None, offset=None)


def scan(path: Path, start: int = 0) -> Iterator[Foreign]:
    """The records of an archive from byte ``start`` on, where one must begin.

    Raises :class:`ArchiveError` where the file is cut short, damaged, or no archive.
    """
    count = 0
    with path.open("rb") as stream:
        source = _Source(stream, start)
        place = start
        try:
            while (fields := _fields(source, path, place)) is not None:
                block = _block(source, fields)
                count += 1
                source.skip_blank_lines()
                place = source.boundary(place)
                yield Foreign(fields, block, place)
        except (EOFError, zlib.error) as error:
            where = f"{path}: cut short or damaged after {count} records, behind byte {place}"
            raise ArchiveError(f"{where} ({error}); what stands before is imported") from None


def _fields(source: _Source, path: Path, place: int) -> dict[str, str] | None:
    line = source.line()
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ArchiveError(
            f"{path}: no WARC record where one should begin, behind byte {place}; the records before it are whole"
        )
    fields = {}
    while (line := source.line()).strip():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields[name.strip().lower()] = value.strip()
    if not fields.get("content-length", "").isdigit():
        raise ArchiveError(f"{path}: a record without a length behind byte {place}; the records before it are whole")
    return fields


def _block(source: _Source, fields: dict[str, str]) -> bytes | None:
    length = int(fields["content-length"])
    if length <= MAX_BLOCK:
        return source.read(length)
    for left in range(length, 0, -_CHUNK):
        source.read(min(left, _CHUNK))
    return None


class _Source:
    """The bytes of a file, gzip members undone; knows at which byte of the file the last member began."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self._packed = stream.read(2) == b"\x1f\x8b"
        stream.seek(start)
        self._buffer = b""  # undone, from self._at on not yet read
        self._at = 0
        self._left = b""  # of the file, not yet undone
        self._read = start  # bytes of the file that were read, those left included
        self._inflate: zlib._Decompress | None = None
        self._members: list[tuple[int, int]] = []  # place in the buffer where a member begins, byte of the file

    def read(self, count: int) -> bytes:
        """So many bytes. Raises :class:`EOFError` if there are fewer."""
        while len(self._buffer) - self._at < count:
            if not self._more():
                raise EOFError(f"{count - (len(self._buffer) - self._at)} bytes of a record are missing")
        data = self._buffer[self._at : self._at + count]
        self._at += count
        return data

    def line(self) -> bytes:
        """Up to and with the next line feed; empty at the end of the file."""
        while (end := self._buffer.find(b"\n", self._at, self._at + MAX_LINE)) < 0:
            if len(self._buffer) - self._at >= MAX_LINE:
                raise EOFError("a header line without an end")
            if not self._more():
                end = len(self._buffer) - 1
                break
        data = self._buffer[self._at : end + 1]
        self._at = end + 1
        return data

    def skip_blank_lines(self) -> None:
        """Go to where the next record begins."""
        while self._at < len(self._buffer) or self._more():
            if self._buffer[self._at : self._at + 1] not in (b"\r", b"\n"):
                return
            self._at += 1

    def boundary(self, before: int) -> int:
        """The byte of the file at which what comes next begins; ``before`` if that is inside of a gzip member."""
        if not self._packed:
            return self._read - (len(self._buffer) - self._at)
        found = [byte for place, byte in self._members if place == self._at]
        self._members = [pair for pair in self._members if pair[0] >= self._at]
        if not found and self._at == len(self._buffer) and self._inflate is None:
            return self._read - len(self._left)
        return found[-1] if found else before

    def _more(self) -> bool:
        """Undo a further piece of the file; whether there was one."""
        self._members = [(place - self._at, byte) for place, byte in self._members if place >= self._at]
        self._buffer, self._at = self._buffer[self._at :], 0
        chunk = self._left or self._stream.read(_CHUNK)
        if not self._left:
            self._read += len(chunk)
        self._left = b""
        if not chunk:
            if self._inflate is not None:
                raise EOFError("the compressed data ends early")
            return False
        if not self._packed:
            self._buffer += chunk
            return True
        if self._inflate is None:
            self._inflate = zlib.decompressobj(GZIP)
            self._members.append((len(self._buffer), self._read - len(chunk)))
        self._buffer += self._inflate.decompress(chunk, _CHUNK * 16)
        self._left = self._inflate.unconsumed_tail or self._inflate.unused_data
        if self._inflate.eof:
            self._inflate = None
        return True
