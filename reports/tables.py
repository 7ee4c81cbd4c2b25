"""The complete lists as CSV and XLSX, with cells that no spreadsheet program runs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from counterspin.errors import UsageError
from counterspin.store.listing import Listing
from reports.masks import Clean
from reports.safe import spreadsheet_cell, visible

BOM = "\ufeff"  # what Excel needs to read UTF-8; a nuisance everywhere else, so an option
_XLSX_ROWS = 1_048_575  # rows below the head that the format holds
_XLSX_TEXT = 32_767  # characters a cell holds, in UTF-16 units
_UNMASKED = frozenset({"id", "url", "host", "sha256", "warc_file", "warc_offset", "counterpart_url", "fingerprint"})


def masked(listing: Listing, clean: Clean) -> Listing:
    """``listing`` with personal data masked in its texts; addresses and digests stay as they are."""
    hides = tuple(name not in _UNMASKED for name in listing.columns)
    rule_at = listing.columns.index("rule") if "rule" in listing.columns else None
    rows = (
        tuple(
            clean(cell, "" if rule_at is None else row[rule_at]) if hide and isinstance(cell, str) else cell
            for cell, hide in zip(row, hides, strict=True)
        )
        for row in listing.rows
    )
    return Listing(listing.name, listing.columns, rows)


def write_csv(path: Path, listing: Listing, *, bom: bool = False, raw: bool = False) -> int:
    """Write ``listing`` as CSV; returns the number of rows. ``raw`` leaves formula cells as they are."""
    count = 0
    cell: Callable[[object], object] = _raw if raw else spreadsheet_cell
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        stream.write(BOM if bom else "")
        writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow(listing.columns)
        for row in listing.rows:
            writer.writerow(["" if value is None else cell(value) for value in row])
            count += 1
    return count


def _raw(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value


def write_xlsx(path: Path, listings: Iterable[Listing]) -> dict[str, tuple[int, int]]:
    """Write one sheet for each of ``listings``, strings as strings; name to (rows written, rows that did not fit).

    Raises :class:`UsageError` without the extra ``xlsx``.
    """
    try:
        xlsxwriter = import_module("xlsxwriter")
    except ImportError:
        raise UsageError("XLSX needs the extra xlsx: pip install 'counterspin[xlsx]'") from None
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    counts = {}
    with xlsxwriter.Workbook(str(path), options) as book:
        bold = book.add_format({"bold": True})
        for listing in listings:
            sheet = book.add_worksheet(listing.name[:31])
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(listing.columns):
                sheet.write_string(0, column, name, bold)
            counts[listing.name] = _fill(sheet, listing.rows)
    return counts


def _fill(sheet: Any, rows: Iterator[tuple[Any, ...]]) -> tuple[int, int]:
    written = left_out = 0
    for row in rows:
        if written >= _XLSX_ROWS:
            left_out += 1
            continue
        written += 1
        for column, value in enumerate(row):
            _put(sheet, written, column, value)
    return written, left_out


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    else:
        text = visible(str(value))
        sheet.write_string(row, column, text if _units(text) <= _XLSX_TEXT else text[: _XLSX_TEXT // 2 - 1] + "…")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
