"""One passage says that something is or happens, another that it is not or does not.

Source: negation contrast of de Marneffe, Rafferty and Manning (2008); scope of negation of our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("逾期90天会上征信。", "逾期90天不会上征信。"),
    ("Boiling removes fluoride from water.", "Boiling does not remove fluoride from water."),
)
PASSES = (
    ("逾期会上征信吗？", "逾期不会上征信。"),
    ("The visa allows work.", "The form does not list the fee."),
)


@dataclass(frozen=True, slots=True)
class Polarity:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 3  # 1 (low) to 4
    name: str = "polarity"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    return f"on “{slot.question}” {place(slot)} two answers: one affirms it, one denies it"


DETECTOR = Polarity()
