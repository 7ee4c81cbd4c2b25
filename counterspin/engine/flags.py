"""Flags held small: a crawl has more of them than memory, and a step looks at one at a time."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

from counterspin.engine.spool import Pieces, Spool
from counterspin.model import Counterpart, Evidence, Flag
from counterspin.wording import Said

_NAMES = tuple(field.name for field in fields(Flag))
_REASON, _EVIDENCE, _COUNTERPART, _ANSWERS = map(_NAMES.index, ("reason", "evidence", "counterpart", "answers"))
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
    try:
        content = marshal.dumps(values)
    except ValueError:  # a kind of string that a parser gave
        content = marshal.dumps([_plain(value) for value in values])
    return Packed(flag.id, flag.url, flag.start or 0, flag.rule, flag.score, content)


def unpack(content: bytes) -> Flag:
    """The flag that :func:`pack` was given."""
    values = marshal.loads(content)  # noqa: S302 - packed by this program in this run
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


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return str.__str__(value) if isinstance(value, str) else value


class Flags(Sequence[Flag]):  # noqa: PLW1641 - as a list, it is compared and not hashed
    """Packed flags as a sequence; one is made anew whenever it is asked for."""

    def __init__(self, packed: Sequence[bytes] = ()) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, at: Any) -> Any:
        return Flags(self._packed[at]) if isinstance(at, slice) else unpack(self._packed[at])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))


class Finds:
    """Flags as they are found, in whatever order; each id once: the strongest, then the first by its content.

    ``floors`` are the least scores by rule (0 where there is none); flags ``below`` theirs are counted and left out.
    """

    def __init__(self, floors: Mapping[str, float]) -> None:
        self.below = 0
        self._floors = floors
        self._spool = Spool()
        self._best: dict[str, int] = {}
        self._keys: list[tuple[str, int, str]] = []
        self._scores = array("d")
        self._urls: dict[str, str] = {}  # one string for all flags of a page

    def add(self, found: Iterable[Packed]) -> None:
        """Keep these flags."""
        for one in found:
            if one.score < self._floors.get(one.rule, 0.0):
                self.below += 1
            elif one.id not in self._best or self._is_better(one, self._best[one.id]):
                self._best[one.id] = self._spool.add(one.content)
                self._keys.append((self._urls.setdefault(one.url, one.url), one.start, one.rule))
                self._scores.append(one.score)

    def in_order(self) -> Flags:
        """The flags by URL, place, rule and id."""
        ordered = sorted(self._best.items(), key=lambda item: (*self._keys[item[1]], item[0]))
        return Flags(Pieces(self._spool, (number for _, number in ordered)))

    def _is_better(self, one: Packed, held: int) -> bool:
        if one.score != self._scores[held]:
            return one.score > self._scores[held]
        return repr(unpack(one.content)) < repr(unpack(self._spool.get(held)))
