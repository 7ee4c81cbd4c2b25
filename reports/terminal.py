"""Rows as a table for a terminal: wide characters counted as two columns, nothing a terminal would obey."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from reports.safe import terminal_cell, width

_GAP = 2  # columns between cells
_TEXT = 16  # columns that a text keeps however narrow the terminal is
_NAME = 7  # the same for the name over a number


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], *, columns_wide: int | None = None) -> str:
    """``rows`` under ``columns``, cut to the terminal's width (or ``columns_wide``); numbers stand to the right."""
    total = columns_wide or shutil.get_terminal_size((120, 24)).columns
    cells = [[_text(value) for value in row] for row in rows]
    is_number = [all(isinstance(row[i], (int, float)) or row[i] is None for row in rows) for i in range(len(columns))]
    heads = [width(terminal_cell(name, columns=total)) for name in columns]
    content = [max((width(row[i]) for row in cells), default=0) for i in range(len(columns))]
    widths = _fitted(heads, content, is_number, total)
    head = _line([terminal_cell(name, columns=widths[i]) for i, name in enumerate(columns)], widths, is_number)
    rule = _line(["─" * one for one in widths], widths, is_number)
    body = [
        _line([terminal_cell(cell, columns=widths[i]) for i, cell in enumerate(row)], widths, is_number)
        for row in cells
    ]
    return "\n".join([head, rule, *body]) + "\n"


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.hex()
    return terminal_cell(f"{value:g}" if isinstance(value, float) else value, columns=10_000)


def _fitted(heads: Sequence[int], content: Sequence[int], is_number: Sequence[bool], total: int) -> list[int]:
    """Widths that fit: names over numbers give way first, then long texts; numbers themselves are never cut."""
    widths = [max(head, body) for head, body in zip(heads, content, strict=True)]
    least = [max(body, _NAME) if number else _TEXT for body, number in zip(content, is_number, strict=True)]
    for numbers in (True, False):
        while sum(widths) + _GAP * (len(widths) - 1) > total:
            room = [(w - least[i], i) for i, w in enumerate(widths) if is_number[i] == numbers and w > least[i]]
            if not room:
                break
            widths[max(room)[1]] -= 1
    return widths


def _line(cells: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    padded = []
    for cell, columns, right in zip(cells, widths, is_number, strict=True):
        space = " " * max(0, columns - width(cell))
        padded.append(space + cell if right else cell + space)
    return (" " * _GAP).join(padded).rstrip()
