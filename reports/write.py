"""Writes the reports of a database into a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from counterspin.errors import UsageError
from counterspin.settings import Settings
from counterspin.store import Store, figures
from counterspin.store.figure_rows import Limits
from reports import as_json, html, markdown
from reports.quality import build
from reports.values import Report

FORMATS = ("html", "json", "md")
_SHRINK = 0.6  # factor on all list lengths for each try at a smaller file
_TRIES = 8
_MACHINE_EVIDENCE = 2000  # flags in report.json; all of them are in the database and in the CSV files


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where; ``notes`` say what was left out or could not be made."""

    folder: Path
    files: tuple[Path, ...]
    report: Report
    notes: tuple[str, ...]


def write(
    store: Store,
    folder: Path,
    settings: Settings,
    *,
    formats: Iterable[str] = (),
    compare: int | None = None,
    language: str | None = None,
    now: datetime | None = None,
) -> Written:
    """Write the report of the last analysis into ``folder`` (made if needed) as each of ``formats``.

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

    return _write(folder, wanted, make, settings.report.max_html)


def _write(folder: Path, wanted: tuple[str, ...], make: Callable[[Limits], Report], max_html: int) -> Written:
    report = make(Limits())
    folder.mkdir(parents=True, exist_ok=True)
    files, notes = [], []
    if "html" in wanted:
        text, shown = _fitting(report, make, max_html)
        files.append(_put(folder / "index.html", text))
        notes += [f"index.html shows {cut.shown:,} of {cut.total:,} {cut.what}" for cut in shown.left_out]
    if "json" in wanted:
        files.append(_put(folder / "report.json", as_json.render(make(Limits(evidence=_MACHINE_EVIDENCE)))))
    if "md" in wanted:
        files.append(_put(folder / "report.md", markdown.render(report)))
    return Written(folder, tuple(files), report, tuple(notes))


def _fitting(report: Report, make: Callable[[Limits], Report], max_html: int) -> tuple[str, Report]:
    """The HTML of ``report``, made from shorter lists until it has at most ``max_html`` bytes."""
    limits = Limits()
    text = html.render(report)
    for _ in range(_TRIES):
        if len(text.encode()) <= max_html:
            return text, report
        limits = limits.reduced(_SHRINK)
        report = make(limits)
        text = html.render(report)
    if len(text.encode()) > max_html:
        raise UsageError(f"report.max_html is {max_html} bytes, too little for the shortest report; raise it")
    return text, report


def _put(path: Path, text: str) -> Path:
    """Write through a temporary name, so that a reader never meets half a file."""
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(text.encode())
    draft.replace(path)
    return path
