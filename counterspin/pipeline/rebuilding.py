"""A database from nothing but the archive and the journal of verdicts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterspin.configuration import Configuration
from counterspin.errors import ArchiveError, InputError
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import Advance, extract_all
from counterspin.pipeline.lock import run_lock
from counterspin.store import Store, pages, runs, verdicts
from crawler.members import whole_members

_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new database holds, what could not be read, and where the old one is."""

    captures: int
    documents: int
    flags: int
    verdicts: int
    unreadable: tuple[str, ...]
    old: Path | None


def rebuild(configuration: Configuration, *, journal: Path | None = None, advance: Advance | None = None) -> Rebuilt:
    """Make the project's database anew from its WARC files, and give its flags the verdicts of the journal.

    The new file takes the place of the old one when it is whole; the old one stays beside it. Stopped half way, it
    begins again. Raises :class:`InputError` without an archive.
    """
    database = configuration.database
    files = sorted(configuration.warc.glob("*.warc.gz"))
    if not files:
        raise InputError(f"{configuration.warc}: no WARC file to rebuild from")
    place = database.with_name(f"{database.name}.rebuilt")
    with run_lock(database, "rebuild"):
        _remove(place)
        with Store.open(place) as store:
            captures, unreadable = _take_in(store, configuration, files, advance)
            documents = extract_all(store, configuration, advance=advance).documents
            flags = analyse_all(store, configuration).flags
            loaded = verdicts.load(store, _rows(journal or Path(f"{database}.verdicts.jsonl")))
        Path(f"{place}.verdicts.jsonl").unlink(missing_ok=True)
        old = _swap_in(place, database)
    return Rebuilt(captures, documents, flags, loaded.added, tuple(unreadable), old)


def _take_in(
    store: Store, configuration: Configuration, files: list[Path], advance: Advance | None
) -> tuple[int, list[str]]:
    """Every answer of the archive as a capture, in the order in which they were fetched."""
    from crawler.archive import read_capture  # noqa: PLC0415

    run = runs.start(store, "rebuild", config={"files": [file.name for file in files]})
    places = sorted(place for file in files for place in _answers(file))
    unreadable = []
    for number, (_, name, offset) in enumerate(places, start=1):
        try:
            capture = read_capture(configuration.warc, name, offset)
            with store.transaction() as connection:
                page = pages.page_id(connection, capture.url, run)
                row, is_new = pages.put_capture(connection, capture, page=page, run=run)
                pages.put_fetch(
                    connection, run=run, page=page, url=capture.url, at=capture.fetched_at,
                    code="ok" if is_new else "unchanged", http_status=capture.http_status, size=len(capture.body),
                    capture=row,
                )  # fmt: skip
        except (ArchiveError, ValueError) as error:
            unreadable.append(f"{name} at {offset}: {error}")
        if advance:
            advance(number, len(places))
    count = len(places) - len(unreadable)
    runs.finish(store, run, status="partial" if unreadable else "ok", stats={"captures": count})
    return count, unreadable


def _answers(file: Path) -> Iterator[tuple[str, str, int]]:
    """Time, file and offset of each answer that was whole; of a page that a browser has shown, of what it showed."""
    found: dict[str, tuple[str, str, int]] = {}
    for member in whole_members(file):
        if member.kind == "conversion":
            found.pop(member.fields.get("warc-refers-to", ""), None)
        if member.kind in ("response", "conversion") and "warc-truncated" not in member.fields:
            place = member.fields.get("warc-date", ""), file.name, member.offset
            found[member.fields.get("warc-record-id", str(member.offset))] = place
    yield from found.values()


def _rows(journal: Path) -> Iterator[dict[str, object]]:
    if not journal.exists():
        return
    with journal.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith("\n"):
                return  # the machine stopped while it was written; the verdict was never acknowledged
            try:
                yield json.loads(line)
            except ValueError as error:
                raise InputError(f"{journal}:{number}: no verdict: {error}") from None


def _swap_in(new: Path, database: Path) -> Path | None:
    """Put the new database in the place of the old one, whose parts are moved away, the main file last.

    A write-ahead log that a kill left in the old place would be played into the new database.
    """
    stamp = runs.now().replace(":", "").replace("-", "")
    old = database.with_name(f"{database.name}.old-{stamp}")
    for ending in reversed(_BESIDE):
        part = Path(f"{database}{ending}")
        if part.exists():
            part.rename(f"{old}{ending}")
    new.rename(database)
    return old if old.exists() else None


def _remove(place: Path) -> None:
    for ending in (*_BESIDE, ".verdicts.jsonl"):
        Path(f"{place}{ending}").unlink(missing_ok=True)
