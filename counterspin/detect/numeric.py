"""Two passages give values for one question that cannot both hold.

Source: numeric mismatch of de Marneffe, Rafferty and Manning (2008); limits and ratios of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("不良记录保存5年。", "不良记录会保存2年。"),
    ("Cooked rice keeps for 3 days in the fridge.", "Cooked rice keeps for 7 days in the fridge."),
)
PASSES = (
    ("不良记录保存5年。", "不良记录保存60个月。"),
    ("成人每天服用2片。", "儿童每天服用1片。"),
    ("Passport renewal takes 2 weeks.", "Passport renewal takes 14 days."),
)


@dataclass(frozen=True, slots=True)
class Numeric:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 3  # 1 (low) to 4
    name: str = "numeric"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} {first} and {second}"


DETECTOR = Numeric()
