"""What one site prints on all its pages."""

from __future__ import annotations

import numpy as np

from crawler.grams import grams_of
from crawler.printed import Printed


def weight(printed: Printed, word: str) -> float:
    """Of the only gram of a word."""
    return float(printed.shared()[grams_of(word).ids[0]])


def met(pages) -> Printed:
    printed = Printed()
    for text, site in pages:
        printed.meet(grams_of(text), site)
    return printed


def test_what_one_site_prints_on_all_its_pages_weighs_little_and_what_it_says_on_some_much():
    printed = met((f"imprint{' hosepipe' * (number % 3 == 0)}", "a.test") for number in range(30))
    assert weight(printed, "imprint") < 0.15
    assert weight(printed, "hosepipe") > 0.9


def test_what_several_sites_say_in_turn_weighs_all():
    printed = met(("hosepipe", f"{'ab'[number % 2]}.test") for number in range(40))
    assert weight(printed, "hosepipe") > 0.99


def test_what_an_example_of_another_site_says_is_no_sites_own():
    printed = Printed()
    printed.vouch(grams_of("hosepipe"), "b.test")
    printed.vouch(grams_of("imprint"), "a.test")
    for _ in range(30):
        printed.meet(grams_of("hosepipe nozzle imprint"), "a.test")
    assert weight(printed, "hosepipe") == 1.0
    assert weight(printed, "imprint") < 0.15
    printed.vouch(grams_of("imprint"), "")
    assert weight(printed, "imprint") == 1.0


def test_pages_without_a_site_and_many_sites_are_taken():
    printed = met(("hosepipe", "") for _ in range(9))
    assert bool((printed.shared() == 1.0).all())
    printed = met(("hosepipe", f"{number}.test") for number in range(200))
    assert len(printed.sites) == 200
    assert np.count_nonzero(printed.pages) == 200
