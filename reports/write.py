"""Writes the reports of a database into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from counterspin.errors import UsageError
from counterspin.settings import Settings
from counterspin.store import Store, exhibits, figures, listing
from counterspin.store.figure_rows import Limits
from reports import as_json, gexf, html, markdown, pdf, sarif, tables
from reports.draft import draft
from reports.links import network
from reports.masks import Clean, cleaner
from reports.quality import build
from reports.values import Report
from reports.words import words

FORMATS = ("html", "json", "md", "csv", "xlsx", "pdf", "sarif", "gexf")
_SHRINK = 0.6  # factor on all list lengths for each try at a smaller file
_TRIES = 8
_MACHINE = Limits(
    sites=2000, rewrites=200, swaps=5000, questions=500, changes=2000, evidence=2000
)  # of report.json; everything is in the database and in the CSV files
_GRAPH_NODES = 20_000  # nodes of the GEXF file: what Gephi opens without trouble


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where; ``notes`` say what was left out or could not be made."""

    folder: Path
    files: tuple[Path, ...]
    report: Report
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Job:
    store: Store
    folder: Path
    settings: Settings
    make: Callable[[Limits], Report]
    report: Report
    excel: bool
    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write(
    store: Store,
    folder: Path,
    settings: Settings,
    *,
    formats: Iterable[str] = (),
    compare: int | None = None,
    language: str | None = None,
    excel: bool = False,
    exact: bool = False,
    now: datetime | None = None,
) -> Written:
    """Write the report of the last analysis as each of ``formats`` to ``folder/<run>/``, or to ``folder`` if ``exact``.

    ``excel`` begins the CSV files with a byte-order mark. What needs a program or an extra that is missing becomes a
    note if other formats were asked for, too.
    Raises :class:`UsageError` for an unknown format, a database without analysis, a wrong ``compare``.
    """
    wanted = tuple(dict.fromkeys(formats or settings.report.formats))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: no such report format; there are {', '.join(FORMATS)}")
    made_at = (now or datetime.now(timezone.utc)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def make(limits: Limits) -> Report:
        return build(
            figures.read(store.connection, limits, compare=compare),
            project=settings.project.name,
            made_at=made_at,
            language=language or settings.project.locale,
            masked=settings.report.mask_personal_data,
            nodes=limits.nodes,
        )

    report = make(Limits())
    place = folder if exact else folder / str(report.run.id)
    job = _Job(store, place, settings, make, report, excel)
    for name in sorted(wanted, key=FORMATS.index):
        _write_one(job, name, alone=len(wanted) == 1)
    return Written(place, tuple(job.files), report, tuple(job.notes))


def _write_one(job: _Job, name: str, *, alone: bool) -> None:
    try:
        _WRITERS[name](job)
    except UsageError as error:
        if alone or name not in _OPTIONAL:
            raise
        job.notes.append(str(error))


def _html(job: _Job) -> None:
    text, shown = _fitting(job)
    job.files.append(_put(job.folder / "index.html", text))
    job.notes += [f"index.html shows {cut.shown:,} of {cut.total:,} {cut.what}" for cut in shown.left_out]


def _fitting(job: _Job) -> tuple[str, Report]:
    """The HTML of the report, made from shorter lists until it has at most ``report.max_html`` bytes."""
    limits, report, text = Limits(), job.report, html.render(job.report)
    for _ in range(_TRIES):
        if len(text.encode()) <= job.settings.report.max_html:
            return text, report
        limits = limits.reduced(_SHRINK)
        report = job.make(limits)
        text = html.render(report)
    if len(text.encode()) > job.settings.report.max_html:
        raise UsageError(f"report.max_html: {job.settings.report.max_html} bytes hold not even the shortest report")
    return text, report


def _json(job: _Job) -> None:
    job.files.append(_put(job.folder / "report.json", as_json.render(job.make(_MACHINE))))


def _markdown(job: _Job) -> None:
    job.files.append(_put(job.folder / "report.md", markdown.render(job.report)))


def _lists(job: _Job) -> Iterable[listing.Listing]:
    clean = _clean(job)
    for name in listing.LISTS:
        found = listing.listing(job.store.connection, name, job.report.language.partition("-")[0])
        yield tables.masked(found, clean)


def _clean(job: _Job) -> Clean:
    return cleaner(exhibits.commenters(job.store.connection), masked=job.report.masked)


def _csv(job: _Job) -> None:
    for found in _lists(job):
        path = job.folder / f"{found.name}.csv"
        with draft(path) as place:
            tables.write_csv(place, found, bom=job.excel)
        job.files.append(path)


def _xlsx(job: _Job) -> None:
    path = job.folder / "report.xlsx"
    with draft(path) as place:
        counts = tables.write_xlsx(place, _lists(job))
    job.files.append(path)
    job.notes += [f"report.xlsx: {rest:,} {name} did not fit; use CSV" for name, (_, rest) in counts.items() if rest]


def _pdf(job: _Job) -> None:
    if pdf.browser() is not None and job.folder / "index.html" not in job.files:  # one left from before is stale
        _html(job)
    path = job.folder / "report.pdf"
    with draft(path) as place:
        pdf.write_pdf(job.folder / "index.html", place)
    job.files.append(path)


def _sarif(job: _Job) -> None:
    path = job.folder / "flags.sarif"
    with draft(path) as place, place.open("w", encoding="utf-8") as stream:
        sarif.write(
            stream,
            listing.listing(job.store.connection, "flags"),
            job.report.method.rules,
            words=words(job.report.language),
            version=job.report.run.tool_version,
            clean=_clean(job),
        )
    job.files.append(path)


def _gexf(job: _Job) -> None:
    found = figures.read(job.store.connection, Limits())
    text = gexf.render(network(found, _GRAPH_NODES, _clean(job), placed=False))
    job.files.append(_put(job.folder / "links.gexf", text))


_WRITERS: dict[str, Callable[[_Job], None]] = {
    "html": _html,
    "json": _json,
    "md": _markdown,
    "csv": _csv,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "sarif": _sarif,
    "gexf": _gexf,
}
_OPTIONAL = frozenset({"xlsx", "pdf"})  # need an extra or a browser


def _put(path: Path, text: str) -> Path:
    with draft(path) as place:
        place.write_bytes(text.encode())
    return path
