"""Lines that a site prints on its pages: a second pass over the documents of one host.

A line counts as template when it stands at the same place (first lines, last lines) on three pages or more whose
other lines differ. It is marked, never deleted: the passage leaves the main text for a boilerplate block with the
reason ``template``, and offsets are built anew. Text that pages share because it was copied has equal neighbours as
well, so it stays: finding it is the analyser's work. Headings stay, too: what outlines share is evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from counterspin.model import Boilerplate, Document

MIN_PAGES = 3  # pages of one host on which a line must stand
MIN_SHARE = 0.5  # of the host's pages, 0 to 1; a line on three of fifty pages is a coincidence or a copy
MIN_OUTER_SHARE = 0.2  # the same for a short line with nothing but template between it and the edge of the text
MAX_CHARS = 120  # code points; template lines are short
MAX_OUTER_CHARS = 60  # the same for a line that only stands on a part of the pages
EDGE = 6  # passages at the beginning and the end of a text that are looked at

_Place = tuple[int, bytes]  # 0 at the beginning or 1 at the end of the text, and the line's digest


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as this pass sees it."""

    text: str
    heading: bool


@dataclass(frozen=True, slots=True)
class Template:
    """The lines that a site prints: on most of its pages, or (``outer``) on a part of them at the very edge."""

    most: frozenset[_Place] = frozenset()
    outer: frozenset[_Place] = frozenset()


def template_of(edges: Iterable[tuple[int, dict[int, Line]]]) -> Template:
    """The template of one host. ``edges``: for each page the number of its passages and, by index, those that
    :func:`wanted` names. Keeps digests only: about 1 kB a page.
    """
    seen: dict[_Place, set[bytes]] = defaultdict(set)
    pages = 0
    for count, lines in edges:
        pages += 1
        for index, line in lines.items():
            place = _place(line, index, count)
            if place:
                seen[place].add(_digest(lines[_inner(place[0], count)].text))
    need = max(MIN_PAGES, MIN_SHARE * pages)
    most = frozenset(place for place, inner in seen.items() if len(inner) >= need)
    outer_need = max(MIN_PAGES, MIN_OUTER_SHARE * pages)
    return Template(most, frozenset(place for place, inner in seen.items() if len(inner) >= outer_need))


def wanted(count: int) -> list[int]:
    """The indices of the passages that :func:`template_of` needs of a text with ``count`` passages, in order."""
    edge = {*range(min(EDGE, count)), *range(max(0, count - EDGE), count)}
    return sorted(edge | {_inner(0, count), _inner(1, count)}) if count > 1 else []


def template_passages(count: int, lines: dict[int, Line], template: Template) -> tuple[int, ...]:
    """The indices of the passages that are template; empty if that would leave no text."""
    gone: set[int] = set()
    for side, order in ((0, range(min(EDGE, count))), (1, range(count - 1, max(-1, count - EDGE - 1), -1))):
        touching = True  # nothing but template between here and the edge
        for index in order:
            place = _place(lines[index], index, count) if index in lines else None
            found = place is not None and place[0] == side
            outer = found and touching and place in template.outer and len(lines[index].text) <= MAX_OUTER_CHARS
            if found and (place in template.most or outer):
                gone.add(index)
            else:
                touching = False
    return tuple(sorted(gone)) if len(gone) < count else ()


def without_passages(document: Document, gone: Sequence[int]) -> Document:
    """``document`` with the passages in ``gone`` turned into one boilerplate block; offsets are true again."""
    if not gone:
        return document
    passages, texts, at = [], [], 0
    for index, passage in enumerate(document.passages):
        if index not in gone:
            passages.append(replace(passage, start=at, end=at + len(passage.text)))
            texts.append(passage.text)
            at += len(passage.text) + 1
    marked = Boilerplate("template", "\n".join(document.passages[i].text for i in gone))
    return replace(
        document,
        text="\n".join(texts),
        passages=tuple(passages),
        boilerplate=(*document.boilerplate, marked),
        marks=(*document.marks, f"template_lines:{len(gone)}"),
    )


def without_templates(documents: Sequence[Document]) -> list[Document]:
    """The documents of one host, each without the lines that the host's pages share."""
    edges = [_edges(document) for document in documents]
    template = template_of(edges)
    return [
        without_passages(document, template_passages(count, lines, template))
        for document, (count, lines) in zip(documents, edges, strict=True)
    ]


def _edges(document: Document) -> tuple[int, dict[int, Line]]:
    count = len(document.passages)
    found = ((index, document.passages[index]) for index in wanted(count))
    return count, {index: Line(passage.text, passage.kind == "heading") for index, passage in found}


def _place(line: Line, index: int, count: int) -> _Place | None:
    if line.heading or len(line.text) > MAX_CHARS or count < 2:
        return None
    if index < EDGE and index < count / 2:
        return (0, _digest(line.text))
    return (1, _digest(line.text)) if index >= count - EDGE else None


def _inner(side: int, count: int) -> int:
    """The passage that tells copies from templates: the first beyond the edge, in short texts the middle."""
    if count <= 2:
        return count - 1 if side == 0 else 0
    if count > 2 * EDGE:
        return EDGE if side == 0 else count - EDGE - 1
    return count // 2 if side == 0 else (count - 1) // 2


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
