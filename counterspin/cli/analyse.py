"""``counterspin analyse``: from documents to flags, in a project or for a file of documents."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say
from counterspin.wording import counted

if TYPE_CHECKING:
    from counterspin.model import Document
    from counterspin.pipeline.analysing import Analysed


@click.command("analyse", short_help="Flag spun and contradictory passages.")
@click.option(
    "--documents",
    "file",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Analyse the JSON lines of this file (- for standard input) instead of a project.",
)
@click.option("--jsonl", is_flag=True, help="With --documents or --input: flags as JSON lines on standard output.")
@click.option("--force", is_flag=True, help="Analyse even if nothing changed since the last time.")
@click.option("--workers", type=int, help="Worker processes (analyse.workers).")
@click.option("--input", "inputs", multiple=True, type=click.Path(path_type=Path), help="Parquet, WARC or WET files.")
@click.option("--output", type=click.Path(path_type=Path), help="With --input: folder for the findings as Parquet.")
@click.option("--master", help="Spark master (analyse.master).")
@click.option("--engine", help="Where it runs: local or spark (analyse.engine).")
@project_options
@as_json
def command(
    file: Path | None,
    jsonl: bool,
    force: bool,
    workers: int | None,
    inputs: tuple[Path, ...],
    output: Path | None,
    master: str | None,
    engine: str | None,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Flag spun and contradictory passages in the current document of every page."""
    flags = {"analyse.workers": workers, "analyse.engine": engine, "analyse.master": master}
    if inputs:
        from counterspin import to_dict
        from counterspin.pipeline.files import analyse_files

        settings = configured(project, assignments, flags, required=False).settings
        found = analyse_files(inputs, settings, output=output)
        for flag in found.flags if jsonl else ():
            click.echo(json.dumps(to_dict(flag), ensure_ascii=False))
        refused = found.counts["refused"]
        read = found.counts["documents"] - refused
        left_out = f"; {counted(refused, 'page')} could not be read" if refused else ""
        numbers = f"{counted(len(found.flags), 'flag')}, {counted(len(found.swaps), 'learnt swap')}"
        say(f"{numbers} on {counted(read, 'document')}{left_out}")
        return
    if output:
        raise click.UsageError("--output goes with --input; the findings of a project are in its database")
    if file is not None or jsonl:
        _without_project(file or Path("-"), project, assignments, flags)
        return
    from counterspin.pipeline.analysing import analyse_all

    configuration = configured(project, assignments, flags)
    with opened(configuration) as store:
        done = analyse_all(store, configuration, force=force)
    if as_json:
        put_json(
            "counterspin.analyse/1",
            {"run": done.run, "fresh": done.fresh, "documents": done.documents, "flags": done.flags,
             "states": done.states, "counts": done.counts},
        )  # fmt: skip
    elif not done.fresh:
        say(f"nothing changed since run {done.run} ({_result(done)}); --force repeats it")
    else:
        states = ", ".join(f"{count} {state}" for state, count in sorted(done.states.items()))
        say(_result(done) + (f" ({states})" if states else ""))


def _result(done: Analysed) -> str:
    return f"{counted(done.flags, 'flag')} on {counted(done.documents, 'document')}"


def _without_project(
    file: Path, project: Path | None, assignments: tuple[str, ...], flags: Mapping[str, object]
) -> None:
    from counterspin import to_dict
    from counterspin.pipeline.analysing import analyse_documents

    configuration = configured(project, assignments, flags, required=False)
    for flag in analyse_documents(_documents(file), configuration.settings):
        click.echo(json.dumps(to_dict(flag), ensure_ascii=False))


def _documents(file: Path) -> Iterator[Document]:
    from counterspin.errors import InputError, RefusedPageError
    from counterspin.pipeline.extracting import document_from_dict

    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            yield document_from_dict(json.loads(line))
        except (RefusedPageError, ValueError, AttributeError) as error:
            raise InputError(f"{file}:{number}: no document of `extract --jsonl`: {error}") from None


def _lines(file: Path) -> Iterator[bytes]:
    from counterspin.errors import InputError

    if str(file) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with file.open("rb") as lines:
            yield from lines
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
