"""Lines that a site prints on its pages: a second pass over the documents of one host.

A line counts as template when it stands at the same place (first lines, last lines) on three pages or more whose
neighbouring lines differ. It is marked, never deleted: the passage leaves the main text for a boilerplate block with
the reason ``template``, and offsets are built anew. Text that pages share because it was copied has equal neighbours
as well, so it stays: finding it is the analyser's work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterspin.model import Boilerplate, Document, Passage

MIN_PAGES = 3  # pages of one host on which a line must stand
MIN_SHARE = 0.5  # of the host's pages, 0 to 1; a line on three of fifty pages is a coincidence or a copy
MAX_CHARS = 120  # code points; template lines are short
EDGE = 6  # passages at the beginning and the end of a text that are looked at

_Place = tuple[str, int]  # the line, and 0 at the beginning or 1 at the end of the text


def template_lines(documents: Iterable[Document]) -> frozenset[_Place]:
    """The lines that the site of ``documents`` (all of one host) prints at the edges of its texts."""
    neighbours: dict[_Place, Counter[str]] = defaultdict(Counter)
    pages = 0
    for document in documents:
        pages += 1
        for place, inner in _edges(document.passages).items():
            neighbours[place][inner] += 1
    need = max(MIN_PAGES, MIN_SHARE * pages)
    return frozenset(place for place, inner in neighbours.items() if len(inner) >= need)


def without_template(document: Document, lines: frozenset[_Place]) -> Document:
    """``document`` with the passages in ``lines`` turned into one boilerplate block; offsets are true again."""
    count = len(document.passages)
    gone = {i for i in range(count) if _place(document.passages, i) in lines}
    if not gone or len(gone) == count:
        return document
    passages, texts, at = [], [], 0
    for index, passage in enumerate(document.passages):
        if index not in gone:
            passages.append(replace(passage, start=at, end=at + len(passage.text)))
            texts.append(passage.text)
            at += len(passage.text) + 1
    marked = Boilerplate("template", "\n".join(document.passages[i].text for i in sorted(gone)))
    return replace(
        document, text="\n".join(texts), passages=tuple(passages), boilerplate=(*document.boilerplate, marked)
    )  # fmt: skip


def _place(passages: Sequence[Passage], index: int) -> _Place | None:
    text = passages[index].text
    if len(text) > MAX_CHARS:
        return None
    if index < EDGE and index < len(passages) / 2:
        return (text, 0)
    return (text, 1) if index >= len(passages) - EDGE else None


def _edges(passages: Sequence[Passage]) -> dict[_Place, str]:
    """Each edge line of a text and the text on its inner side, beyond other edge lines' reach."""
    found: dict[_Place, str] = {}
    for index in range(len(passages)):
        place = _place(passages, index)
        if place is not None:
            inner = min(EDGE, len(passages) - 1) if place[1] == 0 else max(0, len(passages) - EDGE - 1)
            found.setdefault(place, passages[inner].text)
    return found


def without_templates(documents: Sequence[Document]) -> list[Document]:
    """The documents of one host, each without the lines that the host's pages share."""
    lines = template_lines(documents)
    return [without_template(document, lines) for document in documents]
