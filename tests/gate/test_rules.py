"""Quality floors of the document rules: honest pages stay unflagged, deleted words are found where they stood.

The honest pages and the keyword filter are our own. A floor (``floors/rules.json``) is the least that a figure may be;
floors only rise.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from counterspin.detect import DocumentDetector, built_in, of_kind
from counterspin.model import Document, Flag
from counterspin.text.corpus import build
from counterspin.text.example import document_of
from tests.gate.rules.censor import STYLES, Censored, censor, keywords

pytestmark = pytest.mark.gate

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors" / "rules.json").read_text(encoding="utf-8"))
CATEGORIES = ("padded", "damaged", "link_farm")
ELSEWHERE = ("prompt_leak", "script_conversion", "heading_body")  # our rules in other categories
DAMAGE = ("hole", "lost_character")
# Pages whose own spaces, stars or blanks would be mixed up with those of the filter.
UNFIT = frozenset(
    ("bold_residue", "ellipsis", "exam", "masked_privacy", "grammar_lesson", "headings_spaced", "product_table")
)
BLOCK = re.compile(r"^(?!@|=|>|\[)")


def examples(*names: str) -> Iterator[tuple[str, str]]:
    """Name and text of each page in these files."""
    for name in names:
        text = (HERE / "rules" / f"{name}.txt").read_text(encoding="utf-8")
        for part in re.split(r"(?m)^=== ", text)[1:]:
            head, _, body = part.partition("\n")
            yield head, body.rstrip("\n")


def detectors(*names: str):
    return [detector for detector in of_kind(built_in(), DocumentDetector) if detector.name in names]


OURS = [
    detector
    for detector in of_kind(built_in(), DocumentDetector)
    if detector.category in CATEGORIES or detector.name in ELSEWHERE
]


@dataclass(frozen=True)
class Figures:
    """Spans of a rule against the places that the filter struck."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def struck(document: Document, censored: Censored) -> list[int]:
    """Where the words stood, as offsets in the document's text."""
    passages = iter(document.passages)
    starts = {
        number: next(passages).start
        for number, line in enumerate(censored.text.split("\n"))
        if BLOCK.match(line) and line.strip()
    }
    return [starts[line] + at for line, at, _ in censored.holes]


def measure(style: str, *, with_sisters: bool, seed: int) -> Figures:
    """Spans on every fit page after three of its words were struck out.

    With sisters, two other pages of the crawl hold the same text with other words struck out.
    """
    rng = random.Random(seed)
    right = wrong = missed = 0
    for name, text in examples("clean_zh"):
        if name in UNFIT:
            continue
        words = keywords(text, rng, 3)
        censored = censor(text, words, style)
        page = document_of(censored.text, url=f"http://farm.test/{name}")
        crawl = [page]
        for number in range(2 if with_sisters else 0):
            others = tuple(word for word in keywords(text, rng, 3) if word not in words)
            crawl.append(document_of(censor(text, others, "silent").text, url=f"http://sister{number}.test/{name}"))
        corpus = build(passage.text for document in crawl for passage in document.passages)
        flags = [flag for detector in detectors(*DAMAGE) for flag in detector.scan(page, corpus)]
        places = struck(page, censored)
        hit = {at for flag in flags for at in places if touches(flag, at)}
        right += len(hit)
        missed += len(places) - len(hit)
        wrong += sum(not any(touches(flag, at) for at in places) for flag in flags)
    return Figures(right, wrong, missed)


def touches(flag: Flag, at: int) -> bool:
    spot = flag.evidence[0]
    return spot.start is not None and spot.end is not None and spot.start - 1 <= at <= spot.end + 1


@pytest.mark.parametrize("language", ["clean_zh", "clean_hant", "clean_en", "clean_other"])
def test_honest_pages_are_not_flagged(language):
    pages = [(name, document_of(text, url=f"http://{name}.test/a.html")) for name, text in examples(language)]
    corpus = build(passage.text for _, document in pages for passage in document.passages)
    flags = {
        name: [flag.reason for detector in OURS for flag in detector.scan(document, corpus)] for name, document in pages
    }
    flagged = {name: reasons for name, reasons in flags.items() if reasons}
    assert 1 - len(flagged) / len(pages) >= FLOORS["honest_pages_unflagged"], flagged


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("with_sisters", [False, True], ids=["alone", "with_sisters"])
def test_struck_words_are_found_where_they_stood(style, with_sisters):
    floor = FLOORS[f"struck_{style}_{'with_sisters' if with_sisters else 'alone'}"]
    figures = [measure(style, with_sisters=with_sisters, seed=seed) for seed in (11, 12)]
    total = Figures(*(sum(values) for values in zip(*((f.right, f.wrong, f.missed) for f in figures), strict=True)))
    assert total.precision >= floor["precision"], total
    assert total.recall >= floor["recall"], total


def test_more_struck_words_do_not_lower_the_number_found():
    name, text = next(examples("clean_zh"))
    words = keywords(text, random.Random(3), 6)
    found = []
    for count in (2, 6):
        page = document_of(censor(text, words[:count], "space").text, url=f"http://farm.test/{name}")
        corpus = build(passage.text for passage in page.passages)
        found.append(sum(len(list(detector.scan(page, corpus))) for detector in detectors("hole")))
    assert found[0] <= found[1]


def test_at_least_forty_honest_pages_are_held_against_the_rules():
    names = [name for name, _ in examples("clean_zh", "clean_hant", "clean_en", "clean_other")]
    assert len(names) == len(set(names)) >= 40
