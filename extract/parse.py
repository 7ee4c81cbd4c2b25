"""Text of a page to one tree, with the limits that keep a hostile page from costing more than an honest one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from counterspin.errors import RefusedPageError

MAX_TAGS = 400_000  # tags of one page; a long forum page has 20,000
_MAX_TAG = 8192  # code points in one tag; longer ones lose their attributes

_LONG_TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9]{{0,20}})\b[^<>]{{{_MAX_TAG},}}>")
_DATA_VALUE = re.compile(r"""(=\s*["'])data:[^"'<>]{64,}""")
# What no page means to show: controls, zero-width and byte-order marks, lone surrogates, noncharacters.
_NOISE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_BAD_REFERENCE = re.compile(
    r"&#(?:0{0,9}(?:[0-8]|1[1-9]|2[0-9]|3[01])(?![0-9])|[xX]0{0,9}(?:[0-8be-fBE-F]|1[0-9a-fA-F])(?![0-9a-fA-F]));?"
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
    clean = _NOISE.sub("", text)
    if "data:" in clean:
        clean = _DATA_VALUE.sub(r"\1", clean)
    if "&#" in clean:
        clean = _BAD_REFERENCE.sub("", clean)
    clean, cut = _LONG_TAG.subn(r"<\1>", clean)
    marks = (f"cut:attributes {cut}",) if cut else ()
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(clean.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise RefusedPageError("empty", f"no element in the page: {error}") from None
    if root is None:
        raise RefusedPageError("empty", "no element in the page")
    return Parsed(root, marks)
