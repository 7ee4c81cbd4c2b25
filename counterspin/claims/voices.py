"""What a crawl says: one claim for all copies of a sentence, made ready for comparison.

Whatever page they stand on, copies are one voice.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from counterspin.claims.blocks import count
from counterspin.claims.coverage import value_of
from counterspin.claims.directions import is_directed
from counterspin.claims.held import Claims, Profiles, pack_one, unpack_one
from counterspin.claims.profile import Profile, profile
from counterspin.claims.tables import lexicon
from counterspin.model import Claim
from counterspin.text.spool import Spool

LISTED = 3  # different values under the same words on one page, from which they are a list of different things


class Voices:
    """The claims that are compared, numbered from 0 by page and place.

    ``profiles`` are they. ``places``, ``pages`` and ``values`` number the sentence, the page and the measure of each, a
    measure from 1, 0 for none; ``sizes`` counts them by bucket and word (see
    :mod:`counterspin.claims.blocks`); ``directed`` are those that advise a direction, ``listed`` those with a value
    that is one of several of one measure under the same words of their page.
    """

    def __init__(self, claims: Claims) -> None:
        self.profiles = Profiles()
        self.places, self.pages, self.values = array("I"), array("I"), array("I")
        self.sizes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.directed = array("I")
        self.listed: set[int] = set()
        self._measured: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._copies = Spool()
        self._copied: dict[int, list[int]] = defaultdict(list)
        self._first = _repeated(claims.said)
        self._numbers: dict[object, int] = {None: 0}  # of measures
        for number, page in enumerate(claims.by_page()):
            self._add_page(number, page)

    def claim(self, at: int) -> Claim:
        """The claim of this number."""
        found: Claim = self.profiles[at].claim
        return found

    def every(self, at: int) -> list[Claim]:
        """The claim of this number and its copies, by page and place."""
        return [self.claim(at), *(unpack_one(self._copies.get(piece)) for piece in self._copied.get(at, ()))]

    def measured(self, url: str) -> Iterator[Profile]:
        """The claims with a measure of the page at ``url``."""
        return (self.profiles[at] for at in self._measured.get(url, ()))

    def _add_page(self, page: int, claims: Iterable[tuple[Claim, int]]) -> None:
        told: dict[tuple[tuple[str, ...], str], dict[int, int]] = defaultdict(dict)
        sentences: dict[int, int] = {}
        for claim, key in claims:
            if (first := self._first.get(key, -1)) >= 0:
                self._copied[first].append(self._copies.add(pack_one(claim)))
                continue
            at = self._add(claim)
            self.pages.append(page)
            self.places.append(sentences.setdefault(claim.start, at))
            if key in self._first:
                self._first[key] = at
            if claim.slot_kind == "numeric":
                told[claim.terms, claim.values[0].dimension][at] = self.values[at]
        for values in told.values():
            if len(set(values.values())) >= LISTED:
                self.listed.update(values)

    def _add(self, claim: Claim) -> int:
        one = profile(claim, lexicon(claim.language).weight)
        at = self.profiles.add(one)
        count(one, self.sizes)
        value = value_of(claim) if claim.slot_kind == "numeric" else None
        self.values.append(self._numbers.setdefault(value, len(self._numbers)))
        if is_directed(claim):
            self.directed.append(at)
        if value:
            self._measured[claim.url].append(at)
        return at


def _repeated(said: array[int]) -> dict[int, int]:
    """What is said more than once by its number, each with -1."""
    values, times = np.unique(np.array(said), return_counts=True)
    return dict.fromkeys(values[times > 1].tolist(), -1)
