"""Two sentences at a time (``data/claims_contrasts.tsv``): contradictions, and sentences that only differ.

All were written before the rules saw them; most of what was wrong was then read, so the figures are optimistic. Each
pair stands once on one page, apart, and once on two pages. Found may only rise and flagged contrasts only fall.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

pytestmark = pytest.mark.gate
HERE = Path(__file__).resolve().parent
FLOORS = json.loads((HERE / "floors" / "claims_contrasts.json").read_text(encoding="utf-8"))
BETWEEN = {
    "zh": "大家好,我们整理了不少朋友的经验,写成了下面这篇文章。",
    "en": "Welcome back to the blog, where we share what readers tell us about life at home and on the road.",
}


@cache
def _pairs() -> tuple[tuple[str, str, str, str], ...]:
    lines = (HERE / "data" / "claims_contrasts.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple((language, kind, first, second) for language, kind, first, second in rows)


def _is_conflict(*texts: str) -> bool:
    pages = [document_of(text, url=f"http://site{at}.test/") for at, text in enumerate(texts)]
    claims = [claim for page in pages for claim in claims_of(page, Corpus())]
    return any(slot.outcome == "conflict" for slot in gather(claims, Corpus()))


@cache
def _counts() -> Counter[str]:
    """Conflicts seen by language, kind and place, and pairs by language and kind."""
    counts: Counter[str] = Counter()
    for language, kind, first, second in _pairs():
        between = BETWEEN[language]
        counts[f"{language} {kind} pairs"] += 1
        counts[f"{language} {kind} on one page"] += _is_conflict(f"{first}\n{between}\n{second}")
        counts[f"{language} {kind} on two pages"] += _is_conflict(f"{first}\n{between}", f"{between}\n{second}")
    return counts


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "contrast" not in name))
def test_contradictions_found_never_get_fewer(name):
    assert _counts()[name] >= FLOORS[name]


@pytest.mark.parametrize("name", sorted(name for name in FLOORS if "contrast" in name))
def test_contrasts_taken_for_contradictions_never_get_more(name):
    assert _counts()[name] <= FLOORS[name]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_sixty_contrasts_and_as_many_contradictions_in_each_language(language):
    kinds = Counter(kind for told, kind, *_ in _pairs() if told == language)
    assert kinds["contrast"] >= 60
    assert kinds["plain"] + kinds["reworded"] >= 60
