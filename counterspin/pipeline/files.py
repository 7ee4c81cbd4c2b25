"""Pages from files and findings to files, without a database: WARC, WET and Parquet in, Parquet out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from counterspin.api import document_from_text, extract_page, to_dict
from counterspin.errors import InputError, RefusedPageError
from counterspin.model import Analysis, Document
from counterspin.settings import Settings

BATCH = 256  # rows read at once


def analyse_files(paths: Sequence[Path], settings: Settings, *, output: Path | None = None) -> Analysis:
    """Analyse the pages of these files on the engine that the settings name.

    With ``output`` the flags and the learnt swaps are written there as Parquet.
    """
    if settings.analyse.engine == "spark":
        from counterspin.engine import on_spark  # noqa: PLC0415 - an extra

        analysis = on_spark.run_files([str(path) for path in paths], documents, settings)
    else:
        from counterspin.engine import local  # noqa: PLC0415 - start-up

        analysis = local.run((page for path in sorted(paths) for page in documents(path)), settings)
    if output:
        write_parquet(analysis, output)
    return analysis


def documents(path: Path) -> Iterator[Document]:
    """The documents in one file, by its ending: ``.parquet``, ``.warc``, ``.warc.gz``, ``.wet``, ``.wet.gz``.

    Parquet has a column ``url`` and either ``html`` (bytes or a string) or ``text``; ``title`` and ``published`` are
    used where there are any. A page that is refused or has neither is a document without text, marked
    ``refused:CODE``. Raises :class:`InputError` for a file that cannot be used.
    """
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from _parquet(path)
    elif name.endswith((".warc", ".wet")):
        yield from _archive(path)
    else:
        raise InputError(f"{path}: give .parquet, .warc, .warc.gz, .wet or .wet.gz")


def _parquet(path: Path) -> Iterator[Document]:
    parquet = _pyarrow("pyarrow.parquet")
    try:
        file = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: no Parquet file that can be read ({error})") from None
    names = set(file.schema_arrow.names)
    if "url" not in names or not names & {"html", "text"}:
        raise InputError(f"{path}: needs a column url and a column html or text; it has {', '.join(sorted(names))}")
    for batch in file.iter_batches(BATCH):
        for row in batch.to_pylist():
            yield from _page(row)


def _page(row: dict[str, Any]) -> Iterator[Document]:
    html = row.get("html")
    if isinstance(html, str):
        yield from _extracted(html.encode("utf-8", "replace"), row["url"], "text/html; charset=utf-8")
    elif html is not None:
        yield from _extracted(html, row["url"], None)
    elif row.get("text"):
        yield document_from_text(row["text"], url=row["url"], title=row.get("title"), published=row.get("published"))
    else:
        yield _refused(row["url"], "empty")


def _extracted(raw: bytes, url: str, content_type: str | None) -> Iterator[Document]:
    try:
        yield extract_page(raw, url=url, content_type=content_type)
    except RefusedPageError as error:
        yield _refused(url, error.code)


def _refused(url: str, code: str) -> Document:
    return replace(document_from_text("", url=url), marks=(f"refused:{code}",))


def _archive(path: Path) -> Iterator[Document]:
    from crawler.foreign import scan  # noqa: PLC0415 - only for archives

    for record in scan(path):
        capture = record.capture()
        if capture is None:
            continue
        if record.is_text:
            yield document_from_text(capture.body.decode("utf-8", "replace"), url=capture.url)
        else:
            yield from _extracted(capture.body, capture.url, capture.content_type)


def write_parquet(analysis: Analysis, folder: Path) -> None:
    """Write ``flags.parquet`` and ``swaps.parquet`` to ``folder``; lists and nested values are JSON columns."""
    arrow, parquet = _pyarrow("pyarrow"), _pyarrow("pyarrow.parquet")
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in (("flags", analysis.flags), ("swaps", analysis.swaps)):
        rows = [_flat(to_dict(value)) for value in values]
        names = list(rows[0]) if rows else ["id" if name == "flags" else "source"]
        table = arrow.table({column: arrow.array([row[column] for row in rows]) for column in names})
        parquet.write_table(table, folder / f"{name}.parquet")


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
        for name, value in row.items()
    }


def _pyarrow(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise InputError("Parquet needs `pip install counterspin[parquet]`") from None
