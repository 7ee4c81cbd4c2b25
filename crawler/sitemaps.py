"""Sitemaps and feeds: lists of pages in XML or plain text, read within limits, one bad entry at a time.

Sources: sitemaps.org protocol 0.9, RSS 2.0, Atom (RFC 4287). An index may name an index; a list has no end that it
could be trusted with, so sizes are ours.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from lxml import etree

from counterspin.urls import fetch_url

MAX_FILES = 50  # sitemaps of one host and run
MAX_LEVELS = 3  # an index in an index in an index
MAX_URLS = 5_000  # pages taken from the sitemaps of one host and run
MAX_BYTES = 8 * 1024 * 1024  # of a list after decompression
MAX_ELEMENTS = 20 * MAX_URLS  # of a list; an entry of an honest one has two to ten, and all are held at once


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list names: pages, each with its title where the list has one, and further lists."""

    pages: tuple[tuple[str, str], ...]
    lists: tuple[str, ...]
    is_feed: bool = False


def read_list(body: bytes, base: str) -> Listed:
    """Read a sitemap, a sitemap index, a feed, or a text with one URL in each line. Never raises."""
    body = _unpacked(body)
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return _read_lines(body, base)
    pages: dict[str, str] = {}
    lists: dict[str, None] = {}
    is_feed = False
    try:
        for name, fields in _entries(body):
            url = fetch_url(fields.get("loc") or fields.get("link") or "", base)
            if url is None:
                continue
            if name == "sitemap":
                lists[url] = None
            else:
                is_feed = is_feed or name in ("item", "entry")
                pages.setdefault(url, fields.get("title", "")[:200])
            if len(pages) >= MAX_URLS or len(lists) >= MAX_FILES:
                break
    except etree.XMLSyntaxError:
        pass  # a list cut short or broken: what was read before the break counts
    if pages and not body.rstrip().endswith(b">"):
        pages.popitem()  # the parser closes what was cut in the middle of an address
    return Listed(tuple(pages.items()), tuple(lists), is_feed)


def _entries(body: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    events = etree.iterparse(
        BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False,
        load_dtd=False,
    )  # fmt: skip
    for _, element in islice(events, MAX_ELEMENTS):
        name = _local(element.tag)
        if name in ("url", "sitemap", "item", "entry"):
            yield name, _fields(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _fields(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        name = _local(child.tag)
        if name == "link" and child.get("href"):
            if child.get("rel", "alternate") == "alternate":
                found["link"] = child.get("href") or ""
        elif name in ("loc", "link", "title", "lastmod") and child.text:
            found.setdefault(name, child.text.strip())
    return found


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _read_lines(body: bytes, base: str) -> Listed:
    lines = body.decode("utf-8", "replace").splitlines()[:MAX_URLS]
    urls = [fetch_url(line.strip()) for line in lines if line.strip().lower().startswith(("http://", "https://"))]
    del base
    return Listed(tuple((url, "") for url in dict.fromkeys(urls) if url), ())


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_BYTES]
    engine = zlib.decompressobj(31)
    try:
        return engine.decompress(body, MAX_BYTES)
    except zlib.error:
        return b""
