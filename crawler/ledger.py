"""The transactions of the crawl: each page is settled in one, with everything that it brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterspin.model import Capture
from counterspin.store import Store, pages
from counterspin.store.frontier import Frontier, NewLink, Rise, Row, Visit
from crawler.agenda import Agenda, Task
from crawler.answer import Answer, Tally, iso
from crawler.archive import SHOWN_TYPE, Place
from crawler.focus import RELEVANT, Focus
from crawler.manners import Host
from crawler.reading import Reading
from crawler.revisit import next_visit
from crawler.sieve import Refused
from crawler.stopping import Harvest

MAX_NOTED = 200  # URLs of a host that is refused that get a fetch row of their own; all are in the frontier
NEAR_COPY = 0.2  # what a near copy counts as for the odds of its channel


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was read: what it is worth, where it was archived (``None``: its text is the one already there)."""

    reading: Reading
    relevance: float
    worth: float
    place: Place | None
    is_near_copy: bool
    links: Sequence[NewLink | Rise]
    refused: Sequence[Refused]
    code: str | None = None
    shown: bytes | None = None  # what scripts made of the page


@dataclass(slots=True)
class Ledger:
    """Writes what becomes of rows, and counts it."""

    store: Store
    run: int
    frontier: Frontier
    agenda: Agenda
    focus: Focus
    tally: Tally = field(default_factory=Tally)
    harvest: Harvest = field(default_factory=Harvest)

    def keep(self, task: Task, row: Row, answer: Answer, kept: Kept, now: float) -> None:
        """Settle a page that was read."""
        with self.store.transaction() as db:
            page = pages.page_id(db, row.url, self.run)
            capture = self._put_capture(row, answer, page, kept, now) if kept.place else None
            pages.put_fetch(
                db, run=self.run, page=page, url=row.url, at=iso(now), code="ok" if kept.place else "unchanged",
                http_status=answer.status, size=len(answer.body), seconds=answer.seconds, capture=capture,
                detail=" ".join(sorted(kept.reading.robots)),
            )  # fmt: skip
            visit = self._visited(row, answer, kept, page, now)
            self.frontier.settle(row.id, "done", now, visit, code=kept.code, detail=kept.reading.detail)
            self.frontier.count_visit(row.channel_id, kept.worth)
            if row.origin == "seed" and row.fetched_at is None:
                self.frontier.save_model("topic", self.focus.topic.to_bytes())
            added = self.frontier.add(kept.links)
            self.frontier.refuse(kept.refused)
        self._count(task, row, answer, kept)
        self.agenda.offer(added, now)

    def keep_list(
        self, row: Row, answer: Answer, links: Sequence[NewLink], refused: Sequence[Refused], now: float
    ) -> None:
        """Settle a sitemap or feed."""
        with self.store.transaction():
            visit = Visit(
                etag=answer.header("etag"), last_modified=answer.header("last-modified"),
                next_at=now + next_visit(0, 0, interval=0.0),
            )  # fmt: skip
            self.frontier.settle(row.id, "done", now, visit, code="list", detail=f"{len(links)} new URLs")
            added = self.frontier.add(links)
            self.frontier.refuse(refused)
        self.tally.refused.update(code for _, code, _ in refused)
        self.agenda.offer(added, now)

    def end(
        self, row: Row, state: str, code: str, now: float, *, answer: Answer | None, visit: Visit, detail: str = "",
        links: Sequence[NewLink] = (),
    ) -> None:  # fmt: skip
        """Settle a row that brought no text."""
        with self.store.transaction() as db:
            page = pages.page_id(db, row.url, self.run) if code != "redirect" else None
            pages.put_fetch(
                db, run=self.run, page=page, url=row.url, at=iso(now), code=code, detail=detail,
                http_status=answer.status if answer else None, size=len(answer.body) if answer else None,
                seconds=answer.seconds if answer else None,
            )  # fmt: skip
            self.frontier.settle(row.id, state, now, visit, code=code, detail=detail)
            self.frontier.count_visit(row.channel_id, 0.0)
            added = self.frontier.add(links)
        if state == "refused":
            self.tally.refused[code] += 1
        elif state in ("failed", "gone"):
            self.tally.failed[code] += 1
        self.tally.pages += 1
        self.agenda.offer(added, now)

    def refuse(self, row: Row, code: str, detail: str, now: float) -> None:
        """Settle a row that was not asked."""
        with self.store.transaction() as db:
            pages.put_fetch(db, run=self.run, page=None, url=row.url, at=iso(now), code=code, detail=detail)
            self.frontier.settle(row.id, "refused", now, Visit(), code=code, detail=detail)
        self.tally.refused[code] += 1

    def refuse_host(self, host: Host, code: str, detail: str, now: float) -> None:
        """Refuse everything that is queued for a host."""
        with self.store.transaction():
            self._note_host(host, code, detail, now)
            self.tally.refused[code] += self.frontier.refuse_queued(code, detail, host=host.id)
        self.agenda.close_host(host, code)

    def put_off_host(self, host: Host, code: str, detail: str, now: float) -> None:
        """Leave a host to the next run; what is queued for it stays queued, with the reason."""
        with self.store.transaction():
            self._note_host(host, code, detail, now)
            self.frontier.explain_queued(host.id, code, detail)
            self.frontier.put_host(host.id, delay=host.delay, ready_at=0.0, failures=host.failures, code=code)
        self.tally.failed[code] += 1
        self.agenda.close_host(host, code)

    def note(self, row: Row, code: str, detail: str, now: float, answer: Answer) -> None:
        """Keep what came of an attempt that is not the last."""
        with self.store.transaction() as db:
            pages.put_fetch(
                db, run=self.run, page=None, url=row.url, at=iso(now), code=code, detail=detail,
                http_status=answer.status, seconds=answer.seconds,
            )  # fmt: skip

    def _note_host(self, host: Host, code: str, detail: str, now: float) -> None:
        for url in self.frontier.queued_urls(host.id, MAX_NOTED):
            pages.put_fetch(
                self.store.connection, run=self.run, page=None, url=url, at=iso(now), code=code, detail=detail
            )

    def put_back(
        self, task: Task, row: Row, until: float, now: float, *, code: str, counts: bool, url: str | None = None
    ) -> None:
        """Queue a row again, not before a time, and keep the manners learnt for its host."""
        host = task.host
        with self.store.transaction():
            self.frontier.put_back(row.id, until, code=code, counts=counts, url=url, redirects=int(url is not None))
            self.frontier.put_host(host.id, delay=host.delay, ready_at=host.ready_at, failures=host.failures)
        channel = self.agenda.channels.get(row.channel_id)
        prefix = channel.prefix if channel is not None else ""
        link = NewLink(row.url, row.url_key, host.authority, prefix, row.score, row.rank)
        self.agenda.offer([(row.channel_id, True, link)], now)

    def save_learnt(self) -> None:
        """Keep what is known of topic and links for a run that is resumed and for the next one."""
        self.frontier.save_model("topic", self.focus.topic.to_bytes())
        self.frontier.save_model("links", self.focus.links.to_bytes())

    def rechecked(self, row: Row, now: float, *, changed: bool) -> Visit:
        """When a page is due again, after a visit that met the same text or another."""
        is_first = row.fetched_at is None
        checks, changes = row.checks + (not is_first), row.changes + (changed and not is_first)
        interval = now - row.fetched_at if row.fetched_at is not None else 0.0
        return Visit(
            next_at=now + next_visit(checks, changes, interval=interval), checked=int(not is_first),
            changed=int(changed and not is_first),
        )  # fmt: skip

    def _put_capture(self, row: Row, answer: Answer, page: int, kept: Kept, now: float) -> int:
        kind = SHOWN_TYPE if kept.shown is not None else answer.header("content-type") or ""
        measured = kept.reading.raw_sha256, kept.reading.size  # by the process that read it
        assert kept.place is not None
        capture = Capture(
            row.url, iso(now), answer.status, kind, b"", answer.headers, kept.place.file, kept.place.offset
        )
        return pages.put_capture(self.store.connection, capture, page=page, run=self.run, measured=measured)[0]

    def _visited(self, row: Row, answer: Answer, kept: Kept, page: int, now: float) -> Visit:
        reading = kept.reading
        changed = row.text_sha256 is not None and row.text_sha256 != reading.text_sha256
        base = self.rechecked(row, now, changed=changed)
        told = answer.header if kept.shown is None else _nothing  # a shell stays the same when its text changes
        return Visit(
            etag=told("etag"), last_modified=told("last-modified"),
            raw_sha256=reading.raw_sha256, text_sha256=reading.text_sha256, simhash=reading.simhash,
            relevance=kept.relevance, page_id=page, next_at=base.next_at, checked=base.checked, changed=base.changed,
        )  # fmt: skip

    def _count(self, task: Task, row: Row, answer: Answer, kept: Kept) -> None:
        tally = self.tally
        tally.pages += 1
        tally.bytes += len(answer.body)
        tally.captures += kept.place is not None
        tally.unchanged += kept.place is None
        tally.relevant += kept.relevance >= RELEVANT
        tally.near_copies += kept.is_near_copy
        tally.refused.update(code for _, code, _ in kept.refused)
        channel = self.agenda.channels.get(row.channel_id)
        if channel is not None:
            channel.fetched += 1
            channel.relevant += kept.worth
        task.host.relevant += kept.worth
        self.focus.odds.learn(kept.worth)
        self.harvest.meet(float(kept.relevance >= RELEVANT), is_new_text=not kept.is_near_copy)


def _nothing(_: str) -> None:
    return None
