"""Text of a page to one tree, with the limits that keep a hostile page from costing more than an honest one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from counterspin.errors import RefusedPageError
from extract.unseen import spelt_out, without_unseen

MAX_TAGS = 400_000  # tags of one page; a long forum page has 20,000
_MAX_TAG = 8192  # bytes (UTF-8) in one tag; longer ones lose their attributes

_LONG_TAG = re.compile(rb"([A-Za-z][A-Za-z0-9]{0,20})\b[^>]*>")
_DATA_VALUE = re.compile(rb"""(=\s*["'])data:[^"'<>]{64,}""")
_BAD_REFERENCE = re.compile(
    rb"&#(?:0{0,9}(?:[0-8]|1[1-9]|2[0-9]|3[01])(?![0-9])|[xX]0{0,9}(?:[0-8be-fBE-F]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The root element and ``name:value`` marks of what was cut before parsing."""

    root: Any
    marks: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """The tree of ``text``. Raises :class:`RefusedPageError`: ``empty`` without any element, ``too_complex``."""
    if text.count("<") > MAX_TAGS:
        raise RefusedPageError("too_complex", f"more than {MAX_TAGS} tags")
    clean = without_unseen(spelt_out(text))
    if b"data:" in clean:
        clean = _DATA_VALUE.sub(rb"\1", clean)
    if b"&#" in clean:
        clean = _BAD_REFERENCE.sub(b"", clean)
    clean, cut = _without_long_tags(clean)
    marks = (f"cut:attributes {cut}",) if cut else ()
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise RefusedPageError("empty", f"no element in the page: {error}") from None
    if root is None:
        raise RefusedPageError("empty", "no element in the page")
    return Parsed(root, marks)


def _without_long_tags(page: bytes) -> tuple[bytes, int]:
    """``page`` with tags over :data:`_MAX_TAG` bytes bare of their attributes, and how many there were."""
    pieces = page.split(b"<")
    cut = 0
    for at in [at for at, piece in enumerate(pieces) if len(piece) > _MAX_TAG and at]:
        tag = _LONG_TAG.match(pieces[at])
        if tag and tag.end() - tag.end(1) > _MAX_TAG:
            pieces[at], cut = tag[1] + b">" + pieces[at][tag.end() :], cut + 1
    return (b"<".join(pieces), cut) if cut else (page, 0)
