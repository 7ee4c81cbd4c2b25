"""The order of fetching on webs in memory, against Shark-search and breadth-first, at 1.5 times the relevant pages."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.simweb.memory import memory_web
from crawler.simweb.orderings import harvest, host_breadth_first, recall, shark_search

sys.path.insert(0, str(Path(__file__).parent))
from forum_web import forum_web
from memory_run import focused
from mixed_web import mixed_web


def measured(preset: str, seed: int, pages: int) -> dict[str, float]:
    web = memory_web(preset, seed=seed, pages=pages, hosts=max(60, pages * 300 // 20_700))
    budget = int(1.5 * len(web.relevant))
    order, _ = focused(web, budget)
    return {
        "harvest": harvest(web, order),
        "recall": recall(web, order),
        "shark": harvest(web, shark_search(web, budget)),
        "breadth": harvest(web, host_breadth_first(web, budget)),
    }


@pytest.mark.parametrize("preset", ["filter", "garden"])
def test_a_small_web_is_harvested_before_the_budget_is_spent(preset):
    found = measured(preset, 3, 4000)
    assert found["harvest"] >= 0.58
    assert found["recall"] >= 0.87
    assert found["harvest"] >= 1.3 * found["shark"]


def test_threads_and_questions_among_others_are_found_by_their_words():
    web = forum_web(1)
    budget = int(1.5 * len(web.relevant))
    order, _ = focused(web, budget)
    assert harvest(web, order) >= 0.42  # 0.48 seen; 0.41 and 0.49 on two webs of half the size
    assert harvest(web, order) >= 1.6 * harvest(web, shark_search(web, budget))


def test_one_seed_is_enough():
    web = memory_web("cat", seed=2, pages=8000, hosts=115)
    web = replace(web, seeds=web.seeds[:1])
    order, _ = focused(web, int(1.5 * len(web.relevant)))
    assert harvest(web, order) >= 0.5  # 0.62 seen; 0.32 while nearness to a lone seed was taken to be 0.3


@pytest.mark.parametrize("slots", [16, 64])
def test_slots_stay_empty_rather_than_spend_the_budget_on_poor_pages(slots):
    web = memory_web("filter", seed=3, pages=4000, hosts=60)
    budget = int(1.5 * len(web.relevant))
    order, _ = focused(web, budget, slots=slots)
    assert harvest(web, order) >= 0.5
    assert recall(web, order) >= 0.75


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "seed"), [("deposit", 1), ("cat", 2), ("mould", 3)])
def test_a_large_web_is_harvested_before_the_budget_is_spent(preset, seed):
    found = measured(preset, seed, 20_700)
    assert found["harvest"] >= 0.58  # 0.61 to 0.64 seen
    assert found["recall"] >= 0.87  # 0.91 to 0.96 seen
    assert found["harvest"] >= 1.5 * found["shark"]
    assert found["harvest"] >= 10 * found["breadth"]


@pytest.mark.slow
def test_a_web_of_another_shape_is_harvested_better_than_breadth_first():
    web = mixed_web(1)
    budget = int(1.5 * len(web.relevant))
    order, _ = focused(web, budget)
    assert harvest(web, order) >= 0.5  # 0.56 seen; Shark-search has 0.54 on this seed and 0.33 on the next
    assert harvest(web, order) >= 1.1 * harvest(web, host_breadth_first(web, budget))
