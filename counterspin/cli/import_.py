"""``counterspin import``: pages that are there already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterspin.cli._project import as_json, configured, opened, progress, project_options, put_json, say
from counterspin.wording import counted

if TYPE_CHECKING:
    from counterspin.pipeline.importing import Imported

MAX_NOTES = 10  # lines about what was left out; the rest is counted


@click.command("import", short_help="Put files into the project: HTML, text, WARC, JSON lines.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--base-url", metavar="URL", help="Address of the folder; the path below it is appended.")
@project_options
@as_json
def command(
    paths: tuple[Path, ...], base_url: str | None, project: Path | None, assignments: tuple[str, ...], as_json: bool
) -> None:
    """Put pages from PATHS into the project: HTML and text files, folders of them, WARC and WET, JSON lines.

    A line of JSON is a document of `extract --jsonl`, or {"url", "html"}, or {"url", "text"}.
    """
    from counterspin.errors import InputError
    from counterspin.pipeline.importing import import_files

    configuration = configured(project, assignments)
    with opened(configuration, create=True) as store, progress("Import", quiet=as_json) as advance:
        done = import_files(store, configuration, paths, base_url=base_url, advance=advance)
    if as_json:
        put_json(
            "counterspin.import/1",
            {"run": done.run, "captures": done.captures, "older": done.older, "unchanged": done.unchanged,
             "refused": done.refused, "notes": done.notes},
        )  # fmt: skip
    else:
        _tell(done)
    if not done.captures + done.unchanged and set(done.refused) - {"purged"}:
        raise InputError("nothing was imported: no page in what was named")


def _tell(done: Imported) -> None:
    for note in done.notes[:MAX_NOTES]:
        say(note)
    if len(done.notes) > MAX_NOTES:
        say(f"... and {len(done.notes) - MAX_NOTES} more")
    if done.older:
        say(f"{counted(done.older, 'page')} fetched before the version that is there: kept behind it, not analysed")
    left_out = ", ".join(f"{count} {code}" for code, count in done.refused.items())
    say(
        f"{counted(done.captures, 'page')} imported, {done.unchanged} there already"
        + (f"; left out: {left_out}" if left_out else "")
    )
