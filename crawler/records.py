"""Records of our own WARC files with their places, and the index that replay tools read."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from counterspin.errors import ArchiveError
from crawler.archive import GZIP, length_of

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Record:
    """A record and where its gzip member stands. ``fields`` have lower-case names."""

    file: str
    offset: int
    length: int
    fields: dict[str, str]
    block: bytes

    @property
    def kind(self) -> str:
        """``response``, ``revisit``, ``metadata`` ..."""
        return self.fields.get("warc-type", "")

    @property
    def url(self) -> str:
        """What the record is about."""
        return self.fields.get("warc-target-uri", "").strip("<>")


def records(path: Path) -> Iterator[Record]:
    """The records of a file with one gzip member a record. Raises :class:`ArchiveError` where it is cut short."""
    offset = 0
    with path.open("rb") as stream:
        while True:
            stream.seek(offset)
            data, length = _member(stream, path, offset)
            if not length:
                return
            head, _, block = data.partition(b"\r\n\r\n")
            fields = _fields(head)
            size = length_of(fields, f"{path} at {offset}")
            yield Record(path.name, offset, length, fields, block[:size])
            offset += length


def cdxj(path: Path) -> Iterator[str]:
    """The lines of a CDXJ index (pywb) of one file, unsorted: sort all lines of an archive together."""
    for record in records(path):
        if record.kind not in ("response", "revisit"):
            continue
        status, headers = _http(record.block)
        entry = {
            "url": record.url,
            "mime": "warc/revisit" if record.kind == "revisit" else headers.get("content-type", "").partition(";")[0],
            "status": status,
            "digest": record.fields.get("warc-payload-digest", ""),
            "length": str(record.length),
            "offset": str(record.offset),
            "filename": record.file,
        }
        stamp = "".join(character for character in record.fields.get("warc-date", "") if character.isdigit())[:14]
        yield f"{surt(record.url)} {stamp} {json.dumps(entry, ensure_ascii=False)}"


def surt(url: str) -> str:
    """The sort-friendly form of a URL: ``http://www.a.com/x?b`` -> ``com,a)/x?b``."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return url.lower()
    labels = [label for label in (parts.hostname or "").split(".") if label]
    if labels[:1] == ["www"]:
        labels = labels[1:]
    host = ",".join(reversed(labels)) + (f":{port}" if port not in (None, 80, 443) else "")
    return f"{host}){parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _member(stream: BinaryIO, path: Path, offset: int) -> tuple[bytes, int]:
    inflate = zlib.decompressobj(GZIP)
    out = io.BytesIO()
    read = 0
    while not inflate.eof:
        chunk = stream.read(_CHUNK)
        if not chunk:
            if read:
                raise ArchiveError(f"{path}: cut short in the record at {offset}; the records before it are whole")
            return b"", 0
        read += len(chunk)
        try:
            out.write(inflate.decompress(chunk))
        except zlib.error as error:
            raise ArchiveError(f"{path}: no record begins at {offset}") from error
    return out.getvalue(), read - len(inflate.unused_data)


def _fields(head: bytes) -> dict[str, str]:
    pairs = (line.partition(b":") for line in head.split(b"\r\n"))
    return {
        name.decode("utf-8", "replace").lower(): value.decode("utf-8", "replace").strip() for name, _, value in pairs
    }


def _http(block: bytes) -> tuple[str, dict[str, str]]:
    head = block.partition(b"\r\n\r\n")[0]
    line, _, rest = head.partition(b"\r\n")
    words = line.split(b" ", 2)
    return (words[1].decode("ascii", "replace") if len(words) > 1 else "0"), _fields(rest)
