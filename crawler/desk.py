"""What becomes of an answer: read, archived, settled; tried again; or refused with a code.

The desk knows nothing of Scrapy: it is handed tasks and answers, so that a replay from an archive and the tests walk
the same path as a crawl.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from counterspin.settings import CrawlSettings
from counterspin.store import pages
from counterspin.store.frontier import SEED_RANK, NewLink, Row, Visit
from counterspin.urls import authority_of, channel_of, fetch_url, url_key
from crawler.agenda import MAX_WAIT, Agenda, Task
from crawler.answer import Answer, Tally, iso
from crawler.archive import NOT_MODIFIED, SAME_PAYLOAD, Archivist, Exchange, Place, payload_digest
from crawler.browser import Renderer, Shown
from crawler.copies import LEAST_CHARS, Copies
from crawler.focus import RELEVANT, Focus
from crawler.guard import Guard
from crawler.ledger import NEAR_COPY, Kept, Ledger
from crawler.manners import retry_after, retry_wait
from crawler.readers import Reader
from crawler.reading import NO_PAGE, Job, Reading
from crawler.robots import MAX_REDIRECTS, STALE_LIFE, rules_of, text_of
from crawler.scripted import with_scripts
from crawler.sieve import LIST_ZONE, Sieve
from crawler.sitemaps import MAX_LEVELS, read_list
from crawler.transport import Headers, decoded

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BUSY = frozenset({429, 503})
GONE = frozenset({404, 410})
MAX_HOPS = 5  # redirects from one page to the next (RFC 9309 asks for five for robots.txt; browsers take 20)
MAX_BUSY = 6  # times in a row that a host may answer 429 or 503 in one run
AFTER_GONE = 30 * 86_400.0  # s until a page that is gone is asked for once more
SITEMAPS_AFTER = 2.0  # relevant pages of a host before the sitemaps of its robots.txt are read
CREDITED = 2  # pages on the way to a relevant one whose links are credited with it
LONG_BODY = 256 * 1024  # bytes from which a page is packed in a thread; packing takes 20 ms a megabyte
SUBSTANCE = 200  # characters of new text that make a page worth its visit where no topic is known


@dataclass(slots=True)
class Desk:
    """Settles the answers of one run."""

    settings: CrawlSettings
    ledger: Ledger
    sieve: Sieve
    reader: Reader
    writer: Archivist
    clock: Callable[[], float] = time.time
    copies: Copies = field(default_factory=Copies)
    browser: Renderer | None = None
    archivist: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))

    @property
    def agenda(self) -> Agenda:
        """What is fetched next."""
        return self.ledger.agenda

    @property
    def focus(self) -> Focus:
        """What was learnt of topic and links."""
        return self.ledger.focus

    @property
    def tally(self) -> Tally:
        """Counts of the run."""
        return self.ledger.tally

    @property
    def guard(self) -> Guard:
        """Which addresses are never asked."""
        return self.sieve.guard

    def robots(self, task: Task, answer: Answer | None, hops: int = 0) -> str | None:
        """Take the answer to robots.txt (``None``: there was none); a URL to ask next when it redirects."""
        now = self.clock()
        host = task.host
        if answer is not None and answer.status in REDIRECTS:
            target = fetch_url(answer.header("location") or "", task.url)
            if target is not None and hops < MAX_REDIRECTS and self.guard.refusal(target) is None:
                return target
            answer = Answer(404, (), b"", answer.seconds)  # RFC 9309, 2.3.1.2: too many hops may count as unavailable
        if answer is not None and answer.truncated:
            answer = None  # cut off: what it forbids is not known
        self._take_robots(task, answer, now)
        host.robots_tried_at = now
        if answer is not None:
            host.answered(now, answer.seconds)
        self.agenda.release(host, now)
        return None

    def _take_robots(self, task: Task, answer: Answer | None, now: float) -> None:
        host = task.host
        status = answer.status if answer is not None else None
        if (
            answer is not None
            and status is not None
            and (200 <= status < 300 or (400 <= status < 500 and status != 429))
        ):
            host.robots_text = text_of(answer.body, answer.headers) if status < 300 else None
            host.robots_status, host.robots_at, host.robots_failing_since = status, now, None
            host.rules = rules_of(status, host.robots_text)
            if host.robots_text is not None:
                self.writer_soon(task.url, host.robots_text, now)
        else:
            host.robots_failing_since = host.robots_failing_since or now
            failing_for = now - host.robots_failing_since
            if host.robots_at is None or failing_for > STALE_LIFE:
                host.rules = rules_of(None, None, failing_for=failing_for)
        self.ledger.frontier.put_robots(
            host.id, text=host.robots_text, status=host.robots_status, at=host.robots_at,
            since=host.robots_failing_since,
        )  # fmt: skip
        if host.rules is not None and (host.rules.delay or 0.0) > self.settings.max_crawl_delay:
            self.ledger.refuse_host(host, "crawl_delay", f"Crawl-delay {host.rules.delay:g} s", now)
        elif host.rules is not None and host.rules.code:
            detail = f"robots.txt: {status}" if status is not None else "robots.txt: no answer"
            self.ledger.put_off_host(host, host.rules.code, detail, now)

    def writer_soon(self, url: str, text: str, now: float) -> None:
        """Archive a robots.txt or a sitemap; nothing waits for it."""
        self.archivist.submit(self.writer.write_text, url, iso(now), text)

    def forbids(self, task: Task) -> bool:
        """Whether a page must not be asked after all; then it is settled here and no request leaves."""
        row = task.row
        assert row is not None
        rules = task.host.rules
        refusal = self.guard.refusal(row.url)
        trap = self.sieve.traps.refusal(row.url) if row.origin != "seed" else None
        if refusal is not None:
            self._refuse(task, row, refusal.code, refusal.detail)
        elif rules is not None and not rules.allows(row.url):
            self._refuse(task, row, "robots_denied", "")
        elif trap is not None:
            self._refuse(task, row, *trap)
        elif pages.is_purged(self.ledger.store, row.url):
            self._refuse(task, row, "purged", "")
        else:
            return False
        return True

    def opens(self, task: Task) -> bool:
        """Whether a host that is new to this run may be asked for its robots.txt."""
        why = self.sieve.traps.opens(task.url)
        if why is None:
            return True
        self.ledger.refuse_host(task.host, *why, self.clock())
        self.agenda.release(task.host, self.clock())
        return False

    def _refuse(self, task: Task, row: Row, code: str, detail: str) -> None:
        self.ledger.refuse(row, code, detail, self.clock())
        self.agenda.unasked(task.host)
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
        row = task.row
        assert row is not None
        now = self.clock()
        if answer.status in BUSY:
            self._busy(task, row, answer, now)
        elif answer.status >= 500:
            self._failed(task, row, f"http_{answer.status}", "", answer)
        else:
            task.host.answered(now, answer.seconds)
            when = answer.at if answer.at is not None else now
            if answer.status not in (200, 304):
                self._note(row, answer, when)
            await self._settle(task, row, answer, when)
        self.agenda.release(task.host, self.clock())

    def lost(self, task: Task, code: str, detail: str) -> None:
        """No answer came: try the page again a little later, or give it up for this run."""
        row = task.row
        assert row is not None
        if code == "too_large":
            self.ledger.end(row, "refused", code, self.clock(), answer=None, visit=Visit(), detail=detail)
            task.host.answered(self.clock(), 0.0)
        else:
            self._failed(task, row, code, detail, None)
        self.agenda.release(task.host, self.clock())

    def crowded_out(self, task: Task) -> None:
        """There was no room for the answer beside all others: the page has another turn, and nobody is to blame."""
        row = task.row
        assert row is not None
        now = self.clock()
        self.tally.no_room += 1
        self.ledger.put_back(task, row, now + retry_wait(1, self.settings.delay), now, code="no_room", counts=False)
        self.agenda.release(task.host, now)

    def _failed(self, task: Task, row: Row, code: str, detail: str, answer: Answer | None) -> None:
        now = self.clock()
        host = task.host
        host.troubled(now)
        if row.attempts < self.settings.retries and host.code is None:
            wait = retry_wait(row.attempts + 1, self.settings.delay)
            self.ledger.put_back(task, row, now + wait, now, code=code, counts=True)
        else:
            self.ledger.end(row, "failed", code, now, answer=answer, visit=Visit(), detail=detail)
        if host.code is not None:
            self.agenda.close_host(host, host.code)
            self.tally.failed[host.code] += 1

    def _busy(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        until = task.host.asked_to_wait(now, retry_after(answer.header("retry-after"), now))
        if task.host.backoffs < MAX_BUSY:
            self.ledger.note(row, "retry_after", f"{answer.status}, {until - now:.0f} s", now, answer)
            self.ledger.put_back(task, row, until, now, code=f"http_{answer.status}", counts=False)
        else:
            self.ledger.end(row, "failed", "busy", now, answer=answer, visit=Visit())
        if until > now + MAX_WAIT:
            self.agenda.close_host(task.host, "busy")

    async def _settle(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        if answer.status == 304:
            exchange = answer.exchange(row.url, now)
            self.writer.write_revisit(exchange, profile=NOT_MODIFIED, digest=None)
            self.ledger.end(
                row,
                "done",
                "not_modified",
                now,
                answer=answer,
                visit=self.ledger.rechecked(row, now, changed=False),
            )
            self.tally.unchanged += 1
        elif answer.status in REDIRECTS:
            self._redirected(task, row, answer, now)
        elif answer.status in GONE:
            self.ledger.end(row, "gone", "gone", now, answer=answer, visit=Visit(next_at=now + AFTER_GONE))
        elif answer.status != 200:
            self.ledger.end(row, "failed", f"http_{answer.status}", now, answer=answer, visit=Visit())
        elif row.zone == LIST_ZONE:
            self._take_list(row, answer, now)
        else:
            await self._read(task, row, answer, now)

    def _redirected(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        location = answer.header("location") or ""
        target = fetch_url(location, row.url) if location.strip() else None
        refusal = self.guard.refusal(target) if target is not None else None
        if target is None:
            self.ledger.end(row, "failed", "bad_redirect", now, answer=answer, visit=Visit(), detail=location)
        elif row.redirects >= MAX_HOPS:
            self.ledger.end(row, "failed", "too_many_redirects", now, answer=answer, visit=Visit(), detail=target)
        elif refusal is not None:
            detail = f"{target} ({refusal.detail})"
            self.ledger.end(row, "refused", refusal.code, now, answer=answer, visit=Visit(), detail=detail)
        elif url_key(target) == row.url_key:
            self.ledger.put_back(task, row, 0.0, now, code="redirect", counts=False, url=target)
        else:
            visit = Visit(moved_to=target if answer.status in PERMANENT else None)
            self.ledger.end(
                row, "done", "redirect", now, answer=answer, visit=visit, detail=target, links=[_next_hop(row, target)]
            )

    def _take_list(self, row: Row, answer: Answer, now: float) -> None:
        plain = decoded(answer.body, answer.headers, limit=self.settings.max_bytes)
        self.writer_soon(row.url, plain.body.decode("utf-8", "surrogateescape"), now)
        links, refused = self.sieve.of_list(row, read_list(plain.body, row.url), MAX_LEVELS)
        self.ledger.keep_list(row, answer, links, refused, now)

    async def _read(self, task: Task, row: Row, answer: Answer, now: float) -> None:
        job = Job(
            row.url, answer.body, answer.headers, self.settings.max_bytes, self.settings.links_per_page,
            task.host.dropped,
        )  # fmt: skip
        reading = await self.reader.read(job)
        if reading is None:
            self.ledger.end(row, "failed", "extract_timeout", now, answer=answer, visit=Visit())
        elif answer.truncated or reading.code == "truncated":
            exchange = answer.exchange(row.url, now, cut="length")
            await self._archive(exchange)
            self.ledger.end(row, "failed", "truncated", now, answer=answer, visit=Visit())
        elif reading.code in NO_PAGE:
            self.ledger.end(
                row, "refused", reading.code or "", now, answer=answer, visit=Visit(), detail=reading.detail
            )
        else:
            reading, shown = await with_scripts(job, answer, reading, browser=self.browser, reader=self.reader)
            await self._keep(task, row, answer, reading, now, shown=shown)

    async def _keep(
        self, task: Task, row: Row, answer: Answer, reading: Reading, now: float, *, shown: Shown | None
    ) -> None:
        is_same = row.text_sha256 is not None and row.text_sha256 == reading.text_sha256
        relevance = self.focus.judge(row, reading)
        first = self.copies.first(reading.text_sha256)
        is_near = reading.chars >= LEAST_CHARS and not is_same and self.copies.is_near(reading.simhash)
        code = self._trap(task, row, reading, relevance, is_fresh=first is None)
        html = shown.html if shown is not None else None
        place = await self._archived(row, answer, reading, relevance, now, is_same=is_same, shown=html)
        links, refused = self.sieve.of_page(row, reading, relevance)
        has_substance = reading.chars >= SUBSTANCE and first is None
        worth = (relevance if relevance >= RELEVANT else 0.0) * (NEAR_COPY if is_near else 1.0)
        worth *= self.focus.topic.is_known or has_substance
        mirrors = self.copies.meet(row.url, reading.text_sha256, reading.simhash)
        by_scripts = shown.code if shown is not None else "needs_browser" if reading.scripted else None
        kept = Kept(reading, relevance, worth, place, is_near, links, refused, code or reading.code or by_scripts, html)
        self.ledger.keep(task, row, answer, kept, now)
        self.tally.scripted += reading.scripted
        self.tally.rendered += html is not None
        if relevance >= RELEVANT and self.focus.topic.is_known:
            self.sieve.known.meet(row.url_key)
            self.focus.credit(self.ledger.frontier.way(row.via_id, CREDITED))
        if mirrors is not None and reading.chars >= LEAST_CHARS:
            self.agenda.merge(mirrors)
        self._offer_sitemaps(task, row)

    def _trap(self, task: Task, row: Row, reading: Reading, relevance: float, *, is_fresh: bool) -> str | None:
        traps = self.sieve.traps
        learnt = traps.session_parameter(row.url, reading.text_sha256)
        if learnt is not None and learnt not in task.host.dropped:
            task.host.dropped |= {learnt}
            self.ledger.frontier.put_dropped(task.host.id, task.host.dropped)
        on_topic = relevance >= RELEVANT and self.focus.topic.is_known
        has_substance = is_fresh and reading.chars >= SUBSTANCE and not self.focus.topic.is_known
        return traps.meet(
            row.url, reading.text_sha256, chars=reading.chars, fresh=is_fresh,
            relevant=on_topic or has_substance, vouched=on_topic,
        )  # fmt: skip

    async def _archived(
        self, row: Row, answer: Answer, reading: Reading, relevance: float, now: float, *, is_same: bool,
        shown: bytes | None,
    ) -> Place | None:  # fmt: skip
        """Archive a text that is new; of one that is known only that it was met again, if the bytes are the same."""
        exchange = answer.exchange(row.url, now, notes=_notes(row, reading, relevance))
        if not is_same:
            return await self._archive(exchange, shown)
        if shown is None and row.raw_sha256 == reading.raw_sha256:
            digest = payload_digest(answer.body)
            self.writer.write_revisit(exchange, profile=SAME_PAYLOAD, digest=digest)
        return None

    def _offer_sitemaps(self, task: Task, row: Row) -> None:
        """A host that has what is looked for: read the sitemaps that its robots.txt names."""
        host = task.host
        if host.sitemaps_offered or host.rules is None or host.relevant < SITEMAPS_AFTER or not self.settings.sitemaps:
            return
        host.sitemaps_offered = True
        urls = [url for url in (fetch_url(text, row.url) for text in host.rules.sitemaps) if url]
        links = [
            NewLink(url, url_key(url), authority_of(url), channel_of(url), 0.6, origin="sitemap", zone=LIST_ZONE)
            for url in urls
            if self.guard.refusal(url) is None
        ]
        self.agenda.offer(self.ledger.frontier.add(links), self.clock())

    def _note(self, row: Row, answer: Answer, when: float) -> None:
        fields: Headers = (("http-status", str(answer.status)), ("origin", row.origin))
        location = answer.header("location")
        fields += (("location", location),) if location else ()
        self.writer.write_note(row.url, iso(when), fields)

    async def _archive(self, exchange: Exchange, shown: bytes | None = None) -> Place:
        """Archive a page. A short one takes half a millisecond: to have a thread do it would take as long again."""
        if len(exchange.body) < LONG_BODY:
            return self.writer.write(exchange, shown)
        return await asyncio.get_running_loop().run_in_executor(self.archivist, self.writer.write, exchange, shown)


def _next_hop(row: Row, target: str) -> NewLink:
    return NewLink(
        target, url_key(target), authority_of(target), channel_of(target), max(row.score, RELEVANT), SEED_RANK,
        row.depth, row.tunnel, row.redirects + 1, row.id,
        "seed" if row.origin == "seed" else "redirect", row.anchor, row.zone, row.features,
    )  # fmt: skip


def _notes(row: Row, reading: Reading, relevance: float) -> Headers:
    notes: Headers = (("relevance", f"{relevance:.3f}"), ("hopsFromSeed", str(row.depth)), ("origin", row.origin))
    return notes + ((("robots", " ".join(sorted(reading.robots))),) if reading.robots else ())
