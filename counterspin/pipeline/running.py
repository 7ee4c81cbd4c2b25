"""All stages of a project one after another, under one lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from counterspin.configuration import Configuration
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import Advance, extract_all
from counterspin.pipeline.lock import run_lock
from counterspin.store import Store, pages
from counterspin.wording import counted


def run_all(
    store: Store,
    configuration: Configuration,
    *,
    crawl: bool,
    seeds: Sequence[str] = (),
    report: bool,
    advance: Advance,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Run the stages; ``tell`` gets a line for each. The numbers of all stages.

    A project of imported pages has nothing to crawl, and needs no contact.
    """
    outcome: dict[str, Any] = {}
    with run_lock(configuration.database, "run"):
        if crawl and not seeds and pages.all_imported(store):
            tell("crawl: no seeds and only imported pages; nothing to fetch")
        elif crawl:
            outcome["crawl"] = _crawl(store, configuration, seeds, tell)
        extracted = extract_all(store, configuration, advance=advance)
        outcome["extract"] = {"documents": extracted.documents, "refused": extracted.refused}
        refused = "".join(f", {count} {code}" for code, count in extracted.refused.items())
        tell(f"extract: {counted(extracted.documents, 'document')}{refused and '; refused' + refused[1:]}")
        analysed = analyse_all(store, configuration)
        outcome["analyse"] = {"run": analysed.run, "fresh": analysed.fresh, "flags": analysed.flags}
        tell(f"analyse: {counted(analysed.flags, 'flag')} on {counted(analysed.documents, 'document')}")
        if report:
            outcome["report"] = _report(store, configuration, tell)
    return outcome


def _crawl(
    store: Store, configuration: Configuration, seeds: Sequence[str], tell: Callable[[str], None]
) -> dict[str, Any]:
    from crawler.guard import Guard  # noqa: PLC0415
    from crawler.run import crawl  # noqa: PLC0415
    from crawler.seeds import read_seeds  # noqa: PLC0415

    settings = configuration.settings
    start = read_seeds(tuple(seeds), guard=Guard(frozenset(settings.crawl.allow_private)))
    done = crawl(store, settings, start, warc=configuration.warc)
    for note in done.notes:
        tell(note)
    if done.status == "interrupted":
        raise KeyboardInterrupt
    tell(f"crawl: {counted(done.tally.pages, 'page')}, {done.tally.captures} of them new; ended: {done.reason}")
    return {
        "run": done.run, "pages": done.tally.pages, "captures": done.tally.captures, "reason": done.reason,
        "bugs": done.tally.failed["bug"],
    }  # fmt: skip


def _report(store: Store, configuration: Configuration, tell: Callable[[str], None]) -> dict[str, Any]:
    from counterspin.pipeline.reporting import report  # noqa: PLC0415

    written = report(store, configuration)
    tell(f"report: {written.files[0] if written.files else written.folder}")
    return {"folder": str(written.folder), "files": [str(file) for file in written.files]}
