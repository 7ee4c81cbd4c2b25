"""Two passages name different ones who must do or pay one thing.

Source: rule C9 of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("热水器的维修费由房东承担。", "热水器的维修费由租客承担。"),
    ("The landlord is responsible for boiler repairs.", "The tenant is responsible for boiler repairs."),
)
PASSES = (
    ("维修费由房东承担。", "水电费由租客承担。"),
    ("The landlord pays the property tax.", "The tenant pays the water bill."),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 2  # 1 (low) to 4
    name: str = "actor"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} {first} and {second}"


DETECTOR = Actor()
