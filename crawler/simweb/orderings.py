"""Reference orders of fetching on a web in memory, to compare a focused crawl with.

Each returns the URLs fetched, in order. ``breadth_first`` takes links as they come; ``host_breadth_first`` does so
host by host in turn, as a polite crawler must; ``newest_first`` is what a default Scrapy spider does (its queue is
last in, first out); ``shark_search`` is Hersovici et al. 1998: a link inherits its parent's similarity, fading, and
adds its anchor's.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from itertools import count

from crawler.simweb.memory import MemoryPage, MemoryWeb

FADE = 0.5  # of the inherited score at every hop (delta of the paper)
ANCHOR = 0.8  # weight of the anchor against its surroundings (beta); a memory page has no surroundings
INHERITED = 0.5  # weight of the parent against the anchor (gamma)


def breadth_first(web: MemoryWeb, budget: int) -> tuple[str, ...]:
    """First in, first out over all hosts."""
    queue = deque(web.seeds)
    known = set(web.seeds)
    order: list[str] = []
    while queue and len(order) < budget:
        page = web.fetch(queue.popleft())
        if page:
            order.append(page.url)
            queue.extend(_new(page, known))
    return tuple(order)


def newest_first(web: MemoryWeb, budget: int) -> tuple[str, ...]:
    """Last in, first out."""
    stack = list(web.seeds)
    known = set(web.seeds)
    order: list[str] = []
    while stack and len(order) < budget:
        page = web.fetch(stack.pop())
        if page:
            order.append(page.url)
            stack.extend(_new(page, known))
    return tuple(order)


def host_breadth_first(web: MemoryWeb, budget: int) -> tuple[str, ...]:
    """First in, first out on each host, the hosts in turn."""
    queues: dict[str, deque[str]] = {}
    known = set(web.seeds)
    order: list[str] = []
    _queue(queues, web.seeds)
    while queues and len(order) < budget:
        for host in list(queues):
            page = web.fetch(queues[host].popleft()) if len(order) < budget else None
            if not queues[host]:
                del queues[host]
            if page:
                order.append(page.url)
                _queue(queues, _new(page, known))
    return tuple(order)


def _queue(queues: dict[str, deque[str]], urls: Iterable[str]) -> None:
    for url in urls:
        queues.setdefault(url.split("/")[2], deque()).append(url)


def _new(page: MemoryPage, known: set[str]) -> list[str]:
    urls = list(dict.fromkeys(link.url for link in page.links if link.url not in known))
    known.update(urls)
    return urls


def shark_search(web: MemoryWeb, budget: int) -> tuple[str, ...]:
    """Best first by inherited and anchor similarity to the seeds."""
    rarity = _Rarity(web)
    numbers = count()
    heap = [(-1.0, next(numbers), url, 1.0) for url in web.seeds]
    known = set(web.seeds)
    order: list[str] = []
    while heap and len(order) < budget:
        _, _, url, inherited = heapq.heappop(heap)
        page = web.fetch(url)
        if page is None:
            continue
        order.append(url)
        own = rarity.similarity(page.text, learn=True)
        passed = FADE * (own if own > 0 else inherited)
        for link in page.links:
            if link.url not in known:
                known.add(link.url)
                score = INHERITED * passed + (1 - INHERITED) * ANCHOR * rarity.similarity(link.anchor)
                heapq.heappush(heap, (-score, next(numbers), link.url, passed))
    return tuple(order)


class _Rarity:
    """Cosine similarity to the seeds, terms weighted by their rarity in the pages fetched so far."""

    def __init__(self, web: MemoryWeb) -> None:
        self._language = web.language
        self._pages: Counter[str] = Counter()
        self._count = 1
        self._query: Counter[str] = Counter()
        for url in web.seeds:
            page = web.fetch(url)
            if page:
                self._query.update(_terms(f"{page.title} {page.text}", web.language))

    def similarity(self, text: str, *, learn: bool = False) -> float:
        terms = _terms(text, self._language)
        if learn:
            self._pages.update(set(terms))
            self._count += 1
        shared = self._query.keys() & terms.keys()
        product = sum(self._query[term] * terms[term] * self._weight(term) ** 2 for term in shared)
        return product / math.sqrt(self._length(self._query) * self._length(terms)) if shared else 0.0

    def _weight(self, term: str) -> float:
        return math.log(1 + self._count / (1 + self._pages[term]))

    def _length(self, terms: Counter[str]) -> float:
        return sum((number * self._weight(term)) ** 2 for term, number in terms.items()) or 1.0


def _terms(text: str, language: str) -> Counter[str]:
    if language == "en":
        return Counter(text.lower().replace(".", " ").replace(",", " ").split())
    return Counter(text[index : index + 2] for index in range(len(text) - 1))


def harvest(web: MemoryWeb, order: Sequence[str]) -> float:
    """Share of fetched pages that are relevant, 0 to 1."""
    return sum(url in web.relevant for url in order) / len(order) if order else 0.0


def recall(web: MemoryWeb, order: Sequence[str]) -> float:
    """Share of the relevant pages that were fetched, 0 to 1."""
    return len(web.relevant.intersection(order)) / len(web.relevant) if web.relevant else 0.0
