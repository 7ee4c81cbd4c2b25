"""Byline, source, dates, editor and licence of a page, each with the place where it was found.

Machine-readable places come first (JSON-LD, meta elements), then the short lines around the title and after the text,
where Chinese pages write 来源, 作者 and 发布时间. JSON-LD is read for facts only: its text never stands in for what a
reader sees.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from extract.blocks import Block, Layout
from extract.boilerplate import Verdicts
from extract.dates import find_date, normal_date

MAX_NAME = 60  # code points of a byline or source; longer values are sentences
MAX_JSON = 262_144  # code points of one JSON-LD script that are read
_MAX_LINE = 160  # code points of a line that can hold a byline
_BEFORE, _AFTER = 4, 8  # blocks before and after the title that are searched

_LABELS = (
    ("editor", r"责任?编辑|责编|编辑|校对|审核|编审|editor|edited by"),
    ("author", r"作\s*者|撰\s*文|撰稿人?|文章作者|原作者|记\s*者|本报记者|发布者|发布人|作者/来源|author|written by|words by"),
    ("source", r"(?:文章|信息|稿件|新闻|内容|资料)?\s*(?:来\s*源|出\s*处)|转载自|转自|摘自|稿源|source|via"),
    ("modified", r"(?:最后|最近)?(?:更新|修改|编辑)(?:时间|日期|于)?|last updated|updated(?: on)?|modified(?: on)?"),
    ("published", r"(?:发布|发表|出版|时间|日期|上传|添加|创建|撰写|录入|加入|更新|文章)\s*(?:时间|日期)|时\s*间|日\s*期|发布于|发表于|published(?: on)?|posted(?: on)?|date"),
    ("noise", r"点\s*击(?:数|量|率)?|浏\s*览(?:次数|量|数)?|阅\s*读(?:次数|量|数)?|人\s*气|字\s*[体号]|访问(?:次数|量)?|评论(?:数)?|分类|栏目|标签|关键[词字]|分享(?:到)?|views?|comments?|tags?|category|电话|推荐|收藏|热度|大小|等级|次数|访问"),
)  # fmt: skip
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS), re.IGNORECASE)
_LABELLED = re.compile(rf"(?:^|[\s　|,，;；(（\[【/·“\"：:—-])(?:{_LABEL.pattern})\s*[:：】\]]\s*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|von|par|por|di|door|av)[:\s]\s*(?P<name>[^\W\d_][^|•·\d]{2,50})", re.IGNORECASE)
_REPORTER = re.compile(
    r"^(?:[\(（【\[])?\s*(?:本报|本网|本刊|特约|实习|通讯员|见习|记者|新华社|中新社|文|图|文图|图文|文/图|图/文)+\s*(?:记者)?\s*[/／|:： ]\s*(?P<name>[\u4e00-\u9fff·]{2,4}(?:[ 、][\u4e00-\u9fff·]{2,4}){0,3})"
)
_LICENCE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?(?:ICP|icp)\s?[备证]\s?(?:字第)?\s?\d{5,10}\s?号?(?:\s?-\s?\d{1,3})?"
)
_VALUE_END = re.compile(r"\s*(?:[|｜;；,，\]】)）（(]|\s[-–—]\s)|\s{2,}")
_ENGLISH_BYLINE = re.compile(r"(?:by|posted|published|updated|last updated|last modified|written by|author|on|date)\b[^.!?]*$|.{0,40}(?:min(?:ute)?s? read|\d\d? ?[ap]\.?m\.?)", re.IGNORECASE)
_NAME_NOISE = re.compile(
    r"^(?:null|none|admin|administrator|未知|佚名|匿名|网络|不详|unknown|本站|管理员)$", re.IGNORECASE
)

_META_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dc.author",
    "byl",
    "sailthru.author",
    "parsely-author",
    "og:article:author",
    "twitter:creator",
    "citation_author",
)
_META_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "datepublished",
    "weibo:article:create_at",
    "og:release_date",
    "publication_date",
    "sailthru.date",
    "parsely-pub-date",
    "article_date_original",
    "citation_publication_date",
    "bytedance:published_time",
    "firstpublishedtime",
    "others",
    "createdate",
    "displaydate",
)
_META_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "weibo:article:update_at",
    "lastmod",
    "last-modified",
    "dc.date.modified",
    "datemodified",
    "bytedance:updated_time",
    "revised",
)
_META_SOURCE = ("contentsource", "source", "dc.source", "mediaid", "article:source", "copyright-source")
_META_EDITOR = ("editor", "contenteditor", "article:editor")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the place where the page says it (``json_ld``, ``meta``, ``byline``, ``url`` …)."""

    value: str
    origin: str


Facts = dict[str, Fact]  # keys: author, source, editor, published, modified, licence


def metadata_of(
    root: Any, layout: Layout, title_block: int, near: range, *, url: str | None, fetched_at: str | None
) -> Facts:
    """What the page says of itself. ``near`` are the blocks of the main text; lines around its ends count as well."""
    facts: Facts = {}
    _from_json(root, facts, fetched_at)
    _from_meta(root, facts, fetched_at)
    _from_lines(layout, _lines_near(layout, title_block, near), facts, fetched_at)
    if "published" not in facts:
        _from_time_elements(root, facts, fetched_at)
    if "published" not in facts:
        _published_elsewhere(layout, url, near, facts)
    for block in reversed(layout.blocks):
        found = _LICENCE.search(block.text)
        if found:
            facts["licence"] = Fact(re.sub(r"\s", "", found[0]), "text")
            break
    return facts


def _put(facts: Facts, name: str, value: str | None, origin: str) -> None:
    if value and name not in facts:
        facts[name] = Fact(value, origin)


def _from_json(root: Any, facts: Facts, fetched_at: str | None) -> None:
    for script in root.iter("script"):
        if (
            (script.get("type") or "").lower() != "application/ld+json"
            or not script.text
            or len(script.text) > MAX_JSON
        ):
            continue
        try:
            parsed = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(parsed):
            _put(facts, "published", normal_date(str(item.get("datePublished") or ""), fetched_at), "json_ld")
            _put(facts, "modified", normal_date(str(item.get("dateModified") or ""), fetched_at), "json_ld")
            if "datePublished" in item or "headline" in item:
                _put(facts, "author", _json_name(item.get("author")), "json_ld")


def _items(parsed: Any) -> list[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, its list, its ``@graph``, its ``mainEntity``."""
    found: list[dict[str, Any]] = []
    open_ = [parsed]
    while open_ and len(found) < 50:
        one = open_.pop(0)
        if isinstance(one, list):
            open_[:0] = one[:50]
        elif isinstance(one, dict):
            found.append(one)
            open_ += [one[key] for key in ("@graph", "mainEntity") if key in one]
    return found


def _json_name(author: Any) -> str | None:
    if isinstance(author, list):
        names = [name for one in author[:6] if (name := _json_name(one))]
        return (
            "、".join(names) if names and any("\u4e00" <= c <= "\u9fff" for c in names[0]) else ", ".join(names) or None
        )
    if isinstance(author, dict):
        author = author.get("name")
    return _name(author) if isinstance(author, str) else None


def _from_meta(root: Any, facts: Facts, fetched_at: str | None) -> None:
    values: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content") and name not in values:
            values[name] = meta.get("content").strip()
    for fact, names in (("published", _META_PUBLISHED), ("modified", _META_MODIFIED)):
        for name in names:
            if name in values:
                _put(facts, fact, normal_date(values[name][:80], fetched_at), "meta")
    for fact, names in (("author", _META_AUTHOR), ("source", _META_SOURCE), ("editor", _META_EDITOR)):
        for name in names:
            if name in values and "://" not in values[name]:
                _put(facts, fact, _name(values[name]), "meta")


def _name(value: str) -> str | None:
    """A name without noise around it; ``None`` for what is no name."""
    value = _VALUE_END.split(" ".join(value.split()).strip("()（）[]【】:：|-–—·,，/ "), maxsplit=1)[0]
    value = value.strip("()（）[]【】:：|-–—·,，/ ")
    if not 1 < len(value) <= MAX_NAME or _NAME_NOISE.match(value) or not re.search(r"[^\W\d_]", value):
        return None
    return value


def _lines_near(layout: Layout, title_block: int, near: range) -> list[str]:
    start = title_block if title_block >= 0 else near.start
    places = [*range(start + 1, start + 1 + _AFTER), *range(start - 1, start - 1 - _BEFORE, -1)]
    places += [*range(near.start - 3, near.start + 4), *range(near.stop - 4, near.stop + 6)]
    kept = (i for i in dict.fromkeys(places) if 0 <= i < len(layout.blocks))
    return [layout.blocks[i].text for i in kept if len(layout.blocks[i].text) <= _MAX_LINE]


def _from_lines(layout: Layout, lines: list[str], facts: Facts, fetched_at: str | None) -> None:
    for line in lines:
        matches = list(_LABELLED.finditer(line))
        for at, match in enumerate(matches):
            end = matches[at + 1].start() if at + 1 < len(matches) else len(line)
            _labelled(match.lastgroup or "", line[match.end() : end], facts, fetched_at)
        reporter = _BY.search(line) or _REPORTER.search(line)
        if reporter and not matches:
            _put(facts, "author", _name(reporter["name"]), "byline")
    for line in lines:
        found = find_date(line, fetched_at)
        if found and len(found.iso) >= 10 and len(line) <= 80:
            if "published" not in facts:
                facts["published"] = Fact(found.iso, "byline")
            rest = (line[: found.start] + "\0" + line[found.end :]).strip()
            _unlabelled_byline(rest, facts)
            return


def _labelled(name: str, value: str, facts: Facts, fetched_at: str | None) -> None:
    if name in ("published", "modified"):
        found = find_date(value, fetched_at)
        _put(facts, name, found.iso if found else None, "byline")
    elif name in ("author", "source", "editor"):
        found = find_date(value, fetched_at)
        _put(facts, name, _name(value[: found.start] if found else value), "byline")


def _unlabelled_byline(rest: str, facts: Facts) -> None:
    """What stands beside the date without a label, if short, is who published it: 工商银行 2024-01-31."""
    label = _LABELLED.search(rest)
    before = rest[: label.start()] if label else rest
    piece = before.split("\0")[0].strip(" |·-—:：>»/[]()（）　") or before.split("\0")[-1].strip(
        " |·-—:：>»/[]()（）　"
    )
    if 1 < len(piece) <= 20 and not _LABEL.fullmatch(piece) and not re.search(r"[\d>»:：。，,]", piece):
        name = _name(piece)
        if name and "author" not in facts and "source" not in facts:
            _put(facts, "author", name, "beside_date")


def _from_time_elements(root: Any, facts: Facts, fetched_at: str | None) -> None:
    for element in root.iter("time"):
        stamp = element.get("datetime") or "".join(element.itertext())
        _put(facts, "published", normal_date(stamp[:80], fetched_at), "time")


def _published_elsewhere(layout: Layout, url: str | None, near: range, facts: Facts) -> None:
    """A date written in the address: /2022/0211/, /20220211/."""
    path = re.sub(r"^\w+://[^/]+", "", url or "")
    found = re.search(r"/((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)", path)
    if found:
        _put(facts, "published", normal_date("-".join(found.groups())), "url")


def drop_bylines(layout: Layout, verdicts: Verdicts, run: range) -> None:
    """Take the lines that only say who, when and how often read out of the head and the tail of the main text."""
    kept = [i for i in run if verdicts.reasons[i] is None]
    for index in (*kept[:_AFTER], *kept[-_AFTER:]):
        if is_byline(layout.blocks[index]):
            verdicts.drop(index, index + 1, "navigation")


def is_byline(block: Block) -> bool:
    """Whether a short block holds nothing but labels of metadata with their values, or a date and a name."""
    text = block.text
    if len(text) > 100 or block.level == 1:
        return False
    if len(text) <= 60 and _ENGLISH_BYLINE.match(text):
        return True
    labels = list(_LABELLED.finditer(text))
    found = find_date(text)
    if labels and labels[0].start() <= 30:
        return len(text) <= 24 + 30 * len(labels) and not re.search(r"[。！？]", text)
    return bool(found and len(text) - (found.end - found.start) <= 24 and not re.search(r"[。！？，,；]", text))
