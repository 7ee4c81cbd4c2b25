"""Byline, source, dates, editor and licence of a page, each with the place where it was found.

Machine-readable places come first (JSON-LD, meta elements), then the short lines around the title and after the text,
where Chinese pages write 来源, 作者 and 发布时间. JSON-LD is read for facts only: its text never stands in for what a
reader sees.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container
from typing import Any

from lxml import etree

from extract.blocks import Layout
from extract.bylines import read_bylines
from extract.dates import normal_date
from extract.facts import Fact, Facts, name_in, put
from extract.titles import bare

MAX_TRACKERS = 5  # account ids of one page that are kept
MAX_JSON = 262_144  # code points of one JSON-LD script that are read

_TRACKERS = (  # name, what the page must hold, expression: the plain search is what keeps this cheap
    ("baidu", "hm.js?", re.compile(r"hm\.js\?([0-9a-f]{32})")),
    ("cnzz", ".php?id=", re.compile(r"(?:z_stat|core|stat)\.php\?id=(\d{6,12})")),
    ("google", "UA-", re.compile(r"(UA-\d{4,10}-\d{1,3})")),
    ("google", "gtag", re.compile(r"(G-[A-Z0-9]{8,12})(?=['\"&])")),
    ("adsense", "ca-pub-", re.compile(r"(ca-pub-\d{10,20})")),
    ("la51", "users.51.la", re.compile(r"js\.users\.51\.la/(\d{5,10})")),
)
_CARDS: Any = etree.XPath("//*[@itemprop='author' or contains(concat(' ', @class, ' '), ' author ')]")
_REPLIES = frozenset({"comment", "acceptedAnswer", "suggestedAnswer", "review"})  # items that readers wrote
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_SCRIPT_DATE = re.compile(
    r"""(?<![a-z])(?:publish(?:ed)?_?(?:time|date|at)|pub_?(?:date|time)|date_?published|ct|ptime)["']?\s*[:=]\s*["']"""
    r"""(1\d{9}(?:\d{3})?|(?:19|20)\d\d[-/.年][^"'<>]{3,30})["']""",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?(?:ICP|icp)\s?[备证]\s?(?:字第)?\s?\d{5,10}\s?号?(?:\s?-\s?\d{1,3})?"
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


def metadata_of(
    root: Any,
    layout: Layout,
    title_block: int,
    near: range,
    *,
    said: Container[int],
    site: str | None,
    url: str | None,
    fetched_at: str | None,
) -> Facts:
    """What the page says of itself. ``near`` are the blocks of the main text; lines around its ends count as well.

    ``site`` is the site's name: where it stands for the author, a name on the page is the better answer.
    """
    facts: Facts = {}
    _from_json(root, facts, fetched_at)
    _from_meta(root, facts, fetched_at)
    _from_relation(root, facts)
    publisher = facts.pop("author") if "author" in facts and _is_site(facts["author"].value, site) else None
    read_bylines(layout, title_block, near, facts, said=said, fetched_at=fetched_at)
    if "author" not in facts:
        _from_cards(root, facts)
    if publisher:
        facts.setdefault("author", publisher)
    if "published" not in facts:
        _from_time_elements(root, facts, fetched_at)
    if "published" not in facts:
        _published_in_script(root, facts, fetched_at)
    if "published" not in facts:
        _published_in_address(url, facts)
    if "published" not in facts and "signed" in facts:
        facts["published"] = facts["signed"]
    for block in reversed(layout.blocks):
        found = _LICENCE.search(block.text)
        if found:
            facts["licence"] = Fact(re.sub(r"\s", "", found[0]), "text")
            break
    return facts


def _is_site(name: str, site: str | None) -> bool:
    """Whether ``name`` is the name of the site: 网易 on 网易新闻."""
    return bool(site) and (bare(name) in bare(site or "") or bare(site or "") in bare(name))


def _from_json(root: Any, facts: Facts, fetched_at: str | None) -> None:
    for script in root.iter("script"):
        if (
            (script.get("type") or "").lower() != "application/ld+json"
            or not script.text
            or len(script.text) > MAX_JSON
            or not any(key in script.text for key in ("datePublished", "dateModified", "headline"))
        ):
            continue
        try:
            parsed = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(parsed):
            put(facts, "published", normal_date(str(item.get("datePublished") or ""), fetched_at), "json_ld")
            put(facts, "modified", normal_date(str(item.get("dateModified") or ""), fetched_at), "json_ld")
            if "datePublished" in item or "headline" in item:
                put(facts, "author", _json_name(item.get("author")), "json_ld")


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
    return name_in(author) if isinstance(author, str) else None


def _from_meta(root: Any, facts: Facts, fetched_at: str | None) -> None:
    values: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content") and name not in values:
            values[name] = meta.get("content").strip()
    dates: tuple[tuple[str, tuple[str, ...]], ...] = (("published", _META_PUBLISHED), ("modified", _META_MODIFIED))
    for fact, names in dates:
        for name in names:
            if name in values:
                put(facts, fact, normal_date(values[name][:80], fetched_at), "meta")
    people: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("author", _META_AUTHOR),
        ("source", _META_SOURCE),
        ("editor", _META_EDITOR),
    )
    for fact, names in people:
        for name in names:
            if name in values and "://" not in values[name]:
                put(facts, fact, name_in(values[name]), "meta")


def _from_relation(root: Any, facts: Facts) -> None:
    """The one person to whom the page's links of the relation ``author`` lead."""
    linked = (a for a in root.iter("a") if "author" in (a.get("rel") or "").split())
    names = {_text(a) for a in linked}
    if len(names) == 1:
        put(facts, "author", name_in(names.pop()), "rel_author")


def _from_cards(root: Any, facts: Facts) -> None:
    """The one author whom microdata or an hCard names, outside of what readers wrote.

    Sources: schema.org, ``author``; microformats.org, hCard, whose class name most systems print without the rest.
    """
    names = set()
    for card in _CARDS(root):
        if any(one.get("itemprop") in _REPLIES or "comment" in one.get("class", "") for one in card.iterancestors()):
            continue
        if card.get("itemprop") == "author" or "author" in (card.get("class") or "").split():
            own = next((one for one in card.iter("*") if "fn" in (one.get("class") or "").split()), card)
            said = next((one for one in card.iter("*") if one.get("itemprop") == "name"), own)
            names.add(_BY.sub("", said.get("content") or _text(said)))
    if len(names) == 1:
        put(facts, "author", name_in(names.pop()), "card")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _from_time_elements(root: Any, facts: Facts, fetched_at: str | None) -> None:
    for element in root.xpath("//*[@itemprop='datePublished']"):
        stamp = element.get("content") or element.get("datetime") or "".join(element.itertext())
        put(facts, "published", normal_date(stamp[:80], fetched_at), "itemprop")
    for element in root.iter("time"):
        stamp = element.get("datetime") or "".join(element.itertext())
        put(facts, "published", normal_date(stamp[:80], fetched_at), "time")


def _published_in_script(root: Any, facts: Facts, fetched_at: str | None) -> None:
    """The date in the data of a page that a script draws: ``publish_time: "2023-03-04 12:01"``, ``ct = "1580…"``."""
    for script in root.iter("script"):
        text = script.text or ""
        found = _SCRIPT_DATE.search(text) if len(text) <= MAX_JSON else None
        if found:
            put(facts, "published", normal_date(found[1], fetched_at), "script")


def _published_in_address(url: str | None, facts: Facts) -> None:
    """A date written in the address: /2022/0211/, /20220211/."""
    path = re.sub(r"^\w+://[^/]+", "", url or "")
    found = re.search(r"/((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d)", path)
    if found:
        put(facts, "published", normal_date("-".join(found.groups())), "url")


def trackers_of(text: str) -> tuple[str, ...]:
    """``tracker:name=id`` for the ids of analytics and advertising accounts, at most :data:`MAX_TRACKERS`."""
    found = (
        f"tracker:{name}={match[1]}"
        for name, needle, pattern in _TRACKERS
        if needle in text
        for match in pattern.finditer(text)
    )
    return tuple(sorted(dict.fromkeys(found)))[:MAX_TRACKERS]
