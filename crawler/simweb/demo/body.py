"""The body of a page as different content management systems write it.

``semantic`` uses the tags that exist for it; ``paragraphs`` writes headings as plain paragraphs; ``strong`` as bold
paragraphs; ``breaks`` separates blocks by ``<br><br>`` in one div; ``divs`` uses nothing but div.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from crawler.simweb.demo.source import Part

STYLES = ("semantic", "paragraphs", "strong", "breaks", "divs")


def body_html(parts: Iterable[Part], style: str) -> str:
    """The HTML of a body in one of ``STYLES``."""
    if style == "breaks":
        return "<br><br>\n".join(_inline(part) for part in parts)
    if style == "divs":
        return "\n".join(f"<div>{_inline(part)}</div>" for part in parts)
    return "\n".join(_runs(parts, style))


def _runs(parts: Iterable[Part], style: str) -> Iterator[str]:
    for kind, run in groupby(parts, key=lambda part: part.kind):
        texts = [escape(part.text, quote=False) for part in run]
        if kind == "li":
            yield "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>"
        elif kind == "row":
            yield "<table>" + "".join(_row(text, head=not index) for index, text in enumerate(texts)) + "</table>"
        elif kind == "quote":
            yield "<blockquote>" + "".join(f"<p>{text}</p>" for text in texts) + "</blockquote>"
        else:
            yield from (_plain(kind, text, style) for text in texts)


def _plain(kind: str, text: str, style: str) -> str:
    if kind == "p" or style == "paragraphs":
        return f"<p>{text}</p>"
    return f"<p><strong>{text}</strong></p>" if style == "strong" else f"<{kind}>{text}</{kind}>"


def _row(text: str, *, head: bool) -> str:
    tag = "th" if head else "td"
    return "<tr>" + "".join(f"<{tag}>{cell.strip()}</{tag}>" for cell in text.strip("| ").split("|")) + "</tr>"


def _inline(part: Part) -> str:
    text = escape(part.text, quote=False)
    return text.replace("|", " ") if part.kind == "row" else text
