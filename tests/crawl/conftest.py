from __future__ import annotations

import pytest

from counterspin.settings import CrawlSettings, Settings
from counterspin.store import Store
from crawler.run import CrawlOutcome, crawl
from crawler.seeds import Seeds
from crawler.simweb import serve
from crawler.simweb.families import build


class Crawls:
    """Crawls a family of the simulated web into a store of its own."""

    def __init__(self, folder) -> None:
        self.folder = folder

    def settings(self, proxy: str, **values) -> Settings:
        given = {"contact": "test@example.org", "delay": 0.0, "readers": 0, "free_disk": 0, "timeout": 30.0, **values}
        return Settings(crawl=CrawlSettings(proxy=proxy, **given))

    def run(self, running, seeds=None, *, texts=(), fresh=False, **values) -> CrawlOutcome:
        start = Seeds(urls=tuple(running.web.seeds if seeds is None else seeds), texts=tuple(texts))
        with self.store() as store:
            return crawl(store, self.settings(running.proxy, **values), start, warc=self.folder / "warc", fresh=fresh)

    def store(self) -> Store:
        return Store.open(self.folder / "test.db")

    def rows(self, sql: str) -> list[tuple]:
        with self.store() as store:
            return [tuple(row) for row in store.rows(sql)]


@pytest.fixture
def crawls(tmp_path) -> Crawls:
    return Crawls(tmp_path)


@pytest.fixture
def web():
    """``web(spec)`` serves a family on loopback until the test ends."""
    open_ = []

    def start(spec: str, seed: int = 1):
        context = serve(build(spec, seed=seed))
        running = context.__enter__()
        open_.append(context)
        return running

    yield start
    for context in open_:
        context.__exit__(None, None, None)
