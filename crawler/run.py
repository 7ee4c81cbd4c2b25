"""One crawl from start to end: what the command line, the pipeline and the schedule call."""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from counterspin import __version__
from counterspin.errors import CounterspinError, DiskFullError, UsageError
from counterspin.settings import CrawlSettings, Settings
from counterspin.store import Store, runs
from counterspin.store.clock import mend_clock
from counterspin.store.confirmed import confirmed_farms, confirmed_texts
from counterspin.store.frontier import Frontier
from crawler.agenda import Agenda, Limits
from crawler.answer import Answer, Tally
from crawler.archive import Archivist, WarcWriter
from crawler.browser import Browser, program_of
from crawler.desk import Desk
from crawler.errands import Errands
from crawler.focus import Focus
from crawler.guard import Guard
from crawler.heap import give_back_large_blocks, look_for_garbage_seldom
from crawler.ledger import Ledger
from crawler.metrics import write_metrics
from crawler.order import ByOdds
from crawler.promise import LinkScorer
from crawler.proxy import check_proxy
from crawler.readers import InlineReader, Reader, ReaderPool
from crawler.seeds import Seeds, seed_links
from crawler.sides import Topic
from crawler.sieve import Sieve
from crawler.stalls import Heartbeat
from crawler.stopping import Harvest
from crawler.summary import notes, numbers, stats
from crawler.tails import cut_tails
from crawler.topic import MAX_REVIEWED
from crawler.traps import Traps

PROJECT_PAGE = "counterspin"  # product token; the contact of the user goes beside it
SAVE_EVERY = 200  # pages after which what was learnt is saved
TELL_EVERY = 0.5  # s between two reports of progress
CHECK_DISK_EVERY = 5.0  # s


@dataclass(frozen=True, slots=True)
class CrawlOutcome:
    """How a crawl ended. ``reason``: ``finished``, ``max_pages``, ``max_seconds``, ``harvest_fell``..."""

    run: int
    reason: str
    status: str
    tally: Tally
    queued: int
    seconds: float
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Live:
    """The run while it runs: whether it is over, and why."""

    settings: CrawlSettings
    agent: str
    tally: Tally
    harvest: Harvest
    began: float = field(default_factory=time.monotonic)
    reason: str | None = None
    before: int = 0  # pages that the run had before it was resumed

    def stop(self, reason: str) -> None:
        """End the run; requests under way are still settled."""
        self.reason = self.reason or reason

    def left(self) -> int:
        """Pages that the run may still take."""
        return self.settings.max_pages - self.before - self.tally.pages

    def is_over(self) -> bool:
        """Whether no further request may leave."""
        if self.reason is None and self.left() <= 0:
            self.stop("max_pages")
        if self.reason is None and self.settings.focus:
            self.reason = self.harvest.verdict()
        if self.reason is None and time.monotonic() - self.began >= self.settings.max_seconds:
            self.stop("max_seconds")
        return self.reason is not None


def agent_of(settings: CrawlSettings) -> str:
    """The user agent: product, version and whom to write to. Raises :class:`UsageError` without a contact."""
    contact = " ".join(settings.contact.split())
    if not contact or not contact.isascii() or not any(sign in contact for sign in "@./"):
        raise UsageError(
            "no contact: set crawl.contact to an e-mail address or page of yours, so that site owners can reach you"
        )
    return f"{PROJECT_PAGE}/{__version__} (+{contact})"


def steady_clock() -> Callable[[], float]:
    """Unix time that goes on evenly from now, whatever the machine's clock is set to meanwhile."""
    start, began = time.time(), time.monotonic()
    return lambda: start + time.monotonic() - began


def crawl(
    store: Store,
    settings: Settings,
    seeds: Seeds,
    *,
    warc: Path,
    progress: Callable[[Tally, int], None] | None = None,
    fresh: bool = False,
    clock: Callable[[], float] | None = None,
) -> CrawlOutcome:
    """Crawl until the run is over, and settle everything it fetched.

    ``warc``: folder of the archive. ``progress`` is called about twice a second with the tally and the number of pages
    the run may take. ``fresh``: visit pages again whether they are due or not. A run that was killed is resumed with
    the budget that it has left. Raises :class:`UsageError` without a contact or without anything to do.
    """
    clock = clock or steady_clock()
    agent = agent_of(settings.crawl)
    if settings.crawl.proxy:
        check_proxy(settings.crawl.proxy)
    give_back_large_blocks()
    if settings.crawl.browser:
        program_of(settings.crawl.browser_program)  # an hour later would be late to say that there is none
    began = time.monotonic()
    run = _begin(store)
    frontier = Frontier(store, run, owner=f"{socket.gethostname()}:{os.getpid()}")
    frontier.recover(clock())
    mend_clock(store, clock())
    cut_tails(warc, frontier.archive_ends(), prefix=f"run{run:05d}-")
    _queue(frontier, seeds, settings.crawl, clock(), fresh=fresh)
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(clock()))
    writer = WarcWriter(warc, f"run{run:05d}-{stamp}", free_disk=settings.crawl.free_disk, agent=agent)
    desk = desk_of(store, run, settings, frontier, seeds, writer=writer, clock=clock)
    live = Live(settings.crawl, agent, desk.tally, desk.ledger.harvest, before=frontier.settled())
    try:
        desk.agenda.load(clock())
        if desk.agenda.has_work(clock()):
            desk.reader.warm()
        _drive(desk, live, progress)
    except CounterspinError as error:
        _finish(desk, live, status="failed", message=str(error))
        raise
    finally:
        desk.writer.close()
        desk.archivist.shutdown(wait=True)
    reason = live.reason or "finished"
    status = "interrupted" if reason == "interrupted" else "ok"
    queued = _finish(desk, live, status=status, message=reason)
    return CrawlOutcome(run, reason, status, desk.tally, queued, time.monotonic() - began, notes(desk, seeds))


def _begin(store: Store) -> int:
    """A new run, or the one that was killed: what it had begun is still its own."""
    row = store.row("SELECT id,status FROM run WHERE kind='crawl' ORDER BY id DESC LIMIT 1")
    if row is not None and row["status"] in ("running", "interrupted"):
        runs.resume(store, row["id"])
        return int(row["id"])
    return runs.start(store, "crawl")


def _focus(frontier: Frontier, seeds: Seeds, settings: CrawlSettings) -> Focus:
    from crawler.grams import grams_of  # noqa: PLC0415

    topic, links = frontier.load_model("topic"), frontier.load_model("links")
    focus = Focus(
        Topic.from_bytes(topic) if topic else Topic(),
        LinkScorer.from_bytes(links) if links else LinkScorer(),
        ByOdds(),
    )
    focus.topic.is_on = settings.focus
    for text in seeds.texts:
        focus.topic.add_seed(grams_of(text))
    for text in seeds.against:
        focus.topic.add_against(grams_of(text))
    for text in confirmed_texts(frontier.store, MAX_REVIEWED):
        focus.topic.add_reviewed(grams_of(text))
    focus.farms = confirmed_farms(frontier.store)
    return focus


def _queue(frontier: Frontier, seeds: Seeds, settings: CrawlSettings, now: float, *, fresh: bool) -> None:
    frontier.queue_failed(3 * (settings.retries + 1))
    frontier.queue_due(float("inf") if fresh else now)
    frontier.add(seed_links(seeds))
    counts = frontier.counts()
    if not counts:
        why = "; ".join(seeds.left_out()[:3]) or "name seed URLs, a file of URLs, a sitemap or a feed"
        raise UsageError(f"nothing to crawl: {why}")


def desk_of(
    store: Store,
    run: int,
    settings: Settings,
    frontier: Frontier,
    seeds: Seeds,
    *,
    writer: Archivist,
    clock: Callable[[], float],
    readers: int | None = None,
) -> Desk:
    """The desk of a run with everything it needs. ``readers``: processes that read pages, if not as set."""
    crawl_settings = settings.crawl
    limits = Limits(
        crawl_settings.delay, crawl_settings.host_pages, crawl_settings.channel_pages, crawl_settings.host_connections
    )
    focus = _focus(frontier, seeds, crawl_settings)
    agenda = Agenda(frontier, focus.odds, limits, rescore=focus.rescored)
    guard = Guard(frozenset(crawl_settings.allow_private))
    ledger = Ledger(store, run, frontier, agenda, focus)
    sieve = Sieve(focus, guard, Traps(crawl_settings.max_pages), crawl_settings.max_depth)
    return Desk(crawl_settings, ledger, sieve, _reader(crawl_settings, readers), writer, clock)


def _reader(settings: CrawlSettings, given: int | None) -> Reader:
    count = (
        given if given is not None else settings.readers if settings.readers >= 0 else max(1, (os.cpu_count() or 2) - 1)
    )
    return ReaderPool(count) if count else InlineReader()


def _drive(desk: Desk, live: Live, progress: Callable[[Tally, int], None] | None) -> None:
    """Run Scrapy's engine on an event loop that can be used again: a service crawls many times in one process."""
    loop = _loop()
    loop.run_until_complete(_crawl(desk, live, progress))


def _loop() -> asyncio.AbstractEventLoop:
    from scrapy.utils.reactor import install_reactor  # noqa: PLC0415 - Scrapy is imported when a crawl begins

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    running = _reactor()
    if not running.running:
        running.seconds = time.monotonic  # Twisted's own is the machine's clock: set back by a day, no timer would run
        # Twisted's threads would keep the process from ending: the reactor is started but never stopped here.
        running.getThreadPool().threadFactory = partial(threading.Thread, daemon=True)
        running.startRunning(installSignalHandlers=False)
        look_for_garbage_seldom()
        atexit.register(running._asyncioEventloop.close)  # noqa: SLF001
    loop: asyncio.AbstractEventLoop = running._asyncioEventloop  # noqa: SLF001 - Twisted has no public name for it
    return loop


def _reactor() -> Any:
    from twisted.internet import reactor  # noqa: PLC0415 - there is one once it is installed

    return reactor


async def _crawl(desk: Desk, live: Live, progress: Callable[[Tally, int], None] | None) -> None:
    from scrapy.crawler import AsyncCrawlerRunner  # noqa: PLC0415
    from scrapy.settings import Settings as ScrapySettings  # noqa: PLC0415

    from crawler.room import Room  # noqa: PLC0415
    from crawler.spiders.advice import AdviceSpider  # noqa: PLC0415

    settings = ScrapySettings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(_scrapy_settings(desk.settings, live.agent), priority="cmdline")
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(AdviceSpider)
    room = Room(desk.settings.max_bytes_in_flight)  # has a name because signals hold nobody
    room.connect(crawler)
    desk.browser = _browser(desk, crawler, live.agent) if desk.settings.browser else None
    watch = asyncio.ensure_future(_watch(desk, live, progress))
    heart = Heartbeat(_reactor())
    heart.start()
    with _signals(live):
        try:
            await runner.crawl(crawler, desk=desk, run=live)
        finally:
            heart.stop()
            watch.cancel()
            await desk.reader.close()
            if desk.browser is not None:
                await desk.browser.close()
    error = getattr(crawler.spider, "error", None)
    if error is not None:
        raise error


def _browser(desk: Desk, crawler: Any, agent: str) -> Browser:
    settings = desk.settings

    async def ask(url: str) -> Answer | None:
        answer: Answer | None = await crawler.spider.fetch(url)
        return answer

    return Browser(
        program_of(settings.browser_program),
        Errands(desk.guard, ask, desk.agenda.rules_of, settings.delay, settings.max_bytes),
        agent, settings.browser_seconds, settings.browser_memory, settings.max_bytes, settings.browser_sandbox,
    )  # fmt: skip


def _scrapy_settings(settings: CrawlSettings, agent: str) -> dict[str, Any]:
    return {
        "USER_AGENT": agent,
        "CONCURRENT_REQUESTS": settings.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.concurrency if settings.proxy else settings.host_connections,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": settings.verify_certificates,
        "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
        "CRAWL_ALLOW_PRIVATE": [*settings.allow_private, *_proxy_pair(settings)],
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 32 * 1024 * 1024,
    }


def _proxy_pair(settings: CrawlSettings) -> list[str]:
    return [settings.proxy.rpartition("/")[2]] if settings.proxy else []


async def _watch(desk: Desk, live: Live, progress: Callable[[Tally, int], None] | None) -> None:
    """Beside the crawl: report progress, save what was learnt, look after the disk."""
    saved, checked = 0, 0.0
    while True:
        await asyncio.sleep(TELL_EVERY)
        desk.tally.hosts = len(desk.agenda.hosts)
        if progress is not None:
            progress(desk.tally, live.settings.max_pages - live.before)
        if desk.tally.pages >= saved + SAVE_EVERY:
            saved = desk.tally.pages
            _save(desk)
        if time.monotonic() > checked + CHECK_DISK_EVERY:
            checked = time.monotonic()
            if (
                live.settings.free_disk
                and shutil.disk_usage(desk.ledger.store.path.parent).free < live.settings.free_disk
            ):
                live.stop("disk_full")


def _save(desk: Desk) -> None:
    desk.ledger.frontier.save_model("topic", desk.focus.topic.to_bytes())
    desk.ledger.frontier.save_model("links", desk.focus.links.to_bytes())


@contextmanager
def _signals(live: Live) -> Iterator[None]:
    """The first Ctrl-C or SIGTERM ends the run in order, the second at once."""
    loop = asyncio.get_running_loop()
    hands = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        if live.reason == "interrupted":
            os._exit(130)
        live.stop("interrupted")

    try:
        for number in hands:
            loop.add_signal_handler(number, stop)
    except (ValueError, RuntimeError):
        # Not the main thread: whoever runs us there handles signals.
        yield
        return
    try:
        yield
    finally:
        for number in hands:
            loop.remove_signal_handler(number)


def _finish(desk: Desk, live: Live, *, status: str, message: str) -> int:
    """Save what was learnt and the numbers of the run; how many URLs still wait."""
    if live.reason == "disk_full":
        raise DiskFullError(
            f"{desk.ledger.store.path.parent}: less free disk than crawl.free_disk asks for; make room, run again"
        )
    _save(desk)
    counts = desk.ledger.frontier.counts()
    runs.put_numbers(desk.ledger.store, desk.ledger.run, numbers(desk))
    write_metrics(
        desk.ledger.store.path.parent, desk.tally, queued=counts.get("queued", 0),
        seconds=time.monotonic() - live.began, ended=desk.clock(),
    )  # fmt: skip
    runs.finish(desk.ledger.store, desk.ledger.run, status=status, stats=stats(desk, counts), message=message)
    return counts.get("queued", 0)
