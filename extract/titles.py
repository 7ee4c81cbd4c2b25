"""The title a reader sees: the heading that the head title repeats, else the head title without its site suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extract.blocks import Layout

MAX_TITLE = 500  # code points stored
MAX_SITE = 40  # code points of a site's name; what is longer is another part of the title

_SEPARATOR = re.compile(
    r"\s*[|｜_»«›‹·•]+\s*|\s+[-–—―:：]+\s+|(?<=[\u4e00-\u9fff?？!！”》])\s*[-–—―]+\s*(?=[\u4e00-\u9fffA-Za-z])|\s*--+\s*"
)
_TITLE_META = frozenset({"og:title", "twitter:title", "og:site_name"})
_HEADING_WINDOW = 120  # characters; a longer block is no title


@dataclass(frozen=True, slots=True)
class Title:
    """The text, where it was found and, when it is on the page, the block that shows it (else -1).

    ``site`` is the name that the site gives itself beside the title.
    """

    text: str | None
    origin: str
    block: int = -1
    site: str | None = None


def bare(text: str) -> str:
    """Only letters and digits, lower case: titles that differ in punctuation are equal."""
    return (text if text.isalnum() else "".join(filter(str.isalnum, text))).lower()


def title_of(root: Any, layout: Layout) -> Title:
    """The title of the page."""
    element = next(root.iter("title"), None)
    head = " ".join("".join(element.itertext()).split()) if element is not None else ""
    meta = _meta(root)
    social = meta.get("og:title") or meta.get("twitter:title")
    shown = _shown(layout, head, social or "")
    name = meta.get("og:site_name") or _site_in(head)
    if shown is not None:
        return Title(layout.blocks[shown].text[:MAX_TITLE], _origin(layout, shown), shown, name)
    if head:
        return Title(_without_site(head, social)[:MAX_TITLE], "title", site=name)
    return Title(social[:MAX_TITLE], "og:title", site=name) if social else Title(None, "none", site=name)


def _site_in(head: str) -> str | None:
    """The last part of the head title, where sites write their name; None for a title of one part."""
    parts = [part.strip() for part in _SEPARATOR.split(head) if part.strip()]
    return parts[-1] if len(parts) > 1 and 2 <= len(parts[-1]) <= MAX_SITE else None


def _origin(layout: Layout, index: int) -> str:
    level = layout.blocks[index].level
    return f"h{level}" if level else "block"


def _meta(root: Any) -> dict[str, str]:
    """What the meta elements say about the title and the site, by name."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        for name in (meta.get("property"), meta.get("name")):
            if name in _TITLE_META and meta.get("content") is not None:
                found.setdefault(name, " ".join(meta.get("content").split()))
    return found


def _shown(layout: Layout, head: str, social: str) -> int | None:
    """The block on the page that is the title: a heading (or a short block) that the head title begins with."""
    wanted = [bare(one) for one in (social, head) if one]
    site = bare(_site_in(head) or "")
    if 2 * len(site) >= len(bare(head)):
        site = ""  # a name is the shorter part: here the site comes first and the title last
    best, best_score = None, 0.0
    first_top = True
    for index, block in enumerate(layout.blocks):
        if len(block.text) > _HEADING_WINDOW or (block.link_chars and block.level != 1):
            continue
        own = bare(block.text)
        if len(own) < 3:
            continue
        score = 0.0
        if any(own and (whole.startswith(own) or (len(own) > 7 and own in whole)) for whole in wanted):
            score = len(own) + (20 if block.level else 0) + (20 if block.level == 1 else 0)
            if not block.level and len(own) < 8:
                score = 0.0
            if own == site:
                score = min(score, 1.0)  # the site's name in the place of a heading
        if block.level == 1 and first_top and not block.link_chars and own != site:
            score += 8.0
            first_top = False
        if score > best_score:
            best, best_score = index, score
    return best


def _without_site(head: str, social: str | None) -> str:
    """``head`` up to the separator before the site's name: 标题_频道_站名 gives 标题."""
    if social and bare(head).startswith(bare(social)) and len(bare(social)) >= 4:
        return social
    parts = [part for part in _SEPARATOR.split(head) if part]
    if len(parts) < 2:
        return head
    longest = max(parts, key=len)
    return parts[0] if 2 * len(parts[0]) >= len(longest) or len(parts[0]) >= 8 else longest
