"""Two passages answer one question with words that exclude one another.

Source: antonym contrast of de Marneffe, Rafferty and Manning (2008); the pairs are a table of this package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (
    ("这种药应饭前服用。", "这种药要饭后服用。"),
    ("Blueberries need acidic soil.", "Blueberries need alkaline soil."),
)
PASSES = (
    ("夏天室内温度高。", "冬天室内温度低。"),
    ("This mushroom is safe.", "This mushroom is not dangerous."),
)


@dataclass(frozen=True, slots=True)
class Antonym:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 2  # 1 (low) to 4
    name: str = "antonym"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} {first} and {second}"


DETECTOR = Antonym()
