"""The compact source form of a page of the demo.

Head: ``key: value`` lines up to the first empty line (``path`` and ``title`` are required). Body: one block a line::

    ## heading          ### smaller heading      - list item        > quotation
    | cell | cell |     table row                anything else      paragraph

``%% comments`` ends the body; then each ``@author | role | date`` line is followed by the lines of its comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from counterspin.errors import InputError

PREFIXES = (("### ", "h3"), ("## ", "h2"), ("- ", "li"), ("> ", "quote"), ("| ", "row"))
COMMENTS = "%% comments"


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body: ``kind`` is h2, h3, li, quote, row or p."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment under the page."""

    author: str
    role: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A page as written."""

    name: str
    path: str
    title: str
    meta: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read(path: Path) -> Source:
    """A page from its file. Raises :class:`InputError` without a path or a title."""
    head, _, rest = path.read_text(encoding="utf-8").partition("\n\n")
    body, _, remarks = rest.partition(COMMENTS)
    meta = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in head.splitlines())}
    if not meta.get("path") or not meta.get("title"):
        raise InputError(f"{path.name}: a page of the demo needs a path and a title")
    parts = tuple(_part(line) for line in body.splitlines() if line.strip())
    return Source(path.stem, meta.pop("path"), meta.pop("title"), meta, parts, tuple(_remarks(remarks)))


def _part(line: str) -> Part:
    for prefix, kind in PREFIXES:
        if line.startswith(prefix):
            return Part(kind, line[len(prefix) :].strip())
    return Part("p", line.strip())


def _remarks(text: str) -> Iterator[Remark]:
    for entry in text.split("\n@")[1:]:
        head, _, words = entry.partition("\n")
        author, role, date = (part.strip() for part in head.split("|"))
        yield Remark(author, role, date, words.strip())
