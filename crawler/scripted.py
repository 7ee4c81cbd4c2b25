"""A page without text, as its scripts make it: only then, and only if there is a browser or the archive knows."""

from __future__ import annotations

from dataclasses import replace

from crawler.answer import Answer
from crawler.archive import SHOWN_TYPE
from crawler.browser import Renderer, Shown
from crawler.readers import Reader
from crawler.reading import NO_PAGE, Job, Reading


async def with_scripts(
    job: Job, answer: Answer, reading: Reading, *, browser: Renderer | None, reader: Reader
) -> tuple[Reading, Shown | None]:
    """The reading of a page, and what it was shown as if it has no text without; ``None``: it is as it came."""
    if not reading.scripted or (browser is None and answer.shown is None):
        return reading, None
    shown = Shown(answer.shown) if answer.shown is not None or browser is None else await browser.show(job.url, answer)
    if shown.html is None:
        return reading, shown
    told = tuple(pair for pair in job.headers if pair[0].lower() == "x-robots-tag")
    made = await reader.read(replace(job, body=shown.html, headers=(("Content-Type", SHOWN_TYPE), *told)))
    if made is None or made.code in NO_PAGE or made.scripted:
        return reading, None
    return made, shown
