"""``counterspin crawl``: collect pages that give advice like that of the seeds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterspin.cli._project import as_json, check_bugs, configured, opened, project_options, put_json, say
from counterspin.cli._watch import watching
from counterspin.wording import counted

if TYPE_CHECKING:
    from crawler.run import CrawlOutcome

_PATH = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("crawl", short_help="Collect pages that give advice like that of the seeds.")
@click.argument("seeds", nargs=-1)
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="A sitemap or feed that names pages.")
@click.option("--like", "texts", multiple=True, type=_PATH, help="A text file that says what to look for.")
@click.option("--unlike", "against", multiple=True, type=_PATH, help="A text file of what not to look for.")
@click.option("--max-pages", type=int, help="Pages this run may take (crawl.max_pages).")
@click.option("--contact", help="Your e-mail address or page, for the user agent (crawl.contact).")
@click.option("--proxy", help="HTTP proxy (crawl.proxy).")
@click.option("--delay", type=float, help="Least seconds between two requests to one host (crawl.delay).")
@click.option("--fresh", is_flag=True, help="Visit known pages again whether they are due or not.")
@project_options
@as_json
def command(
    seeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    texts: tuple[Path, ...],
    against: tuple[Path, ...],
    max_pages: int | None,
    contact: str | None,
    proxy: str | None,
    delay: float | None,
    fresh: bool,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Collect pages that give advice like that of SEEDS: URLs, or files with one URL in each line.

    Everything fetched goes into the project's archive and database. A crawl that was stopped, even by kill -9, goes on
    with the same command.
    """
    flags = {"crawl.max_pages": max_pages, "crawl.contact": contact, "crawl.proxy": proxy, "crawl.delay": delay}
    outcome = _crawl(project, assignments, flags, seeds, sitemaps, texts, against, fresh=fresh, quiet=as_json)
    if as_json:
        put_json("counterspin.crawl/1", _as_dict(outcome))
    else:
        _tell(outcome)
    if outcome.status == "interrupted":
        raise KeyboardInterrupt
    check_bugs(outcome.tally.failed["bug"])


def _crawl(
    project: Path | None,
    assignments: tuple[str, ...],
    flags: Mapping[str, Any],
    seeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    texts: tuple[Path, ...],
    against: tuple[Path, ...],
    *,
    fresh: bool,
    quiet: bool,
) -> CrawlOutcome:
    from counterspin.pipeline.lock import run_lock
    from crawler.guard import Guard
    from crawler.run import agent_of, crawl
    from crawler.seeds import read_seeds

    configuration = configured(project, assignments, flags)
    settings = configuration.settings
    agent_of(settings.crawl)
    guard = Guard(frozenset(settings.crawl.allow_private))
    start = read_seeds(seeds, sitemaps=sitemaps, texts=texts, against=against, guard=guard)
    with (
        run_lock(configuration.database, "crawl"),
        opened(configuration, create=True) as store,
        watching(quiet=quiet) as watch,
    ):
        return crawl(store, settings, start, warc=configuration.warc, fresh=fresh, progress=watch)


def _tell(outcome: CrawlOutcome) -> None:
    tally = outcome.tally
    say(
        f"{counted(tally.pages, 'page')} fetched, {counted(tally.captures, 'new version')} kept,"
        f" {tally.unchanged} unchanged,"
        f" {tally.relevant:.0f} on the topic, in {outcome.seconds:.1f} s; ended: {outcome.reason}"
    )
    for title, counts in (("refused", tally.refused), ("failed", tally.failed)):
        if counts:
            say(f"{title}: " + ", ".join(f"{count} {code}" for code, count in counts.most_common()))
    if outcome.queued:
        say(f"waiting for a next run: {counted(outcome.queued, 'URL')}; the same command goes on")
    for note in outcome.notes:
        say(note)


def _as_dict(outcome: CrawlOutcome) -> dict[str, Any]:
    tally = outcome.tally
    return {
        "run": outcome.run, "reason": outcome.reason, "status": outcome.status, "seconds": round(outcome.seconds, 3),
        "pages": tally.pages, "captures": tally.captures, "unchanged": tally.unchanged, "relevant": tally.relevant,
        "bytes": tally.bytes, "refused": dict(tally.refused), "failed": dict(tally.failed), "queued": outcome.queued,
        "needs_browser": tally.scripted, "rendered": tally.rendered, "notes": list(outcome.notes),
    }  # fmt: skip
