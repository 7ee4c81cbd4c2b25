"""From captures to documents. Each capture is read from the archive, extracted in a worker and stored by itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterspin.configuration import Configuration
from counterspin.errors import ArchiveError, CounterspinError, RefusedPageError
from counterspin.model import Boilerplate, Comment, Document, Link, Passage
from counterspin.pipeline.lock import run_lock
from counterspin.pipeline.saved import Addresses
from counterspin.pipeline.templating import mark_templates
from counterspin.store import Store, documents, runs
from counterspin.store.documents import Pending

if TYPE_CHECKING:
    from extract.workers import Job

Advance = Callable[[int, int], None]
DOCUMENT_TYPE = "application/vnd.counterspin.document+json"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of a run: stored documents, refused pages by code. ``run`` is ``None`` if there was nothing to do."""

    run: int | None
    documents: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    templates: int = 0  # pages whose document changed because lines of their site's template were set apart


def extract_all(
    store: Store, configuration: Configuration, *, retry: bool = False, advance: Advance | None = None
) -> Extracted:
    """Extract every capture that this version of the extractor has not read.

    ``retry`` takes pages again whose extraction failed for lack of time or memory. May be stopped at any time and run
    again; with nothing to do it leaves no trace.
    """
    with run_lock(configuration.database, "extract"):
        extractor = version()
        if retry:
            documents.forget_failures(store, extractor)
        last = runs.latest(store, "extract")
        since = last.id if last else None
        moved = documents.settle(store, extractor)
        if not (documents.pending(store, extractor) or moved or documents.sites(store, extractor, since)):
            runs.close_left(store, "extract")  # one that was killed when it had only to be closed
            return Extracted(None)
        run = runs.start(store, "extract", config_sha=extractor)
        with runs.finished_after_error(store, run):
            counts = _extract(store, configuration, run, advance or _unseen)
            moved += documents.settle(store, extractor)
            templates = mark_templates(store, run=run, extractor=extractor, since=None if moved else since)
        done = counts.pop("")
        runs.finish(store, run, stats={"documents": done, "refused": dict(counts), "templates": templates})
        return Extracted(run, done, dict(sorted(counts.items())), templates)


def version() -> str:
    """The extractor's version as it is stored with documents."""
    from extract.version import VERSION  # noqa: PLC0415

    return str(VERSION)


def extract_files(
    paths: Iterable[Path], configuration: Configuration
) -> Iterator[tuple[Path, Document | CounterspinError]]:
    """The document in each file, or why there is none; no database, same limits and addresses as in a project."""
    from extract.workers import Job, run  # noqa: PLC0415

    addresses = Addresses(None, lambda _: False)
    bodies = ((path, path.read_bytes()) for path in paths)
    jobs = (Job(str(path), body, addresses.of(path.parent, path, body), content_type_of(path)) for path, body in bodies)
    for outcome in run(jobs, configuration.settings.extract):
        path = Path(str(outcome.key))
        yield path, outcome.document or RefusedPageError(outcome.code or "empty", outcome.detail)


def content_type_of(path: Path) -> str | None:
    """The type that a file's name says; ``None`` for HTML, which says its encoding itself."""
    return "text/plain" if path.suffix.lower() in (".txt", ".text") else None


def document_from_dict(values: dict[str, object]) -> Document:
    """The document of a line that ``extract --jsonl`` wrote. Raises :class:`RefusedPageError` for anything else."""
    parts = {
        "passages": Passage, "boilerplate": Boilerplate, "comments": Comment, "links": Link, "toc": str, "marks": str,
    }  # fmt: skip
    read: dict[str, object] = dict(values)
    try:
        for name, kind in parts.items():
            items: Any = values.get(name) or ()
            read[name] = tuple(item if kind is str else kind(**item) for item in items)
        document = Document(**read)  # type: ignore[arg-type]
        _check(document)
    except (TypeError, ValueError) as error:
        raise RefusedPageError("bad_document", str(error)[:200]) from None
    return document


def _check(document: Document) -> None:
    if not isinstance(document.url, str) or not isinstance(document.text, str):
        raise TypeError("url and text are texts")
    document.text.encode()  # lone surrogates have no place in a database
    for passage in document.passages:
        if document.text[passage.start : passage.end] != passage.text:
            raise ValueError(f"a passage is not the text at {passage.start}:{passage.end}")


def _extract(store: Store, configuration: Configuration, run: int, advance: Advance) -> Counter[str]:
    from extract.overrides import read_overrides  # noqa: PLC0415
    from extract.workers import run as extracted  # noqa: PLC0415

    saving = _Saving(store, run, version())
    overrides = read_overrides(configuration.folder / "extract.toml")
    # One version of each page a round: tracking leads from version to version.
    while waiting := documents.pending(store, saving.extractor):
        tasks = {task.capture: task for task in waiting}
        total = len(waiting) + saving.done
        reading = _Reading(configuration.warc)
        for outcome in extracted(reading.jobs(waiting), configuration.settings.extract, overrides):
            saving.put(tasks[int(str(outcome.key))], outcome.document, outcome.code or "empty", outcome.detail)
            advance(saving.done, total)
        for task, document, code, detail in reading.apart:
            saving.put(task, document, code, detail)
            advance(saving.done, total)
    return saving.counts


class _Saving:
    """Stores outcomes and counts them: documents under an empty code, refusals under theirs."""

    def __init__(self, store: Store, run: int, extractor: str) -> None:
        self.store, self.run, self.extractor = store, run, extractor
        self.counts: Counter[str] = Counter({"": 0})

    @property
    def done(self) -> int:
        return sum(self.counts.values())

    def put(self, task: Pending, document: Document | None, code: str, detail: str) -> None:
        if document is not None:
            try:
                documents.put(self.store, task, run=self.run, extractor=self.extractor, document=document)
            except UnicodeEncodeError:
                document, code, detail = None, "bad_encoding", "lone surrogates"
            else:
                self.counts[""] += 1
        if document is None:
            documents.put_refusal(self.store, task, run=self.run, extractor=self.extractor, code=code, detail=detail)
            self.counts[code] += 1


class _Reading:
    """Reads captures from the archive for the workers; what needs no worker is put apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.apart: list[tuple[Pending, Document | None, str, str]] = []

    def jobs(self, waiting: Iterable[Pending]) -> Iterator[Job]:
        from crawler.archive import read_capture  # noqa: PLC0415
        from extract.workers import Job as Task  # noqa: PLC0415

        for task in waiting:
            try:
                capture = read_capture(self.folder, task.warc_file or "", task.warc_offset or 0)
            except (ArchiveError, OSError) as error:
                self.apart.append((task, None, "no_archive", str(error)))
                continue
            if capture.content_type.startswith(DOCUMENT_TYPE):
                self.apart.append((task, *_imported(capture.body, task.url)))
            else:
                yield Task(task.capture, capture.body, task.url, task.content_type or None, task.fetched_at)


def _imported(body: bytes, url: str) -> tuple[Document | None, str, str]:
    try:
        return document_from_dict({**json.loads(body), "url": url}), "", ""
    except RefusedPageError as refusal:
        return None, refusal.code, refusal.detail
    except ValueError as error:
        return None, "bad_document", str(error)


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""
