"""Thresholds are proposed from verdicts, and only proposed."""

from __future__ import annotations

from dataclasses import replace

from counterspin.identity import fingerprint
from counterspin.model import Verdict
from counterspin.store import Store, tuning, verdicts

from .conftest import FLAGS, fill

AT = "2026-02-01T08:00:00+00:00"


def judged(path, share_right_below):
    """Forty flags scored 0.01 to 0.40: right from 0.21 on, below it as ``share_right_below`` says."""
    model = FLAGS[0]
    names = [fingerprint("spun", "swap", model.url, str(n)) for n in range(40)]
    many = [replace(model, id=name, key=str(n), score=(n + 1) / 100) for n, name in enumerate(names)]
    store = Store.open(path / "c.db")
    fill(store, tuple(many))
    for n, flag in enumerate(many):
        right = n >= 20 or (n % 10) < share_right_below * 10
        verdicts.add(store, Verdict("flag", flag.id, "confirmed" if right else "false_positive", "rin", AT))
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
