"""One crawl from start to end: what the command line, the pipeline and the schedule call."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counterspin import __version__
from counterspin.errors import CounterspinError, DiskFullError, UsageError
from counterspin.settings import CrawlSettings, Settings
from counterspin.store import Store, runs
from counterspin.store.clock import mend_clock
from counterspin.store.frontier import Frontier
from crawler.answer import Tally
from crawler.archive import WarcWriter
from crawler.assembly import desk_of
from crawler.browser import program_of
from crawler.desk import Desk
from crawler.driving import Live, drive
from crawler.heap import give_back_large_blocks
from crawler.metrics import write_metrics
from crawler.proxy import check_proxy
from crawler.seeds import Seeds, seed_links
from crawler.summary import notes, numbers, stats
from crawler.tails import cut_tails

PROJECT_PAGE = "counterspin"  # product token; the contact of the user goes beside it


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
        drive(desk, live, progress)
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


def _queue(frontier: Frontier, seeds: Seeds, settings: CrawlSettings, now: float, *, fresh: bool) -> None:
    frontier.queue_failed(3 * (settings.retries + 1))
    frontier.queue_due(float("inf") if fresh else now)
    frontier.add(seed_links(seeds))
    counts = frontier.counts()
    if not counts:
        why = "; ".join(seeds.left_out()[:3]) or "name seed URLs, a file of URLs, a sitemap or a feed"
        raise UsageError(f"nothing to crawl: {why}")


def _finish(desk: Desk, live: Live, *, status: str, message: str) -> int:
    """Save what was learnt and the numbers of the run; how many URLs still wait."""
    if live.reason == "disk_full":
        raise DiskFullError(
            f"{desk.ledger.store.path.parent}: less free disk than crawl.free_disk asks for; make room, run again"
        )
    desk.ledger.save_learnt()
    counts = desk.ledger.frontier.counts()
    runs.put_numbers(desk.ledger.store, desk.ledger.run, numbers(desk))
    write_metrics(
        desk.ledger.store.path.parent, desk.tally, queued=counts.get("queued", 0),
        seconds=time.monotonic() - live.began, ended=desk.clock(),
    )  # fmt: skip
    runs.finish(desk.ledger.store, desk.ledger.run, status=status, stats=stats(desk, counts), message=message)
    return counts.get("queued", 0)
