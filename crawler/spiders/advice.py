"""The spider: turns tasks into requests and responses into answers. All that is decided is decided at the desk."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider, DownloadCancelledError, DownloadTimeoutError, StopDownload
from scrapy.http import Response
from twisted.python.failure import Failure

from counterspin.errors import CounterspinError
from counterspin.urls import authority_of
from crawler.agenda import Task
from crawler.answer import Answer
from crawler.desk import Desk
from crawler.transport import Headers

log = logging.getLogger(__name__)
ACCEPT: Headers = (
    ("Accept", "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,*/*;q=0.1"),
    ("Accept-Encoding", "gzip, deflate, br"),
    ("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.7,*;q=0.3"),
)
ROBOTS_TIMEOUT = 15.0  # s; a host that does not give its robots.txt in this time is not asked for pages


class AdviceSpider(Spider):
    """Collects pages giving advice like that of the seeds. Run by ``counterspin crawl``."""

    name = "advice"

    def __init__(self, desk: Desk | None = None, run: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.desk = desk
        self.live = run
        self.error: CounterspinError | None = None

    async def start(self) -> AsyncIterator[Any]:
        """Nothing of its own: seeds stand in the frontier already."""
        if self.desk is None:
            raise CloseSpider("run it with `counterspin crawl`: the spider needs a project")
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    # ---- what the scheduler asks

    def has_work(self) -> bool:
        """Whether the run is not over."""
        assert self.desk is not None
        return not self.live.is_over() and self.desk.agenda.has_work(self.desk.clock())

    def next_task(self) -> Task | None:
        """The next task, unless the run is over or as many requests are under way as it may have."""
        assert self.desk is not None
        busy = self.desk.agenda.busy
        if self.live.is_over() or busy >= min(self.desk.settings.concurrency, self.live.left()):
            return None
        return self.desk.agenda.next(self.desk.clock())

    def wake_in(self) -> float | None:
        """Seconds until the next host may be asked."""
        assert self.desk is not None
        at = self.desk.agenda.wake_at()
        return None if at is None else max(0.0, at - self.desk.clock())

    def request_for(self, task: Task) -> Request | None:
        """The request of a task; ``None`` if it was refused after all."""
        desk = self.desk
        assert desk is not None
        if task.row is None:
            return self._request(task, task.url, self.take_robots, (), hops=0) if desk.opens(task) else None
        if desk.forbids(task):
            return None
        return self._request(task, task.url, self.take_page, desk.conditions(task.row))

    def _request(self, task: Task, url: str, callback: Any, more: Headers, **values: Any) -> Request:
        desk = self.desk
        assert desk is not None
        seconds = ROBOTS_TIMEOUT if task.row is None else desk.settings.timeout
        meta: dict[str, Any] = {
            "download_timeout": min(seconds, desk.settings.timeout), "download_slot": task.host.authority,
            "began": time.monotonic(), "verbatim_url": True,
        }  # fmt: skip
        if desk.settings.proxy:
            meta["proxy"] = desk.settings.proxy
        headers = dict((*ACCEPT, ("User-Agent", self.live.agent), *more))
        return Request(
            url, callback=callback, errback=self.take_failure, headers=headers, meta=meta, dont_filter=True,
            cb_kwargs={"task": task, **values},
        )  # fmt: skip

    async def fetch(self, url: str) -> Answer | None:
        """Something that a page shown in the browser asks for; ``None`` if it was not had."""
        desk, engine = self.desk, self.crawler.engine
        assert desk is not None
        assert engine is not None
        meta: dict[str, Any] = {
            "download_timeout": desk.settings.timeout, "download_slot": authority_of(url),
            "began": time.monotonic(), "verbatim_url": True,
        }  # fmt: skip
        if desk.settings.proxy:
            meta["proxy"] = desk.settings.proxy
        headers = {"Accept": "*/*", **dict(ACCEPT[1:]), "User-Agent": self.live.agent}
        try:
            return _answer(await engine.download_async(Request(url, headers=headers, meta=meta, dont_filter=True)))
        except Exception as error:  # noqa: BLE001 - whatever kept it from coming, the page goes on without it
            log.info("%s: not had for a page that is shown: %s", url, error)
            return None

    # ---- what comes back

    async def take_robots(self, response: Response, task: Task, hops: int) -> list[Request]:
        """robots.txt came."""
        assert self.desk is not None
        try:
            target = self.desk.robots(task, _answer(response), hops)
        except CounterspinError as error:
            self._end(error)
            return []
        if target is None:
            return []
        return [self._request(task, target, self.take_robots, (), hops=hops + 1)]

    async def take_page(self, response: Response, task: Task) -> None:
        """A page came. An error that ends the run (a full disk) closes the spider; the page stays queued."""
        assert self.desk is not None
        try:
            await self.desk.page(task, _answer(response))
        except CounterspinError as error:
            self._end(error)
        except Exception as error:  # stage boundary: one page that meets a bug of ours must not hold up all others
            log.exception("%s: a bug met this page", task.url)
            self._give_up(task, error)

    def _give_up(self, task: Task, error: Exception) -> None:
        assert self.desk is not None
        try:
            self.desk.lost(task, "bug", f"{type(error).__name__}: {error}")
        except CounterspinError as worse:
            self._end(worse)

    def _end(self, error: CounterspinError) -> None:
        self.error = self.error or error
        self.live.stop("failed")

    async def take_failure(self, failure: Failure) -> None:
        """No answer came."""
        desk = self.desk
        assert desk is not None
        values = failure.request.cb_kwargs  # type: ignore[attr-defined]  # Scrapy puts it there
        task: Task = values["task"]
        try:
            if task.row is None:
                desk.robots(task, None)
            elif isinstance(failure.value, StopDownload):
                desk.crowded_out(task)
            else:
                code, detail = _code_of(failure)
                desk.lost(task, code, detail)
        except CounterspinError as error:
            self._end(error)


def _answer(response: Response) -> Answer:
    request = response.request
    assert request is not None
    return Answer(
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        seconds=time.monotonic() - request.meta["began"],
        request_headers=_pairs(request.headers),
        address=str(response.ip_address) if response.ip_address and "proxy" not in request.meta else None,
        truncated="disconnect" if "dataloss" in response.flags else None,
    )


def _pairs(headers: Any) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
        for name, values in headers.items()
        for value in values
    )


def _code_of(failure: Failure) -> tuple[str, str]:
    error = failure.value
    if isinstance(error, DownloadTimeoutError):
        return "timeout", ""
    if isinstance(error, DownloadCancelledError):
        return "too_large", str(error)[:200]
    return "bad_http", f"{type(error).__name__}: {error}"[:200]
