"""From files to captures: pages that somebody has already. They go into the archive like crawled ones."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from counterspin.configuration import Configuration
from counterspin.errors import ArchiveError, InputError
from counterspin.model import Capture
from counterspin.pipeline.extracting import DOCUMENT_TYPE
from counterspin.pipeline.lock import run_lock
from counterspin.pipeline.marks import Marks
from counterspin.pipeline.saved import PAGE_ENDINGS, Addresses, is_part
from counterspin.store import Store, pages, runs
from counterspin.urls import fetch_url, url_key

if TYPE_CHECKING:
    from crawler.archive import WarcWriter

PAGES = PAGE_ENDINGS
TEXTS = (".txt", ".text", ".md")
LINES = (".jsonl", ".ndjson")
ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
MAX_NAMES = 5  # files left out that are named; the rest is counted
MARK_EVERY = 500  # records of an archive after which the place is noted from which a killed import goes on
_PAGE_TYPES = ("", "text/html", "application/xhtml+xml", "text/plain", DOCUMENT_TYPE)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it: new captures, pages that were there already, what was left out by code, and remarks.

    ``older``: how many of the new captures are of a day before that of the page's current version, and stand behind it.
    """

    run: int | None
    captures: int = 0
    older: int = 0
    unchanged: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is no page, and why."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at one place of a file. ``after``: from which byte on what follows can be read, in an archive."""

    item: Capture | Refused
    after: int | None = None


Advance = Callable[[int, int], None]


def import_files(
    store: Store,
    configuration: Configuration,
    paths: Iterable[Path],
    *,
    base_url: str | None = None,
    advance: Advance | None = None,
) -> Imported:
    """Put the pages of files and folders into the archive.

    HTML and text are one page each; their addresses are those of :class:`Addresses`. A WARC gives its answers with
    status 200; a line of JSON is a document of ``extract --jsonl``, or ``{"url", "html"}``, or ``{"url", "text"}``.
    Doing it again adds nothing; an import that was killed goes on in the archive that it was reading.

    Of several versions of a page the one of the latest day is the current one, as after a rebuild from the archive.

    Raises :class:`InputError` for a path that is not there or no kind of page, and for a base that is no web address.
    """
    if base_url and fetch_url(base_url) is None:
        raise InputError(f"--base-url {base_url}: no web address; write it as http://example.org/folder/")
    others: list[Path] = []
    found = (pair for path in paths for pair in _files(path, others))
    files = [(root, file) for root, file in found if configuration.reports not in file.absolute().parents]
    if not files:
        raise InputError(
            f"nothing to import: name files or folders with {', '.join((*PAGES, *TEXTS, *LINES, *ARCHIVES))}"
        )
    with run_lock(configuration.database, "import"):
        _cut_archive(store, configuration)
        run = runs.start(store, "import", config={"files": [str(file) for _, file in files][:100]})
        saving = _Saving(store, configuration, run)
        saving.leave_out(others)
        addresses = Addresses(base_url, lambda url: pages.is_known(store, url))
        try:
            with runs.finished_after_error(store, run):
                for number, (root, file) in enumerate(files, start=1):
                    saving.put_all(file, _found(root, file, addresses, saving.marks.start_of(file)))
                    if advance:
                        advance(number, len(files))
        finally:
            saving.close()
        return saving.finish()


class _Saving:
    def __init__(self, store: Store, configuration: Configuration, run: int) -> None:
        self.store, self.configuration, self.run = store, configuration, run
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.left_out: dict[str, int] = {}
        self.older = 0
        self.writer: WarcWriter | None = None
        self.marks = Marks(Path(f"{configuration.database}.import.json"))

    def leave_out(self, others: Sequence[Path]) -> None:
        """Say which files of a folder are not read; pictures and styles of saved pages are not worth a word."""
        parts = [file for file in others if is_part(file)]
        strange = [file.name for file in others if file not in set(parts)]
        self.left_out = {"part_of_page": sum(bool(_kind(file)) for file in parts), "no_page": len(strange)}
        if strange:
            more = f" and {len(strange) - MAX_NAMES} more" if len(strange) > MAX_NAMES else ""
            self.notes.append(f"{', '.join(strange[:MAX_NAMES])}{more}: not a kind of file that holds pages")

    def put_all(self, file: Path, found: Iterator[Found]) -> None:
        start = self.marks.start_of(file)
        if start:
            self.notes.append(f"{file}: goes on at byte {start}, where the import before was stopped")
        try:
            for number, one in enumerate(found, start=1):
                self._put(one.item)
                if one.after is not None and number % MARK_EVERY == 0:
                    self.marks.put(file, one.after)
        except ArchiveError as error:  # a file cut short: what stands before the cut is kept
            self.counts["cut_archive"] += 1
            self.notes.append(str(error))
        except OSError as error:
            self.counts["unreadable"] += 1
            self.notes.append(f"{file}: cannot be read ({error.strerror or error})")
        self.marks.forget(file)

    def _put(self, item: Capture | Refused) -> None:
        if isinstance(item, Refused):
            self.counts[item.code] += 1
            self.notes.append(item.detail)
            return
        code = self._known(item)
        if code:
            self.counts[code] += 1
            return
        is_older = pages.has_newer(self.store, url_key(item.url), item.fetched_at)
        place = self._write(item)
        with self.store.transaction() as connection:
            page = pages.page_id(connection, place.url, self.run)
            number, _ = pages.put_capture(connection, place, page=page, run=self.run, current=not is_older)
            pages.put_fetch(
                connection, run=self.run, page=page, url=place.url, at=place.fetched_at, code="ok",
                http_status=place.http_status, size=len(place.body), capture=number,
            )  # fmt: skip
        self.counts["ok"] += 1
        self.older += is_older

    def _known(self, capture: Capture) -> str:
        """The code of a page that is not to be stored, empty for one that is."""
        try:
            key = url_key(capture.url)
        except ValueError:
            return "bad_url"
        if pages.is_purged(self.store, capture.url):
            return "purged"
        if not capture.body.strip():
            return "empty"
        return "unchanged" if pages.has_capture(self.store, key, capture.body) else ""

    def _write(self, capture: Capture) -> Capture:
        from crawler.archive import Exchange, WarcWriter  # noqa: PLC0415

        if self.writer is None:
            settings = self.configuration.settings
            self.writer = WarcWriter(
                self.configuration.warc, f"import-{self.run:06d}", free_disk=settings.crawl.free_disk
            )
        place = self.writer.write(
            Exchange(
                capture.url, capture.fetched_at, capture.http_status, (),
                capture.headers or (("Content-Type", capture.content_type),), capture.body,
            )
        )  # fmt: skip
        return Capture(
            capture.url, capture.fetched_at, capture.http_status, capture.content_type, capture.body, capture.headers,
            place.file, place.offset,
        )  # fmt: skip

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()

    def finish(self) -> Imported:
        captures, unchanged = self.counts.pop("ok", 0), self.counts.pop("unchanged", 0)
        refused = dict(sorted(self.counts.items()))
        status = "partial" if refused else "ok"
        refused |= {code: count for code, count in self.left_out.items() if count}
        stats = {"captures": captures, "unchanged": unchanged, "refused": refused}
        runs.finish(self.store, self.run, status=status, stats=stats)
        return Imported(self.run, captures, self.older, unchanged, refused, tuple(self.notes))


def _files(path: Path, others: list[Path]) -> list[tuple[Path, Path]]:
    """The files to read with the folder that was named for them; what else a folder holds goes to ``others``."""
    if path.is_dir():
        inside = sorted(file for file in path.rglob("*") if file.is_file())
        wanted = [file for file in inside if _kind(file) and not is_part(file)]
        others += sorted({*inside} - {*wanted})
        return [(path, file) for file in wanted]
    if not path.exists():
        raise InputError(f"{path}: there is no such file")
    if not _kind(path):
        raise InputError(
            f"{path}: not a kind of file that holds pages; allowed are {', '.join((*PAGES, *TEXTS, *LINES, *ARCHIVES))}"
        )
    return [(path.parent, path)]


def _kind(file: Path) -> str:
    name = file.name.lower()
    for kind, endings in (("page", PAGES), ("text", TEXTS), ("lines", LINES), ("archive", ARCHIVES)):
        if name.endswith(endings):
            return kind
    return ""


def _cut_archive(store: Store, configuration: Configuration) -> None:
    """Put apart what an import that was killed had archived and the database does not know."""
    from crawler.tails import cut_tails  # noqa: PLC0415

    run = store.value("SELECT max(id) FROM run WHERE kind='import' AND status IN('running','interrupted')")
    if run is not None and configuration.warc.is_dir():
        cut_tails(configuration.warc, pages.archive_ends(store, run), prefix=f"import-{run:06d}-")


def _found(root: Path, file: Path, addresses: Addresses, start: int) -> Iterator[Found]:
    if _kind(file) == "archive":
        yield from _from_archive(file, start)
    else:
        yield from (Found(item) for item in _captures(root, file, addresses))


def _captures(root: Path, file: Path, addresses: Addresses) -> Iterator[Capture | Refused]:
    kind = _kind(file)
    if kind == "lines":
        yield from _from_lines(file)
    else:
        body = file.read_bytes()
        content_type = "text/plain; charset=utf-8" if kind == "text" else "text/html"
        changed = min(file.stat().st_mtime, time.time())  # a file from the future would stay current for ever
        at = datetime.fromtimestamp(changed, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        if not body.strip():
            yield Refused("empty", f"{file}: empty")
        else:
            yield Capture(addresses.of(root, file, body), at, 200, content_type, body)


def _from_lines(file: Path) -> Iterator[Capture | Refused]:
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _from_line(f"{file}:{number}", line)


def _from_line(place: str, line: bytes) -> Capture | Refused:
    try:
        values = json.loads(line)
        url = str(values["url"])
        url_key(url)
        at = values.get("fetched_at") or runs.now()
        if isinstance(values.get("html"), str):
            return Capture(url, at, 200, "text/html; charset=utf-8", values["html"].encode())
        if "passages" in values:
            return Capture(url, runs.now(), 200, DOCUMENT_TYPE, line.strip())
        return Capture(url, at, 200, "text/plain; charset=utf-8", values["text"].encode())
    except json.JSONDecodeError:
        why = "not JSON"
    except KeyError as error:
        why = f"{error.args[0]!r} is missing"
    except (ValueError, TypeError, AttributeError) as error:
        why = str(error)
    return Refused("bad_line", f'{place}: no page: {why}; a line is {{"url", "html"}}, {{"url", "text"}} or a document')


def _from_archive(file: Path, start: int) -> Iterator[Found]:
    """Every record of a WARC or WET: the page in it, or why there is none that counts."""
    from crawler.foreign import MAX_BLOCK, scan  # noqa: PLC0415

    for record in scan(file, start):
        capture = record.capture()
        if record.block is None:
            long = Refused("too_large", f"{file}: {record.url} is longer than {MAX_BLOCK >> 20} MiB")
            yield Found(long, record.after)
        elif capture is not None and record.is_truncated:
            yield Found(Refused("truncated", f"{record.url}: archived in part only"), record.after)
        elif capture is not None:
            yield Found(_page(capture), record.after)


def _page(capture: Capture) -> Capture | Refused:
    kind = capture.content_type.split(";")[0].strip().lower()
    if capture.http_status != 200:
        return Refused(f"status_{capture.http_status}", f"{capture.url}: status {capture.http_status}")
    if kind not in _PAGE_TYPES:
        return Refused("bad_type", f"{capture.url}: {kind} is no page")
    plain = tuple(pair for pair in capture.headers if pair[0].lower() not in ("content-encoding", "content-length"))
    return Capture(capture.url, capture.fetched_at, 200, capture.content_type, capture.body, plain)
