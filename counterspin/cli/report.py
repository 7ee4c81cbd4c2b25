"""Write the report of the last analysis."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say


@click.command(short_help="Write the report of the last analysis.")
@project_options
@click.option(
    "--format", "formats", multiple=True, metavar="NAME[,NAME]",
    help="html, json, md, csv, xlsx, pdf, sarif, gexf (default: report.formats).",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: reports/<run>/).")
@click.option("--compare", type=int, metavar="RUN", help="Earlier analysis to compare with (default: the one before).")
@click.option(
    "--fail-on", "conditions", multiple=True, metavar="CONDITION", help="Exit 3 if it holds: new_confirmed>0."
)
@click.option("--language", type=click.Choice(["zh-CN", "zh", "en"]), help="Language (default: project.locale).")
@click.option("--excel", is_flag=True, help="Begin CSV files with the byte-order mark that Excel needs.")
@as_json
def command(
    project: Path | None,
    assignments: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    compare: int | None,
    conditions: tuple[str, ...],
    language: str | None,
    excel: bool,
    as_json: bool,
) -> None:
    """Write the report of the last analysis: what was found, with its evidence.

    A condition is NAME or NAME.CATEGORY, an operator and a number: names are flags, open, confirmed, new,
    new_confirmed and pages_pct. Flags judged wrong do not count.
    """
    from counterspin.errors import GateError
    from counterspin.store import figures
    from reports import gate
    from reports.write import write

    parsed = tuple(gate.parse(condition) for condition in conditions)
    configuration = configured(project, assignments)
    names = tuple(name.strip() for one in formats for name in one.split(",") if name.strip())
    with opened(configuration, readonly=True) as store:
        written = write(
            store,
            out or configuration.reports,
            configuration.settings,
            formats=names,
            compare=compare,
            language="zh-CN" if language == "zh" else language,
            excel=excel,
            exact=out is not None,
        )
        failed = gate.holding(parsed, figures.gate_numbers(store.connection, compare=compare)) if parsed else ()
    files = [str(path) for path in written.files]
    for note in written.notes:
        say(note)
    if as_json:
        values = {"run": written.report.run.id, "files": files, "notes": written.notes, "failed": failed}
        put_json("counterspin.report-files/1", values)
    else:
        for file in files:
            click.echo(file)
    if failed:
        raise GateError(f"the gate failed: {'; '.join(failed)}")
