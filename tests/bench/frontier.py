"""The frontier at size: memory of the process and the time to the next URL, with a real database file.

    python -m tests.bench.frontier [URLS ...]

Hosts, channels and scores are drawn so that a few hosts are very large and most are small. For each size: seconds to
fill and to take up the database, growth of memory while URLs are fetched and their links come in, and the 50th, 99th
and last percentile of the time from asking to having the next URL.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from counterspin.store import Store, runs
from counterspin.store.frontier import Frontier, NewLink, Visit
from crawler.agenda import Agenda, Limits
from crawler.focus import Focus
from crawler.found import link_features
from crawler.promise import Features
from crawler.robots import ALLOW

STEPS = 2000  # URLs fetched at each size
LINKS = 30  # new links that each of them brings


def links(draws: random.Random, first: int, count: int) -> Iterator[NewLink]:
    """So many URLs: one host in a hundred holds much of the web."""
    for number in range(first, first + count):
        host = f"www.site{int(4000 * draws.random() ** 3)}.example"
        prefix = f"/c{draws.randrange(6)}/"
        url = f"http://{host}{prefix}{number}.html"
        yield NewLink(url, url[7:], host, prefix, draws.random(), depth=3, anchor="押金不退怎么办", features=FEATURES)


def _features() -> bytes:
    ((_, ids),) = link_features([("http://a.example/news/2024/15.html", "押金不退怎么办才能要回来")])
    return Features(0.5, 0.5, "main", 2, np.frombuffer(ids, np.uint32)).to_bytes()


FEATURES = _features()


def measured(size: int) -> str:
    """A line for one size."""
    draws = random.Random(size)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "frontier.db")) as store:
        frontier = Frontier(store, runs.start(store, "crawl"))
        began = time.process_time()
        for first in range(0, size, 2000):
            frontier.add(links(draws, first, min(2000, size - first)))
        filled = time.process_time() - began
        focus = Focus()
        agenda = Agenda(frontier, focus.odds, Limits(1.0, 10**6, 10**6), rescore=focus.rescored)
        began = time.process_time()
        agenda.load(0.0)
        loaded = time.process_time() - began
        before = _memory()
        times = sorted(_steps(agenda, draws, size))
        return (
            f"{size:9,} URLs: filled in {filled:.1f} s, taken up in {loaded:.2f} s of CPU; next URL in"
            f" {1000 * times[len(times) // 2]:.3f} ms (median), {1000 * times[int(0.99 * len(times))]:.3f} ms (99th),"
            f" {1000 * times[-1]:.1f} ms (worst); memory {before} MB, +{_memory() - before} MB over {STEPS} pages"
        )


def _steps(agenda: Agenda, draws: random.Random, size: int) -> Iterator[float]:
    """CPU seconds from asking to having the next URL, with 64 requests under way as in a crawl."""
    now, under_way, made = 0.0, [], size
    for _ in range(STEPS):
        while len(under_way) < 64:
            began = time.process_time()
            task = agenda.next(now)
            spent = time.process_time() - began
            if task is None:
                now += 0.1
            elif task.row is None:
                task.host.rules, task.host.robots_at, task.host.robots_tried_at = ALLOW, now, now
                agenda.release(task.host, now)
            else:
                under_way.append(task)
                yield spent
        task = under_way.pop(draws.randrange(len(under_way)))
        now += 0.02
        with agenda.frontier.store.transaction():
            agenda.frontier.settle(task.row.id, "done", now, Visit(relevance=0.5))
            added = agenda.frontier.add(links(draws, made, LINKS))
        made += LINKS
        agenda.offer(added, now)
        task.host.answered(now, 0.1)
        agenda.release(task.host, now)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    for text in sys.argv[1:] or ("1000", "100000", "1000000"):
        print(measured(int(text)), flush=True)
