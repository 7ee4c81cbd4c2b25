"""``counterspin replay``: the crawl again, from the archive, with no network."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, project_options, put_json, say
from counterspin.wording import counted


@click.command("replay", short_help="Crawl again from the archive, asking nobody.")
@click.argument("database", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder of WARC.")
@click.option("--wacz", type=click.Path(path_type=Path, dir_okay=False), help="Only pack the archive into this file.")
@project_options
@as_json
def command(
    database: Path,
    folder: Path | None,
    wacz: Path | None,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Crawl again from the project's archive into the new file DATABASE, asking nobody.

    The same pages, versions and links as in the crawl: for tests, and for a database that was lost.
    """
    from counterspin.errors import UsageError
    from counterspin.store import Store, runs
    from crawler.replay import replay
    from crawler.wacz import write_wacz

    configuration = configured(project, assignments, required=folder is None)
    archive = folder or configuration.warc
    if wacz is not None:
        count = write_wacz(archive, wacz, title=configuration.settings.project.name, created=runs.now())
        say(f"{wacz}: {counted(count, 'page')}")
        return
    if database.exists():
        raise UsageError(f"{database} exists; name a new file, nothing is replayed into an old database")
    with Store.open(database) as store:
        tally = replay(store, configuration.settings, archive)
    if as_json:
        put_json("counterspin.replay/1", {"pages": tally.pages, "captures": tally.captures})
    elif tally.pages:
        say(f"{counted(tally.pages, 'page')} replayed, {counted(tally.captures, 'version')} kept in {database}")
    else:
        say(f"{archive} holds no crawl to repeat; imported pages are read by `counterspin rebuild --from-warc`")
