"""What the crawl wants to know of an answer: its text in grams, its links, its marks. Runs in worker processes.

Pure: bytes in, values out. The text is the extracted one, so that a block of friend links does not make a page
relevant; that block is read all the same, for the hosts that it names.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from counterspin.errors import RefusedPageError
from counterspin.urls import MAX_URL, authority_of, channel_of, domain_of, fetch_url, host_of, url_key
from crawler.grams import SIZE, Grams, gram_ids, grams_of, simhash
from crawler.transport import decoded
from extract.quick import Quick
from extract.quick import read as read_quick

Headers = tuple[tuple[str, str], ...]
MAX_ANCHOR = 200  # characters kept of an anchor
_META = re.compile(rb"<meta\b[^>]{0,300}\bname\s*=\s*[\"']?(?:robots|counterspin)\b[^>]{0,300}>", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*[\"']?([^\"'>]+)", re.IGNORECASE)
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
_HEAD = 65_536  # bytes of a page in which its meta elements stand
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


@dataclass(frozen=True, slots=True)
class FoundLink:
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
    robots = _robots_words(plain.body, job.headers)
    kind = _refused_type(plain.body, _header(job.headers, "content-type"))
    if kind is not None:
        return _empty("bad_type", f"{kind}, first bytes {plain.body[:16].hex()}", plain.body, robots)
    try:
        quick = read_quick(plain.body, job.url, _header(job.headers, "content-type"))
    except RefusedPageError as error:
        return _empty(error.code, error.detail, plain.body, robots)
    return reading_of(job, plain.body, quick, robots, plain.problem)


def reading_of(
    job: Job, body: bytes, quick: Quick, robots: frozenset[str] = frozenset(), problem: str | None = None
) -> Reading:
    """What was read, from a quick extraction."""
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
        scripted=len(quick.text) < _WALL_CHARS and bool(_SHELL.search(body)),
    )


def _empty(code: str, detail: str, body: bytes, robots: frozenset[str] = frozenset()) -> Reading:
    return Reading(code, detail, sha256(body).hexdigest(), len(body), "", 0, "", 0, b"", b"", (), robots=robots)


def _refused_type(body: bytes, content_type: str | None) -> str | None:
    """The type that an answer says it is, if it is no page. What says nothing, or nonsense, is judged by its start."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in _PAGE_TYPES or _MARKUP.match(body[:2048]):
        return None
    return kind


def _wall(body: bytes, quick: Quick) -> str | None:
    if len(quick.text) >= _WALL_CHARS:
        return None
    if _PASSWORD.search(body):
        return "login_wall"
    return "challenge" if _CHALLENGE.search(body) or _PLEASE_WAIT.search(quick.title or quick.text) else None


def _robots_words(body: bytes, headers: Headers) -> frozenset[str]:
    words: list[str] = []
    for tag in _META.findall(body[:_HEAD]):
        content = _CONTENT.search(tag)
        if content:
            words += content[1].decode("latin-1").lower().replace(",", " ").split()
    for name, value in headers:
        agent, colon, rest = value.lower().partition(":")
        if name.lower() == "x-robots-tag" and (not colon or agent.strip() == "counterspin" or " " in agent.strip()):
            words += (rest if colon and agent.strip() == "counterspin" else value).lower().replace(",", " ").split()
    known = {"none": ("noindex", "nofollow")}
    return frozenset(meant for word in words for meant in known.get(word, (word,)))


def _links(job: Job, quick: Quick, *, followed: bool) -> tuple[tuple[FoundLink, ...], int]:
    if not followed:
        return (), 0
    home = authority_of(fetch_url(job.url) or job.url)
    site = domain_of(host_of(job.url))
    seen: set[str] = set()
    own: list[FoundLink] = []
    others: list[FoundLink] = []
    for link in quick.links:
        url = fetch_url(link.url) if len(link.url) <= MAX_URL else None
        if url is None:
            continue
        authority = authority_of(url)
        key = url_key(url, job.dropped if authority == home else frozenset())
        if key in seen:
            continue
        seen.add(key)
        anchor = " ".join(link.anchor.split())[:MAX_ANCHOR]
        ids, features = link_features(url, anchor)
        found = FoundLink(url, key, authority, channel_of(url), link.zone, anchor, ids, features)
        (own if domain_of(authority.partition(":")[0]) == site else others).append(found)
    kept = _shared_out(own, others, job.links)
    return tuple(kept), len(own) + len(others) - len(kept)


def _shared_out(own: list[FoundLink], others: list[FoundLink], limit: int) -> list[FoundLink]:
    """Same site first, but a quarter of the places are kept for other sites: farms name farms in their last block."""
    guests = others[: max(limit // 4, limit - len(own))]
    return own[: limit - len(guests)] + guests


def link_features(url: str, anchor: str) -> tuple[bytes, bytes]:
    """The grams of an anchor, and these with the words of the path; distinct ids of 32 bits, as bytes."""
    path = url.split("://", 1)[-1].partition("/")[2].lower()
    words = [f"u:{token[:20]}" if token[0].isalpha() else f"n:{len(token)}" for token in _TOKEN.findall(path)[:12]]
    ids = gram_ids(anchor)
    named = np.array([zlib.crc32(word.encode()) & (SIZE - 1) for word in words], np.uint32)
    return ids.tobytes(), np.unique(np.concatenate([ids, named])).astype(np.uint32).tobytes()


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)
