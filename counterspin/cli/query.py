"""Ask the database: named queries and SQL, read only."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterspin.cli._project import as_json, configured, project_options, put_json, say

if TYPE_CHECKING:
    from counterspin.configuration import Configuration
    from counterspin.store.sandbox import Answer


@click.command(short_help="Ask the database, by a named query or in SQL.")
@project_options
@click.argument("question", metavar="[NAME|SQL]", required=False)
@click.option("--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="Fills :NAME in the SQL.")
@click.option("--limit", type=click.IntRange(1, 10_000_000), default=1000, show_default=True, help="Rows at most.")
@click.option("--seconds", type=click.FloatRange(0.01, 3600), default=10.0, show_default=True, help="Time at most.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, with cells that no spreadsheet program runs.")
@click.option("--table", "as_table", is_flag=True, help="A table (the default).")
@click.option("--datasette", is_flag=True, help="Open the database in Datasette (extra datasette).")
@click.option("--port", type=click.IntRange(1, 65_535), default=8001, show_default=True, help="Port of Datasette.")
@as_json
def command(
    project: Path | None,
    assignments: tuple[str, ...],
    question: str | None,
    params: tuple[str, ...],
    limit: int,
    seconds: float,
    as_csv: bool,
    as_table: bool,
    datasette: bool,
    port: int,
    as_json: bool,
) -> None:
    """Ask the database by a named query (q01 to q24) or one SQL statement; nothing is changed.

    Without a question the named queries are listed.
    """
    from counterspin.errors import UsageError
    from counterspin.store import questions, sandbox

    if as_csv + as_table + as_json > 1:
        raise UsageError("--json, --csv and --table exclude each other")
    if datasette:
        _open_datasette(configured(project, assignments), port)
        return
    if question is None:
        _list(questions.QUESTIONS, as_json)
        return
    view = questions.view(question)
    statement = f"SELECT * FROM {view}" if view else question  # noqa: S608 - a name from a fixed list
    configuration = configured(project, assignments)
    answer = sandbox.ask(configuration.database, statement, _values(params), seconds=seconds, rows=limit)
    _show(answer, as_csv=as_csv, as_json=as_json)
    if answer.is_cut:
        say(f"only the first {limit:,} rows are shown; raise --limit for more")


def _values(params: Iterable[str]) -> dict[str, str]:
    from counterspin.errors import UsageError

    found = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name.isidentifier():
            raise UsageError(f"--param {param}: write it as --param name=value")
        found[name] = value
    return found


def _list(known: dict[str, str], as_json: bool) -> None:
    if as_json:
        put_json(
            "counterspin.queries/1", {"queries": [{"name": name, "answers": text} for name, text in known.items()]}
        )
        return
    for name, text in known.items():
        click.echo(f"{name:36}{text}")


def _show(answer: Answer, *, as_csv: bool, as_json: bool) -> None:
    if as_json:
        rows = [dict(zip(answer.columns, (_plain(v) for v in row), strict=True)) for row in answer.rows]
        put_json("counterspin.query/1", {"columns": answer.columns, "rows": rows, "is_cut": answer.is_cut})
    elif as_csv:
        _write_csv(answer)
    else:
        _write_table(answer)


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _write_csv(answer: Answer) -> None:
    import csv
    import sys

    from reports.safe import spreadsheet_cell

    writer = csv.writer(sys.stdout, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(["" if value is None else spreadsheet_cell(_plain(value)) for value in row])


def _write_table(answer: Answer) -> None:
    from reports.terminal import table

    click.echo(table(answer.columns, answer.rows), nl=False)


def _open_datasette(configuration: Configuration, port: int) -> None:
    from reports.datasette import serve

    review = configuration.settings.review.port
    say(f"Datasette on http://127.0.0.1:{port}/ (stop with Ctrl-C); review links go to port {review}")
    serve(configuration.database, port=port, review_port=review)
