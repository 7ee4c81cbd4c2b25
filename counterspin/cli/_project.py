"""What the commands share: the options that name a project and its settings, output for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from counterspin.errors import CounterspinError
from counterspin.wording import counted

if TYPE_CHECKING:
    from counterspin.configuration import Configuration
    from counterspin.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])

as_json = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output, for programs.")


def project_options(function: Command) -> Command:
    """Adds ``--project`` and ``--set``: the arguments ``project`` and ``assignments`` of :func:`configured`."""
    function = click.option(
        "--set", "assignments", multiple=True, metavar="SECTION.NAME=VALUE", help="A setting for this run only."
    )(function)
    return click.option(
        "--project", type=click.Path(path_type=Path, file_okay=False), help="Folder of the project (default: here)."
    )(function)


def configured(
    project: Path | None,
    assignments: Iterable[str] = (),
    flags: Mapping[str, Any] | None = None,
    *,
    required: bool = True,
) -> Configuration:
    """The configuration with the flags of a command on top; ``None`` among ``flags`` says not given."""
    from counterspin.configuration import load
    from counterspin.errors import UsageError

    given = {name: value for name, value in (flags or {}).items() if value is not None}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise UsageError(f"--set {assignment}: write it as --set section.name=value")
        given[name.strip()] = value.strip()
    if project is not None and not project.is_dir():
        raise UsageError(f"{project}: there is no such folder; make a project with `counterspin init {project}`")
    return load(project, flags=given, required=required)


@contextmanager
def opened(configuration: Configuration, *, readonly: bool = False, create: bool = False) -> Iterator[Store]:
    """The project's database."""
    from counterspin.store import Store

    with Store.open(configuration.database, readonly=readonly, create=create) as store:
        yield store


def say(message: str) -> None:
    """A line for people, on standard error: standard output belongs to data."""
    from reports.safe import visible

    click.echo(visible(message), err=True)


def put_json(schema: str, values: Mapping[str, Any]) -> None:
    """One JSON object on standard output; ``schema`` names its shape, for example ``counterspin.extract/1``."""
    click.echo(json.dumps({"schema": schema, **values}, ensure_ascii=False, default=str))


LIST_BUGS = """counterspin query "SELECT url,detail FROM fetch WHERE code='bug'" """.strip()


def check_bugs(pages: int) -> None:
    """Raise :class:`CounterspinError` if a bug of ours met ``pages`` of a crawl: who runs it by the clock must know.

    Call it last: all other pages are kept and shown.
    """
    if pages:
        raise CounterspinError(
            f"a bug met {counted(pages, 'page')}; all others are kept, these are tried again in the next run."
            f" Please report what this says: {LIST_BUGS}"
        )


def on_terminal() -> bool:
    """Whether people watch: progress bars and colours are for them only."""
    return sys.stderr.isatty()


Advance = Callable[[int, int], None]


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Advance]:
    """Yields ``advance(done, total)``; draws a bar on a terminal, writes nothing elsewhere."""
    if quiet or not on_terminal():
        yield _unseen
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)
