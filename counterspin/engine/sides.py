"""The different texts of a crawl, and each passage as a side of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from counterspin.model import Document, Evidence, Member, Reuse
from counterspin.text.columns import Unit, Units
from counterspin.text.normal import fold, is_han
from counterspin.text.relation import Relation, Side
from counterspin.text.sites import Home, home_of
from counterspin.text.struck import body_of
from counterspin.urls import domain_of, host_of

_BODIES = 1024  # texts of pages that are held at once


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


class Strings(Sequence[str]):
    """The texts in normal form, made when asked for and kept; then ``parts``, each with the text it is part of."""

    def __init__(self, texts: Texts, parts: Sequence[tuple[int, str]] = ()) -> None:
        self.texts = texts
        self.parts = parts
        self.made: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.texts.codes) + len(self.parts)

    def text(self, number: int) -> int:
        """The text that a number stands for."""
        return number if number < len(self.texts.codes) else self.parts[number - len(self.texts.codes)][0]

    def __getitem__(self, number: Any) -> Any:
        if number >= len(self.texts.codes):
            return self.parts[number - len(self.texts.codes)][1]
        if number not in self.made:
            self.made[number] = fold(self.texts.first(number).text)
        return self.made[number]


def matched(relation: Relation, left: Side, right: Side) -> tuple[str, str]:
    """What two texts whose clauses have moved share, in normal form."""
    ours, theirs = zip(*relation.stretches, strict=True)
    one, other = (
        "\n".join(side.tokens.word(*place) for place in places) for side, places in ((left, ours), (right, theirs))
    )
    return one, other


class Sides:
    """The sides of comparisons, made when asked for and kept."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.made: dict[int, Side] = {}
        self.facts: dict[int, _PageFacts] = {}
        self.body = lru_cache(maxsize=_BODIES)(self._body)

    def __getitem__(self, text: int) -> Side:
        return self.of(self.texts.holders[text][0])

    def of(self, number: int) -> Side:
        """The side of one unit."""
        if number not in self.made:
            self.made[number] = self.at_once(number)
        return self.made[number]

    def at_once(self, number: int) -> Side:
        """The same, not kept: a million copies of a passage are looked at one by one."""
        if number in self.made:
            return self.made[number]
        unit = self.texts.units[number]
        return _side(self.texts.pages[unit.page], self._facts_of(unit.page), unit)

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
        home_of(page),
        tuple(name.lower() for name in (page.source, *linked) if name),
        host.endswith((".gov.cn", ".gov")) or ".gov." in host,
    )


def _side(page: Document, facts: _PageFacts, unit: Unit) -> Side:
    return Side(
        page.url, facts.home, page.passages[unit.passage], unit.start, unit.text, facts.credits, facts.official,
        page.published or "",
    )  # fmt: skip


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
