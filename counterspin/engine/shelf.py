"""Documents held small: all of a crawl, of which a step looks at one at a time."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from counterspin.model import Boilerplate, Comment, Document, Link, Passage
from counterspin.text.packed import dumps, loads

_AT_HAND = 64  # documents kept as they are: a step comes back to the pages it has just seen
_PARTS = {"passages": Passage, "boilerplate": Boilerplate, "comments": Comment, "links": Link}
_NAMES = tuple(field.name for field in fields(Document))
_PLACES = tuple((_NAMES.index(name), kind) for name, kind in _PARTS.items())
_row = attrgetter(*_NAMES)
_rows = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in _PARTS.values()}


class Shelf(Sequence[Document]):
    """Packed documents (see :func:`pack`) as a sequence; one is made anew whenever it is asked for."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        self.packed = packed
        self._at_hand: OrderedDict[int, Document] = OrderedDict()

    def __len__(self) -> int:
        return len(self.packed)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return Shelf(self.packed[at])
        document = self._at_hand.pop(at, None) or unpack(self.packed[at])
        self._at_hand[at] = document
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)
        return document


def pack(document: Document) -> bytes:
    """The document in few bytes: about a quarter of what it takes as objects."""
    values = list(_row(document))
    for at, kind in _PLACES:
        values[at] = tuple(map(_rows[kind], values[at]))
    return zlib.compress(dumps(values), 1)


def unpack(packed: bytes) -> Document:
    """The document that :func:`pack` was given."""
    values = loads(zlib.decompress(packed))
    for at, kind in _PLACES:
        values[at] = tuple(kind(*row) for row in values[at])
    return Document(*values)
