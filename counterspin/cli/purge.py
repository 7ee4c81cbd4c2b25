"""``counterspin purge``: take pages out for good."""

from __future__ import annotations

import re
from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say
from counterspin.wording import counted

SHOWN = 20  # addresses listed


@click.command("purge", short_help="Remove pages so that no byte of them is left.")
@click.option("--url", "urls", multiple=True, help="This page.")
@click.option("--host", "hosts", multiple=True, help="Every page of this host and of hosts below it.")
@click.option("--older-than", "age", metavar="DAYS", help="Pages last visited so many days ago, for example 180d.")
@click.option("--match", help="Every page, flag and note that holds this text.")
@click.option("--reason", default="asked for", show_default=True, help="Kept with the tombstone.")
@click.option("--dry-run", is_flag=True, help="Only show what would go.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@project_options
@as_json
def command(
    urls: tuple[str, ...],
    hosts: tuple[str, ...],
    age: str | None,
    match: str | None,
    reason: str,
    dry_run: bool,
    yes: bool,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Remove pages from database, archive, search index, reports and journal so that no byte of them is left.

    What was named by address, host or text is never fetched again. Backups are left alone and listed.
    """
    from counterspin.pipeline.purging import Wish, purge

    wish = Wish(urls, hosts, _days(age), match, reason)
    configuration = configured(project, assignments)
    with opened(configuration) as store:
        done = purge(store, configuration, wish, dry_run=True)
        if not dry_run:
            if not yes:
                _list(done.pages)
                _confirm(f"Purge {counted(len(done.pages), 'page')} and all reports?")
            done = purge(store, configuration, wish)
    if as_json:
        put_json(
            "counterspin.purge/1",
            {"dry_run": dry_run, "pages": done.pages, "archives": done.archives, "mentions": done.mentions,
             "reports": done.reports, "left": done.left},
        )  # fmt: skip
        return
    if dry_run:
        _list(done.pages)
    files = f"{counted(len(done.archives), 'archive file')} {'to write anew' if dry_run else 'written anew'}"
    say(f"{counted(len(done.pages), 'page')} {'would go' if dry_run else 'purged'}, {files}")
    for path in done.left:
        say(f"still holds what it held: {path}")


def _confirm(question: str) -> None:
    try:
        sure = click.confirm(question, err=True)
    except click.Abort:  # nobody is there to answer, or Ctrl-C
        click.echo(err=True)
        sure = False
    if not sure:
        raise click.UsageError("nothing was purged; --yes purges without a question")


def _list(pages: tuple[str, ...]) -> None:
    for url in pages[:SHOWN]:
        say(url)
    if len(pages) > SHOWN:
        say(f"... and {len(pages) - SHOWN} more")


def _days(age: str | None) -> int | None:
    if age is None:
        return None
    found = re.fullmatch(r"(\d{1,5})d?", age.strip())
    if not found:
        raise click.BadParameter("give days, for example 180d", param_hint="--older-than")
    return int(found[1])
