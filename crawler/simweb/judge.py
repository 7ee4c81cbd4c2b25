"""What an access log says of a crawl: pure functions over its hits."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from crawler.simweb.web import Hit

CLOCKS = 0.05  # seconds by which two clocks, or a timer, may be early


def read_log(path: Path) -> tuple[Hit, ...]:
    """The hits of an access log. A last line that was cut (the server was killed) is left out."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return tuple(Hit(**json.loads(line)) for line in lines if line.endswith("\n"))


def forbidden(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that robots.txt forbade."""
    return tuple(hit for hit in hits if hit.note.startswith("forbidden:"))


def shares(hits: Iterable[Hit]) -> Mapping[str, float]:
    """For each note ``trap:NAME`` (and ``expired``, ``hidden``) its share of all hits, 0 to 1."""
    listed = [hit for hit in hits if not hit.url.endswith("/robots.txt")]
    counts = Counter(hit.note.removeprefix("trap:") for hit in listed if hit.note)
    return {name: count / len(listed) for name, count in counts.items()}


def too_early(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits on a host before the time that it had asked to wait for (``wait:SECONDS``, ``until:TIME``)."""
    return tuple(hit for host in _by_host(hits).values() for hit in _impatient(host))


def _impatient(hits: Iterable[Hit]) -> Iterator[Hit]:
    until = 0.0
    for hit in hits:
        if hit.time < until - CLOCKS:
            yield hit
        kind, _, value = hit.note.partition(":")
        if kind == "wait":
            until = max(until, hit.time + float(value))
        elif kind == "until":
            until = max(until, float(value))


def gaps(hits: Iterable[Hit]) -> Mapping[str, float]:
    """For each host with two hits or more the shortest time between two requests, in seconds."""
    times = {host: [hit.time for hit in its] for host, its in _by_host(hits).items()}
    return {host: min(after - before for before, after in pairwise(at)) for host, at in times.items() if len(at) > 1}


def hurried(hits: Iterable[Hit], facts: Mapping[str, str]) -> Mapping[str, float]:
    """The hosts whose robots.txt asks for a delay (fact ``delay:SECONDS``) that the crawl cut short, and its gap."""
    asked = {url.split("/")[2]: float(label[6:]) for url, label in facts.items() if label.startswith("delay:")}
    return {host: gap for host, gap in gaps(hits).items() if gap < asked.get(host, 0.0) - CLOCKS}


def repeated_bodies(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits that brought a version again (note ``version:N``) that had been sent before."""
    seen: set[tuple[str, str]] = set()
    again = []
    for hit in sorted(hits, key=lambda hit: hit.time):
        if hit.note.startswith("version:") and hit.status == 200 and hit.sent:
            if (hit.url, hit.note) in seen:
                again.append(hit)
            seen.add((hit.url, hit.note))
    return tuple(again)


def refetched(hits: Iterable[Hit]) -> Mapping[str, int]:
    """The URLs whose body was sent more than once, and how often beyond the first; robots.txt is left out.

    After a kill this is what the next run asked for again.
    """
    counts = Counter(hit.url for hit in hits if hit.status == 200 and not hit.url.endswith("/robots.txt"))
    return {url: count - 1 for url, count in counts.items() if count > 1}


def fetched(hits: Iterable[Hit], facts: Mapping[str, str], label: str) -> float:
    """Share of the pages with a label that were answered with 200 at least once, 0 to 1; 1.0 if there are none."""
    wanted = {url for url, its in facts.items() if its == label}
    got = {hit.url for hit in hits if hit.status == 200}
    return len(wanted & got) / len(wanted) if wanted else 1.0


def _by_host(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in sorted(hits, key=lambda hit: hit.time):
        grouped[hit.host].append(hit)
    return grouped
