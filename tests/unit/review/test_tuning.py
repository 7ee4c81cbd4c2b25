"""Thresholds are proposed from verdicts, and only proposed."""

from __future__ import annotations

from dataclasses import replace

from counterspin.model import Verdict
from counterspin.store import Store, tuning, verdicts

from .conftest import FLAGS, fill

AT = "2026-02-01T08:00:00+00:00"


def judged(path, share_right_below):
    """Forty flags scored 0.01 to 0.40: right from 0.21 on, below it as ``share_right_below`` says."""
    many = [replace(FLAGS[0], id=f"{n:024x}", key=str(n), score=(n + 1) / 100) for n in range(40)]
    store = Store.open(path / "c.db")
    fill(store, tuple(many))
    for n, (name,) in enumerate(store.rows("SELECT fingerprint FROM flag ORDER BY score")):
        right = n >= 20 or (n % 10) < share_right_below * 10
        verdicts.add(store, Verdict("flag", name, "confirmed" if right else "false_positive", "rin", AT))
    return store


def test_the_lowest_score_that_reaches_the_target_is_proposed(tmp_path):
    with judged(tmp_path, 0.0) as store:
        (proposal,) = tuning.proposals(store, target=0.95)
    assert (proposal.rule, proposal.decided, proposal.precision) == ("swap", 40, 0.5)
    assert 0.18 <= proposal.min_score <= 0.21
    assert proposal.precision_then >= 0.95
    assert proposal.lost == 0
    assert proposal.spared >= 18


def test_a_rule_that_reaches_the_target_gets_no_proposal(tmp_path):
    with judged(tmp_path, 1.0) as store:
        assert tuning.proposals(store, target=0.95) == ()
