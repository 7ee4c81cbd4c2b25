"""Take what was found to other tools: block lists, corpus builders, graph programs, annotation tools."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from counterspin.cli._project import configured, opened, project_options, say
from counterspin.wording import counted

if TYPE_CHECKING:
    from counterspin.configuration import Configuration
    from counterspin.store import Store
    from reports.masks import Clean

BLOCK_LISTS = ("ublacklist", "content-farm-terminator", "hosts", "adblock")
TASKS = ("label-studio", "argilla", "doccano")
JSON_LINES = (".jsonl", ".ndjson", ".json", ".txt")
FORMATS = (*BLOCK_LISTS, "passages", "gexf", "sarif", *TASKS)


@click.command(short_help="Write block lists, passages to drop, SARIF and more.")
@project_options
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--out", "-o", type=click.Path(path_type=Path, dir_okay=False), help="File (default: standard output).")
@click.option(
    "--category", "categories", multiple=True, help="passages: these categories (default: all but contradictory)."
)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="passages: only flags as strong as this.")
@click.option("--confirmed", is_flag=True, help="passages: only what reviewers confirmed.")
@click.option(
    "--min-pages",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    help="Block lists: confirmed pages from which a whole host is listed.",
)
@click.option("--min-share", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Block lists: the same as a share of the host's pages.")  # fmt: skip
def command(
    project: Path | None,
    assignments: tuple[str, ...],
    form: str,
    out: Path | None,
    categories: tuple[str, ...],
    min_score: float,
    confirmed: bool,
    min_pages: int,
    min_share: float,
) -> None:
    """Write what was found in FORMAT.

    \b
    ublacklist, content-farm-terminator, hosts, adblock   block lists, from confirmed verdicts only
    passages              passages to drop from a text corpus: JSON lines, or what FILE.csv or FILE.parquet says
    gexf                  the network of link blocks, for Gephi
    sarif                 all flags, for viewers of analysis results
    label-studio, argilla, doccano                        flags as annotation tasks, JSON lines

    Tables of all flags, sites, swaps and answers (CSV, XLSX) are written by `counterspin report --format csv`.
    """
    configuration = configured(project, assignments)
    with opened(configuration, readonly=True) as store:
        if form in BLOCK_LISTS:
            _block_list(store, form, out, min_pages, min_share)
        elif form == "passages":
            _passages(store, configuration, out, _known(categories), min_score, confirmed)
        elif form in TASKS:
            _tasks(store, configuration, form, out)
        else:
            _report_file(store, configuration, form, out)


def _known(categories: tuple[str, ...]) -> frozenset[str]:
    from counterspin.errors import UsageError
    from counterspin.model import CATEGORIES

    unknown = [name for name in categories if name not in CATEGORIES]
    if unknown:
        raise UsageError(f"--category {unknown[0]}: no such category; there are {', '.join(CATEGORIES)}")
    return frozenset(categories or set(CATEGORIES) - {"contradictory"})


@contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all."""
    if out is None:
        yield sys.stdout
        return
    from reports.draft import draft

    with draft(out) as place, place.open("w", encoding="utf-8", newline="\n") as stream:
        yield stream


def _block_list(store: Store, form: str, out: Path | None, min_pages: int, min_share: float) -> None:
    from counterspin.store import listing
    from reports import blocklists

    connection = store.connection
    found = blocklists.collect(
        listing.confirmed(connection),
        listing.site_verdicts(connection),
        listing.site_pages(connection),
        min_pages=min_pages,
        min_share=min_share,
    )
    with _stream(out) as stream:
        stream.write(blocklists.FORMATS[form](found))
    if not found.entries:
        say("nothing is confirmed yet, so the list is empty: judge flags with `counterspin review` first")
    elif found.left_out:
        say(f"{found.left_out} confirmed entries cannot be named in a block list and were left out")


def _passages(
    store: Store, configuration: Configuration, out: Path | None, categories: frozenset[str], min_score: float,
    confirmed: bool,
) -> None:  # fmt: skip
    from counterspin.errors import UsageError
    from counterspin.store import listing
    from reports import passages, tables
    from reports.draft import draft

    ending = out.suffix.lower() if out else ""
    if ending not in ("", *JSON_LINES, ".csv", ".parquet"):
        raise UsageError(f"{out}: passages are written as .jsonl, .csv or .parquet; give the file one of these endings")
    rows = passages.dropped(
        listing.flagged_passages(store.connection),
        categories=categories,
        min_score=min_score,
        confirmed_only=confirmed,
        clean=_clean(store, configuration),
    )
    if out is not None and ending == ".parquet":
        with draft(out) as place:
            count = passages.write_parquet(place, rows)
    elif out is not None and ending == ".csv":
        with draft(out) as place:
            count = tables.write_csv(place, passages.listing(rows))
    else:
        with _stream(out) as stream:
            count = passages.write_jsonl(stream, rows)
    say(counted(count, "passage"))


def _tasks(store: Store, configuration: Configuration, form: str, out: Path | None) -> None:
    from counterspin.store import listing
    from reports import annotation

    clean = _clean(store, configuration)
    with _stream(out) as stream:
        count = annotation.write(stream, annotation.tasks(listing.listing(store.connection, "flags"), form, clean))
    say(counted(count, "task"))


def _clean(store: Store, configuration: Configuration) -> Clean:
    from counterspin.store import exhibits
    from reports.masks import cleaner

    return cleaner(exhibits.commenters(store.connection), masked=configuration.settings.report.mask_personal_data)


def _report_file(store: Store, configuration: Configuration, form: str, out: Path | None) -> None:
    import tempfile

    from reports.write import write

    with tempfile.TemporaryDirectory(prefix="counterspin-") as folder:
        made = write(store, Path(folder), configuration.settings, formats=(form,), exact=True)
        text = made.files[0].read_text(encoding="utf-8")
    with _stream(out) as stream:
        stream.write(text)
