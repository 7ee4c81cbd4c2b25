"""The crawler's focus on a web in memory: frontier, agenda, topic model and link scorer are the real ones."""

from __future__ import annotations

import sqlite3
from collections import deque
from pathlib import Path

from counterspin.store import Store, create_schema
from counterspin.store.frontier import Frontier, Visit
from crawler.agenda import Agenda, Limits
from crawler.desk import CREDITED
from crawler.focus import RELEVANT, Focus
from crawler.guard import Guard
from crawler.reading import Job, reading_of
from crawler.robots import ALLOW
from crawler.seeds import Seeds, seed_links
from crawler.sieve import Sieve
from crawler.traps import Traps
from extract.quick import Quick


def memory_store() -> Store:
    """An empty database in memory, with one run."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    create_schema(connection)
    connection.execute("INSERT INTO run(kind,started_at,tool_version) VALUES('crawl','','')")
    return Store(connection, Path("memory"), readonly=False)


def focused(web, budget: int, *, focus: Focus | None = None, slots: int = 1) -> tuple[tuple[str, ...], Focus]:
    """The URLs fetched, in order, and what was learnt. ``slots``: requests under way at once."""
    store = memory_store()
    frontier = Frontier(store, 1)
    focus = focus or Focus()
    sieve = Sieve(focus, Guard(), Traps(budget), 30)
    agenda = Agenda(frontier, focus.odds, Limits(0.0, budget, budget), rescore=focus.rescored)
    frontier.add(seed_links(Seeds(urls=tuple(web.seeds))))
    agenda.load(0.0)
    order: list[str] = []
    under_way: deque = deque()
    now = 0.0
    while len(order) < budget:
        now += 1.0
        while len(under_way) < min(slots, budget - len(order)) and (task := agenda.next(now)) is not None:
            if task.row is None:
                task.host.rules, task.host.robots_at, task.host.robots_tried_at = ALLOW, now, now
                agenda.release(task.host, now)
            else:
                under_way.append(task)
        if not under_way:
            break
        task = under_way.popleft()
        page = web.fetch(task.url)
        if page is None:
            frontier.settle(task.row.id, "gone", now, Visit())
            agenda.release(task.host, now)
            continue
        order.append(page.url)
        job = Job(page.url, b"", (), 1 << 20, 200)
        reading = reading_of(job, b"", Quick(page.title, page.text, page.links, "utf-8"))
        row = task.row
        relevance = focus.judge(row, reading)
        worth = relevance if relevance >= RELEVANT else 0.0
        if worth:
            focus.credit(frontier.way(row.via_id, CREDITED))
        links, _ = sieve.of_page(row, reading, relevance)
        with store.transaction():
            frontier.settle(row.id, "done", now, Visit(relevance=relevance))
            frontier.count_visit(row.channel_id, worth)
            added = frontier.add(links)
        channel = agenda.channels.get(row.channel_id)
        if channel is not None:
            channel.fetched += 1
            channel.relevant += worth
        focus.odds.learn(worth)
        agenda.offer(added, now)
        agenda.release(task.host, now)
    store.close()
    return tuple(order), focus
