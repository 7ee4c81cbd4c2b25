"""One passage allows only one way, the other allows another way.

Source: rule C7 of our contradiction study.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("换发护照只能到窗口办理。", "换发护照也可以在网上办理。"),
    ("You can only renew your passport in person.", "You can also renew your passport online."),
)
PASSES = (
    ("换发护照只能到窗口办理。", "办理银行卡可以在网上办理。"),
    ("You can only renew your passport in person.", "You can renew your passport in person."),
)


@dataclass(frozen=True, slots=True)
class Exclusivity:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 2  # 1 (low) to 4
    name: str = "exclusivity"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    return f"on “{slot.question}” one passage allows only one way, another allows more"


DETECTOR = Exclusivity()
