"""The index of WARC files that replay tools read (CDXJ, as pywb writes it)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from crawler.members import fields_of, members


def cdxj(path: Path) -> Iterator[str]:
    """The lines of a CDXJ index (pywb) of one file, unsorted: sort all lines of an archive together."""
    for record in members(path):
        if record.kind not in ("response", "revisit"):
            continue
        status, headers = _http(record.block)
        entry = {
            "url": record.url,
            "mime": "warc/revisit" if record.kind == "revisit" else headers.get("content-type", "").partition(";")[0],
            "status": status,
            "digest": record.fields.get("warc-payload-digest", ""),
            "length": str(len(record.raw)),
            "offset": str(record.offset),
            "filename": path.name,
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


def _http(block: bytes) -> tuple[str, dict[str, str]]:
    head = block.partition(b"\r\n\r\n")[0]
    line, _, rest = head.partition(b"\r\n")
    words = line.split(b" ", 2)
    return (words[1].decode("ascii", "replace") if len(words) > 1 else "0"), fields_of(rest)
