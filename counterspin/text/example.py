"""A document written as a few lines of text: for the examples that every detector carries, and for tests.

A line is a block: ``# `` a heading, ``- `` a list item, ``> author | role | date: words`` a comment, ``= `` a line of
the table of contents, ``[words](url)`` a link of a link block, ``@field: value`` a field of the document
(``title``, ``byline``, ``source``, ``published``, ``url``, ``language``) or ``@mark: name:value``. All else is a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from counterspin.model import Comment, Document, Link, Passage
from counterspin.text.normal import han_share

_COMMENT = re.compile(r"> *(?:([^|:]*)\|([^|:]*)\|([^|:]*):)?(.*)")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]+)\)$")
_FIELD = re.compile(r"@(\w+): ?(.*)")


def document_of(example: str, *, url: str = "http://example.test/a.html") -> Document:
    """The document that ``example`` describes."""
    fields: dict[str, str] = {}
    passages: list[Passage] = []
    comments: list[Comment] = []
    links: list[Link] = []
    toc: list[str] = []
    marks: list[str] = []
    at = 0
    for line in example.split("\n"):
        if field := _FIELD.match(line):
            marks.append(field[2]) if field[1] == "mark" else fields.update({field[1]: field[2]})
        elif line.startswith("> "):
            comments.append(_comment(line))
        elif line.startswith("= "):
            toc.append(line[2:])
        elif link := _LINK.match(line):
            links.append(Link("link_farm", link[2], link[1]))
        elif line.strip():
            passages.append(_passage(line, at))
            at = passages[-1].end + 1
    text = "\n".join(passage.text for passage in passages)
    known: Callable[[str], str | None] = fields.get
    return Document(
        url=fields.get("url", url),
        page_type="article",
        title=known("title"),
        byline=known("byline"),
        source=known("source"),
        published=known("published"),
        modified=None,
        language=fields.get("language", "zh" if han_share(text) > 0.3 else "en"),
        encoding="utf-8",
        text=text,
        passages=tuple(passages),
        comments=tuple(comments),
        links=tuple(links),
        toc=tuple(toc),
        marks=tuple(marks),
    )


def _passage(line: str, at: int) -> Passage:
    kind, level, text = "paragraph", 0, line
    if line.startswith("#"):
        level = len(line) - len(line.lstrip("#"))
        kind, text = "heading", line.lstrip("#").strip()
    elif line.startswith("- "):
        kind, text = "list_item", line[2:].strip()
    return Passage(kind, level, at, at + len(text), text)


def _comment(line: str) -> Comment:
    match = _COMMENT.match(line)
    assert match, line
    author, role, published, text = (part.strip() or None if part else None for part in match.groups())
    return Comment(author, role, published, text or "")
