"""How often a process of ours looks for cyclic garbage."""

from __future__ import annotations

import gc

SELDOM = (10_000, 20, 50)  # objects, and rounds of each age, between two searches for garbage; Python's: 700, 10, 10


def look_for_garbage_seldom() -> None:
    """Leave what stands now (modules, classes, what a parent process has) out of the search for cycles, search less.

    Pages and claims leave hardly any cycles behind. Looking for them took 7 % of a crawling process's time, 3 % without
    modules, and 20 % of the time in which claims are gathered.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
