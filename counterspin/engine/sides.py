"""The different texts of a crawl, and each passage as a side of a comparison."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from counterspin.model import Document, Evidence, Member, Passage, Reuse
from counterspin.text.columns import Unit, Units
from counterspin.text.normal import fold, is_han
from counterspin.text.packed import dumps, loads
from counterspin.text.relation import Relation, Side
from counterspin.text.sites import Home, home_of
from counterspin.text.source import Link
from counterspin.text.spool import Spool
from counterspin.text.struck import body_of
from counterspin.urls import domain_of, host_of

_BODIES = 1024  # texts of pages that are held at once
_AT_HAND = 4096  # sides, and texts in normal form, that are held at once
_passage = attrgetter(*(field.name for field in fields(Passage)))


@dataclass(frozen=True, slots=True)
class Texts:
    """Different texts of the passages: ``codes[i]`` stands in the units ``holders[i]``, the first by URL and place."""

    pages: Sequence[Document]
    units: Units
    codes: Sequence[str]
    holders: Sequence[Sequence[int]]

    def first(self, text: int) -> Unit:
        found: Unit = self.units[self.holders[text][0]]
        return found

    def length(self, text: int) -> int:
        """The characters of a text where it stands first."""
        return self.units.length(self.holders[text][0])

    def page(self, text: int) -> int:
        return self.units.page(self.holders[text][0])

    def pages_of(self, text: int) -> tuple[int, ...]:
        """The pages that hold a text, each once, in order."""
        return tuple(dict.fromkeys(self.units.page(unit) for unit in self.holders[text]))


def matched(relation: Relation, left: Side, right: Side) -> tuple[str, str]:
    """What two texts whose clauses have moved share, in normal form."""
    ours, theirs = zip(*relation.stretches, strict=True)
    one, other = (
        "\n".join(side.tokens.word(*place) for place in places) for side, places in ((left, ours), (right, theirs))
    )
    return one, other


class Sides:
    """The sides of comparisons, made when asked for and kept in few bytes."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.facts: dict[int, _PageFacts] = {}
        self.body = lru_cache(maxsize=_BODIES)(self._body)
        self.of = lru_cache(maxsize=_AT_HAND)(self._of)
        self._spool = Spool()
        self._numbers = array("I", bytes(4 * len(texts.units)))  # of units in the spool, from 1

    def __getitem__(self, text: int) -> Side:
        return self.of(self.texts.holders[text][0])

    def at_once(self, number: int) -> Side:
        """The side of one unit, not kept: a million copies of a passage are looked at one by one."""
        unit = self.texts.units[number]
        return _side(
            self._facts_of(unit.page), self.texts.pages[unit.page].passages[unit.passage], unit.start, unit.text
        )

    def _of(self, number: int) -> Side:
        page = self.texts.units.page(number)
        if kept := self._numbers[number]:
            passage, start, text = loads(self._spool.get(kept - 1))
            return _side(self._facts_of(page), Passage(*passage), start, text)
        side = self.at_once(number)
        row = (_passage(side.passage), side.offset, side.text)
        self._numbers[number] = 1 + self._spool.add(dumps(row))
        return side

    def site(self, page: int) -> str:
        """The site that a page stands on."""
        return self._facts_of(page).site

    def _body(self, page: int) -> str:
        return body_of(self.texts.pages[page])

    def is_struck(self, text: int, whole: str, rest: str) -> bool:
        """Whether ``rest`` is what a filter left of ``whole``: a character is gone that the page of ``text`` lacks."""
        gone = [whole[at] for at in range(len(whole)) if whole[:at] + whole[at + 1 :] == rest]
        return bool(gone) and is_han(whole[0]) and gone[0] not in self.body(self.texts.page(text))

    def _facts_of(self, page: int) -> _PageFacts:
        if page not in self.facts:
            self.facts[page] = _facts(self.texts.pages[page])
        return self.facts[page]


@dataclass(frozen=True, slots=True)
class _PageFacts:
    """What all sides of one page share."""

    url: str
    published: str
    home: Home
    credits: tuple[str, ...]
    official: bool

    @property
    def site(self) -> str:
        return self.home.site


def _facts(page: Document) -> _PageFacts:
    host = host_of(page.url)
    linked = (domain_of(host_of(link.url)) for link in page.links if link.zone == "main")
    return _PageFacts(
        page.url,
        page.published or "",
        home_of(page),
        tuple(name.lower() for name in (page.source, *linked) if name),
        host.endswith((".gov.cn", ".gov")) or ".gov." in host,
    )


def _side(facts: _PageFacts, passage: Passage, start: int, text: str) -> Side:
    return Side(facts.url, facts.home, passage, start, text, facts.credits, facts.official, facts.published)


class Strings(Sequence[str]):
    """The texts in normal form; then, of each of the ``moved`` links, what its two texts share. Made when asked for."""

    def __init__(self, sides: Sides, relations: Mapping[tuple[int, int], Relation], moved: Sequence[Link] = ()) -> None:
        self.first = len(sides.texts.codes)  # number of the first shared text
        self._sides, self._relations, self._moved = sides, relations, moved
        self._at = lru_cache(maxsize=_AT_HAND)(self._made)

    def __len__(self) -> int:
        return self.first + 2 * len(self._moved)

    def text(self, number: int) -> int:
        """The text that a number stands for."""
        if number < self.first:
            return number
        link = self._moved[(number - self.first) // 2]
        return link.right if (number - self.first) % 2 else link.left

    def __getitem__(self, number: Any) -> Any:
        return self._at(number)

    def _made(self, number: int) -> str:
        if number < self.first:
            return fold(self._sides[number].text)
        link = self._moved[(number - self.first) // 2]
        left, right = self._sides[link.left], self._sides[link.right]
        return matched(self._relations[link.left, link.right], left, right)[(number - self.first) % 2]


def turned(relation: Relation) -> Relation:
    islands = tuple(
        replace(
            i, left=i.right, right=i.left, left_first=i.right_first, left_last=i.right_last,
            right_first=i.left_first, right_last=i.left_last,
        )
        for i in relation.islands
    )  # fmt: skip
    return replace(relation, islands=islands)


_BESIDE = 8  # characters shown on either side of a swap


def context(side: Side, first: int, last: int) -> Evidence:
    start, end = side.tokens.bounds(max(0, first - _BESIDE), min(len(side.tokens.code), last + _BESIDE))
    return Evidence("rule", side.url, side.offset + start, side.offset + end, side.text[start:end])


def member(side: Side, near: float) -> Member:
    return Member(side.url, side.offset, side.end, side.text, round(near, 4))


def reuse(kind: str, left: Side, right: Side, near: float) -> Reuse:
    return Reuse(
        kind, left.url, left.offset, left.end, left.text,
        right.url, right.offset, right.end, right.text, round(near, 4),
    )  # fmt: skip
