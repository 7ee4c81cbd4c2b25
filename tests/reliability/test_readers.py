"""Reading pages beside the event loop: nothing that a page holds stops the loop."""

from __future__ import annotations

import asyncio
import time

from crawler.readers import ReaderPool
from crawler.reading import Job

BODY = b"<html><title>t</title><p>" + b"long " * 400_000


async def longest_pause_while_reading(pool: ReaderPool, job: Job) -> tuple[float, float]:
    """Seconds that the loop stood still at most, and those that the reading took."""
    began = last = time.monotonic()
    longest = 0.0
    reading = asyncio.ensure_future(pool.read(job))
    while not reading.done():
        await asyncio.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert (await reading) is not None
    await pool.close()
    return longest, time.monotonic() - began


def test_a_long_body_for_a_reader_that_still_starts_does_not_stop_the_loop():
    job = Job("http://long.test/", BODY, (("Content-Type", "text/html"),), 8 << 20, 200)
    longest, whole = asyncio.run(longest_pause_while_reading(ReaderPool(1, seconds=60.0), job))
    assert longest < whole / 2
