"""Quality floors of rewrites: pairs, sources and the learnt dictionary, with a dictionary that no code has seen."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from counterspin.engine.local import run
from counterspin.settings import Settings
from tests.spinner.damage import holes
from tests.spinner.fresh import FRESH, TEXTS
from tests.spinner.measure import FIRST, alone, hard_negatives, measure
from tests.spinner.words import DEVELOPMENT, HELD_OUT

pytestmark = pytest.mark.gate

FLOORS = json.loads((Path(__file__).parent / "floors" / "spun.json").read_text(encoding="utf-8"))
SEEDS = (1, 2, 3)


@cache
def figures(language, rate):
    return [measure(language, HELD_OUT[language], rate=rate, seed=seed) for seed in SEEDS]


@pytest.mark.parametrize("case", FLOORS["held_out"], ids=lambda case: f"{case['language']}-{case['rate']}")
def test_rewrites_with_an_unknown_dictionary_reach_their_floors(case):
    found = figures(case["language"], case["rate"])
    means = {name: sum(getattr(one, name) for one in found) / len(found) for name in case["floors"]}
    assert {name: value for name, value in means.items() if value < case["floors"][name]} == {}


@pytest.mark.parametrize("case", FLOORS["fresh"], ids=lambda case: f"{case['language']}-{case['rate']}")
def test_a_second_spinner_with_phrases_and_two_way_pairs_reaches_its_floors(case):
    language = case["language"]
    found = [
        measure(language, FRESH[language], rate=case["rate"], seed=seed, topics=TEXTS, at_once=seed % 2 == 1)
        for seed in SEEDS[:2]
    ]
    means = {name: sum(getattr(one, name) for one in found) / len(found) for name in case["floors"]}
    assert {name: value for name, value in means.items() if value < case["floors"][name]} == {}


def test_hard_negatives_are_not_flagged_and_leave_by_their_names():
    flagged: Counter[str] = Counter()
    named: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for kind, left, right in hard_negatives():
        analysis = run([left, right], Settings())
        total[kind] += 1
        flagged[kind] += any(flag.rule == "rewrite" for flag in analysis.flags)
        named[kind] += kind in {reuse.reason for reuse in analysis.reuses}
    assert flagged.total() <= FLOORS["hard_negatives_flagged"] * total.total()
    # One heading pair is shorter than what is compared at all.
    assert named.total() >= total.total() - total[""] - 1


@pytest.mark.parametrize("case", FLOORS["holes"], ids=lambda case: f"{case['language']}-{case['rate']}")
def test_places_of_words_that_filters_struck_out_reach_their_floors(case):
    language = case["language"]
    found = holes(language, FRESH[language], rate=case["rate"], seed=11, topics={language: TEXTS[language]})
    assert found.precision >= case["precision"], found.wrong
    assert found.recall >= case["recall"], found.missed


@pytest.mark.parametrize("case", FLOORS["alone"], ids=lambda case: f"{case['language']}-{case['rate']}")
def test_pages_without_a_source_in_the_crawl_reach_their_floors(case):
    language = case["language"]
    taught, judged = TEXTS[language], FIRST[language]
    spun, honest = alone(language, FRESH[language], rate=case["rate"], seed=1, taught=taught, judged=judged)
    assert honest == 0
    assert spun >= case["recall"]


def test_the_halves_of_the_dictionaries_share_no_original():
    for language in ("zh", "en"):
        assert not set(DEVELOPMENT[language]) & set(HELD_OUT[language])
