"""Plain text as a document: a line is a passage, boilerplate is not looked for."""

from __future__ import annotations

from counterspin.model import Document
from extract.blocks import Block
from extract.dates import normal_date
from extract.language import language_of
from extract.outline import split_toc, with_headings
from extract.passages import passages_of
from extract.unseen import without_unseen


def document_from_text(text: str, *, url: str, title: str | None = None, published: str | None = None) -> Document:
    """The document of ``text``. A first line equal to ``title`` is taken as the title and not repeated."""
    lines = [" ".join(without_unseen(line).decode().split()) for line in text.splitlines()]
    blocks = [Block(line, "paragraph", 0, 0, 0, 0, 0, emphasis=False, soft=False) for line in lines if line]
    if title and blocks and blocks[0].text == title.strip():
        blocks = blocks[1:]
    toc, blocks = split_toc(blocks, title)
    body, passages, cut = passages_of(with_headings(blocks, toc))
    language = language_of(body)
    return Document(
        url=url, page_type="article" if passages else "empty", title=title, byline=None, source=None,
        published=(normal_date(published) or published) if published else None, modified=None,
        language=language.code, encoding="utf-8", text=body, passages=passages,
        toc=tuple(block.text for block in toc),
        marks=(f"language_probability:{language.probability}", f"language_method:{language.method}")
        + (("cut:text",) if cut else ()),
    )  # fmt: skip
