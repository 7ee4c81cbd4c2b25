"""Claims and their profiles held small: all of a crawl, of which a step looks at a few at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from sys import intern
from typing import Any

from counterspin.claims.profile import Profile
from counterspin.model import Claim, Quantity
from counterspin.text.packed import dumps, loads
from counterspin.text.spool import Spool

_AT_HAND = 8192  # profiles kept as they are: claims are compared with their neighbours more often than with others
_NAMES = tuple(field.name for field in fields(Claim))
_QUANTITIES = tuple(map(_NAMES.index, ("gates", "values")))
_WORDS = tuple(map(_NAMES.index, ("terms", "context", "topic", "scope")))
_claim = attrgetter(*_NAMES)
_quantity = attrgetter(*(field.name for field in fields(Quantity)))
_profile = attrgetter(*(field.name for field in fields(Profile) if field.name != "claim"))


def pack(claims: Iterable[Claim]) -> bytes:
    """Claims in few bytes; empty for none."""
    rows = [_row(claim) for claim in claims]
    return dumps(rows) if rows else b""


def unpack(content: bytes) -> list[Claim]:
    """The claims that :func:`pack` was given."""
    return [_made(row) for row in loads(content)] if content else []


def _row(claim: Claim) -> list[Any]:
    row = list(_claim(claim))
    for at in _QUANTITIES:
        if row[at]:  # most claims have none
            row[at] = tuple(map(_quantity, row[at]))
    for at in _WORDS:  # interned they come back as one object each, which is looked for and compared faster
        row[at] = tuple(intern(str(word)) for word in row[at])
    return row


def _made(row: list[Any]) -> Claim:
    for at in _QUANTITIES:
        if row[at]:
            row[at] = tuple(Quantity(*one) for one in row[at])
    return Claim(*row)


class Claims(Iterable[Claim]):
    """The claims of many pages, in the order in which they came."""

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._spool = Spool()
        self._of: dict[str, list[int]] = defaultdict(list)  # pieces by URL
        for url, held in groupby(claims, key=attrgetter("url")):
            self.add(url, pack(held))

    def add(self, url: str, packed: bytes) -> None:
        """Take in claims (see :func:`pack`) of the page at ``url``."""
        if packed:
            self._of[url].append(self._spool.add(packed))

    def __iter__(self) -> Iterator[Claim]:
        for number in range(len(self._spool)):
            yield from unpack(self._spool.get(number))

    def by_page(self) -> Iterator[list[Claim]]:
        """The claims of each page, the pages by URL."""
        for url in sorted(self._of):
            yield [claim for number in self._of[url] for claim in unpack(self._spool.get(number))]


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
