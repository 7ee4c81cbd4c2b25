"""Write the report of the last analysis."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say


@click.command()
@project_options
@click.option("--format", "formats", multiple=True, metavar="NAME[,NAME]", help="Formats, else report.formats.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: reports/<run>/).")
@click.option("--compare", type=int, metavar="RUN", help="Earlier analysis to compare with (default: the one before).")
@click.option(
    "--language", type=click.Choice(["zh-CN", "en"]), help="Language of the report (default: project.locale)."
)
@as_json
def command(
    project: Path | None,
    assignments: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    compare: int | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Write the report of the last analysis: what was found, with its evidence."""
    from reports.write import write

    configuration = configured(project, assignments)
    names = tuple(name.strip() for one in formats for name in one.split(",") if name.strip())
    with opened(configuration, readonly=True) as store:
        written = write(
            store,
            out or configuration.reports / "latest",
            configuration.settings,
            formats=names,
            compare=compare,
            language=language,
        )
    files = [str(path) for path in written.files]
    if as_json:
        put_json("counterspin.report-files/1", {"run": written.report.run.id, "files": files, "notes": written.notes})
        return
    for note in written.notes:
        say(note)
    for file in files:
        click.echo(file)
