"""Reading pages beside the event loop: nothing that a page holds stops the loop."""

from __future__ import annotations

import asyncio
import os
import sys

from crawler import readers
from crawler.readers import ReaderPool
from crawler.reading import Job

BODY = b"<html><title>t</title><p>" + b"long " * 400_000
TURN = 0.01  # s


def test_a_long_body_for_a_reader_that_still_starts_does_not_stop_the_loop(monkeypatch):
    turns, at_sending = [], []

    async def send(pipe, job, real=readers._send):
        before = len(turns)
        await real(pipe, job)
        at_sending.append(len(turns) - before)

    async def turning(reading):
        while not reading.done():
            turns.append(1)
            await asyncio.sleep(TURN)

    async def read():
        pool = ReaderPool(1)
        reading = asyncio.ensure_future(pool.read(job))
        await turning(reading)
        await pool.close()
        return await reading

    monkeypatch.setattr(readers, "_send", send)
    job = Job("http://long.test/", BODY, (("Content-Type", "text/html"),), 8 << 20, 200)
    assert asyncio.run(read()) is not None
    assert at_sending[0] >= 2  # while its process starts, which takes a hundred; a loop that is held up has none


def test_a_page_that_takes_too_much_processor_time_costs_its_process_only(monkeypatch, tmp_path):
    endless = (
        "import crawler.readers as r\n"
        "r.SECONDS, real = 1, r.read\n"
        "def read(job):\n    while b'ENDLESS' in job.body: pass\n    return real(job)\n"
        "r.read = read\n"
    )
    (tmp_path / "sitecustomize.py").write_text(endless, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))

    async def read():
        pool = ReaderPool(1)
        found = [await pool.read(Job("http://a.test/", body, (), 8 << 20, 200)) for body in (b"<p>ENDLESS", b"<p>ok")]
        await pool.close()
        return found

    endless_one, next_one = asyncio.run(read())
    assert endless_one is None
    assert next_one is not None


def test_pages_that_wait_behind_one_that_breaks_its_process_are_read_all_the_same(monkeypatch, tmp_path):
    breaking = (
        "import os\nimport crawler.readers as r\n"
        "real = r.read\n"
        "def read(job):\n    return os._exit(3) if b'BREAK' in job.body else real(job)\n"
        "r.read = read\n"
    )
    (tmp_path / "sitecustomize.py").write_text(breaking, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    bodies = (b"<p>one", b"<p>BREAK", b"<p>three", b"<p>four")

    async def read():
        pool = ReaderPool(1)
        found = await asyncio.gather(*(pool.read(Job("http://a.test/", body, (), 8 << 20, 200)) for body in bodies))
        await pool.close()
        return found

    one, broken, three, four = asyncio.run(read())
    assert broken is None
    assert None not in (one, three, four)
    assert len({one.raw_sha256, three.raw_sha256, four.raw_sha256}) == 3


def test_a_reader_that_was_replaced_reads_what_it_was_given(monkeypatch):
    monkeypatch.setattr(readers, "PAGES", 2)

    async def read():
        pool = ReaderPool(1)
        jobs = [Job("http://a.test/", b"<p>%d" % number, (), 8 << 20, 200) for number in range(5)]
        found = await asyncio.gather(*map(pool.read, jobs))
        await pool.close()
        return found

    assert len({one.raw_sha256 for one in asyncio.run(read())}) == 5
