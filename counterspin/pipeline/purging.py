"""Purge: pages out of the database, the archive, the reports and the journal, so that no byte of them is left."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from html import unescape
from pathlib import Path

from counterspin.configuration import Configuration
from counterspin.errors import ArchiveError, UsageError
from counterspin.pipeline.lock import run_lock
from counterspin.store import Store, purging
from counterspin.store.purging import Target
from counterspin.urls import url_key
from crawler.members import whole_members

_ENCODINGS = ("utf-8", "gb18030", "big5")
_TODO = ".purged"  # names of archive files that a purge has replaced and must still delete


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to go. At least one condition; a page goes if any holds."""

    urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    days: int | None = None  # since the last visit
    match: str | None = None
    reason: str = "asked for"


@dataclass(frozen=True, slots=True)
class Purged:
    """What went, or would go: pages, archive files written anew, mentions elsewhere, report folders; what is left."""

    pages: tuple[str, ...]
    archives: tuple[str, ...] = ()
    mentions: int = 0
    reports: int = 0
    left: tuple[Path, ...] = field(default=())


def purge(store: Store, configuration: Configuration, wish: Wish, *, dry_run: bool = False) -> Purged:
    """Do what is wished. With ``dry_run`` nothing is changed.

    Pages that were asked for by address, host or text are never fetched again; pages that are too old may be. Stopped
    half way it is run again. Backups are not touched: ``left`` names them. Raises :class:`UsageError` without a
    condition.
    """
    if not (wish.urls or wish.hosts or wish.days is not None or wish.match):
        raise UsageError("name what to purge: --url, --host, --older-than or --match")
    if wish.match is not None and len(wish.match.strip()) < 2:
        raise UsageError("--match needs at least two characters")
    before = None
    if wish.days is not None:
        before = (datetime.now(timezone.utc) - timedelta(days=wish.days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with run_lock(configuration.database, "purge"):
        raw = _pages_with(store, configuration.warc, wish.match) if wish.match else ()
        targets = purging.pages_of(
            store, urls=wish.urls, hosts=wish.hosts, fetched_before=before, match=wish.match, numbers=raw
        )
        files = tuple(sorted({file for target in targets for file in target.files}))
        urls = tuple(target.url for target in targets)
        left = tuple(_copies(configuration))
        if dry_run:
            return Purged(urls, files, left=left)
        _delete_replaced(configuration.warc)
        _cut_archives(store, configuration.warc, files, urls)
        mentions = _clean_database(store, wish, targets)
        _delete_replaced(configuration.warc)
        return Purged(urls, files, mentions, _clean_files(configuration, wish.match), left)


def _clean_database(store: Store, wish: Wish, targets: list[Target]) -> int:
    for_good = wish.days is None
    store.write(
        targets,
        lambda connection, target: purging.remove_page(connection, target, reason=wish.reason, for_good=for_good),
    )
    store.write(wish.hosts, lambda connection, host: purging.bury_host(connection, host, wish.reason))
    mentions = purging.remove_mentions(store, wish.match) if wish.match else 0
    purging.tidy(store)
    purging.compact(store)
    return mentions


def _pages_with(store: Store, folder: Path, match: str) -> set[int]:
    """Pages whose bytes hold the text, be it in a script or an attribute that no document shows."""
    from crawler.archive import read_capture  # noqa: PLC0415

    found = set()
    for page, file, offset in purging.captures(store):
        try:
            body = read_capture(folder, file, offset).body
        except ArchiveError:  # nothing to be read is nothing to be found
            continue
        if any(match.lower() in unescape(body.decode(name, "ignore")).lower() for name in _ENCODINGS):
            found.add(page)
    return found


def _cut_archives(store: Store, folder: Path, files: Iterable[str], urls: tuple[str, ...]) -> None:
    """Write each file anew without the records of these pages.

    The new file stands before the database points at it, and the old one goes after: a crash in between leaves both.
    """
    for name in files:
        source = folder / name
        if not source.exists():
            continue
        fresh = _free_name(source)
        offsets = _copy_without(source, fresh, urls)
        with (folder / _TODO).open("a", encoding="utf-8") as todo:
            todo.write(f"{name}\n")
        purging.move_captures(store, name, fresh.name, offsets)


def _free_name(source: Path) -> Path:
    stem = source.name.removesuffix(".warc.gz")
    number = 1
    while (place := source.with_name(f"{stem}.{number}.warc.gz")).exists():
        number += 1
    return place


def _copy_without(source: Path, target: Path, urls: tuple[str, ...]) -> dict[int, int]:
    """Copy the records of a WARC that are not of these pages and do not name them; old offset -> new offset."""
    offsets = {}
    keys = {url_key(url) for url in urls}
    names = [url.encode() for url in urls]
    with target.open("xb") as out:
        target.chmod(0o600)
        for member in whole_members(source):
            is_note = member.kind == "metadata"
            if url_key(member.url) not in keys and not (is_note and any(name in member.data for name in names)):
                offsets[member.offset] = out.tell()
                out.write(member.raw)
    return offsets


def _delete_replaced(folder: Path) -> None:
    """Delete archive files that a purge has replaced, and tails of crawls that were killed: no record needs them."""
    todo = folder / _TODO
    if todo.exists():
        for name in todo.read_text(encoding="utf-8").split():
            (folder / name).unlink(missing_ok=True)
        todo.unlink()
    for tail in folder.glob("*.tail"):
        tail.unlink()


def _clean_files(configuration: Configuration, match: str | None) -> int:
    """Delete reports and opinions of judges, which quote pages and can be had again; blank notes in the journal."""
    shutil.rmtree(configuration.database.parent / "judge", ignore_errors=True)
    reports = list(configuration.reports.glob("*")) if configuration.reports.is_dir() else []
    for path in reports:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    journal = Path(f"{configuration.database}.verdicts.jsonl")
    if match and journal.exists():
        lines = journal.read_text(encoding="utf-8").splitlines()
        part = journal.with_name(f"{journal.name}.part")
        part.touch(mode=0o600)
        part.write_text("".join(f"{purging.without(line, match)}\n" for line in lines), encoding="utf-8")
        part.replace(journal)
    return len(reports)


def _copies(configuration: Configuration) -> Iterator[Path]:
    """Copies that a purge leaves alone and the user must know of: backups, older databases, exported archives."""
    folder, name = configuration.folder / "backups", configuration.database.name
    if folder.is_dir():
        yield from sorted(folder.iterdir())
    for pattern in (f"{name}.bak-*", f"{name}.old-*"):
        yield from sorted(configuration.database.parent.glob(pattern))
    for pattern in ("*.wacz", "*.cdxj", "*.parquet"):
        yield from sorted(configuration.folder.rglob(pattern))
