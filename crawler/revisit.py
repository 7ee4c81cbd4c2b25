"""When a page is worth another visit: a Bayesian estimate of how often it changes. Pure.

Changes are taken as a Poisson process seen at visits only; the gamma prior stands for a page of which nothing is
known. After Cho and Garcia-Molina 2003 (estimating frequency of change); the interval is a third of the expected time
between changes, so that a change is met soon after it happens without asking for nothing most of the time.
"""

from __future__ import annotations

import random

DAY = 86_400.0
LEAST = 0.75 * DAY  # s; a nightly schedule meets every page that changes each day, whatever the hour drifts
MOST = 60 * DAY  # s; even a page that never changed is looked at six times a year, to see that it is still there
FIRST = 3 * DAY  # s until the second visit
PRIOR_VISITS, PRIOR_CHANGES = 2.0, 0.7  # what is known of a page before the second visit
SPREAD = 0.1  # share by which an interval varies, so that a site's pages do not all come due at once


def next_visit(checks: int, changes: int, *, interval: float = FIRST) -> float:
    """Seconds until the next visit, after ``checks`` visits beyond the first of which ``changes`` met another text."""
    if not checks:
        return FIRST * (1 + SPREAD * (2 * random.random() - 1))
    share = (changes + PRIOR_CHANGES) / (checks + PRIOR_VISITS)
    wanted = interval * 0.35 / max(share, 1e-3)
    return min(MOST, max(LEAST, wanted)) * (1 + SPREAD * (2 * random.random() - 1))
