"""What kind of page it is, before its comments are judged: under a question or a post the replies are the content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

from extract.blocks import Block, Layout
from extract.tables import rows
from extract.verdicts import Verdicts

MIN_EVIDENCE = 2  # points from which a page counts as a question or a thread; one sign alone is worth one to three
MAX_LIST_LINKS = 0.55  # share of the characters in links above which a page is a list of other pages, 0 to 1

MIN_LIST_LINKS = 0.3  # the same for a page without text, 0 to 1: dates stand beside the links
TITLE_CHARS = 8  # characters from which an anchor is the title of a page and no menu entry
MIN_ENTRIES = 3  # such links from which a page without text of its own is a list

MIN_OWN = 80  # characters of a text under its title from which it is an article, however many links are around it
MIN_MARKS = 4  # sentence marks of such a text
NEAR = 8  # blocks between the title and the text under it

_HEAD = 20_000  # code points of a JSON-LD script that are searched
_SHORT = 16  # code points of a line that can be a sign


@cache
def _signs(place: str) -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    """The signs of signs.tsv for one place: kind of page, points, expression."""
    found = (row for row in rows("signs.tsv") if row[2] == place)
    return tuple((kind, int(points), re.compile(pattern, re.IGNORECASE)) for kind, points, _, pattern in found)


def reply_type(root: Any, layout: Layout, url: str | None) -> str | None:
    """``qa`` or ``thread`` when the page's replies are its content, else ``None``."""
    scripts = (script for script in root.iter("script") if script.get("type") == "application/ld+json")
    generators = (meta for meta in root.iter("meta") if (meta.get("name") or "").lower() == "generator")
    texts = {
        "address": [unquote(re.sub(r"^\w+://", "", url or ""))],
        "structured": [(script.text or "")[:_HEAD] for script in scripts],
        "generator": [meta.get("content") or "" for meta in generators],
        "line": {block.text for block in layout.blocks if len(block.text) <= _SHORT},
    }
    points = {"qa": 0, "thread": 0}
    for place, found in texts.items():
        for kind, weight, pattern in _signs(place):
            points[kind] += weight * any(pattern.search(text) for text in found)
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] >= MIN_EVIDENCE else None


def is_sign(text: str) -> bool:
    """Whether a short line is one by which pages of replies are told, and so none that somebody wrote: 最佳答案."""
    return len(text) <= _SHORT and any(
        pattern.search(text) for _, points, pattern in _signs("line") if points >= MIN_EVIDENCE
    )


def page_type(
    kind: str | None, main: Sequence[Block], layout: Layout, verdicts: Verdicts, *, own: bool, min_chars: int
) -> str:
    """The type stored with the page: ``kind`` if replies are content, else ``article``, ``list`` or ``empty``.

    ``own``: the text stands right under the title that the page shows, as a short article on a portal does.
    """
    chars = sum(len(block.text) for block in main)
    whole, links = verdicts.chars[-1], verdicts.links[-1]
    short = own and chars >= MIN_OWN and sum(block.marks for block in main) >= MIN_MARKS
    if not short and links > MAX_LIST_LINKS * whole and chars < 0.15 * whole and chars < 600 and _is_index(layout):
        return "list"
    if chars < (MIN_OWN if kind and not verdicts.said else min_chars):  # a board lists threads and has none itself
        return "list" if verdicts.teasers or (links > MIN_LIST_LINKS * whole and _is_index(layout)) else "empty"
    return kind or "article"


def _is_index(layout: Layout) -> bool:
    """Whether the page leads to other pages by their titles."""
    return len({anchor.href for anchor in layout.anchors if len(anchor.text) >= TITLE_CHARS}) >= MIN_ENTRIES
