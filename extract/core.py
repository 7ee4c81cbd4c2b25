"""trafilatura on a small prepared tree: one container, plain paragraphs, headings and lists, no class names.

Its verdict on each prepared block is read back by text, so that kinds, levels and places stay ours.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import Extractor, use_config

from extract.blocks import Block, Layout
from extract.verdicts import Verdicts, value

MAX_BLOCKS = 5000  # blocks given to trafilatura; its cost grows with them, and longer pages are kept as prepared

MIN_GAIN = 2.5  # times the prose of our own run from which trafilatura's is taken instead

_TEXT_TAGS = ("p", "head", "item", "quote", "cell", "code")
_TAGS = {"list_item": "li", "quote": "blockquote"}


def kept_by_trafilatura(blocks: list[Block]) -> list[bool]:
    """For each block whether trafilatura keeps it as main text; all of them for a page over :data:`MAX_BLOCKS`."""
    if not 0 < len(blocks) <= MAX_BLOCKS:
        return [True] * len(blocks)
    document = trafilatura.bare_extraction(_prepared(blocks), options=_options())
    if document is None:
        return [False] * len(blocks)
    return _matched([block.text for block in blocks], _lines(document))


def second_opinion(layout: Layout, verdicts: Verdicts, root: Any, first: int, last: int) -> tuple[int, int]:
    """The run that trafilatura finds on the whole page, if it holds clearly more prose than ``first`` to ``last``."""
    page = html.document_fromstring(
        etree.tostring(root, encoding="utf-8", method="html"), parser=html.HTMLParser(encoding="utf-8")
    )
    document = trafilatura.bare_extraction(
        page, fast=True, favor_precision=True, include_comments=False, with_metadata=False, deduplicate=False
    )  # fmt: skip
    if document is None:
        return first, last
    kept = _matched([block.text for block in layout.blocks], _lines(document))
    found = [i for i, keep in enumerate(kept) if keep and verdicts.reasons[i] is None]
    theirs = sum(max(0.0, value(layout.blocks[i])) for i in found)
    ours = verdicts.prose[last] - verdicts.prose[first]
    return (found[0], found[-1] + 1) if found and theirs > MIN_GAIN * ours else (first, last)


def _lines(document: Any) -> list[str]:
    lines = (" ".join("".join(element.itertext()).split()) for element in document.body.iter(*_TEXT_TAGS))
    return [line for line in lines if line]


@cache
def _options() -> Extractor:
    """What trafilatura is asked for: its tree alone, however little is in it; made once, as it reads a file for it."""
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return Extractor(config=config, fast=True, comments=False)


def _prepared(blocks: list[Block]) -> Any:
    root = html.Element("html")
    holder = html.Element("div", itemprop="articleBody")
    body = html.Element("body")
    root.append(body)
    body.append(holder)
    for block in blocks:
        tag = f"h{block.level}" if block.level else _TAGS.get(block.kind, "p")
        element = html.Element(tag)
        element.text = block.text
        if tag == "li":
            if not len(holder) or holder[-1].tag != "ul":
                holder.append(html.Element("ul"))
            holder[-1].append(element)
        else:
            holder.append(element)
    return root


def _matched(prepared: list[str], kept: list[str]) -> list[bool]:
    """Which prepared texts stand in ``kept``, both in reading order."""
    verdicts: list[bool] = []
    at, before = 0, ""
    for text in prepared:
        if text == before and verdicts[-1]:  # trafilatura drops a paragraph said twice; here that is evidence
            verdicts.append(True)
            continue
        before = text
        found = next((i for i in range(at, min(at + 50, len(kept))) if kept[i] == text or text in kept[i]), None)
        verdicts.append(found is not None)
        if found is not None:
            at = found if kept[found] != text else found + 1
    return verdicts
