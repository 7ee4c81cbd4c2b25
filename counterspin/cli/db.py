"""``counterspin db``: care for the database file."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say


@click.group("db")
def command() -> None:
    """Check, upgrade and tidy the database."""


@command.command("check")
@project_options
@as_json
def check(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Check every page, index, reference and trigger of the database. Ends with 9 if it is damaged."""
    from counterspin.errors import DamagedError
    from counterspin.store.backup import problems

    configuration = configured(project, assignments)
    with opened(configuration, readonly=True) as store:
        found = problems(store)
    if as_json:
        put_json("counterspin.db-check/1", {"ok": not found, "problems": found})
    if found:
        advice = "restore a backup or run `counterspin rebuild --from-warc`"
        raise DamagedError(f"{configuration.database}: {'; '.join(found[:5])}; {advice}")
    if not as_json:
        say(f"{configuration.database}: sound")


@command.command("migrate", short_help="Bring an older database up to this version.")
@project_options
@as_json
def migrate(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Bring an older database up to this version; a copy of it is kept beside it."""
    from counterspin.store.migrations import VERSION

    configuration = configured(project, assignments)
    with opened(configuration):
        _done(configuration.database, as_json, "schema", VERSION)


@command.command("reindex")
@project_options
@as_json
def reindex(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Build the search index anew."""
    from counterspin.pipeline.lock import run_lock
    from counterspin.store import search

    configuration = configured(project, assignments)
    with run_lock(configuration.database, "db reindex"), opened(configuration) as store:
        _done(configuration.database, as_json, "passages indexed", search.rebuild(store))


@command.command("vacuum")
@project_options
@as_json
def vacuum(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Give free space back to the disk. Needs as much free disk as the database is large."""
    from counterspin.pipeline.lock import run_lock
    from counterspin.store.purging import compact

    configuration = configured(project, assignments)
    with run_lock(configuration.database, "db vacuum"), opened(configuration) as store:
        compact(store)
    _done(configuration.database, as_json, "bytes", configuration.database.stat().st_size)


def _done(database: Path, as_json: bool, what: str, number: int) -> None:
    if as_json:
        put_json("counterspin.db/1", {"database": database, what.replace(" ", "_"): number})
    else:
        say(f"{database}: {what} {number:,}")
