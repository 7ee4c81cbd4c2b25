"""The gzip members of a WARC file of ours: one a record, so that a record can be read, copied or left out alone."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterspin.urls import url_key

HEAD = 8192  # bytes of a record kept in memory: its header, and all of a record of notes
_GZIP = 31  # window bits of a gzip member
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A record: where it begins, its compressed bytes, and the first bytes of what they hold."""

    offset: int
    raw: bytes
    head: bytes

    def field(self, name: str) -> str:
        """A header field of the record; empty without one."""
        for line in self.head.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.decode("utf-8", "replace").strip().strip("<>")
        return ""

    @property
    def page(self) -> str | None:
        """The URL key of the page that the record is about."""
        try:
            return url_key(self.field("WARC-Target-URI")) or None
        except ValueError:
            return None


def members(path: Path) -> Iterator[Member]:
    """Every whole record of the file, in order. A tail cut short holds none that the database knows: it is skipped."""
    offset, left = 0, b""
    with path.open("rb") as stream:
        while True:
            inflate = zlib.decompressobj(_GZIP)
            raw, head = [], b""
            while not inflate.eof:
                chunk = left or stream.read(_CHUNK)
                left = b""
                if not chunk:
                    return
                try:
                    head = (head + inflate.decompress(chunk))[:HEAD]
                except zlib.error:
                    return
                raw.append(chunk[: len(chunk) - len(inflate.unused_data)])
            left = inflate.unused_data
            whole = b"".join(raw)
            yield Member(offset, whole, head)
            offset += len(whole)
