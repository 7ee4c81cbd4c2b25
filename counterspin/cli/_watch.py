"""A crawl while it runs: one line that is drawn anew on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from counterspin.cli._project import on_terminal, say
from counterspin.wording import counted

if TYPE_CHECKING:
    from crawler.answer import Tally

LINE_EVERY = 30.0  # s between two plain lines
Watch = Callable[["Tally", int], None]


def described(tally: Tally) -> str:
    """Harvest, hosts and what went wrong, of a crawl that goes on."""
    share = f"{tally.relevant / tally.pages:.0%}" if tally.pages else "-"
    failed, refused = sum(tally.failed.values()), sum(tally.refused.values())
    return f"harvest {share}, {tally.hosts} hosts, {failed} failed, {refused} refused"


@contextmanager
def watching(*, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> Iterator[Watch]:
    """Yields what a crawl calls with its counts and the pages that it may take."""
    if quiet:
        yield _unseen
    elif on_terminal():
        with _bar() as draw:
            yield draw
    else:
        yield _Lines(clock)


def _unseen(tally: Tally, limit: int) -> None:
    """Nobody watches."""


class _Lines:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._next = clock() + LINE_EVERY

    def __call__(self, tally: Tally, limit: int) -> None:
        if self._clock() >= self._next:
            self._next = self._clock() + LINE_EVERY
            say(f"{tally.pages} of at most {counted(limit, 'page')}, {described(tally)}")


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("Crawl"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task("", total=None)
        yield lambda tally, limit: bars.update(bar, completed=tally.pages, total=limit, description=described(tally))
