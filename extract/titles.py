"""The title a reader sees: the heading that the head title repeats, else the head title without its site suffix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from extract.blocks import Block, Layout

MAX_TITLE = 500  # code points stored
MIN_TITLE = 3  # letters and digits from which a heading is compared with the head title by its beginning
MAX_LABEL = 4  # code points of a label before a title: 标题
MIN_LABELLED = 8  # letters and digits of a title that is known behind a label
MAX_SITE = 40  # code points of a site's name; what is longer is another part of the title

_SEPARATOR = re.compile(
    r"\s*[|｜_»«›‹·•]+\s*|\s+[-–—―:：]+\s+|(?<=[\u4e00-\u9fff?？!！”》])\s*[-–—―]+\s*(?=[\u4e00-\u9fffA-Za-z])|\s*--+\s*"
)
_TAG = re.compile(r"^[\[【][^\]】]{1,8}[\]】]\s*(?=\S)")  # the sort of thread that a forum writes before its title
_MARKS = re.compile(r"[\W_]+")
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
    return _MARKS.sub("", text).lower()


def title_of(root: Any, layout: Layout) -> Title:
    """The title of the page."""
    element = next(root.iter("title"), None)
    head = " ".join("".join(element.itertext()).split()) if element is not None else ""
    meta = _meta(root)
    social = meta.get("og:title") or meta.get("twitter:title")
    shown = _shown(layout, head, social or "")
    name = meta.get("og:site_name") or _site_in(head)
    if shown is not None:
        text = _without_label(layout.blocks[shown].text, social or _SEPARATOR.split(head)[0])
        tagged = not bare(head).startswith(bare(text))
        return Title((_TAG.sub("", text) if tagged else text)[:MAX_TITLE], _origin(layout, shown), shown, name)
    if head:
        return Title(_without_site(head, social)[:MAX_TITLE], "title", site=name)
    return Title(social[:MAX_TITLE], "og:title", site=name) if social else Title(None, "none", site=name)


def _site_in(head: str) -> str | None:
    """The last part of the head title, where sites write their name; None for a title of one part."""
    parts = [part.strip() for part in _SEPARATOR.split(head) if part.strip()]
    return parts[-1] if len(parts) > 1 and 2 <= len(parts[-1]) <= MAX_SITE else None


def _without_label(text: str, title: str) -> str:
    """``title`` where ``text`` is it behind a label: 标题：…; else ``text``."""
    own, wanted = bare(text), bare(title)
    return title if own != wanted and len(wanted) >= MIN_LABELLED and is_labelled(own, wanted) else text


def is_labelled(own: str, wanted: str) -> bool:
    """Whether ``own`` is ``wanted`` with a label of a few characters before it."""
    return own.endswith(wanted) and len(own) - len(wanted) <= MAX_LABEL


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
    first = bare(_SEPARATOR.split(head)[0])
    if 2 * len(site) >= len(bare(head)):
        site = ""  # a name is the shorter part: here the site comes first and the title last
    lead, *names = (bare(part) for part in _SEPARATOR.split(head))  # the names of a channel and of the site
    best, best_score = None, 0.0
    first_top = True
    for index, block in enumerate(layout.blocks):
        if len(block.text) > _HEADING_WINDOW or (block.link_chars and block.level not in (1, 2)):
            continue
        own = bare(_TAG.sub("", block.text))
        if own in names[:-1] and len(own) < len(lead):
            continue
        score = _match(own, block, wanted, site) if len(own) >= MIN_TITLE else _short_match(own, block, first)
        if len(own) >= MIN_TITLE and block.level == 1 and first_top and not block.link_chars and own != site:
            score += 8.0
            first_top = False
        if score > best_score:
            best, best_score = index, score
    return _under_masthead(layout, best, lead, names)


def _under_masthead(layout: Layout, best: int | None, lead: str, names: list[str]) -> int | None:
    """``best``, or where that is a name of the site at the top of its pages, the title (``lead``) drawn under it."""
    blocks = layout.blocks
    if best is None or len(lead) < MIN_LABELLED or bare(blocks[best].text) not in names:
        return best
    under = takewhile(lambda i: not blocks[i].marks or blocks[i].link_chars, range(best + 1, len(blocks)))
    drawn = (i for i in under if (blocks[i].level or blocks[i].emphasis) and not blocks[i].link_chars)
    return next((i for i in drawn if bare(blocks[i].text) == lead), best)


def _match(own: str, block: Block, wanted: list[str], site: str) -> float:
    """How well a block (``own``: its bare text) is one of the ``wanted`` titles; 0 for not at all."""
    labelled = any(len(one) >= MIN_LABELLED and is_labelled(own, one) for one in wanted)
    if not labelled and not any(whole.startswith(own) or (len(own) > 7 and own in whole) for whole in wanted):
        return 0.0
    if not block.level and len(own) < 8:
        return 0.0
    score = len(own) + (20.0 if block.level else 0.0) + (20.0 if block.level == 1 else 0.0)
    if own == site:  # the site's name in the place of a heading; one that leads to the site's front is nothing else
        return 0.0 if block.link_chars else min(score, 1.0)
    return score


def _short_match(own: str, block: Block, first: str) -> float:
    """The same for a title of two characters: 磨刀, drawn as a heading and ``first`` in the head title.

    A page without a head title has nothing else to call its top heading by.
    """
    if not first:
        return float(len(own)) if len(own) > 1 and block.level == 1 and not block.link_chars else 0.0
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
