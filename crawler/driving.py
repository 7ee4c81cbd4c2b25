"""Drives Scrapy's engine through a crawl that stands ready: event loop, settings, signals, and the watch beside it."""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from counterspin.garbage import look_for_garbage_seldom
from counterspin.settings import CrawlSettings
from crawler.answer import Answer, Tally
from crawler.browser import Browser, program_of
from crawler.desk import Desk
from crawler.errands import Errands
from crawler.stalls import Heartbeat
from crawler.stopping import Harvest

SAVE_EVERY = 200  # pages after which what was learnt is saved
TELL_EVERY = 0.5  # s between two reports of progress
CHECK_DISK_EVERY = 5.0  # s


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


def drive(desk: Desk, live: Live, progress: Callable[[Tally, int], None] | None) -> None:
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
            desk.ledger.save_learnt()
        if time.monotonic() > checked + CHECK_DISK_EVERY:
            checked = time.monotonic()
            if (
                live.settings.free_disk
                and shutil.disk_usage(desk.ledger.store.path.parent).free < live.settings.free_disk
            ):
                live.stop("disk_full")


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
