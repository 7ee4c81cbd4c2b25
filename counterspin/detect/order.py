"""Two passages put two steps in opposite order.

Source: rule C8 of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("煎鱼要先放油再放鱼。", "煎鱼先放鱼再放油。"),
    ("Apply primer before you apply paint.", "Apply paint before you apply primer."),
)
PASSES = (
    ("先放油再放鱼。", "先洗手再做饭。"),
    ("Apply primer before you apply paint.", "Apply primer first, then apply paint."),
)


@dataclass(frozen=True, slots=True)
class Order:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 2  # 1 (low) to 4
    name: str = "order"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} {first} and {second}"


DETECTOR = Order()
