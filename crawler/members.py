"""The gzip members of a WARC file of ours, one a record: where each stands, and what is in it.

The one place that undoes them: a single capture, an index, a replay, a purge and the cutting of a tail all read so.
Archives of other crawlers, whose members may hold many records, are read by ``crawler.foreign``.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from counterspin.errors import ArchiveError

GZIP = 31  # zlib window bits that make a gzip member
MAX_RECORD = 64 * 1024 * 1024  # bytes; the longest record read back from an archive
_CHUNK = 1 << 16


@dataclass(frozen=True)
class Member:
    """A record: the file and the byte at which it begins, its compressed bytes, and what they hold."""

    path: Path
    offset: int
    raw: bytes
    data: bytes

    @cached_property
    def fields(self) -> dict[str, str]:
        """The header fields by lower-case name."""
        return fields_of(self.data.partition(b"\r\n\r\n")[0])

    @property
    def kind(self) -> str:
        """``response``, ``revisit``, ``metadata`` ..."""
        return self.fields.get("warc-type", "")

    @property
    def url(self) -> str:
        """What the record is about."""
        return self.fields.get("warc-target-uri", "").strip("<>")

    @property
    def block(self) -> bytes:
        """What follows the header. Raises :class:`ArchiveError` if the header does not say how much."""
        block = self.data.partition(b"\r\n\r\n")[2]
        return block[: length_of(self.fields, f"{self.path} at {self.offset}")]


def members(path: Path, start: int = 0) -> Iterator[Member]:
    """The records from byte ``start`` on, where one must begin.

    Raises :class:`ArchiveError` where the file cannot be read, is cut short, or holds something else.
    """
    offset = start
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            left = b""
            while (found := _member(stream, left, path, offset)) is not None:
                raw, data, left = found
                yield Member(path, offset, raw, data)
                offset += len(raw)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror}); restore the archive folder") from error


def whole_members(path: Path, start: int = 0) -> Iterator[Member]:
    """The same up to where the file is cut short: of what a kill left behind no database knows."""
    found = members(path, start)
    while True:
        try:
            member = next(found, None)
        except ArchiveError:
            return
        if member is None:
            return
        yield member


def member_at(path: Path, offset: int) -> Member:
    """The record that begins at ``offset``. Raises :class:`ArchiveError`."""
    member = next(members(path, offset), None)
    if member is None:
        raise ArchiveError(f"{path}: cut short in the record at {offset}; restore the file")
    return member


def _member(stream: BinaryIO, left: bytes, path: Path, offset: int) -> tuple[bytes, bytes, bytes] | None:
    """The next member as it stands, what it holds, and bytes of the file that were read behind it."""
    inflate = zlib.decompressobj(GZIP)
    raw: list[bytes] = []
    parts: list[bytes] = []
    size = 0
    while not inflate.eof:
        chunk = left or stream.read(_CHUNK)
        left = b""
        if not chunk:
            if raw:
                raise ArchiveError(f"{path}: cut short in the record at {offset}; the records before it are whole")
            return None
        try:
            parts.append(inflate.decompress(chunk, MAX_RECORD - size + 1))
        except zlib.error as error:
            raise ArchiveError(f"{path}: no record begins at {offset}; restore the file") from error
        size += len(parts[-1])
        if size > MAX_RECORD:
            raise ArchiveError(f"{path}: the record at {offset} is longer than {MAX_RECORD >> 20} MiB")
        raw.append(chunk[: len(chunk) - len(inflate.unused_data)])
    return b"".join(raw), b"".join(parts), inflate.unused_data


def length_of(fields: Mapping[str, str], place: str) -> int:
    """The length that a record names for its block, in bytes. Raises :class:`ArchiveError` for one that is none."""
    text = fields.get("content-length") or "0"
    if not (text.isascii() and text.isdigit()):
        raise ArchiveError(f"{place}: a record whose length is {text[:20]!r}; restore the file")
    return int(text[:18])


def fields_of(head: bytes) -> dict[str, str]:
    """The header fields of a record, or of an answer of HTTP, by lower-case name."""
    return {name.lower(): value for name, value in header_lines(head)}


def header_lines(head: bytes) -> Iterator[tuple[str, str]]:
    """Name and value of each header field."""
    for line in head.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        if colon:
            yield name.decode("utf-8", "replace").strip(), value.decode("utf-8", "replace").strip()
