"""Puts a crawl together: topic, agenda, ledger, sieve and readers behind one desk."""

from __future__ import annotations

import os
from collections.abc import Callable

from counterspin.settings import CrawlSettings, Settings
from counterspin.store import Store
from counterspin.store.confirmed import confirmed_farms, confirmed_texts
from counterspin.store.frontier import Frontier
from crawler.agenda import Agenda, Limits
from crawler.archive import Archivist
from crawler.desk import Desk
from crawler.focus import Focus
from crawler.grams import grams_of
from crawler.guard import Guard
from crawler.ledger import Ledger
from crawler.order import ByOdds
from crawler.promise import LinkScorer
from crawler.readers import InlineReader, Reader, ReaderPool
from crawler.seeds import Seeds
from crawler.sides import Topic
from crawler.sieve import Sieve
from crawler.topic import MAX_REVIEWED
from crawler.traps import Traps


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


def _focus(frontier: Frontier, seeds: Seeds, settings: CrawlSettings) -> Focus:
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
