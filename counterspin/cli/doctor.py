"""``counterspin doctor``: is this machine, this folder and this database fit for work?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterspin.cli._project import as_json, configured, project_options, put_json

if TYPE_CHECKING:
    from counterspin.configuration import Configuration

Finding = tuple[str, str, str]  # what, ok | note | bad, what was found and what to do


@click.command("doctor", short_help="Check this installation and the project here.")
@project_options
@as_json
def command(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Check Python, SQLite, the extras, and the project here if there is one. Ends with 1 if something is bad."""
    configuration = configured(project, assignments, required=False)
    found = [*_machine(), *_extras()]
    if configuration.file is not None:
        found += [*_project(configuration)]
    else:
        found.append(("project", "note", "none here; `counterspin init` makes one, `counterspin demo` shows one"))
    bad = any(state == "bad" for _, state, _ in found)
    if as_json:
        checks = [{"check": what, "state": state, "detail": detail} for what, state, detail in found]
        put_json("counterspin.doctor/1", {"ok": not bad, "checks": checks})
    else:
        for what, state, detail in found:
            click.echo(f"{state:4}  {what}: {detail}")
    if bad:
        raise click.exceptions.Exit(1)


def _machine() -> Iterator[Finding]:
    import os
    import sys

    from counterspin import __version__
    from counterspin.store.backup import library

    yield "counterspin", "ok", f"{__version__} on Python {sys.version.split()[0]}"
    version, problem = library()
    yield "SQLite", "bad" if problem else "ok", problem or f"{version} with full-text search"
    yield "cores", "ok", str(os.cpu_count())


def _extras() -> Iterator[Finding]:
    import shutil
    from importlib.util import find_spec

    for package, extra, use in (
        ("pyspark", "spark", "analysis on Spark"),
        ("xlsxwriter", "xlsx", "XLSX reports"),
        ("pyarrow", "parquet", "Parquet exports"),
        ("datasette", "datasette", "Datasette"),
    ):
        there = find_spec(package) is not None
        yield use, "ok" if there else "note", "there" if there else f"not installed; pip install 'counterspin[{extra}]'"
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    yield "PDF reports", "ok" if chromium else "note", chromium or "no Chromium; install one for PDF reports"


def _project(configuration: Configuration) -> Iterator[Finding]:
    import shutil

    from counterspin.errors import CounterspinError
    from counterspin.store import Store
    from counterspin.store.backup import problems

    yield "project", "ok", str(configuration.file)
    contact = configuration.settings.crawl.contact
    yield "contact", "ok" if contact else "note", contact or "none; crawling needs crawl.contact"
    free = shutil.disk_usage(configuration.folder).free
    least = configuration.settings.crawl.free_disk
    yield "disk", "ok" if free > least else "bad", f"{free >> 20:,} MiB free, a crawl stops below {least >> 20:,} MiB"
    if not configuration.database.exists():
        yield "database", "note", f"{configuration.database}: none yet"
        return
    try:
        with Store.open(configuration.database, readonly=True) as store:
            wrong = problems(store, quick=True)
    except CounterspinError as error:
        yield "database", "bad", str(error)
        return
    yield "database", "bad" if wrong else "ok", "; ".join(wrong) or f"{configuration.database}: sound"
    yield _archive(configuration)


def _archive(configuration: Configuration) -> Finding:
    from counterspin.store import Store, pages

    with Store.open(configuration.database, readonly=True) as store:
        missing = [name for name in pages.archives(store) if not (configuration.warc / name).exists()]
    if missing:
        return "archive", "bad", f"{len(missing)} WARC files are missing from {configuration.warc}, first {missing[0]}"
    return "archive", "ok", str(configuration.warc)
