"""What becomes of an answer: each page is settled in one transaction with everything that it brought.

The desk knows nothing of Scrapy: it is handed tasks and answers, so that a replay from an archive and the tests walk
the same path as a crawl.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timezone

from counterspin.model import Capture
from counterspin.settings import CrawlSettings
from counterspin.store import Store, pages
from counterspin.store.frontier import SEED_RANK, Frontier, NewLink, Row, Visit
from counterspin.urls import authority_of, channel_of, fetch_url, url_key
from crawler.agenda import MAX_WAIT, Agenda, Task
from crawler.archive import NOT_MODIFIED, SAME_PAYLOAD, Exchange, Place, WarcWriter, payload_digest
from crawler.focus import RELEVANT, Focus
from crawler.guard import Guard
from crawler.manners import retry_after, retry_wait
from crawler.readers import Reader
from crawler.reading import FoundLink, Headers, Job, Reading
from crawler.robots import MAX_REDIRECTS, rules_of
from crawler.traps import Traps

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BUSY = frozenset({429, 503})
GONE = frozenset({404, 410})
MAX_HOPS = 5  # redirects from one page to the next (RFC 9309 asks for five for robots.txt; browsers take 20)
MAX_BUSY = 6  # times that a page may be answered with 429 or 503 in one run
DAY = 86_400.0
# Readings with one of these codes are no page: nothing is kept but the code (a body cut short stays in the archive).
_NO_PAGE = frozenset({"too_large", "bad_http", "bad_type", "bad_encoding", "login_wall", "challenge", "soft_404"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request. ``body`` is as it was sent; ``seconds`` how long it took."""

    status: int
    headers: Headers
    body: bytes
    seconds: float
    request_headers: Headers = ()
    address: str | None = None
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-case name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(slots=True)
class Tally:
    """Counts of a run, for progress and for the database."""

    pages: int = 0
    captures: int = 0
    unchanged: int = 0
    relevant: float = 0.0
    bytes: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    hosts: int = 0


@dataclass(slots=True)
class Desk:
    """Settles the answers of one run."""

    store: Store
    run: int
    settings: CrawlSettings
    frontier: Frontier
    agenda: Agenda
    focus: Focus
    guard: Guard
    traps: Traps
    reader: Reader
    writer: WarcWriter
    clock: Callable[[], float] = time.time
    tally: Tally = field(default_factory=Tally)
    archivist: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))

    # ---- robots.txt

    def robots(self, task: Task, answer: Answer | None, hops: int = 0) -> str | None:
        """Take the answer to robots.txt (``None``: there was none); a URL to ask next when it redirects."""
        now = self.clock()
        host = task.host
        if answer is not None and answer.status in REDIRECTS:
            target = fetch_url(answer.header("location") or "", task.url)
            if target is not None and hops < MAX_REDIRECTS and self.guard.refusal(target) is None:
                return target
            answer = Answer(404, (), b"", answer.seconds)  # RFC 9309, 2.3.1.2: too many hops may count as unavailable
        self._take_robots(task, answer, now)
        host.robots_tried_at = now
        if answer is not None:
            host.answered(now, answer.seconds)
        self.agenda.release(host, now)
        return None

    def _take_robots(self, task: Task, answer: Answer | None, now: float) -> None:
        host = task.host
        status = answer.status if answer is not None else None
        is_final = status is not None and (200 <= status < 300 or (400 <= status < 500 and status != 429))
        if is_final:
            assert answer is not None
            host.robots_text = answer.body.decode("utf-8", "replace") if status is not None and status < 300 else None
            host.robots_status, host.robots_at, host.robots_failing_since = status, now, None
            host.rules = rules_of(status, host.robots_text)
        else:
            host.robots_failing_since = host.robots_failing_since or now
            failing_for = now - host.robots_failing_since
            if host.robots_at is None or failing_for > 30 * DAY:
                host.rules = rules_of(None, None, failing_for=failing_for)
        self.frontier.put_robots(
            host.id, text=host.robots_text, status=host.robots_status, at=host.robots_at, since=host.robots_failing_since
        )
        if host.rules is not None and (host.rules.delay or 0.0) > self.settings.max_crawl_delay:
            self._close_host(task, "crawl_delay", f"Crawl-delay {host.rules.delay:g} s")
        elif host.rules is not None and host.rules.code:
            self.agenda.close_host(host, host.rules.code)
            self.tally.failed[host.rules.code] += 1

    def _close_host(self, task: Task, code: str, detail: str) -> None:
        count = self.frontier.refuse_queued(code, detail, host=task.host.id)
        self.tally.refused[code] += count
        self.agenda.close_host(task.host, code)

    # ---- pages

    def forbids(self, task: Task) -> bool:
        """Whether a page must not be asked after all; then it is settled here and no request leaves."""
        row = task.row
        assert row is not None
        rules = task.host.rules
        refusal = self.guard.refusal(row.url)
        if refusal is not None:
            self.refuse(task, refusal.code, refusal.detail)
        elif rules is not None and not rules.allows(row.url):
            self.refuse(task, "robots_denied", "")
        elif pages.is_purged(self.store, row.url):
            self.refuse(task, "purged", "")
        else:
            return False
        return True

    def refuse(self, task: Task, code: str, detail: str) -> None:
        """Settle a page that was not asked."""
        assert task.row is not None
        with self.store.transaction():
            self.frontier.settle(task.row.id, "refused", self.clock(), Visit(), code=code, detail=detail)
        self.tally.refused[code] += 1
        self.agenda.release(task.host, self.clock())

    def conditions(self, row: Row) -> Headers:
        """The headers by which an unchanged page costs no body."""
        headers: Headers = ()
        if row.etag:
            headers += (("If-None-Match", row.etag),)
        if row.last_modified:
            headers += (("If-Modified-Since", row.last_modified),)
        return headers

    async def page(self, task: Task, answer: Answer) -> None:
        """Settle the answer to a page."""
        assert task.row is not None
        now = self.clock()
        if answer.status in BUSY:
            self._busy(task, answer, now)
        elif answer.status >= 500:
            self.failed(task, f"http_{answer.status}", "", answer=answer)
        else:
            task.host.answered(now, answer.seconds)
            await self._settle_good(task, task.row, answer, now)
        self.agenda.release(task.host, self.clock())

    async def _settle_good(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        if answer.status == 304:
            await self._not_modified(task, row, answer, now)
        elif answer.status in REDIRECTS:
            self._redirected(row, answer, now)
        elif answer.status in GONE:
            self._end(row, "gone", "gone", now, answer, Visit(next_at=now + 30 * DAY))
        elif answer.status != 200:
            self._end(row, "failed", f"http_{answer.status}", now, answer, Visit())
        else:
            await self._read(task, row, answer, now)

    def failed(self, task: Task, code: str, detail: str, *, answer: Answer | None = None) -> None:
        """A page could not be had: try it again a little later, or give it up for this run."""
        row = task.row
        assert row is not None
        now = self.clock()
        task.host.troubled(now)
        if row.attempts < self.settings.retries and task.host.code is None:
            with self.store.transaction():
                wait = retry_wait(row.attempts + 1, self.settings.delay)
                self.frontier.put_back(row.id, now + wait, code=code)
            self._came_back(row)
        else:
            self._end(row, "failed", code, now, answer, Visit(), detail=detail)
        if task.host.code is not None:
            self.agenda.close_host(task.host, task.host.code)
            self.tally.failed[task.host.code] += 1

    def lost(self, task: Task, code: str, detail: str) -> None:
        """:meth:`failed`, for a request that ended without an answer."""
        self.failed(task, code, detail)
        self.agenda.release(task.host, self.clock())

    def _busy(self, task: Task, answer: Answer, now: float) -> None:
        row = task.row
        assert row is not None
        until = task.host.asked_to_wait(now, retry_after(answer.header("retry-after"), now))
        with self.store.transaction():
            self.frontier.put_host(task.host.id, delay=task.host.delay, ready_at=until, failures=0)
            if task.host.backoffs < MAX_BUSY:
                self.frontier.put_back(row.id, until, code=f"http_{answer.status}", counts=False)
        if task.host.backoffs < MAX_BUSY:
            self._came_back(row)
        else:
            self._end(row, "failed", "busy", now, answer, Visit())
        if until > now + MAX_WAIT:
            self.agenda.close_host(task.host, "busy")

    def _came_back(self, row: Row) -> None:
        link = NewLink(row.url, row.url_key, authority_of(row.url), channel_of(row.url), row.score, row.rank)
        self.agenda.offer([(row.channel_id, True, link)], self.clock())

    # ---- what an answer can be

    async def _not_modified(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        exchange = _exchange(row.url, now, answer)
        await self._archive(lambda: self.writer.write_revisit(exchange, profile=NOT_MODIFIED, digest=None, first_at=None))
        self._end(row, "done", "not_modified", now, answer, self._rechecked(row, now, changed=False))
        self.tally.unchanged += 1

    def _redirected(self, row: Row, answer: Answer, now: float) -> None:
        target = fetch_url(answer.header("location") or "", row.url)
        if target is None:
            self._end(row, "failed", "bad_redirect", now, answer, Visit(), detail=(answer.header("location") or "")[:200])
            return
        refusal = self.guard.refusal(target)
        if row.redirects >= MAX_HOPS:
            self._end(row, "failed", "too_many_redirects", now, answer, Visit(), detail=target)
        elif refusal is not None:
            self._end(row, "refused", refusal.code, now, answer, Visit(), detail=f"{target} ({refusal.detail})")
        elif url_key(target) == row.url_key:
            with self.store.transaction():
                self.frontier.put_back(row.id, 0.0, code="redirect", counts=False, url=target, redirects=1)
            self._came_back(row)
        else:
            self._moved(row, target, answer, now)

    def _moved(self, row: Row, target: str, answer: Answer, now: float) -> None:
        link = NewLink(
            target, url_key(target), authority_of(target), channel_of(target), max(row.score, 0.5), SEED_RANK,
            row.depth, row.tunnel, row.redirects + 1, row.id,
            "seed" if row.origin == "seed" else "redirect", row.anchor, row.zone, row.features,
        )  # fmt: skip
        visit = Visit(moved_to=target if answer.status in PERMANENT else None)
        with self.store.transaction():
            added = self.frontier.add([link])
            self._end(row, "done", "redirect", now, answer, visit, detail=target)
        self.agenda.offer(added, now)

    async def _read(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        job = Job(
            row.url, answer.body, answer.headers, self.settings.max_bytes, self.settings.links_per_page,
            task.host.dropped,
        )  # fmt: skip
        reading = await self.reader.read(job)
        if reading is None:
            reading = Reading("extract_timeout", "", "", len(answer.body), "", 0, "", 0, b"", b"", ())
        if answer.truncated or reading.code == "truncated":
            await self._archive(lambda: self.writer.write(_exchange(row.url, now, answer, cut="length")))
            self._end(row, "failed", "truncated", now, answer, Visit())
        elif reading.code in _NO_PAGE:
            self._end(row, "refused", reading.code or "", now, answer, Visit(), detail=reading.detail)
        else:
            await self._keep(task, row, answer, reading, now)

    async def _keep(self, task: Task, row: Row, answer: Answer, reading: Reading, now: float) -> None:
        is_same = row.text_sha256 is not None and row.text_sha256 == reading.text_sha256
        relevance = self.focus.judge(row, reading)
        exchange = _exchange(row.url, now, answer, notes=_notes(row, reading, relevance))
        place = None
        if not is_same:
            place = await self._archive(lambda: self.writer.write(exchange))
        elif row.raw_sha256 == reading.raw_sha256:
            digest = payload_digest(answer.body)
            await self._archive(
                lambda: self.writer.write_revisit(exchange, profile=SAME_PAYLOAD, digest=digest, first_at=None)
            )
        links, refused = self._sorted_links(row, reading.links, relevance)
        self._commit(task, row, answer, reading, relevance, place, links, refused, now)

    def _commit(
        self, task: Task, row: Row, answer: Answer, reading: Reading, relevance: float, place: Place | None,
        links: Sequence[NewLink], refused: Sequence[tuple[NewLink, str, str]], now: float,
    ) -> None:  # fmt: skip
        channel = self.agenda.channels.get(row.channel_id)
        worth = relevance if relevance >= RELEVANT else 0.0
        with self.store.transaction() as db:
            page = pages.page_id(db, row.url, self.run)
            capture = None
            if place is not None:
                capture = self._put_capture(row, answer, page, place, now)
            visit = self._visited(row, answer, reading, relevance, page, now)
            pages.put_fetch(
                db, run=self.run, page=page, url=row.url, at=_iso(now), code="ok" if place else "unchanged",
                http_status=answer.status, size=len(answer.body), seconds=answer.seconds, capture=capture,
                detail=" ".join(sorted(reading.robots)),
            )  # fmt: skip
            self.frontier.settle(row.id, "done", now, visit, code=reading.code, detail=reading.detail)
            self.frontier.count_visit(row.channel_id, worth)
            added = self.frontier.add(links)
            self.frontier.refuse(refused)
        self._count(answer, relevance, is_new=place is not None)
        if channel is not None:
            channel.fetched += 1
            channel.relevant += worth
        task.host.relevant += worth
        self.focus.odds.learn(worth)
        self.tally.refused.update(code for _, code, _ in refused)
        self.agenda.offer(added, now)

    def _put_capture(self, row: Row, answer: Answer, page: int, place: Place, now: float) -> int:
        from crawler.transport import decoded  # noqa: PLC0415

        body = decoded(answer.body, answer.headers, limit=self.settings.max_bytes).body
        capture = Capture(
            row.url, _iso(now), answer.status, answer.header("content-type") or "", body, answer.headers,
            place.file, place.offset,
        )  # fmt: skip
        return pages.put_capture(self.store.connection, capture, page=page, run=self.run)[0]

    def _visited(
        self, row: Row, answer: Answer, reading: Reading, relevance: float, page: int, now: float
    ) -> Visit:
        changed = row.text_sha256 is not None and row.text_sha256 != reading.text_sha256
        base = self._rechecked(row, now, changed=changed)
        return Visit(
            etag=answer.header("etag"), last_modified=answer.header("last-modified"),
            raw_sha256=reading.raw_sha256, text_sha256=reading.text_sha256, simhash=reading.simhash,
            relevance=relevance, page_id=page, next_at=base.next_at, checked=base.checked, changed=base.changed,
        )  # fmt: skip

    def _rechecked(self, row: Row, now: float, *, changed: bool) -> Visit:
        from crawler.revisit import next_visit  # noqa: PLC0415

        is_first = row.fetched_at is None
        checks, changes = row.checks + (not is_first), row.changes + (changed and not is_first)
        return Visit(
            next_at=now + next_visit(checks, changes), checked=int(not is_first), changed=int(changed and not is_first)
        )

    def _end(
        self, row: Row, state: str, code: str, now: float, answer: Answer | None, visit: Visit, *, detail: str = ""
    ) -> None:
        """Settle a row that brought no text."""
        with self.store.transaction() as db:
            page = pages.page_id(db, row.url, self.run) if code != "redirect" else None
            if page is not None:
                pages.put_fetch(
                    db, run=self.run, page=page, url=row.url, at=_iso(now), code=code, detail=detail,
                    http_status=answer.status if answer else None, size=len(answer.body) if answer else None,
                    seconds=answer.seconds if answer else None,
                )  # fmt: skip
            self.frontier.settle(row.id, state, now, visit, code=code, detail=detail)
            if state in ("gone", "failed"):
                self.frontier.count_visit(row.channel_id, 0.0)
        if state == "refused":
            self.tally.refused[code] += 1
        elif state in ("failed", "gone"):
            self.tally.failed[code] += 1
        self.tally.pages += code != "redirect"

    def _count(self, answer: Answer, relevance: float, *, is_new: bool) -> None:
        self.tally.pages += 1
        self.tally.bytes += len(answer.body)
        self.tally.captures += is_new
        self.tally.unchanged += not is_new
        self.tally.relevant += relevance >= RELEVANT

    # ---- links

    def _sorted_links(
        self, row: Row, links: Sequence[FoundLink], relevance: float
    ) -> tuple[list[NewLink], list[tuple[NewLink, str, str]]]:
        """The links of a page that may be followed, scored, and those that are refused, with code and detail."""
        kept: list[NewLink] = []
        refused: list[tuple[NewLink, str, str]] = []
        tunnel = 0 if relevance >= RELEVANT else row.tunnel + 1
        scored = self.focus.promises(row.url, relevance, links)
        for link, (score, features) in zip(links, scored, strict=True):
            new = NewLink(
                link.url, link.url_key, link.authority, link.prefix, score, depth=row.depth + 1, tunnel=tunnel,
                via_id=row.id, anchor=link.anchor, zone=link.zone, features=features,
            )  # fmt: skip
            why = self._refusal(new)
            if why is None:
                kept.append(new)
            else:
                refused.append((new, *why))
        return kept, refused

    def _refusal(self, link: NewLink) -> tuple[str, str] | None:
        refusal = self.guard.refusal(link.url)
        if refusal is not None:
            return refusal.code, refusal.detail
        if link.depth > self.settings.max_depth:
            return "too_deep", f"{link.depth} links from a seed"
        return self.traps.refusal(link.url)

    async def _archive(self, write: Callable[[], Place]) -> Place:
        return await asyncio.get_running_loop().run_in_executor(self.archivist, write)


def _exchange(url: str, now: float, answer: Answer, *, notes: Headers = (), cut: str | None = None) -> Exchange:
    return Exchange(
        url, _iso(now), answer.status, answer.request_headers, answer.headers, answer.body,
        answer.truncated or cut, answer.address, notes,
    )  # fmt: skip


def _notes(row: Row, reading: Reading, relevance: float) -> Headers:
    notes: Headers = (("relevance", f"{relevance:.3f}"), ("hopsFromSeed", str(row.depth)), ("origin", row.origin))
    return notes + ((("robots", " ".join(sorted(reading.robots))),) if reading.robots else ())


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
