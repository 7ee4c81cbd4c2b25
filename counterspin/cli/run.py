"""``counterspin run``: all stages one after another, for the clock and for people in a hurry."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, check_bugs, configured, opened, progress, project_options, put_json, say


@click.command("run")
@click.argument("seeds", nargs=-1)
@click.option("--no-crawl", is_flag=True, help="Begin with what was fetched or imported already.")
@click.option("--no-report", is_flag=True, help="End with the flags.")
@project_options
@as_json
def command(
    seeds: tuple[str, ...],
    no_crawl: bool,
    no_report: bool,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Crawl, extract, analyse and report. Each stage goes on where it was; what is done is not done again.

    SEEDS (URLs, or files of them) are added to those of earlier crawls. Pages that were only imported are not crawled.
    """
    from counterspin.pipeline.running import run_all

    configuration = configured(project, assignments)
    with opened(configuration, create=True) as store, progress("Run", quiet=as_json) as advance:
        outcome = run_all(
            store, configuration, crawl=not no_crawl, seeds=seeds, report=not no_report, advance=advance,
            tell=(lambda _: None) if as_json else say,
        )  # fmt: skip
    if as_json:
        put_json("counterspin.run/1", outcome)
    check_bugs(outcome.get("crawl", {}).get("bugs", 0))
