"""What the crawl wants to know of an answer: its text in grams, its links, its marks. Runs in worker processes.

Pure: bytes in, values out. The text is the extracted one, so that a block of friend links does not make a page
relevant; that block is read all the same, for the hosts that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from counterspin.errors import RefusedPageError
from counterspin.urls import MAX_URL, authority_of, channel_of, domain_of, fetch_url, host_of, url_key
from crawler.grams import Grams, distinct_of_each, gram_ids_of_each, grams_of, simhash, word_id
from crawler.robots import AGENT
from crawler.transport import Headers, decoded
from extract.quick import Quick
from extract.quick import read as read_quick

_SHELL = re.compile(rb"<script\b", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input\b[^>]{0,200}type\s*=\s*[\"']?password", re.IGNORECASE)
_CHALLENGE = re.compile(
    rb"cf-challenge|challenge-platform|_Incapsula_|geetest|hcaptcha|g-recaptcha|__jsl_clearance|acw_sc__v2",
    re.IGNORECASE,
)
_PLEASE_WAIT = re.compile(
    r"just a moment|checking (?:your browser|if the site)|attention required|ddos protection"
    r"|verify(?:ing)? you are human"
    r"|安全验证|人机验证|访问验证|正在验证|浏览器安全检查",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[a-z]+|\d+")
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_MARKUP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Readings with one of these codes are no page: nothing is kept but the code (a body cut short stays in the archive).
NO_PAGE = frozenset({"too_large", "bad_http", "bad_type", "bad_encoding", "login_wall", "challenge"})
_Place = tuple[str, str, str, str, str]  # URL, key, authority, zone, anchor
_Known = tuple[str, bytes, bytes]  # channel, and the two parts of features
MAX_KNOWN = 20_000  # links that a process remembers, whose they are and with what features: about 15 MB
_KNOWN: dict[tuple[str, str], _Known] = {}
_SHELL_CHARS, _SHELL_LINKS = 60, 4  # with less text and fewer links a page with scripts is made by them
_WALL_CHARS = 200  # with less text a password field or a challenge is the page


@dataclass(frozen=True, slots=True)
class Job:
    """An answer to be read. ``body`` is as it came; ``dropped`` are the session parameters learnt for the host."""

    url: str
    body: bytes
    headers: Headers
    limit: int
    links: int
    dropped: frozenset[str] = frozenset()


class FoundLink(NamedTuple):
    """A link of the page. ``anchor_ids`` (grams of the anchor) and ``features`` (all) are ids of 32 bits, as bytes."""

    url: str
    url_key: str
    authority: str
    prefix: str
    zone: str
    anchor: str
    anchor_ids: bytes
    features: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. ``code`` says why a page is no page of ours; it may still have links.

    ``ids`` and ``counts`` are the grams of the text as bytes; ``robots`` the words of its robots meta element and
    header; ``cut`` how many links were left out.
    """

    code: str | None
    detail: str
    raw_sha256: str
    size: int
    title: str
    chars: int
    text_sha256: str
    simhash: int
    ids: bytes
    counts: bytes
    links: tuple[FoundLink, ...]
    encoding: str = ""
    robots: frozenset[str] = frozenset()
    cut: int = 0
    scripted: bool = False

    @property
    def grams(self) -> Grams:
        """The grams of the text."""
        return Grams(np.frombuffer(self.ids, np.uint32), np.frombuffer(self.counts, np.float32))


def read(job: Job) -> Reading:
    """Read an answer. Never raises for what is in it."""
    plain = decoded(job.body, job.headers, limit=job.limit)
    if plain.problem in ("too_large", "bad_http"):
        return _empty(plain.problem, f"{len(job.body)} bytes as sent", plain.body)
    headed = _robots_of_headers(job.headers)
    kind = _refused_type(plain.body, _header(job.headers, "content-type"))
    if kind is not None:
        return _empty("bad_type", f"{kind}, first bytes {plain.body[:16].hex()}", plain.body, headed)
    try:
        quick = read_quick(plain.body, job.url, _header(job.headers, "content-type"))
    except RefusedPageError as error:
        return _empty(plain.problem or error.code, error.detail, plain.body, headed)
    return reading_of(job, plain.body, quick, headed, plain.problem)


def reading_of(
    job: Job, body: bytes, quick: Quick, robots: frozenset[str] = frozenset(), problem: str | None = None
) -> Reading:
    """What was read, from a quick extraction. ``robots``: what the headers say to robots."""
    robots |= _meant(quick.robots)
    grams = grams_of(f"{quick.title or ''}\n{quick.text}")
    links, cut = _links(job, quick, followed="nofollow" not in robots)
    code = problem or _wall(body, quick)
    return Reading(
        code=code,
        detail="",
        raw_sha256=sha256(body).hexdigest(),
        size=len(body),
        title=(quick.title or "")[:500],
        chars=len(quick.text),
        text_sha256=sha256(quick.text.encode("utf-8", "surrogatepass")).hexdigest(),
        simhash=simhash(grams),
        ids=grams.ids.tobytes(),
        counts=grams.counts.tobytes(),
        links=links,
        encoding=quick.encoding,
        robots=robots,
        cut=cut,
        scripted=_is_shell(quick, links, body),
    )


def _empty(code: str, detail: str, body: bytes, robots: frozenset[str] = frozenset()) -> Reading:
    return Reading(code, detail, sha256(body).hexdigest(), len(body), "", 0, "", 0, b"", b"", (), robots=robots)


def _refused_type(body: bytes, content_type: str | None) -> str | None:
    """The type that an answer says it is, if it is no page. What says nothing, or nonsense, is judged by its start."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in _PAGE_TYPES or _MARKUP.match(body[:2048]):
        return None
    return kind


def _is_shell(quick: Quick, links: tuple[FoundLink, ...], body: bytes) -> bool:
    """Whether scripts would make this page: it has hardly any text and links of its own."""
    return len(quick.text) < _SHELL_CHARS and len(links) < _SHELL_LINKS and bool(_SHELL.search(body))


def _wall(body: bytes, quick: Quick) -> str | None:
    if len(quick.text) >= _WALL_CHARS:
        return None
    if _PASSWORD.search(body):
        return "login_wall"
    return "challenge" if _CHALLENGE.search(body) or _PLEASE_WAIT.search(quick.title or quick.text) else None


def _robots_of_headers(headers: Headers) -> frozenset[str]:
    words: list[str] = []
    for name, value in headers:
        if name.lower() != "x-robots-tag":
            continue
        agent, colon, rest = value.lower().partition(":")
        is_ours = bool(colon) and agent.strip() == AGENT
        if is_ours or not colon or " " in agent.strip():
            words += (rest if is_ours else value).lower().replace(",", " ").split()
    return _meant(words)


def _meant(words: Iterable[str]) -> frozenset[str]:
    """The words themselves; ``none`` stands for two."""
    return frozenset(meant for word in words for meant in (("noindex", "nofollow") if word == "none" else (word,)))


def _links(job: Job, quick: Quick, *, followed: bool) -> tuple[tuple[FoundLink, ...], int]:
    if not followed:
        return (), 0
    home = authority_of(fetch_url(job.url) or job.url)
    site = domain_of(host_of(job.url))
    at: dict[str, tuple[list[_Place], int]] = {}
    own: list[_Place] = []
    others: list[_Place] = []
    for link in quick.links:
        identity = _identity(link.url)
        if identity is None:
            continue
        url, key, authority, domain = identity
        is_own = authority == home or domain == site
        if job.dropped and authority == home:
            key = url_key(url, job.dropped)
        if key in at:
            _name_better(*at[key], link.anchor)
            continue
        places = own if is_own else others
        at[key] = places, len(places)
        places.append((url, key, authority, link.zone, link.anchor))
    kept = _shared_out(own, others, job.links)
    features = _features_of([(place[0], place[-1]) for place in kept])
    found = tuple(
        FoundLink(url, key, authority, channel, zone, anchor, anchor_ids, ids)
        for (url, key, authority, zone, anchor), (channel, anchor_ids, ids) in zip(kept, features, strict=True)
    )
    return found, len(own) + len(others) - len(kept)


@lru_cache(maxsize=MAX_KNOWN)
def _identity(link: str) -> tuple[str, str, str, str] | None:
    """URL, key, authority and domain of a link; ``None`` for one that cannot be fetched."""
    url = fetch_url(link) if len(link) <= MAX_URL else None
    if url is None:
        return None
    authority = authority_of(url)
    return url, url_key(url), authority, domain_of(authority.partition(":")[0])


def _name_better(places: list[_Place], at: int, anchor: str) -> None:
    """Of several anchors of one URL the longest is kept: a picture has none, and “read more” says less than a title."""
    if len(anchor) > len(places[at][-1]):
        places[at] = (*places[at][:-1], anchor)


def _shared_out(own: list[_Place], others: list[_Place], limit: int) -> list[_Place]:
    """Same site first, but a quarter of the places are kept for other sites: farms name farms in their last block."""
    guests = others[: max(limit // 4, limit - len(own))]
    return own[: limit - len(guests)] + guests


def _features_of(links: list[tuple[str, str]]) -> list[_Known]:
    """Channel and features of each link, address and anchor. Those of a site's menu come back on each of its pages."""
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
    anchors = gram_ids_of_each([anchor for _, anchor in pairs])
    words = [_path_words(url) for url, _ in pairs]
    owners = np.repeat(np.arange(len(pairs)), [len(ids) + len(own) for ids, own in zip(anchors, words, strict=True)])
    mixed = [np.asarray(ids, np.uint64) for both in zip(anchors, words, strict=True) for ids in both]
    every = distinct_of_each(owners, np.concatenate(mixed) if mixed else np.empty(0, np.uint64), len(pairs))
    return [(ids.tobytes(), whole.tobytes()) for ids, whole in zip(anchors, every, strict=True)]


def _path_words(url: str) -> list[int]:
    path = url.split("://", 1)[-1].partition("/")[2].lower()
    return [
        word_id(f"u:{token[:20]}" if token[0].isalpha() else f"n:{len(token)}") for token in _TOKEN.findall(path)[:12]
    ]


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)
