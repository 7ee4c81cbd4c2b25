"""What the crawl wants to know of an answer: its text in grams, its links, its marks. Runs in worker processes.

Pure: bytes in, values out. The text is the extracted one, so that a block of friend links does not make a page
relevant; that block is read all the same, for the hosts that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from counterspin.errors import RefusedPageError
from crawler.found import FoundLinks, found_links
from crawler.grams import Grams, grams_of, simhash
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
_PAGE_TYPES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_MARKUP = re.compile(
    rb"^\s*(?:\xef\xbb\xbf\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# Readings with one of these codes are no page: nothing is kept but the code (a body cut short stays in the archive).
NO_PAGE = frozenset({"too_large", "bad_http", "bad_type", "bad_encoding", "login_wall", "challenge"})
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
    links: FoundLinks
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
    followed = quick.links if "nofollow" not in robots else ()
    links, cut = found_links(job.url, followed, job.links, job.dropped)
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
    return Reading(
        code, detail, sha256(body).hexdigest(), len(body), "", 0, "", 0, b"", b"", FoundLinks(), robots=robots
    )


def _refused_type(body: bytes, content_type: str | None) -> str | None:
    """The type that an answer says it is, if it is no page. What says nothing, or nonsense, is judged by its start."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in _PAGE_TYPES or _MARKUP.match(body[:2048]):
        return None
    return kind


def _is_shell(quick: Quick, links: FoundLinks, body: bytes) -> bool:
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


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name), None)
