"""Evidence with true offsets, and the passage that an offset stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from counterspin.model import Document, Evidence, Passage, Span
from counterspin.text.outline import is_heading
from counterspin.text.sentences import sentences

PROSE = frozenset(("paragraph", "list_item", "quote", "post", "answer"))
_SHOWN = 24  # code points of a quotation inside a reason


def quote(document: Document, start: int, end: int, *, role: str = "subject", note: str = "") -> Evidence:
    """The text from ``start`` to ``end`` as evidence."""
    return Evidence(role, document.url, start, end, document.text[start:end], note)


def beside(document: Document, text: str, *, role: str = "subject", note: str = "") -> Evidence:
    """Evidence that stands outside the main text: a comment, a line of a table of contents, a link."""
    return Evidence(role, document.url, None, None, text, note)


def passage_at(document: Document, offset: int) -> Passage | None:
    """The passage that holds ``offset``, if one does."""
    at = bisect_right(document.passages, offset, key=lambda passage: passage.start) - 1
    return document.passages[at] if at >= 0 and offset < document.passages[at].end else None


def prose(document: Document) -> Iterator[Passage]:
    """The passages that are running text: no title, heading or table cell."""
    return (passage for passage in document.passages if passage.kind in PROSE and not is_heading(passage))


def sentence_spans(passage: Passage) -> Iterator[Span]:
    """The sentences of a passage, as offsets in the document's text."""
    return (Span(passage.start + span.start, passage.start + span.end) for span in sentences(passage.text))


def short(text: str, *, longest: int = _SHOWN) -> str:
    """``text`` on one line, cut in the middle when longer than ``longest``, for a reason."""
    line = " ".join(text.split())
    half = (longest - 1) // 2
    return line if len(line) <= longest else f"{line[:half]}…{line[-half:]}"
