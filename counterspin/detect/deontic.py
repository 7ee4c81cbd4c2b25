"""One passage says that an action must or may be done, another that it must not or need not.

Source: modal contrast of de Marneffe, Rafferty and Manning (2008); rule C4 of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("隔夜菜可以吃。", "隔夜菜不能吃。"),
    ("You should rinse raw chicken before cooking.", "Never rinse raw chicken before cooking."),
)
PASSES = (
    ("房东应当提前通知。", "租客不得转租。"),
    ("You must wear a helmet.", "You must not park here."),
)


@dataclass(frozen=True, slots=True)
class Deontic:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 3  # 1 (low) to 4
    name: str = "deontic"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} opposite advice: {first} and {second}"


DETECTOR = Deontic()
