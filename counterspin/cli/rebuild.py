"""``counterspin rebuild``: the database anew from the archive."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, progress, project_options, put_json, say
from counterspin.wording import counted


@click.command("rebuild", short_help="Make the database anew from archive and journal.")
@click.option("--from-warc", is_flag=True, required=True, help="Take the pages from the project's WARC files.")
@click.option(
    "--journal",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Journal of verdicts (default: the one beside the database).",
)
@project_options
@as_json
def command(
    from_warc: bool,  # noqa: ARG001 - says what the command does to a file that may be dear
    journal: Path | None,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make the database anew: pages from the archive, flags by analysing them, verdicts from their journal.

    For a damaged database, or to check that nothing depends on it. The old file is kept beside the new one.
    """
    from counterspin.pipeline.rebuilding import rebuild

    configuration = configured(project, assignments)
    with progress("Rebuild", quiet=as_json) as advance:
        done = rebuild(configuration, journal=journal, advance=advance)
    if as_json:
        put_json(
            "counterspin.rebuild/1",
            {"captures": done.captures, "documents": done.documents, "flags": done.flags, "verdicts": done.verdicts,
             "unreadable": done.unreadable, "old": done.old},
        )  # fmt: skip
        return
    for line in done.unreadable:
        say(f"not readable, left out: {line}")
    numbers = {"capture": done.captures, "document": done.documents, "flag": done.flags, "verdict": done.verdicts}
    say(", ".join(counted(number, noun) for noun, number in numbers.items()))
    if done.old:
        say(f"the old database is {done.old}; delete it when you have looked at the new one")
