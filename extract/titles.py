"""The title a reader sees: the heading that the head title repeats, else the head title without its site suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from extract.blocks import Block, Layout

MAX_TITLE = 500  # code points stored
MIN_TITLE = 3  # letters and digits from which a heading is compared with the head title by its beginning
MAX_SITE = 40  # code points of a site's name; what is longer is another part of the title

_SEPARATOR = re.compile(
    r"\s*[|｜_»«›‹·•]+\s*|\s+[-–—―:：]+\s+|(?<=[\u4e00-\u9fff?？!！”》])\s*[-–—―]+\s*(?=[\u4e00-\u9fffA-Za-z])|\s*--+\s*"
)
_TAG = re.compile(r"^[\[【][^\]】]{1,8}[\]】]\s*(?=\S)")  # the sort of thread that a forum writes before its title
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
        text = layout.blocks[shown].text
        tagged = not bare(head).startswith(bare(text))
        return Title((_TAG.sub("", text) if tagged else text)[:MAX_TITLE], _origin(layout, shown), shown, name)
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
    first = bare(_SEPARATOR.split(head)[0]) if site else ""
    if 2 * len(site) >= len(bare(head)):
        site = ""  # a name is the shorter part: here the site comes first and the title last
    best, best_score = None, 0.0
    first_top = True
    for index, block in enumerate(layout.blocks):
        if len(block.text) > _HEADING_WINDOW or (block.link_chars and block.level not in (1, 2)):
            continue
        own = bare(_TAG.sub("", block.text))
        score = _match(own, block, wanted, site) if len(own) >= MIN_TITLE else _short_match(own, block, first)
        if len(own) >= MIN_TITLE and block.level == 1 and first_top and not block.link_chars and own != site:
            score += 8.0
            first_top = False
        if score > best_score:
            best, best_score = index, score
    return best


def _match(own: str, block: Block, wanted: list[str], site: str) -> float:
    """How well a block (``own``: its bare text) is one of the ``wanted`` titles; 0 for not at all."""
    if not any(whole.startswith(own) or (len(own) > 7 and own in whole) for whole in wanted):
        return 0.0
    if not block.level and len(own) < 8:
        return 0.0
    score = len(own) + (20.0 if block.level else 0.0) + (20.0 if block.level == 1 else 0.0)
    return min(score, 1.0) if own == site else score  # the site's name in the place of a heading


def _short_match(own: str, block: Block, first: str) -> float:
    """The same for a title of two characters: 磨刀, drawn as a heading and the first part of the head title."""
    named = own == first and (block.level or block.emphasis)
    return float(len(own)) if own and (named or (block.level == 1 and first.startswith(own))) else 0.0


def _without_site(head: str, social: str | None) -> str:
    """``head`` up to the separator before the site's name: 标题_频道_站名 gives 标题."""
    if social and bare(head).startswith(bare(social)) and len(bare(social)) >= 4:
        return social
    parts = [part for part in _SEPARATOR.split(head) if part]
    if len(parts) < 2:
        return head
    longest = max(parts, key=len)
    return parts[0] if 2 * len(parts[0]) >= len(longest) or len(parts[0]) >= 8 else longest
