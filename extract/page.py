"""The bytes of a page to its document: the chain of all steps, in order."""

from __future__ import annotations

from itertools import groupby

from counterspin.errors import RefusedPageError
from counterspin.model import Boilerplate, Document
from extract.blocks import Block, Layout, layout_of
from extract.boilerplate import Verdicts, judge
from extract.bylines import drop_bylines
from extract.comments import comments_of
from extract.container import main_run
from extract.core import kept_by_trafilatura
from extract.decode import decode
from extract.language import language_of
from extract.links import base_of, links_of
from extract.metadata import metadata_of
from extract.outline import split_toc, with_headings
from extract.pagetype import page_type, reply_type
from extract.parse import parse
from extract.passages import passages_of
from extract.titles import bare, title_of

DEEPEST = 2000  # nested elements; libxml2 drops what lies below 2,048
MIN_CHARS = 40  # less main text makes a page empty


def extract(
    raw: bytes, *, url: str | None = None, content_type: str | None = None, fetched_at: str | None = None,
    overrides: object | None = None,
) -> Document:  # fmt: skip
    """The document in ``raw``. ``fetched_at`` (ISO 8601) lets 昨天 and 3天前 be read.

    Raises :class:`RefusedPageError`: ``empty``, ``too_large``, ``too_complex``, ``bad_type``, ``bad_encoding``.
    """
    decoded = decode(raw, content_type)
    parsed = parse(decoded.text)
    root, address = parsed.root, url or ""
    layout = layout_of(root)
    if not layout.nodes:
        raise RefusedPageError("empty", "no text in the page")
    kind = reply_type(root, layout, url)
    verdicts = judge(layout, replies=kind is not None)
    title = title_of(root, layout)
    _, first, last = main_run(layout, verdicts, title.block)
    facts = metadata_of(root, layout, title.block, range(first, last), url=url, fetched_at=fetched_at)
    drop_bylines(layout, verdicts, range(first, last))
    inside = [i for i in range(first, last) if verdicts.reasons[i] is None]
    chosen = [i for i in inside if not _repeats_title(layout.blocks[i], title.text, i, title.block) and not _is_link(layout.blocks[i])]
    kept = kept_by_trafilatura([layout.blocks[i] for i in chosen])
    main = [layout.blocks[i] for i, keep in zip(chosen, kept, strict=True) if keep]
    toc, main = split_toc(main, title.text)
    for block in toc:
        verdicts.reasons[layout.blocks.index(block)] = "toc"
    text, passages, cut = passages_of(with_headings(main))
    language = language_of(text)
    links, left = links_of(layout.anchors, verdicts.reasons, base_of(root, address))
    marks = [*decoded.marks, *parsed.marks]
    marks += [
        f"language_probability:{language.probability}",
        f"language_method:{language.method}",
        f"title_from:{title.origin}",
    ]
    marks += [
        f"{name}_from:{facts[name].origin}" for name in ("published", "modified", "author", "source") if name in facts
    ]
    marks += [f"{name}:{facts[name].value}" for name in ("editor", "licence") if name in facts]
    marks += ["cut:text"] * cut + ["cut:too_deep"] * (layout.deepest >= DEEPEST) + [f"cut:links {left}"] * bool(left)

    def said(name: str) -> str | None:
        return facts[name].value if name in facts else None

    return Document(
        url=address, page_type=page_type(kind, main, layout, verdicts, min_chars=MIN_CHARS), title=title.text, byline=said("author"),
        source=said("source"), published=said("published"), modified=said("modified"), language=language.code,
        encoding=decoded.encoding, text=text, passages=passages, boilerplate=_boilerplate(layout, verdicts),
        comments=comments_of(layout, verdicts, fetched_at), links=links, toc=tuple(block.text for block in toc), marks=tuple(marks),
    )  # fmt: skip


def _repeats_title(block: Block, title: str | None, index: int, title_block: int) -> bool:
    return index == title_block or (title is not None and block.text == title)


def _is_link(block: Block) -> bool:
    return block.link_chars >= 0.85 * len(block.text)


def _boilerplate(layout: Layout, verdicts: Verdicts) -> tuple[Boilerplate, ...]:
    """Neighbouring blocks of one reason, joined."""
    pairs = [(r, layout.blocks[i].text) for i, r in enumerate(verdicts.reasons) if r is not None]
    return tuple(
        Boilerplate(reason, "\n".join(text for _, text in group))
        for reason, group in groupby(pairs, key=lambda p: p[0])
    )
