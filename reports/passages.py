"""Passages that builders of text corpora may want to drop, as JSONL, CSV or Parquet: a row for each stretch of a page.

Overlapping flags of a page are one row; a row tells how many flags stand on it, of which kinds, and whether people
confirmed any of them. Rows are addressed by URL, digest of the document's text and offsets in code points, so that
the same extraction can be cut without looking at our text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from counterspin.errors import UsageError
from counterspin.store.listing import Listing
from reports.as_json import dumped
from reports.masks import Clean
from reports.safe import visible

_BATCH = 5000  # rows of one Parquet row group
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of a page with flags. ``text_sha256`` is of the whole document's text, in UTF-8."""

    url: str
    host: str
    language: str
    text_sha256: str
    start: int
    end: int
    text: str
    categories: tuple[str, ...]
    rules: tuple[str, ...]
    flags: tuple[str, ...]
    score: float
    confirmed: bool
    reason: str
    fetched_at: str


def dropped(
    rows: Iterable[_Row], *, categories: frozenset[str], clean: Clean, min_score: float = 0.0,
    confirmed_only: bool = False,
) -> Iterator[Dropped]:  # fmt: skip
    """The stretches of ``rows`` (as ``store.listing.flagged_passages`` gives them, by URL and start)."""
    wanted = (
        row
        for row in rows
        if row[7] in categories and row[9] >= min_score and (row[10] == "confirmed" or not confirmed_only)
    )
    for _, page in groupby(wanted, key=lambda row: row[0]):
        for group in _overlapping(page):
            yield _joined(group, clean)


def _overlapping(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    end = -1
    for row in rows:
        if group and row[4] >= end:
            yield group
            group = []
        group.append(row)
        end = max(end, row[5]) if len(group) > 1 else row[5]
    if group:
        yield group


def _joined(group: list[_Row], clean: Clean) -> Dropped:
    first = group[0]
    best = max(group, key=lambda row: (row[10] == "confirmed", row[9], row[11]))
    start, end = first[4], max(row[5] for row in group)
    text = _text(group, start, end)
    return Dropped(
        url=first[0],
        host=first[1],
        language=first[2],
        text_sha256=first[3] or "",
        start=start,
        end=end,
        text=clean(text),
        categories=tuple(sorted({row[7] for row in group})),
        rules=tuple(sorted({row[8] for row in group})),
        flags=tuple(sorted({row[11] for row in group})),
        score=round(best[9], 4),
        confirmed=best[10] == "confirmed",
        reason=clean(best[12], best[8]),
        fetched_at=first[13],
    )


def _text(group: list[_Row], start: int, end: int) -> str:
    """The text of the stretch, put together from overlapping passages."""
    out, at = "", start
    for row in sorted(group, key=lambda row: (row[4], -row[5])):
        if row[5] > at:
            out += row[6][max(0, at - row[4]) :]
            at = row[5]
    return out[: end - start]


def listing(rows: Iterable[Dropped]) -> Listing:
    """The rows as a table; what is a list is one cell, its members joined by semicolons."""
    cells = (
        tuple("; ".join(cell) if isinstance(cell, tuple) else cell for cell in asdict(row).values()) for row in rows
    )
    return Listing("passages", tuple(Dropped.__dataclass_fields__), cells)


def write_jsonl(stream: TextIO, rows: Iterable[Dropped]) -> int:
    """One JSON object a line; returns their number."""
    count = 0
    for row in rows:
        stream.write(dumped(asdict(row)) + "\n")
        count += 1
    return count


def write_parquet(path: Path, rows: Iterable[Dropped]) -> int:
    """One row a stretch; returns their number. Raises :class:`UsageError` without the extra ``parquet``."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError("Parquet needs the extra parquet: pip install 'counterspin[parquet]'") from None
    kinds = {"int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(), "str": arrow.string()}
    kinds["tuple[str, ...]"] = arrow.list_(arrow.string())
    fields = Dropped.__dataclass_fields__
    schema = arrow.schema([arrow.field(name, kinds[str(fields[name].type)]) for name in fields])
    count = 0
    batch: list[dict[str, Any]] = []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for row in rows:
            batch.append(_storable(row))
            count += 1
            if len(batch) >= _BATCH:
                writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
                batch = []
        writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
    return count


def _storable(row: Dropped) -> dict[str, Any]:
    """``row`` without lone surrogates, which Parquet's UTF-8 cannot hold."""
    values = asdict(row)
    return {
        name: visible(value) if isinstance(value, str) and not value.isprintable() and _has_surrogate(value) else value
        for name, value in values.items()
    }


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
