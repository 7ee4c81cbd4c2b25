"""The second pass of extraction: what a site prints on its pages is marked as template, host by host.

The first reading of a page stays as it is. A page with template lines gets a second document beside it, under the
extractor ``1+…`` (the version and a digest of the lines taken out), and that one is analysed. The same lines give the
same document, so a pass that was killed is simply run again; when more pages of a host show other lines, the pass
starts from the first reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from counterspin.store import Store, documents
from extract.template import Line, Template, template_of, template_passages, wanted, without_passages

MAX_PAGES = 20_000  # pages of one host whose lines are compared; what a site prints shows on fewer
_DIGEST = 6  # bytes of the digest in the extractor's name


def mark_templates(store: Store, *, run: int, extractor: str, since: int | None) -> int:
    """Mark the template lines of every host with documents of runs after ``since`` (all hosts: ``None``).

    The number of pages whose analysed document changed.
    """
    return sum(_mark_site(store, site, run, extractor) for site in documents.sites(store, extractor, since))


def _mark_site(store: Store, site: int, run: int, extractor: str) -> int:
    pages = documents.first_readings(store, site, extractor)
    template = template_of(_edges(store, pages[:: len(pages) // MAX_PAGES + 1]))
    changed = 0
    for page in pages:
        gone = _gone(store, page, template)
        name = _name(extractor, gone)
        if name == page.current:
            continue
        if gone:
            document = without_passages(documents.load(store, page.document), gone)
            documents.put_variant(store, page, run=run, extractor=name, document=document)
        else:
            documents.point(store, page.page, page.document)
        changed += 1
    return changed


def _edges(store: Store, pages: list[documents.Reading]) -> Iterator[tuple[int, dict[int, Line]]]:
    return ((page.passages, _lines(store, page)) for page in pages if page.passages)


def _lines(store: Store, page: documents.Reading) -> dict[int, Line]:
    found = documents.passages_at(store, page.document, wanted(page.passages))
    return {index: Line(text, kind == "heading") for index, kind, text in found}


def _gone(store: Store, page: documents.Reading, template: Template) -> tuple[int, ...]:
    """The passages of ``page`` that are template. Most hosts have none, and then nothing is read."""
    if not template.outer and not template.most:
        return ()
    return template_passages(page.passages, _lines(store, page), template)


def _name(extractor: str, gone: tuple[int, ...]) -> str:
    """The extractor of the document without these passages."""
    if not gone:
        return extractor
    digest = blake2b(",".join(map(str, gone)).encode(), digest_size=_DIGEST).hexdigest()
    return f"{extractor}+{digest}"
