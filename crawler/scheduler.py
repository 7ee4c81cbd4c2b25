"""Scrapy's scheduler over our agenda: it hands out a request when its host may be asked, and wakes the engine then."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler

from crawler.agenda import Task
from crawler.spiders.advice import AdviceSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_REFUSED_AT_ONCE = 200  # rows that are refused unasked before the event loop has its turn again


class FrontierScheduler(BaseScheduler):
    """Nothing is kept here but requests that are asked for at once (a redirect of robots.txt)."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: AdviceSpider | None = None
        self._now: deque[Request] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._closing: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        assert isinstance(spider, AdviceSpider)
        self._spider = spider

    def close(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        if self._timer is not None:
            self._timer.cancel()

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that must go out now."""
        self._now.append(request)
        return True

    def has_pending_requests(self) -> bool:
        """Whether the run is not over yet."""
        assert self._spider is not None
        return bool(self._now) or self._spider.has_work()

    def next_request(self) -> Request | None:
        """The next request whose host may be asked; without one the engine is woken when there will be one."""
        if self._now:
            return self._now.popleft()
        spider = self._spider
        assert spider is not None
        for _ in range(MAX_REFUSED_AT_ONCE):
            task = spider.next_task()
            if task is None:
                self._set_timer(spider.wake_in() if spider.has_work() else 0.0)
                return None
            request = self._request(spider, task)
            if request is not None:
                return request
        self._set_timer(0.0)
        return None

    def _request(self, spider: AdviceSpider, task: Task) -> Request | None:
        return spider.request_for(task)

    def _set_timer(self, seconds: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if seconds is not None:
            self._timer = asyncio.get_running_loop().call_later(seconds, self._wake)

    def _wake(self) -> None:
        """Give the engine the request that has come due: the public way to make it ask the scheduler again."""
        self._timer = None
        request = self.next_request()
        engine: Any = self._crawler.engine
        if engine is None or not engine.running:
            return
        if request is not None:
            engine.crawl(request)
        elif not self.has_pending_requests():
            # Nothing came of the last wait: say so now, the engine itself looks every five seconds only.
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="finished"))
