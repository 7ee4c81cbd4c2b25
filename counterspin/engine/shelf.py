"""Documents held small: all of a crawl, of which a step looks at one at a time."""

from __future__ import annotations

import pickle
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from counterspin.model import Document

_AT_HAND = 64  # documents kept as they are: a step comes back to the pages it has just seen


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
    return zlib.compress(pickle.dumps(document, pickle.HIGHEST_PROTOCOL), 1)


def unpack(packed: bytes) -> Document:
    """The document that :func:`pack` was given."""
    document: Document = pickle.loads(zlib.decompress(packed))  # noqa: S301 - packed by this program in this run
    return document
