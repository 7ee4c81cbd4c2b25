"""``counterspin extract``: from captures to documents, in a project or for single files."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, progress, project_options, put_json, say
from counterspin.wording import counted


@click.command("extract", short_help="Extract the main content of pages.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--jsonl", is_flag=True, help="Documents of FILES as JSON lines on standard output; no project needed.")
@click.option("--retry", is_flag=True, help="Try pages again that took too long or too much memory.")
@project_options
@as_json
def command(
    files: tuple[Path, ...],
    jsonl: bool,
    retry: bool,
    project: Path | None,
    assignments: tuple[str, ...],
    as_json: bool,
) -> None:
    """Extract the main content of every page that was not extracted yet.

    With FILES (HTML, text, or - for standard input) nothing is stored: each document is a line of JSON.
    """
    if files or jsonl:
        _files(files, project, assignments)
        return
    from counterspin.pipeline.extracting import extract_all

    configuration = configured(project, assignments)
    with opened(configuration) as store, progress("Extract", quiet=as_json) as advance:
        done = extract_all(store, configuration, retry=retry, advance=advance)
    if as_json:
        numbers = {"run": done.run, "documents": done.documents, "refused": done.refused, "templates": done.templates}
        put_json("counterspin.extract/1", numbers)
    elif done.run is None:
        say("nothing to extract: every page was read by this extractor already")
    else:
        refused = ", ".join(f"{count} {code}" for code, count in done.refused.items())
        apart = f"; lines of a site's template set apart on {counted(done.templates, 'page')}" if done.templates else ""
        say(f"{counted(done.documents, 'document')} extracted" + (f"; refused: {refused}" if refused else "") + apart)


def _files(files: tuple[Path, ...], project: Path | None, assignments: tuple[str, ...]) -> None:
    from counterspin import to_dict
    from counterspin.errors import CounterspinError, InputError
    from counterspin.pipeline.extracting import extract_files

    configuration = configured(project, assignments, required=False)
    failed: list[str] = []
    with _readable(files or (Path("-"),)) as (paths, missing):
        failed += missing
        for path, result in extract_files(paths, configuration):
            if isinstance(result, CounterspinError):
                failed.append(f"{path}: {result}")
            else:
                click.echo(json.dumps(to_dict(result), ensure_ascii=False))
    if failed:
        for line in failed[:-1]:
            say(f"counterspin: {line}")
        raise InputError(failed[-1])


@contextmanager
def _readable(files: tuple[Path, ...]) -> Iterator[tuple[list[Path], list[str]]]:
    """The files that can be read, standard input among them as a file, and a line for each one that cannot."""
    missing, paths = [], []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            path = file
            if str(file) == "-":
                path = Path(folder, "standard-input.html")
                path.write_bytes(sys.stdin.buffer.read())
            problem = _problem(path)
            if problem:
                missing.append(f"{file}: {problem}")
            else:
                paths.append(path)
        yield paths, missing


def _problem(path: Path) -> str | None:
    if path.name.lower().endswith((".warc", ".warc.gz", ".wet", ".wet.gz", ".parquet")):
        return "no single page; use `counterspin analyse --input`, or `counterspin import` for WARC and WET"
    try:
        with path.open("rb") as file:
            return None if file.read(1) else "empty; give a page"
    except IsADirectoryError:
        return "a folder; name its files, or use `counterspin import`"
    except FileNotFoundError:
        return "there is no such file"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
