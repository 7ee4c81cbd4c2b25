"""Links of a page: where each stands, its absolute address and its text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from counterspin.model import Link
from extract.blocks import Anchor

MAX_LINKS = 1000  # links of one page
MAX_URL = 2048  # code points of an address
MAX_ANCHOR = 200  # code points of an anchor text

_AUTHORITY = re.compile(r"(?:(?:https?:)?//[^/?#]*)?", re.IGNORECASE)
_BREAKS = re.compile(r"[\t\r\n]+")
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?:/(?!\.)[^#.]*(?:\.\w+)?(?:\?[^#]*)?)?$")
_ZONES = {
    "navigation": "navigation",
    "toc": "navigation",
    "ad": "navigation",
    "template": "navigation",
    "link_farm": "link_farm",
    "hidden": "link_farm",
    "comment": "comment",
    "footer": "footer",
    "disclaimer": "footer",
}


def links_of(anchors: list[Anchor], reasons: list[str | None], base: str) -> tuple[tuple[Link, ...], int]:
    """At most :data:`MAX_LINKS` links, and how many were left out. ``reasons``: one for each block of the page."""
    found: list[Link] = []
    for anchor in anchors[:MAX_LINKS]:
        url = absolute(anchor.href, base)
        if url:
            reason = reasons[anchor.block] if anchor.block < len(reasons) else "footer"
            found.append(Link(_ZONES.get(reason or "", "main"), url, anchor.text[:MAX_ANCHOR]))
    return tuple(found), max(0, len(anchors) - MAX_LINKS)


def absolute(href: str, base: str) -> str | None:
    """The http(s) address that ``href`` means on a page at ``base``; ``None`` for a script, a fragment or nonsense."""
    href = href.strip()
    if not href.isprintable():
        href = _BREAKS.sub("", href)
    if " " in href:
        if " " in _AUTHORITY.match(href)[0]:  # type: ignore[index]
            return None  # a blank in the host: no address, and not the one without it
        href = href.replace(" ", "%20")
    if not href or href.startswith("#") or len(href) > MAX_URL:
        return None
    if _PLAIN.match(href):  # most addresses are written out or begin at the root: no need to take them apart
        return href
    if href[0] == "/" and href[1:2] != "/" and "/." not in href:
        origin = _origin(base)
        return origin + href if origin else None
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and "%" not in parts.netloc
    except ValueError:
        return None
    return url if known else None


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    """Scheme and host of ``base``; empty if it is no http(s) address."""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.hostname else ""


def base_of(root: Any, url: str) -> str:
    """The address against which the page's links are read: its ``<base>``, else its own."""
    found = root.find(".//base[@href]")
    return (absolute(found.get("href"), url) or url) if found is not None else url
