"""The links of a page for the frontier: addresses, anchors, and all that is known of a link by itself, as columns.

Pure. Runs in the readers. Links of menus come back on each page of a site: what one is worth knowing by its address and
anchor is worked out once a process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from counterspin.model import Link
from counterspin.urls import MAX_URL, authority_of, channel_of, domain_of, fetch_url, host_of, url_key
from crawler.grams import distinct_of_each, gram_ids_of_each, word_id

_TOKEN = re.compile(r"[a-z]+|\d+")
_Place = tuple[str, str, str, int, str, str]  # URL, key, authority, kin, zone, anchor
_Known = tuple[str, bytes, bytes]  # channel, and the two parts of features
MAX_KNOWN = 20_000  # links that a process remembers, whose they are and with what features: about 15 MB
_KNOWN: dict[tuple[str, str], _Known] = {}
OTHER_SITE, SAME_SITE, SAME_HOST, SAME_CHANNEL = range(4)  # kin: how near the page that a link leads to stands


@dataclass(frozen=True, slots=True)
class FoundLinks:
    """The links of a page, one in each place of every column.

    ``anchor_ids`` (grams of the anchor) and ``features`` (all) are ids of 32 bits, as bytes. Packed into bytes:
    ``kin`` (8 bits each), ``hashes`` of the keys (64 bits), and ``places`` (three ids of 32 bits): of the block that
    names the link, of the host and of the channel that it leads to.
    """

    urls: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    anchor_ids: tuple[bytes, ...] = ()
    features: tuple[bytes, ...] = ()
    kin: bytes = b""
    hashes: bytes = b""
    places: bytes = b""

    def __len__(self) -> int:
        return len(self.urls)


def found_links(
    page: str, links: Sequence[Link], limit: int, dropped: frozenset[str] = frozenset()
) -> tuple[FoundLinks, int]:
    """At most ``limit`` links of the page at the URL ``page``, each address once, and how many were left out.

    ``dropped``: the session parameters learnt for its host.
    """
    own, others = _by_site(page, links, dropped)
    kept = _shared_out(own, others, limit)
    left_out = len(own) + len(others) - len(kept)
    if not kept:
        return FoundLinks(), left_out
    urls, keys, authorities, kin, zones, anchors = zip(*kept, strict=True)
    prefixes, anchor_ids, features = zip(*_features_of(list(zip(urls, anchors, strict=True))), strict=True)
    channel = channel_of(page)
    near = bytes(one + (one == SAME_HOST and prefix == channel) for one, prefix in zip(kin, prefixes, strict=True))
    blocks = {zone: _packed(word_id(f"b:{zone} {page}")) for zone in set(zones)}
    ends = map(_end_ids, authorities, prefixes)
    places = b"".join(blocks[zone] + end for zone, end in zip(zones, ends, strict=True))
    hashes = b"".join(map(key_hash, keys))
    return (
        FoundLinks(urls, keys, authorities, prefixes, zones, anchors, anchor_ids, features, near, hashes, places),
        left_out,
    )


def _by_site(page: str, links: Iterable[Link], dropped: frozenset[str]) -> tuple[list[_Place], list[_Place]]:
    """The links to the page's own site and those to others, each address once."""
    home = authority_of(fetch_url(page) or page)
    site = domain_of(host_of(page))
    at: dict[str, tuple[list[_Place], int]] = {}
    own: list[_Place] = []
    others: list[_Place] = []
    for link in links:
        identity = _identity(link.url)
        if identity is None:
            continue
        url, key, authority, domain = identity
        kin = SAME_HOST if authority == home else SAME_SITE if domain == site else OTHER_SITE
        if dropped and kin == SAME_HOST:
            key = url_key(url, dropped)
        if key in at:
            _name_better(*at[key], link.anchor)
            continue
        places = own if kin else others
        at[key] = places, len(places)
        places.append((url, key, authority, kin, link.zone, link.anchor))
    return own, others


@lru_cache(maxsize=MAX_KNOWN)
def _identity(link: str) -> tuple[str, str, str, str] | None:
    """URL, key, authority and domain of a link; ``None`` for one that cannot be fetched."""
    url = fetch_url(link) if len(link) <= MAX_URL else None
    if url is None:
        return None
    authority = authority_of(url)
    return url, url_key(url), authority, domain_of(authority.partition(":")[0])


@lru_cache(maxsize=MAX_KNOWN)
def key_hash(key: str) -> bytes:
    """64 bits that stand for the key of a URL."""
    return blake2b(key.encode(), digest_size=8).digest()


@lru_cache(maxsize=MAX_KNOWN)
def _end_ids(authority: str, prefix: str) -> bytes:
    """The ids of the host and of the channel that a link leads to."""
    return _packed(word_id(f"h:{authority}"), word_id(f"c:{authority}{prefix}"))


def _packed(*ids: int) -> bytes:
    return np.array(ids, np.uint32).tobytes()


def _name_better(places: list[_Place], at: int, anchor: str) -> None:
    """Of several anchors of one URL the longest is kept: a picture has none, and “read more” says less than a title."""
    if len(anchor) > len(places[at][-1]):
        places[at] = (*places[at][:-1], anchor)


def _shared_out(own: list[_Place], others: list[_Place], limit: int) -> list[_Place]:
    """Same site first, but a quarter of the places are kept for other sites: farms name farms in their last block."""
    guests = others[: max(limit // 4, limit - len(own))]
    return own[: limit - len(guests)] + guests


def _features_of(links: list[tuple[str, str]]) -> list[_Known]:
    """Channel and features of each link, address and anchor."""
    unknown = list(dict.fromkeys(link for link in links if link not in _KNOWN))
    if len(_KNOWN) + len(unknown) > MAX_KNOWN:
        _KNOWN.clear()
        unknown = list(dict.fromkeys(links))
    for link, ids in zip(unknown, link_features(unknown), strict=True):
        _KNOWN[link] = (channel_of(link[0]), *ids)
    return [_KNOWN[link] for link in links]


def link_features(links: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    """For each link, address and anchor: the grams of its anchor, and these with the words of its path.

    Distinct ids of 32 bits in ascending order, as bytes.
    """
    pairs = list(links)
    if not pairs:
        return []
    anchors = gram_ids_of_each([anchor for _, anchor in pairs])
    words = [_path_words(url) for url, _ in pairs]
    owners = np.repeat(np.arange(len(pairs)), [len(ids) + len(own) for ids, own in zip(anchors, words, strict=True)])
    mixed = [np.asarray(ids, np.uint64) for both in zip(anchors, words, strict=True) for ids in both]
    every = distinct_of_each(owners, np.concatenate(mixed), len(pairs))
    return [(ids.tobytes(), whole.tobytes()) for ids, whole in zip(anchors, every, strict=True)]


def _path_words(url: str) -> list[int]:
    path = url.split("://", 1)[-1].partition("/")[2].lower()
    return [
        word_id(f"u:{token[:20]}" if token[0].isalpha() else f"n:{len(token)}") for token in _TOKEN.findall(path)[:12]
    ]
