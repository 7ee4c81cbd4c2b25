"""The functions behind ``import counterspin``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterspin.model import Document, Flag

if TYPE_CHECKING:
    from counterspin.settings import Settings
    from counterspin.store import Store

# Fields that serve the program and are no part of the public shape.
_PRIVATE = {"Flag": frozenset({"key", "answers"})}


def extract_page(raw: bytes, *, url: str | None = None, content_type: str | None = None) -> Document:
    """The document in the bytes of a page.

    ``content_type`` is the HTTP header, if there was one. Raises :class:`RefusedPageError` with a code for bytes
    that are no page (empty, binary, too large).
    """
    from extract.page import extract  # noqa: PLC0415 - a caller who only analyses needs no parser

    return extract(raw, url=url, content_type=content_type)


def document_from_text(text: str, *, url: str, title: str | None = None, published: str | None = None) -> Document:
    """The document of plain text: blocks are separated by line breaks, boilerplate is not looked for."""
    from extract.plain import document_from_text as build  # noqa: PLC0415

    return build(text, url=url, title=title, published=published)


def analyse(documents: Iterable[Document], *, settings: Settings | None = None) -> list[Flag]:
    """All flags on these documents, in a fixed order, whatever the order of the documents."""
    from counterspin.engine.local import run  # noqa: PLC0415
    from counterspin.settings import Settings as Defaults  # noqa: PLC0415

    return list(run(documents, settings or Defaults()).flags)


def open_store(path: str | Path) -> Store:
    """Open the database at ``path``; made new if there is none. Raises :class:`SchemaError`, :class:`DamagedError`."""
    from counterspin.store import Store as Opened  # noqa: PLC0415

    return Opened.open(path)


def to_dict(value: Any) -> Any:
    """``value`` (one of ours, or a container of them) as dicts, lists and plain data."""
    if is_dataclass(value) and not isinstance(value, type):
        hidden = _PRIVATE.get(type(value).__name__, frozenset())
        return {f.name: to_dict(getattr(value, f.name)) for f in fields(value) if f.name not in hidden}
    if isinstance(value, dict):
        return {key: to_dict(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_dict(item) for item in value]
    return value
