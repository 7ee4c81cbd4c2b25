"""Large answers of many hosts at once: there is room for some at a time, and all are had in the end."""

from __future__ import annotations

import asyncio

from hostile import KEPT, case, page, reply, serve

from counterspin.settings import CrawlSettings, Settings
from counterspin.store import Store
from crawler.run import crawl
from crawler.seeds import Seeds

HOSTS = 3
ROOM = 1 << 20  # bytes; each page has about as many


def test_pages_for_which_there_is_no_room_at_once_have_another_turn(tmp_path):
    begun, all_begun = set(), asyncio.Event()

    def large(number):
        answer = reply(page(f"<p>{number}</p><!--{'x' * ROOM}-->"))

        async def send(writer: asyncio.StreamWriter) -> None:
            writer.write(answer[: ROOM // 2])
            await writer.drain()
            begun.add(number)
            if len(begun) == HOSTS:
                all_begun.set()
            await all_begun.wait()  # so that all are on their way together
            writer.write(answer[ROOM // 2 :])
            await writer.drain()

        return send

    cases = [case(f"large-{number}", "room", large(number), KEPT) for number in range(HOSTS)]
    with serve(cases) as server, Store.open(tmp_path / "a.db") as store:
        given = {"contact": "me@example.test", "delay": 0.0, "readers": 0, "free_disk": 0, "focus": False}
        settings = CrawlSettings(proxy=server.proxy, max_bytes_in_flight=ROOM, **given)
        seeds = Seeds(urls=tuple(f"http://{one.host}/" for one in cases))
        outcome = crawl(store, Settings(crawl=settings), seeds, warc=tmp_path / "warc")
    assert outcome.tally.captures == HOSTS
    assert outcome.tally.failed.total() == 0
    assert outcome.tally.no_room >= 1
    assert any("max_bytes_in_flight" in note for note in outcome.notes)
