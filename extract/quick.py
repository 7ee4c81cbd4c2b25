"""A cheap reading of a page while it is crawled: title, text and links; no trafilatura, no language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from counterspin.model import Link
from extract.blocks import layout_of
from extract.boilerplate import judge
from extract.container import main_run
from extract.decode import decode
from extract.links import base_of, links_of
from extract.pagetype import reply_type
from extract.parse import parse
from extract.titles import title_of


@dataclass(frozen=True, slots=True)
class Quick:
    """``text`` has one block a line; ``encoding`` is the codec that read the page."""

    title: str | None
    text: str
    links: tuple[Link, ...]
    encoding: str
    robots: tuple[str, ...] = ()  # words of the robots meta element, lower case: noindex, nofollow, noarchive


def read(raw: bytes, url: str, content_type: str | None = None) -> Quick:
    """Title, main text and links of a page. Raises :class:`RefusedPageError` like :func:`extract.page.extract`."""
    decoded = decode(raw, content_type)
    root = parse(decoded.text).root
    layout = layout_of(root)
    title = title_of(root, layout)
    verdicts = judge(layout, title_block=title.block, replies=reply_type(root, layout, url) is not None)
    _, first, last = main_run(layout, verdicts, title.block)
    kept = [
        layout.blocks[i].text
        for i in range(first, last)
        if verdicts.reasons[i] is None and layout.blocks[i].text != title.text
    ]
    links, _ = links_of(layout.anchors, verdicts.reasons, base_of(root, url))
    return Quick(title.text, "\n".join(kept), links, decoded.encoding, _robots(root))


def _robots(root: Any) -> tuple[str, ...]:
    contents = (
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("name") or "").lower() in ("robots", "counterspin")
    )
    return tuple(dict.fromkeys(word for content in contents for word in content.lower().replace(",", " ").split()))
