"""How many contradictions inside one page are found, on whole pages of our own (``data/claims_within.txt``).

Headings, lists, questions with short replies, notes and summaries carry the two sides, as on real pages. Pages with an
odd number were read while the rules were written, those with an even number only counted. The floors only rise; they
are far from one: most pages word the two sides in words of their own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from counterspin.api import analyse
from counterspin.model import Document, Flag
from counterspin.text.example import document_of

pytestmark = pytest.mark.gate
HERE = Path(__file__).resolve().parent
FLOORS = json.loads((HERE / "floors" / "claims_within.json").read_text(encoding="utf-8"))
_SIDE = re.compile(r"\[\[(\d+[ab]):(.*?)\]\]")
_STOP = re.compile(r"[。.]+(?=\]\]$|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the spans of the sides of its contradictions: ``1a`` against ``1b``."""

    name: str
    document: Document
    sides: dict[str, tuple[int, int]]

    def planted(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        return [(span, self.sides[f"{name[:-1]}b"]) for name, span in self.sides.items() if name.endswith("a")]


@dataclass(frozen=True, slots=True)
class Figures:
    planted: int
    found: int
    wrong: int


def pages(*, stops: bool = True) -> list[Page]:
    """The pages; without ``stops`` no line ends with one, as in many lists."""
    text = (HERE / "data" / "claims_within.txt").read_text(encoding="utf-8")
    return [_page(block, stops=stops) for block in text.split("=== ")[1:]]


def _page(block: str, *, stops: bool) -> Page:
    head, _, body = block.strip().partition("\n")
    name, _, title = head.partition(" ")
    marked = body if stops else _STOP.sub("", body)
    plain = document_of(f"@title: {title}\n" + _SIDE.sub(r"\2", marked), url=f"http://{name}.test/")
    sides, at = {}, 0
    for match in _SIDE.finditer(marked):
        start = plain.text.index(match[2], at)
        sides[match[1]], at = (start, start + len(match[2])), start
    return Page(name, replace(plain, language="zh-Hans" if name.startswith("zh") else "en"), sides)


def _touches(flag: Flag, span: tuple[int, int]) -> bool:
    quotes = [(quote.start, quote.end) for quote in flag.evidence]
    return any(start is not None and start < span[1] and span[0] < end for start, end in quotes)


@cache
def figures(part: str) -> Figures:
    """The figures of ``zh_odd``, ``en_even``, ``zh_bare`` (all pages of a language without stops) and so on."""
    language, _, half = part.partition("_")
    planted = found = wrong = 0
    for page in pages(stops=half != "bare"):
        odd = int(page.name[2:]) % 2 == 1
        if not page.name.startswith(language) or (half != "bare" and odd != (half == "odd")):
            continue
        flags = [flag for flag in analyse([page.document]) if flag.category == "contradictory"]
        hits = [[flag for flag in flags if all(_touches(flag, side) for side in pair)] for pair in page.planted()]
        planted += len(hits)
        found += sum(map(bool, hits))
        wrong += sum(not any(flag in hit for hit in hits) for flag in flags)
    return Figures(planted, found, wrong)


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_what_is_found_inside_one_page_does_not_fall(part):
    told = figures(part)
    assert told.found >= FLOORS[part]["found"], told
    assert told.wrong <= FLOORS[part]["wrong"], told


def test_there_are_pages_in_both_languages_with_a_hundred_contradictions():
    assert len(pages()) >= 26
    assert sum(len(page.planted()) for page in pages()) >= 95
