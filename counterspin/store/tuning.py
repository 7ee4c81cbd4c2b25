"""What verdicts say about the scores of a rule: the least score that would keep it precise, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counterspin.store.connection import Store

MIN_DECIDED = 20
# Decided flags of a rule below which nothing is proposed: with 20, a precision of 0.9 is known to about 0.13 each way.


@dataclass(frozen=True, slots=True)
class Proposal:
    """A least score for a rule. ``precision`` is confirmed / (confirmed + false positive), 0 to 1.

    ``min_score`` is None where no cut reaches the target; ``lost`` confirmed and ``spared`` false positives would go,
    and ``hidden`` flags that nobody has judged yet.
    """

    rule: str
    decided: int
    precision: float
    min_score: float | None
    precision_then: float
    lost: int
    spared: int
    hidden: int


def proposals(store: Store, *, target: float) -> tuple[Proposal, ...]:
    """A proposal for each rule with enough verdicts whose precision is below ``target`` (0 to 1)."""
    rows = store.rows(
        "SELECT rule,state='confirmed',score FROM flag WHERE state IN ('confirmed','false_positive') "
        "ORDER BY rule,score"
    )
    by_rule: dict[str, list[tuple[bool, float]]] = {}
    for rule, confirmed, score in rows:
        by_rule.setdefault(rule, []).append((bool(confirmed), score))
    found = []
    for rule, judged in by_rule.items():
        if len(judged) >= MIN_DECIDED and _precision(judged) < target:
            cut = _cut(judged, target)
            hidden = 0 if cut is None else _unjudged_below(store, rule, cut)
            found.append(_proposal(rule, judged, cut, hidden))
    return tuple(found)


def _precision(judged: Iterable[tuple[bool, float]]) -> float:
    said = [confirmed for confirmed, _ in judged]
    return sum(said) / len(said) if said else 0.0


def _cut(judged: list[tuple[bool, float]], target: float) -> float | None:
    """The lowest score from which on the flags reach the target."""
    for score in sorted({score for _, score in judged}):
        kept = [pair for pair in judged if pair[1] >= score]
        if _precision(kept) >= target:
            return float(score)
    return None


def _proposal(rule: str, judged: list[tuple[bool, float]], cut: float | None, hidden: int) -> Proposal:
    kept = [pair for pair in judged if cut is not None and pair[1] >= cut]
    gone = [pair for pair in judged if cut is not None and pair[1] < cut]
    return Proposal(
        rule=rule,
        decided=len(judged),
        precision=round(_precision(judged), 3),
        min_score=cut,
        precision_then=round(_precision(kept), 3),
        lost=sum(confirmed for confirmed, _ in gone),
        spared=sum(not confirmed for confirmed, _ in gone),
        hidden=hidden,
    )


def _unjudged_below(store: Store, rule: str, cut: float) -> int:
    query = "SELECT count(*) FROM flag WHERE rule=? AND score<? AND state='open' AND machine_state<>'absent'"
    return int(store.value(query, (rule, cut)))
