"""Who runs a site: what the pages of one operator share, folded over the crawl."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from counterspin.model import Document
from counterspin.text.outline import squeezed
from counterspin.urls import host_of

Key = tuple[str, str]
MARKS = ("licence", "tracker", "template")
MAX_URLS = 50  # addresses kept for one key
# 粤ICP备2021009096号-3: the number is the operator's, what follows the dash counts the operator's sites.
_LICENCE = re.compile(r"([一-鿿])?ICP[备備证證](\d{6,10})号?", re.IGNORECASE)
_COUNTRY = frozenset(["com", "net", "org", "gov", "edu", "ac", "co", "ne", "or", "go"])


@dataclass(frozen=True, slots=True)
class Operator:
    """A key that pages of two or more sites share. ``kind`` is ``licence``, ``tracker`` or ``template``."""

    kind: str
    key: str
    sites: tuple[str, ...]
    urls: tuple[str, ...]


def operator_keys(document: Document) -> tuple[tuple[str, str], ...]:
    """The (kind, key) pairs of a page, from its marks ``licence:``, ``tracker:`` and ``template:``."""
    found = []
    for mark in document.marks:
        kind, _, value = mark.partition(":")
        if kind in MARKS and value.strip():
            found.append((kind, _normal_key(kind, value)))
    return tuple(sorted(set(found)))


def fold_operators(documents: Iterable[Document]) -> tuple[Operator, ...]:
    """The keys that pages of two or more registered domains share, in order."""
    return shared_operators((document.url, operator_keys(document)) for document in documents)


def shared_operators(pages: Iterable[tuple[str, tuple[Key, ...]]]) -> tuple[Operator, ...]:
    """The same from the URL and the :func:`operator_keys` of each page, in any order."""
    seen: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    for url, keys in pages:
        for pair in keys:
            seen[pair].add((site_of(url), url))
    found = []
    for (kind, key), places in sorted(seen.items()):
        sites = tuple(sorted({site for site, _ in places if site}))
        if len(sites) > 1:
            found.append(Operator(kind, key, sites, tuple(sorted(url for _, url in places))[:MAX_URLS]))
    return tuple(found)


def site_of(url: str) -> str:
    """The registered domain, guessed without a list: the last two labels, three under ``com.cn`` and its like."""
    labels = host_of(url).split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _COUNTRY:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def _normal_key(kind: str, value: str) -> str:
    if kind == "licence":
        match = _LICENCE.search(value)
        if match:
            return f"{match[1] or ''}{match[2]}"
    return squeezed(value)
