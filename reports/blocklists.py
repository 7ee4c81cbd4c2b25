"""Block lists for tools that people already use, from confirmed verdicts only, each entry with its reason.

A host is listed if reviewers confirmed the site itself, or flags on enough of its pages; otherwise only the pages are
listed. A site that reviewers judged wrong or not actionable is never listed. Names that could mean anything else
to the program that reads the list (wildcards, separators, other scripts) are left out and counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from reports.safe import web_address

MIN_PAGES = 3  # pages with a confirmed flag, from which a host can be listed as a whole
MIN_SHARE = 0.5  # the same as a share of the host's analysed pages, 0 to 1
SPARED = ("false_positive", "not_actionable")
_LISTED = frozenset({"spun", "copied", "padded", "damaged", "link_farm"})  # answers that differ are no reason to block
_HOST = re.compile(r"^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$")
_PATH = re.compile(r"^/[A-Za-z0-9._~!&'()+,;=:@%/?-]*$")  # no * ^ | $ # and nothing outside ASCII


@dataclass(frozen=True, slots=True)
class Entry:
    """A host (``path`` empty) or a page to block; ``reason`` is made of our words, numbers and dates alone."""

    host: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class BlockList:
    """The entries, hosts first; ``left_out`` counts names that cannot be written safely."""

    entries: tuple[Entry, ...]
    left_out: int


@dataclass(slots=True)
class _Found:
    pages: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # url -> categories
    last: str = ""


def collect(
    confirmed: Iterable[tuple[str, ...]],
    verdicts: Iterable[tuple[str, ...]],
    pages: Mapping[str, int],
    *,
    min_pages: int = MIN_PAGES,
    min_share: float = MIN_SHARE,
) -> BlockList:
    """The block list of confirmed flags (host, domain, url, category, rule, flag, reviewer, at) and site verdicts.

    ``pages`` counts the analysed pages of each host.
    """
    judged = {host: (verdict, at) for host, _, verdict, _, at, _ in verdicts}
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for host, _, url, category, _, _, _, at in confirmed:
        if category in _LISTED and judged.get(host, ("", ""))[0] not in SPARED:
            found[host].pages[url].add(category)
            found[host].last = max(found[host].last, at or "")
    hosts = {host: _site_reason(at) for host, (verdict, at) in judged.items() if verdict == "confirmed"}
    for host, one in found.items():
        total = max(pages.get(host, 0), len(one.pages))
        if len(one.pages) >= min_pages and len(one.pages) >= min_share * total:
            hosts.setdefault(host, _host_reason(one, total))
    wanted = [(host, "", reason) for host, reason in sorted(hosts.items())]
    wanted += [page for host in sorted(set(found) - set(hosts)) for page in _pages(found[host])]
    entries = [entry for host, path, reason in wanted if (entry := _entry(host, path, reason)) is not None]
    return BlockList(tuple(entries), len(wanted) - len(entries))


def _site_reason(at: str) -> str:
    return f"site confirmed by review {_date(at)}"


def _host_reason(one: _Found, total: int) -> str:
    categories = sorted({category for found in one.pages.values() for category in found})
    return f"{', '.join(categories)}: confirmed on {len(one.pages)} of {total} pages, {_date(one.last)}"


def _pages(one: _Found) -> Iterator[tuple[str, str, str]]:
    for url, categories in sorted(one.pages.items()):
        if web_address(url) is None:
            yield "", url, ""
            continue
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        yield parts.netloc, path, f"{', '.join(sorted(categories))}: confirmed, {_date(one.last)}"


def _date(at: str) -> str:
    return at[:10] if re.match(r"^\d{4}-\d{2}-\d{2}", at) else "date unknown"


def _entry(host: str, path: str, reason: str) -> Entry | None:
    try:
        name = host.lower().rstrip(".").encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _HOST.match(name) or (path and not _PATH.match(path)):
        return None
    return Entry(name, path, reason)


def ublacklist(found: BlockList) -> str:
    """Match patterns for uBlacklist; a host's pattern covers its subdomains."""
    return _lines("#", found, lambda e: f"*://{e.host}{e.path}" if e.path else f"*://*.{e.host}/*")


def content_farm_terminator(found: BlockList) -> str:
    """Rules for Content Farm Terminator: the rule, a space, the reason; pages as regular expressions."""
    rules = (f"{_terminator(entry)} {entry.reason}" for entry in found.entries)
    # A line that begins with a space has no rule, only a comment.
    return "\n".join([*(f" {text}" for text in _head(found)), *rules]) + "\n"


def _terminator(entry: Entry) -> str:
    if not entry.path:
        return entry.host
    address = re.escape(entry.host + entry.path).replace("/", r"\/")
    return rf"/^https?:\/\/{address}$/"


def hosts(found: BlockList) -> str:
    """A hosts file; it can only name hosts, so listed pages are left out."""
    entries = tuple(entry for entry in found.entries if not entry.path)
    only = BlockList(entries, found.left_out + len(found.entries) - len(entries))
    return _lines("#", only, lambda entry: f"0.0.0.0 {entry.host}")


def adblock(found: BlockList) -> str:
    """Filters in the syntax of ad blockers: whole documents of a host, or one page."""
    return "[Adblock Plus 2.0]\n" + _lines(
        "!", found, lambda e: f"||{e.host}{e.path}|$document" if e.path else f"||{e.host}^$document"
    )


FORMATS: dict[str, Callable[[BlockList], str]] = {
    "ublacklist": ublacklist,
    "content-farm-terminator": content_farm_terminator,
    "hosts": hosts,
    "adblock": adblock,
}


def _head(found: BlockList) -> tuple[str, ...]:
    left_out = f"; {found.left_out} left out because the format cannot name them" if found.left_out else ""
    return (
        "Title: counterspin",
        f"Entries: {len(found.entries)}{left_out}",
        "Every entry was confirmed by a reviewer; the reason stands with it.",
    )


def _lines(sign: str, found: BlockList, rule: Callable[[Entry], str]) -> str:
    lines = [f"{sign} {text}" for text in _head(found)]
    for entry in found.entries:
        lines += [f"{sign} {entry.reason}", rule(entry)]
    return "\n".join(lines) + "\n"
