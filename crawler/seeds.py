"""Where a crawl starts: URLs, files of URLs, sitemaps, feeds, and texts that say what it is about.

No search engine is scraped: a list of results saved by hand or by another tool is a file of URLs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from counterspin.errors import InputError, UsageError
from counterspin.store.frontier import SEED_RANK, NewLink
from counterspin.urls import authority_of, channel_of, fetch_url, url_key
from crawler.guard import Guard
from crawler.sieve import LIST_ZONE

MAX_LIST = 200_000  # URLs of one file
_URL = re.compile(r"https?://[^\s\"'<>,;|，；]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Start of a crawl. ``urls`` are pages about the topic, ``sitemaps`` (and feeds) name pages, ``texts`` describe it,
    ``against`` are texts of what is not looked for.
    """

    urls: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = field(default=())

    def left_out(self) -> list[str]:
        """A line for each seed that is not asked for, with the reason."""
        advice = {"forbidden_address": "; crawl.allow_private lets single servers through"}
        return [f"seed left out: {url}: {why}{advice.get(why.partition(' ')[0], '')}" for url, why in self.refused]


def read_seeds(
    words: Iterable[str],
    *,
    sitemaps: Iterable[str] = (),
    texts: Iterable[Path] = (),
    against: Iterable[Path] = (),
    guard: Guard | None = None,
) -> Seeds:
    """Seeds from words of the command line: a URL, or the name of a file with a URL in each line.

    A URL that ends like a sitemap or feed is taken as one. Raises :class:`UsageError` for a word that is neither and
    :class:`InputError` for a file without URLs.
    """
    guard = guard or Guard()
    named: list[str] = []
    for word in words:
        named += _of_word(word)
    pages = [url for url in named if not _is_list(url)]
    lists = [*sitemaps, *(url for url in named if _is_list(url))]
    urls, refused = _usable(pages, guard)
    maps, refused_maps = _usable(lists, guard)
    return Seeds(
        tuple(urls), tuple(maps), tuple(_text(path) for path in texts), tuple(_text(path) for path in against),
        tuple(refused + refused_maps),
    )  # fmt: skip


def seed_links(seeds: Seeds) -> list[NewLink]:
    """The rows of the frontier that a crawl starts with."""
    links = [_link(url, "seed") for url in seeds.urls]
    return links + [_link(url, "sitemap") for url in seeds.sitemaps]


def _link(url: str, origin: str) -> NewLink:
    return NewLink(
        url,
        url_key(url),
        authority_of(url),
        channel_of(url),
        1.0,
        SEED_RANK,
        origin=origin,
        anchor="",
        zone="main" if origin == "seed" else LIST_ZONE,
    )


def _of_word(word: str) -> list[str]:
    if re.match(r"https?://", word, re.IGNORECASE):
        return [word]
    path = Path(word)
    if path.is_dir():
        raise UsageError(f"{word} is a folder; name a file with one URL in each line, or import pages instead")
    if path.is_file():
        return _of_file(path)
    if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(?:[:/].*)?", word, re.IGNORECASE):
        return [f"http://{word}"]
    raise UsageError(f"{word}: neither a URL nor a file; give http://... or a file with one URL in each line")


def _of_file(path: Path) -> list[str]:
    text = _text(path)
    found = [url.rstrip(".。)）]") for url in _URL.findall("\n".join(_lines(text)))]
    if not found:
        raise InputError(f"{path}: holds no URL; write one http(s):// address in each line")
    return found[:MAX_LIST]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name and the rights") from error


def _usable(urls: Iterable[str], guard: Guard) -> tuple[list[str], list[tuple[str, str]]]:
    good: dict[str, None] = {}
    bad: list[tuple[str, str]] = []
    for text in urls:
        url = fetch_url(text)
        refusal = guard.refusal(url) if url else None
        if url is None:
            bad.append((text, "bad_url"))
        elif refusal is not None:
            bad.append((text, f"{refusal.code} ({refusal.detail})"))
        else:
            good[url] = None
    return list(good), bad


def _is_list(url: str) -> bool:
    path = url.partition("?")[0].lower()
    name = path.rpartition("/")[2]
    return (
        (name.startswith("sitemap") and name.endswith((".xml", ".xml.gz", ".txt", ".txt.gz")))
        or name.endswith((".rss", ".atom"))
        or name in ("feed.xml", "rss.xml", "atom.xml", "feed")
    )
