"""Claims and their profiles held small: all of a crawl, of which a step looks at a few at a time."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from sys import intern
from typing import Any

from counterspin.claims.profile import Profile, letters_of
from counterspin.model import Claim, Quantity
from counterspin.text.packed import dumps, loads
from counterspin.text.spool import Spool

_AT_HAND = 8192  # profiles kept as they are: claims are compared with their neighbours more often than with others
_NAMES = tuple(field.name for field in fields(Claim))
_QUANTITIES = tuple(map(_NAMES.index, ("gates", "values")))
_COUNT, _SAID = 4, 8  # bytes of the number of claims before packed ones, and of what each says
_WORDS = tuple(map(_NAMES.index, ("terms", "context", "topic", "scope")))
_claim = attrgetter(*_NAMES)
_PUT = tuple(vars(Claim)[name].__set__ for name in _NAMES)
_quantity = attrgetter(*(field.name for field in fields(Quantity)))
_profile = attrgetter(*(field.name for field in fields(Profile) if field.name != "claim"))


def pack(claims: Iterable[Claim]) -> bytes:
    """Claims in few bytes; empty for none."""
    held = list(claims)
    if not held:
        return b""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    rows = [_interned(_row(claim), known) for claim in held]
    return len(held).to_bytes(_COUNT, "little") + array("Q", map(_said, held)).tobytes() + dumps(rows)


def unpack(content: bytes) -> list[Claim]:
    """The claims that :func:`pack` was given."""
    return list(map(_made, loads(content[_end_of_said(content) :]))) if content else []


def pack_one(claim: Claim) -> bytes:
    """A claim that was unpacked, alone."""
    return dumps(_row(claim))


def unpack_one(content: bytes) -> Claim:
    """The claim that :func:`pack_one` was given."""
    return _made(loads(content))


def _end_of_said(packed: bytes) -> int:
    return _COUNT + _SAID * int.from_bytes(packed[:_COUNT], "little")


def _said(claim: Claim) -> int:
    """64 bits of what a claim says: equal for copies of one sentence."""
    said = (claim.polarity, claim.modality, claim.attribution)
    whole = (claim.slot_kind, letters_of(claim.text), claim.terms, said, _values(claim), claim.topic)
    return int.from_bytes(blake2b(repr(whole).encode("utf-8", "surrogatepass"), digest_size=_SAID).digest(), "big")


def _order(voiced: tuple[Claim, int]) -> tuple[str, int, str, tuple[str, ...], tuple[str, ...]]:
    claim = voiced[0]
    return claim.url, claim.start, claim.slot_kind, claim.terms, _values(claim)


def _values(claim: Claim) -> tuple[str, ...]:
    return tuple(f"{value.dimension} {value.text}" for value in claim.values)


def _row(claim: Claim) -> list[Any]:
    row = list(_claim(claim))
    for at in _QUANTITIES:
        if row[at]:  # most claims have none
            row[at] = tuple(map(_quantity, row[at]))
    return row


def _interned(row: list[Any], known: dict[tuple[str, ...], tuple[str, ...]]) -> list[Any]:
    """Words as one object each, which come back so and are looked for faster; ``known`` are the tuples done."""
    for at in _WORDS:
        words = row[at]
        row[at] = known.get(words) or known.setdefault(words, tuple(map(intern, map(str, words))))
    return row


def _made(row: list[Any]) -> Claim:
    for at in _QUANTITIES:
        if row[at]:
            row[at] = tuple(Quantity(*one) for one in row[at])
    claim = object.__new__(Claim)
    for put, value in zip(_PUT, row, strict=True):  # what a frozen class does itself takes 1.5 times as long
        put(claim, value)
    return claim


class Claims(Iterable[Claim]):
    """The claims of many pages, in the order in which they came. ``said`` numbers what each says, in any order."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._spool = Spool()
        self._of: dict[str, list[int]] = defaultdict(list)  # pieces by URL
        self.said = array("Q")
        for url, held in groupby(claims, key=attrgetter("url")):
            self.add(url, pack(held))

    def add(self, url: str, packed: bytes) -> None:
        """Take in claims (see :func:`pack`) of the page at ``url``."""
        if packed:
            self._of[url].append(self._spool.add(packed))
            self.said.frombytes(packed[_COUNT : _end_of_said(packed)])

    def __iter__(self) -> Iterator[Claim]:
        for number in range(len(self._spool)):
            yield from unpack(self._spool.get(number))

    def by_page(self) -> Iterator[list[tuple[Claim, int]]]:
        """The claims of each page by place, each with the number of what it says; the pages by URL."""
        for url in sorted(self._of):
            yield sorted((one for number in self._of[url] for one in self._piece(number)), key=_order)

    def _piece(self, number: int) -> Iterator[tuple[Claim, int]]:
        packed = self._spool.get(number)
        said = array("Q", packed[_COUNT : _end_of_said(packed)])
        return zip(unpack(packed), said, strict=True)


class Profiles(Sequence[Profile]):
    """Profiles as a sequence; one is made anew when it is asked for after many others."""

    def __init__(self) -> None:
        self._spool = Spool()
        self.at = lru_cache(maxsize=_AT_HAND)(self._read)  # the profile of a number

    def add(self, profile: Profile) -> int:
        """Take in a profile; its number, from 0."""
        return self._spool.add(dumps((_row(profile.claim), _profile(profile))))

    def __len__(self) -> int:
        return len(self._spool)

    def __getitem__(self, at: Any) -> Any:
        return self.at(at)

    def _read(self, at: int) -> Profile:
        row, rest = loads(self._spool.get(at))
        return Profile(_made(row), *rest)
