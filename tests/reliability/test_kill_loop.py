"""The short form of the kill loop: one seed, five kills over all stages, a reviewer at work."""

from __future__ import annotations

import pytest
from kill_loop import loops

pytestmark = pytest.mark.slow


def test_five_kills_over_all_stages_lose_nothing_and_disturb_no_reviewer(tmp_path):
    (outcome,) = loops(tmp_path, range(1), 5)
    assert outcome.pages > 100
    assert outcome.flags > 100
    assert outcome.verdicts > 0
    assert outcome.is_good, outcome
