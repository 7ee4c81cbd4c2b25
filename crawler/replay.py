"""The crawl again, from the archive: the same desk, no network, the same database.

For regression tests and for a database that was lost. What the archive has no answer for is coded ``not_archived``.
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path

from counterspin.errors import ArchiveError
from counterspin.settings import Settings
from counterspin.store import Store, runs
from counterspin.store.frontier import Frontier, Visit
from counterspin.urls import url_key
from crawler.agenda import Agenda, Task
from crawler.answer import Answer, Tally
from crawler.archive import Exchange, Place
from crawler.desk import Desk
from crawler.members import Member, members
from crawler.seeds import Seeds, seed_links
from crawler.sieve import LIST_ZONE

_FIRST = 1e9  # Unix time at which the clock of a replay begins; it moves only when every host rests


@dataclass(slots=True)
class Archived:
    """An archive by URL, in the order of its records."""

    answers: dict[str, deque[tuple[Answer, Place | None]]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    seeds: dict[str, None] = field(default_factory=dict)

    def take(self, url: str) -> tuple[Answer, Place | None] | None:
        """The next answer for a URL."""
        waiting = self.answers.get(url)
        return waiting.popleft() if waiting else None


class ReplayWriter:
    """Stands in for the archive's writer: what would be written is there already, at a place that is known."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], Place] = {}

    def write(self, exchange: Exchange, shown: bytes | None = None) -> Place:  # noqa: ARG002
        """Where the answer stands."""
        return self.places[exchange.url, exchange.fetched_at]

    def write_revisit(self, exchange: Exchange, *, profile: str, digest: str | None) -> Place:  # noqa: ARG002
        """Nothing is written."""
        return self.places.get((exchange.url, exchange.fetched_at), Place("", 0, 0))

    def write_note(self, url: str, at: str, fields: object) -> None:
        """Nothing is written."""

    def write_text(self, url: str, at: str, text: str) -> None:
        """Nothing is written."""

    def close(self) -> None:
        """Nothing is open."""


def replay(store: Store, settings: Settings, warc: Path) -> Tally:
    """Crawl from the archive in ``warc`` into an empty store. Raises :class:`ArchiveError` without an archive."""
    from crawler.assembly import desk_of  # noqa: PLC0415 - it imports much

    archived = read_archive(warc)
    writer = ReplayWriter()
    for url, answers in archived.answers.items():
        for answer, place in answers:
            if place is not None:
                writer.places[url, _iso(answer.at or 0.0)] = place
    run = runs.start(store, "crawl")
    frontier = Frontier(store, run, owner="replay")
    frontier.add(seed_links(Seeds(urls=tuple(archived.seeds))))
    clock = _Clock()
    desk = desk_of(store, run, settings, frontier, Seeds(), writer=writer, clock=clock.now, readers=0)
    desk.agenda.load(clock.now())
    asyncio.run(_replay(desk, archived, clock))
    desk.archivist.shutdown(wait=True)
    runs.finish(store, run, status="ok", stats={"pages": desk.tally.pages, "captures": desk.tally.captures})
    return desk.tally


def read_archive(warc: Path) -> Archived:
    """What the WARC files of a folder answer."""
    files = sorted(warc.glob("*.warc.gz"))
    if not files:
        raise ArchiveError(f"{warc}: there is no WARC file to replay; name the folder of an archive")
    archived = Archived()
    for file in files:
        for record in members(file):
            _take(archived, record)
    return archived


def _take(archived: Archived, record: Member) -> None:
    if record.kind == "response":
        place = Place(record.path.name, record.offset, len(record.raw))
        archived.answers.setdefault(record.url, deque()).append((_answer(record), place))
    elif record.kind == "conversion" and archived.answers.get(record.url):
        answer, _ = archived.answers[record.url].pop()
        place = Place(record.path.name, record.offset, len(record.raw))
        archived.answers[record.url].append((replace(answer, shown=record.block), place))
    elif record.kind == "resource":
        archived.texts[record.url] = record.block.decode("utf-8", "surrogateescape")
    elif record.kind == "metadata":
        fields = dict(_lines(record.block))
        if fields.get("origin") == "seed":
            archived.seeds[record.url] = None
        if "http-status" in fields:
            headers = (("Location", fields["location"]),) if "location" in fields else ()
            answer = Answer(int(fields["http-status"]), headers, b"", 0.0, at=_seconds(record.fields["warc-date"]))
            archived.answers.setdefault(record.url, deque()).append((answer, None))


def _answer(record: Member) -> Answer:
    head, _, body = record.block.partition(b"\r\n\r\n")
    line, _, rest = head.partition(b"\r\n")
    return Answer(
        int(line.split(b" ", 2)[1]), tuple(_lines(rest)), body, 0.0, at=_seconds(record.fields["warc-date"]),
        truncated=record.fields.get("warc-truncated"),
    )  # fmt: skip


def _lines(block: bytes) -> list[tuple[str, str]]:
    pairs = (line.partition(b":") for line in block.split(b"\r\n") if b":" in line)
    return [
        (name.decode("utf-8", "replace"), value.decode("utf-8", "surrogateescape").strip()) for name, _, value in pairs
    ]


async def _replay(desk: Desk, archived: Archived, clock: _Clock) -> None:
    while True:
        task = desk.agenda.next(clock.now())
        if task is None:
            at = desk.agenda.wake_at()
            if at is None and not _queue_again(desk.ledger.frontier, desk.agenda, archived, clock.now()):
                return
            clock.value = max(clock.value, at or 0.0)
            continue
        await _serve(desk, archived, task, clock.now())


async def _serve(desk: Desk, archived: Archived, task: Task, now: float) -> None:
    if task.row is None:
        text = archived.texts.get(task.url)
        desk.robots(task, Answer(404 if text is None else 200, (), (text or "").encode(), 0.0))
        return
    if desk.forbids(task):
        return
    if task.row.zone == LIST_ZONE and task.row.url in archived.texts:
        body = archived.texts[task.row.url].encode("utf-8", "surrogateescape")
        await desk.page(task, Answer(200, (), body, 0.0))
        return
    found = archived.take(task.row.url)
    if found is None:
        desk.ledger.frontier.settle(task.row.id, "failed", now, Visit(), code="not_archived")
        desk.agenda.release(task.host, now)
        return
    await desk.page(task, found[0])


def _queue_again(frontier: Frontier, agenda: Agenda, archived: Archived, now: float) -> bool:
    """Queue the pages of which the archive has a further version; whether there were any."""
    left = [url for url, answers in archived.answers.items() if answers]
    count = frontier.queue_again(url_key(url) for url in left)
    for url in left:
        if not count:
            archived.answers[url].clear()  # never reached by a link that the crawl takes: nothing to do with it
    if count:
        agenda.load(now)
    return bool(count)


def _seconds(text: str) -> float:
    return datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc).timestamp()


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Clock:
    def __init__(self) -> None:
        self.value = _FIRST

    def now(self) -> float:
        return self.value
