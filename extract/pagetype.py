"""What kind of page it is, before its comments are judged: under a question or a post the replies are the content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from extract.blocks import Block, Layout
from extract.boilerplate import Verdicts

MIN_EVIDENCE = 2  # points from which a page counts as a question or a thread; one sign alone is worth one to three
MAX_LIST_LINKS = 0.55  # share of the characters in links above which a page is a list of other pages, 0 to 1

# Points for a sign in the address: strong words name the kind of page, weak ones also name channels of news sites.
_ADDRESS = (
    ("qa", 2, re.compile(r"zhidao|wenda|wenwen|iask|stackoverflow|stackexchange|quora|(?:^|[/._-])(?:questions?|ask|asks|faq|qa|answers?|zixun/q|wen)(?:[/._-]|$)", re.IGNORECASE)),
    ("thread", 2, re.compile(r"(?:^|[/._-])(?:threads?|viewthread|viewtopic|showtopic|showthread|read\.php|bbs\w*|forums?|luntan|tieba|discuss\w*)(?:[/._-]|\d|$)|/comments(?:[/?]|$)", re.IGNORECASE)),
    ("thread", 1, re.compile(r"(?:^|[/._-])(?:topic|topics|post|posts|club|group|community|board|t|d|p)(?:/\d|-\d|[/._-](?=\w*\d))", re.IGNORECASE)),
)  # fmt: skip
_STRUCTURED = (("qa", 3, re.compile(r'"@type"\s*:\s*\[?\s*"(?:QAPage|Question)"')), ("thread", 3, re.compile(r'"@type"\s*:\s*\[?\s*"DiscussionForumPosting"')))
_GENERATOR = re.compile(r"discuz|phpwind|phpbb|flarum|discourse|vbulletin|mybb|xenforo|nodebb|bbpress|startbbs", re.IGNORECASE)
_SPOKEN = (
    ("qa", 2, re.compile(r"^(?:最佳答案|满意答案|最佳回答|推荐答案|已?采纳(?:答案|回答)?|精选回答|律师解答|专家(?:解答|回答)|医生(?:回答|回复|建议)|accepted answer|best answer)$", re.IGNORECASE)),
    ("qa", 2, re.compile(r"^(?:共|全部|其他|查看全部|更多)?\s?\d{0,5}\s?(?:个|条)?(?:回答|答案|律师解答)(?:[(（]?\d+[)）]?)?$|^(?:写|我来|添加)回答$|^\d+ answers?$", re.IGNORECASE)),
    ("qa", 1, re.compile(r"^(?:提问者?|提问时间|问题(?:描述|补充)|追问|追答|asked|question)\s*[:：]?", re.IGNORECASE)),
    ("thread", 2, re.compile(r"^(?:只看(?:该|此)作者|倒序(?:浏览|看帖)|发表回复|回帖|发新帖|电梯直达|跳转到指定楼层|签到天数|帖子\s?\d+|楼主)$")),
    ("thread", 2, re.compile(r"^(?:#?\d{1,4}\s?[楼#]|#\d{1,4}|沙发|板凳|地板|地下室|来自 ?\d+ ?楼)$")),
)


def reply_type(root: Any, layout: Layout, url: str | None) -> str | None:
    """``qa`` or ``thread`` when the page's replies are its content, else ``None``."""
    points = {"qa": 0, "thread": 0}
    address = unquote(re.sub(r"^\w+://", "", url or ""))
    for kind, weight, pattern in _ADDRESS:
        points[kind] += weight * bool(pattern.search(address))
    for script in root.iter("script"):
        if (script.get("type") or "") == "application/ld+json" and script.text:
            for kind, weight, pattern in _STRUCTURED:
                points[kind] += weight * bool(pattern.search(script.text[:20_000]))
    if any(_GENERATOR.search(meta.get("content") or "") for meta in root.iter("meta") if (meta.get("name") or "").lower() == "generator"):
        points["thread"] += 3
    short = {block.text for block in layout.blocks if len(block.text) <= 16}
    for kind, weight, pattern in _SPOKEN:
        points[kind] += weight * any(pattern.search(text) for text in short)
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] >= MIN_EVIDENCE else None


def page_type(kind: str | None, main: Iterable[Block], layout: Layout, verdicts: Verdicts, *, min_chars: int) -> str:
    """The type stored with the page: ``kind`` if replies are content, else ``article``, ``list`` or ``empty``."""
    chars = sum(len(block.text) for block in main)
    whole, links = verdicts.chars[-1], verdicts.links[-1]
    if links > MAX_LIST_LINKS * whole and chars < 0.15 * whole and chars < 600 and _is_index(layout):
        return "list"
    if chars < min_chars:
        return "empty"
    return kind or "article"


def _is_index(layout: Layout) -> bool:
    """Whether the page leads to ten other pages or more by titles (anchors of eight characters and more)."""
    return len({anchor.href for anchor in layout.anchors if len(anchor.text) >= 8}) >= 10
