"""A table of two columns read row by row: what a cell names, and the measure beside it (清洗水箱 | 每两年).

The passages of a page are its cells one by one. Rows are told only where names and measures take turns all along, as
they do in no wider table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from counterspin.claims.quantities import quantities
from counterspin.model import Document, Passage
from counterspin.text.normal import fold

MAX_VALUE = 40  # code points of a cell that holds a measure and little else
MEASURED = 0.5  # share of the cells beside names that hold one, at least
LEAST_ROWS = 2  # rows with a measure that tell two columns
BETWEEN = "\n"  # what stands between two cells in the text of a page
_KIND = "table_cell"
_COLUMNS = 2


def rows_of(document: Document, language: str) -> Iterator[Passage]:
    """The passages of ``document``, with a passage for each row in place of the cells of a table of two columns."""
    for is_table, run in groupby(document.passages, key=lambda passage: passage.kind == _KIND):
        cells = list(run)
        if is_table and _is_of_two_columns(cells, language):
            yield from map(_row, cells[::2], cells[1::2])
        else:
            yield from cells


def _is_of_two_columns(cells: list[Passage], language: str) -> bool:
    if len(cells) % _COLUMNS or len(cells) < LEAST_ROWS * _COLUMNS:
        return False
    names, values = cells[::2], cells[1::2]
    measured = sum(_is_measure(cell, language) for cell in values)
    return measured >= max(LEAST_ROWS, MEASURED * len(values)) and not any(
        _is_measure(cell, language) for cell in names
    )


def _is_measure(cell: Passage, language: str) -> bool:
    return len(cell.text) <= MAX_VALUE and bool(quantities(fold(cell.text), language))


def _row(name: Passage, value: Passage) -> Passage:
    """One passage from the name to its measure."""
    return replace(name, end=value.end, text=f"{name.text}{BETWEEN}{value.text}")
