"""What a page says twice: its title against its headings, its body against its comments.

A spun page often carries its own original there: the title or a comment was left as it was. Each pair of parallel
lines shows which word stands for which.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

from counterspin.model import Document, Passage
from counterspin.text.align import Island, islands
from counterspin.text.normal import is_han
from counterspin.text.sentences import sentences
from counterspin.text.tokens import Tokens, tokens_of

MIN_SIMILARITY = 0.6  # share of equal tokens of two parallel lines, 0 to 1
MIN_TOKENS = 6  # a shorter line is like too many others
MIN_COMMENT = 12  # tokens of a sentence of a comment that is compared
MIN_COMMENT_SIMILARITY = 0.7  # share of equal tokens of a comment's sentence and the body's, 0 to 1
MIN_TITLE_SIMILARITY = 0.7  # share of equal tokens of a title and a heading that is the title with words replaced
MOST_TITLE_SWAPS = 3  # words replaced in such a heading
LONGEST_LINE = 40  # tokens of a line that counts as a heading
LONGEST_SWAP = 4  # tokens on either side of one swap
MOST_LINES = 300  # lines of a page that are compared; more are left out
_SENTENCE_END = re.compile(r"[。！；]|\.(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: a heading, a sentence of the body or of a comment.

    ``start`` is its place in the document's text, ``None`` for the title or a comment; ``passage`` holds it.
    """

    role: str
    tokens: Tokens
    start: int | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two lines of one page that say the same, and the words in which they differ (each a ``swap``)."""

    left: Line
    right: Line
    swaps: tuple[Island, ...]
    similarity: float


def parallels(document: Document) -> tuple[Parallel, ...]:
    """The parallel lines of ``document``: the unspun-looking side (title, comment) left, the body right."""
    headings = _headings(document)
    sentences_ = _sentences(document)
    title = [Line("title", tokens_of(document.title))] if document.title else []
    comments = _comment_lines(document)
    found = list(_pairs(title or _first_title(document), headings))
    short = [line for line in headings if len(line.tokens.code) < MIN_COMMENT]
    found += _pairs(comments, short + sentences_)
    return tuple(found)


def title_swaps(
    document: Document, found: Iterable[Parallel], known: Container[tuple[str, str]] = ()
) -> tuple[Parallel, ...]:
    """The parallels in which a heading is the title with words replaced, and nothing put in or left out.

    Sub-headings that fill another word into one frame are no such thing, so a heading counts only above the first
    paragraph, or when each new word is a known replacement or shares a character with the old one.
    """
    first = _first_paragraph(document)
    return tuple(
        parallel
        for parallel in found
        if parallel.left.role == "title"
        and parallel.similarity >= MIN_TITLE_SIMILARITY
        and len(parallel.swaps) <= MOST_TITLE_SWAPS
        and _only_swaps(parallel)
        and all(_is_replacement(island, parallel.right, first, known) for island in parallel.swaps)
    )


def comment_swaps(found: Iterable[Parallel]) -> tuple[Parallel, ...]:
    """The parallels of a comment's sentence and one of the body that are near enough to tell words from each other."""
    return tuple(p for p in found if p.left.role == "comment" and p.similarity >= MIN_COMMENT_SIMILARITY)


def _only_swaps(parallel: Parallel) -> bool:
    replaced = sum(island.left_last - island.left_first for island in parallel.swaps)
    put = sum(island.right_last - island.right_first for island in parallel.swaps)
    return len(parallel.left.tokens.code) - replaced == len(parallel.right.tokens.code) - put


def _first_paragraph(document: Document) -> int:
    """Where the first passage with a whole sentence begins; the end of the text when there is none."""
    bodies = (p for p in document.passages if p.kind not in ("title", "heading"))
    return next((p.start for p in bodies if _SENTENCE_END.search(p.text)), len(document.text))


def _is_replacement(island: Island, heading: Line, first: int, known: Container[tuple[str, str]]) -> bool:
    if is_han(island.left[0]) and min(len(island.left), len(island.right)) < 2:
        return False  # spinners replace words; single characters (哪, 以下) are how a title becomes a lead-in
    above = heading.start is not None and heading.start < first
    pair = (island.left, island.right)
    return above or pair in known or pair[::-1] in known or bool(set(island.left) & set(island.right))


def _first_title(document: Document) -> list[Line]:
    return [Line("title", tokens_of(p.text), p.start, p) for p in document.passages if p.kind == "title"][:1]


def _headings(document: Document) -> list[Line]:
    lines = (Line("heading", tokens_of(passage.text), passage.start, passage) for passage in document.passages)
    return [line for line in lines if MIN_TOKENS <= len(line.tokens.code) <= LONGEST_LINE][:MOST_LINES]


def _sentences(document: Document) -> list[Line]:
    found = []
    for passage in document.passages:
        if len(passage.text) <= MIN_TOKENS:
            continue
        for span in sentences(passage.text):
            tokens = tokens_of(passage.text[span.start : span.end])
            if len(tokens.code) >= MIN_TOKENS:
                found.append(Line("body", tokens, passage.start + span.start, passage))
    return found[:MOST_LINES]


def _comment_lines(document: Document) -> list[Line]:
    found = []
    for comment in document.comments:
        for span in sentences(comment.text):
            piece = comment.text[span.start : span.end]
            tokens = tokens_of(piece)
            if len(tokens.code) >= MIN_COMMENT:
                found.append(Line("comment", tokens))
    return found[:MOST_LINES]


def _pairs(left: Sequence[Line], right: Sequence[Line]) -> Iterable[Parallel]:
    if not left or not right:
        return
    table = process.cdist(
        [line.tokens.code for line in left],
        [line.tokens.code for line in right],
        scorer=Indel.normalized_similarity,
        score_cutoff=MIN_SIMILARITY,
    )
    for i, j in zip(*table.nonzero(), strict=True):
        swaps = clean_swaps(left[i].tokens, right[j].tokens)
        if swaps:
            yield Parallel(left[i], right[j], swaps, float(table[i, j]))


def clean_swaps(left: Tokens, right: Tokens) -> tuple[Island, ...]:
    """The swaps between two lines: short on both sides and not of figures."""
    return tuple(
        island
        for island in islands(left, right)
        if island.kind == "swap" and island.size <= LONGEST_SWAP and not _is_figure(island)
    )


def _is_figure(island: Island) -> bool:
    return any(char.isdigit() for char in island.left + island.right)
