"""The bytes of a page to its document: the chain of all steps, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby
from typing import Any

from counterspin.errors import RefusedPageError
from counterspin.model import Boilerplate, Comment, Document
from extract.blocks import Block, Layout, layout_of
from extract.boilerplate import judge
from extract.bylines import drop_asides, drop_bylines
from extract.comments import comments_of, opening_of
from extract.container import drop_islands, main_run, with_question
from extract.core import kept_by_trafilatura, second_opinion
from extract.decode import decode
from extract.facts import Fact, Facts, name_in
from extract.language import Language, language_of
from extract.links import base_of, links_of
from extract.metadata import metadata_of, trackers_of
from extract.outline import drawn_headings, linked_toc, split_toc, with_headings
from extract.overrides import Overrides, Site, apply_site
from extract.pagetype import NEAR, is_sign, page_type, reply_type
from extract.parse import parse
from extract.passages import passages_of
from extract.remarks import drop_remarks, remarks_of
from extract.replies import drop_headers, drop_quotes, drop_refrains, drop_signatures, is_thread
from extract.titles import MAX_TITLE, Title, bare, is_labelled, title_of
from extract.verdicts import Verdicts, is_data_cell, value
from extract.wrapped import unwrapped

DEEPEST = 2000  # nested elements; libxml2 drops what lies below 2,048
MIN_LABELS = 20  # different class names from which a page's frame is told by them
MIN_CHARS = 40  # less main text makes a page empty
MIN_CONFIDENCE = 0.35  # share of the page's prose in the main run under which a second opinion is asked, 0 to 1
LINK_ONLY = 0.85  # share of a block's characters in links above which it is a link and no text, 0 to 1
MIN_SENTENCE = 12  # code points of a sentence; a page without any is no text
MAX_TEASED = 0.6  # share of the main text in lists of teasers above which the page is a list, 0 to 1
MIN_ITEM = 16.0  # value of an entry from which its list is text and no menu
MAX_MARK = 6  # code points of a block without letters that is no text

_POSTER = re.compile(r"(?!\d+\s)(?:[^\u4e00-\u9fff]{2,40}|\S{2,20})")  # a name as people post under
_OWN_WORDS = frozenset({"json_ld", "meta", "override"})  # places that speak of the page itself


@dataclass(frozen=True, slots=True)
class _Reading:
    """The page taken apart: its layout, the reasons against blocks, the title and the run of the main text."""

    root: Any
    layout: Layout
    verdicts: Verdicts
    title: Title
    run: range
    kind: str | None  # "qa" or "thread" when replies are content


def extract(
    raw: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: str | None = None,
    overrides: Overrides | None = None,
    min_chars: int = MIN_CHARS,
) -> Document:
    """The document in ``raw``. ``fetched_at`` (ISO 8601) lets 昨天 and 3天前 be read.

    A page with less than ``min_chars`` characters of main text is ``empty`` or a ``list``.

    Raises :class:`RefusedPageError`: ``empty``, ``too_large``, ``too_complex``, ``bad_type``, ``bad_encoding``.
    """
    decoded = decode(raw, content_type)
    parsed = parse(decoded.text)
    site = overrides.of(url) if overrides else None
    reading = _read(parsed.root, url, site)
    facts = _facts(reading, site, url, fetched_at)
    remarks = drop_remarks(reading.layout, reading.verdicts, reading.run) if reading.kind else []
    comments = _comments(reading, remarks, fetched_at, _said(facts, "published"))
    toc, main = _main(reading, {name for one in comments for name in (one.author, one.role) if name})
    shown = _shown(reading, main, min_chars)
    if shown == "empty" and not any(block.marks and len(block.text) >= MIN_SENTENCE for block in main):
        main = []  # 加载中… is no text
    if shown in ("list", "empty"):  # what stands in lines there is about the pages listed
        facts = {name: fact for name, fact in facts.items() if name == "licence" or fact.origin in _OWN_WORDS}
    text, passages, cut = passages_of(with_headings(main, toc))
    language = language_of(text)
    links, left = links_of(reading.layout.anchors, reading.verdicts.reasons, base_of(reading.root, url or ""))
    marks = [
        *decoded.marks,
        *parsed.marks,
        *_language_marks(language),
        *_title_marks(reading.title),
        *_fact_marks(facts),
        *trackers_of(decoded.text),
        *_template_mark(reading),
        *_cut_marks(reading, left, text=cut),
    ]
    return Document(
        url=url or "",
        page_type=shown,
        title=reading.title.text,
        byline=_said(facts, "author"),
        source=_said(facts, "source"),
        published=_said(facts, "published"),
        modified=_said(facts, "modified"),
        language=language.code,
        encoding=decoded.encoding,
        text=text,
        passages=passages,
        boilerplate=_boilerplate(reading.layout, reading.verdicts),
        comments=comments,
        links=links,
        toc=tuple(block.text for block in toc),
        marks=tuple(marks),
    )


def _read(root: Any, url: str | None, site: Site | None) -> _Reading:
    """Take the page apart and find its main run."""
    whole = layout_of(apply_site(root, site)) if site else layout_of(root)
    if not whole.nodes:
        raise RefusedPageError("empty", "no text in the page")
    title = title_of(root, whole)
    kind = reply_type(root, whole, url) or ("thread" if is_thread(whole, title.block) else None)
    verdicts = judge(whole, title_block=title.block, replies=kind is not None)
    if site and site.body:
        return _Reading(root, whole, verdicts, title, range(len(whole.blocks)), kind)
    _, first, last = main_run(whole, verdicts, title.block)
    if verdicts.left_share(first, last) < MIN_CONFIDENCE:
        first, last = second_opinion(whole, verdicts, root, first, last)
    if not kind:
        drop_islands(whole, verdicts, range(max(first, title.block + 1), last))
    if kind:
        first = with_question(whole, verdicts, title.block, first)
        last = max(last, *(end for _, end in verdicts.units), 0)
    return _Reading(root, whole, verdicts, title, range(first, last), kind)


def _main(reading: _Reading, names: set[str]) -> tuple[list[Block], list[Block]]:
    """The table of contents and the blocks of the main text. ``names``: of those who replied, and their ranks."""
    layout, verdicts, title = reading.layout, reading.verdicts, reading.title
    linked = linked_toc(layout)
    for index in linked:
        verdicts.reasons[index] = "toc"
    drop_headers(layout, verdicts)
    if reading.kind:
        drop_refrains(layout, verdicts, reading.run)
        for index in reading.run:
            if is_sign(layout.blocks[index].text):
                verdicts.drop(index, index + 1, "navigation")
    drop_quotes(layout, verdicts)
    drop_signatures(layout, verdicts, reading.run)
    drop_bylines(layout, verdicts, reading.run)
    drop_asides(layout, verdicts, title)
    chosen, listed = [], _linked_items(layout, reading.run)
    for index in reading.run:
        block = layout.blocks[index]
        if verdicts.reasons[index] is None and index != title.block and not _repeats(reading, block):
            if (
                (block.link_chars >= LINK_ONLY * (len(block.text) - max(0, block.anchors - 1)) and index not in listed)
                or (index in verdicts.said and block.text in names)
                or _is_mark(layout, block)
            ):
                verdicts.reasons[index] = "navigation"
            else:
                chosen.append(index)
    kept = kept_by_trafilatura([layout.blocks[i] for i in chosen])
    main = [i for i, keep in zip(chosen, kept, strict=True) if keep]
    drawn = drawn_headings(layout, main) if reading.kind is None else set()
    blocks = [_as_shown(layout, i, verdicts, reading.kind) for i in main]
    blocks = [replace(b, kind="heading", level=3) if i in drawn else b for i, b in zip(main, blocks, strict=True)]
    toc, rest = split_toc(blocks, title.text)
    listed = {id(block) for block in toc}
    for index, block in zip(main, blocks, strict=True):
        if id(block) in listed:
            verdicts.reasons[index] = "toc"
    _set_apart(reading, main)
    return toc or [layout.blocks[index] for index in linked], unwrapped(rest, layout.nodes)


def _set_apart(reading: _Reading, main: list[int]) -> None:
    """Give a reason to every other block: what stands apart from the main text is not lost without a word."""
    reasons, told = reading.verdicts.reasons, {*main, reading.title.block, *reading.verdicts.said}
    for index, reason in enumerate(reasons):
        if reason is None and index not in told:
            reasons[index] = "navigation"


def _repeats(reading: _Reading, block: Block) -> bool:
    """Whether a block says the title again, in a reply behind ``Re:``; in a table of data it is a value."""
    title = reading.title.text
    answers = reading.kind and block.level and is_labelled(bare(block.text), bare(title or ""))
    return (block.text == title or bool(answers)) and not (
        block.kind == "table_cell" and is_data_cell(reading.layout, block)
    )


def _linked_items(layout: Layout, run: range) -> set[int]:
    """The entries of lists that name things by links among others that say something: great burnet; (a link)."""
    lists: dict[int, list[int]] = {}
    for index in run:
        block = layout.blocks[index]
        if block.kind == "list_item" and layout.nodes[block.node].tag == "li":
            lists.setdefault(layout.nodes[block.node].parent, []).append(index)
    blocks = layout.blocks
    said = (items for items in lists.values() if any(blocks[i].marks and value(blocks[i]) >= MIN_ITEM for i in items))
    return {index for items in said for index in items}


def _is_mark(layout: Layout, block: Block) -> bool:
    """Whether a block is a number or a sign alone: of votes, of a step, between two links."""
    return len(block.text) <= MAX_MARK and not any(map(str.isalpha, block.text)) and not is_data_cell(layout, block)


def _as_shown(layout: Layout, index: int, verdicts: Verdicts, kind: str | None) -> Block:
    """The block as the kind that a reader sees: a cell of a layout table is a paragraph, a reply an answer."""
    block = layout.blocks[index]
    if block.kind == "table_cell" and not is_data_cell(layout, block):
        block = replace(block, kind="paragraph")
    if kind is None or index not in verdicts.said or block.kind not in ("paragraph", "list_item"):
        return block
    return replace(block, kind="answer" if kind == "qa" else "post")


def _comments(reading: _Reading, remarks: list[int], fetched_at: str | None, since: str | None) -> tuple[Comment, ...]:
    """The comments; on a page whose replies are content, the replies (who, when, what) and the ``remarks`` on them."""
    if reading.kind is None:
        return comments_of(reading.layout, reading.verdicts.reasons, fetched_at, since=since)
    verdicts, count = reading.verdicts, len(reading.layout.blocks)
    gone = {i for unit in verdicts.units if None not in verdicts.reasons[slice(*unit)] for i in range(*unit)}
    said = [("comment" if i in verdicts.said and i not in gone else None) for i in range(count)]
    replies = comments_of(reading.layout, said, fetched_at, remarks, since=since)
    return replies + remarks_of(reading.layout, remarks, fetched_at)


def _facts(reading: _Reading, site: Site | None, url: str | None, fetched_at: str | None) -> Facts:
    """What the page says of itself; the site's own selectors win."""
    found = metadata_of(
        reading.root,
        reading.layout,
        reading.title.block,
        reading.run,
        said=reading.verdicts.said,
        site=reading.title.site,
        url=url,
        fetched_at=fetched_at,
    )
    found |= _opening(reading, found, fetched_at)
    return found | _overridden(reading.root, site, fetched_at) if site else found


def _opening(reading: _Reading, found: Facts, fetched_at: str | None) -> Facts:
    """Who wrote the post that the others reply to, and when, unless the page says so itself."""
    opening = reading.verdicts.opening
    post = opening_of(reading.layout, opening, fetched_at) if opening else None
    if post is None or not _POSTER.fullmatch(post.author or ""):
        return {}
    said = {"author": name_in(post.author or ""), "published": post.published}
    return {
        name: Fact(value, "first_post")
        for name, value in said.items()
        if value and (name not in found or found[name].origin not in _OWN_WORDS)
    }


def _teased(reading: _Reading) -> bool:
    """Whether most of the main text stands in lists of teasers."""
    verdicts, blocks = reading.verdicts, reading.layout.blocks
    main = {i: len(blocks[i].text) for i in reading.run if verdicts.reasons[i] is None}
    return sum(main[i] for i in main if i in verdicts.teasers) > MAX_TEASED * sum(main.values())


def _cut_marks(reading: _Reading, links: int, *, text: bool) -> list[str]:
    """What was cut: the text, the title, what lies too deep, and how many links."""
    cuts = {
        "cut:title": len(reading.title.text or "") >= MAX_TITLE,
        "cut:text": text,
        "cut:too_deep": reading.layout.deepest >= DEEPEST,
        f"cut:links {links}": links > 0,
    }
    return [mark for mark, cut in cuts.items() if cut]


def _overridden(root: Any, site: Site, fetched_at: str | None) -> Facts:
    """The facts that the site's own selectors find."""
    from extract.dates import normal_date  # noqa: PLC0415 - only pages with overrides

    found = {name: root.xpath(xpath) for name, xpath in (("published", site.date), ("author", site.author)) if xpath}
    texts = {name: re.sub(r"\s+", " ", "".join(nodes[0].itertext())).strip() for name, nodes in found.items() if nodes}
    if "published" in texts:
        texts["published"] = normal_date(texts["published"], fetched_at) or ""
    return {name: Fact(text, "override") for name, text in texts.items() if text}


def _template_mark(reading: _Reading) -> list[str]:
    """``template:hash`` of the class names around the main text, on a page with enough of them to tell sites apart."""
    layout = reading.layout
    if not layout.blocks or len({node.label for node in layout.nodes}) < MIN_LABELS:
        return []
    index, path = layout.blocks[reading.run.start].node, []
    while index >= 0:
        path.append(f"{layout.nodes[index].tag}.{layout.nodes[index].label}")
        index = layout.nodes[index].parent
    return [f"template:{blake2b(' '.join(path).encode(), digest_size=8).hexdigest()}"]


def _shown(reading: _Reading, main: list[Block], min_chars: int) -> str:
    """The type of the page; an article that is made of teasers is a list."""
    own = 0 <= reading.title.block <= reading.run.start <= reading.title.block + NEAR
    shown = page_type(reading.kind, main, reading.layout, reading.verdicts, own=own, min_chars=min_chars)
    return "list" if shown == "article" and _teased(reading) else shown


def _said(facts: Facts, name: str) -> str | None:
    return facts[name].value if name in facts else None


def _language_marks(language: Language) -> tuple[str, ...]:
    return (f"language_probability:{language.probability}", f"language_method:{language.method}")


def _title_marks(title: Title) -> list[str]:
    return [f"title_from:{title.origin}", *([f"site_name:{title.site}"] if title.site else [])]


def _fact_marks(facts: Facts) -> list[str]:
    found = [
        f"{name}_from:{facts[name].origin}" for name in ("published", "modified", "author", "source") if name in facts
    ]
    return found + [f"{name}:{facts[name].value}" for name in ("editor", "licence") if name in facts]


def _boilerplate(layout: Layout, verdicts: Verdicts) -> tuple[Boilerplate, ...]:
    """Neighbouring blocks of one reason, joined."""
    pairs = [(r, layout.blocks[i].text) for i, r in enumerate(verdicts.reasons) if r is not None]
    return tuple(
        Boilerplate(r, "\n".join(text for _, text in group)) for r, group in groupby(pairs, key=lambda p: p[0])
    )
