"""Flags held small: a crawl has more of them than memory, and a step looks at one at a time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from counterspin.model import Counterpart, Evidence, Flag
from counterspin.text.packed import dumps, loads
from counterspin.text.spool import Made, Pieces, Spool
from counterspin.wording import Said

_NAMES = tuple(field.name for field in fields(Flag))
_REASON, _EVIDENCE, _COUNTERPART, _ANSWERS = map(_NAMES.index, ("reason", "evidence", "counterpart", "answers"))
_ID = np.dtype([("high", ">u8"), ("low", ">u4")])  # the 24 hex digits of a fingerprint
_row = attrgetter(*_NAMES)
_piece = attrgetter(*(field.name for field in fields(Evidence)))
_other = attrgetter(*(field.name for field in fields(Counterpart)))


class Packed(NamedTuple):
    """A flag in few bytes, with what it is told apart and ordered by."""

    id: str
    url: str
    start: int
    rule: str
    score: float
    content: bytes


def pack(flag: Flag) -> Packed:
    """The flag in few bytes."""
    values = list(_row(flag))
    values[_REASON] = _told(flag.reason)
    values[_EVIDENCE] = tuple((*own, _told(note)) for *own, note in map(_piece, flag.evidence))
    values[_COUNTERPART] = flag.counterpart and _other(flag.counterpart)
    values[_ANSWERS] = tuple(tuple(map(_told, answer)) for answer in flag.answers)
    return Packed(flag.id, flag.url, flag.start or 0, flag.rule, flag.score, dumps(values))


def unpack(content: bytes) -> Flag:
    """The flag that :func:`pack` was given."""
    values = loads(content)
    values[_REASON] = _said(values[_REASON])
    values[_EVIDENCE] = tuple(
        Evidence(role, url, start, end, text, _said(note)) for role, url, start, end, text, note in values[_EVIDENCE]
    )
    values[_COUNTERPART] = values[_COUNTERPART] and Counterpart(*values[_COUNTERPART])
    values[_ANSWERS] = tuple(tuple(map(_said, answer)) for answer in values[_ANSWERS])
    return Flag(*values)


def _told(text: str) -> Any:
    return (str(text), dict(text.others)) if isinstance(text, Said) else text


def _said(told: Any) -> str:
    return Said(*told) if isinstance(told, tuple) else told


class Finds:
    """Flags as they are found, in whatever order; each id once: the strongest, then the first by its content.

    ``floors`` are the least scores by rule (0 where there is none); flags ``below`` theirs are counted and left out.
    """

    def __init__(self, floors: Mapping[str, float]) -> None:
        self.below = 0
        self._floors = floors
        self._spool = Spool()
        self._ids = bytearray()
        self._starts, self._urls, self._rules = array("Q"), array("I"), array("I")
        self._scores = array("d")
        self._names: dict[str, int] = {}  # URLs and rules, numbered as they come

    def add(self, found: Iterable[Packed]) -> None:
        """Keep these flags."""
        for one in found:
            if one.score < self._floors.get(one.rule, 0.0):
                self.below += 1
                continue
            self._spool.add(one.content)
            self._ids += bytes.fromhex(one.id)
            self._starts.append(one.start)
            self._scores.append(one.score)
            for column, name in ((self._urls, one.url), (self._rules, one.rule)):
                column.append(self._names.setdefault(name, len(self._names)))

    def in_order(self) -> Made[Flag]:
        """The flags by URL, place, rule and id."""
        rank = np.empty(len(self._names), dtype=np.int64)
        rank[[self._names[name] for name in sorted(self._names)]] = np.arange(len(rank))
        kept = self._strongest()
        ids = np.frombuffer(bytes(self._ids), dtype=_ID)[kept]
        starts, urls, rules = (np.array(column)[kept] for column in (self._starts, self._urls, self._rules))
        order = np.lexsort((ids["low"], ids["high"], rank[rules], starts, rank[urls]))
        return Made(Pieces(self._spool, kept[order].tolist()), unpack)

    def _strongest(self) -> Any:
        """The number of the one flag that is kept of each id, i64[n]."""
        ids = np.frombuffer(bytes(self._ids), dtype=_ID)
        scores = np.array(self._scores)
        order = np.lexsort((-scores, ids["low"], ids["high"]))
        firsts = np.flatnonzero(np.append(True, ids[order][1:] != ids[order][:-1])) if len(order) else order
        kept = order[firsts]
        for at, (first, end) in enumerate(pairwise((*firsts.tolist(), len(order)))):
            if end - first > 1:
                rivals = [one for one in order[first:end].tolist() if scores[one] == scores[kept[at]]]
                kept[at] = min(rivals, key=lambda one: repr(unpack(self._spool.get(one))))
        return kept
