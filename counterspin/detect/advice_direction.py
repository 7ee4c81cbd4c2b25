"""Two passages advise opposite actions on one kind of thing: give it or withhold it, open or keep shut.

Source: rule C5 of our contradiction study; the families of actions are a table of this package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.claims.finding import conflict_flag, place
from counterspin.model import Claim, Flag, Slot

FLAGS = (("请如实回答疑惑,提供必要的信息。\n不要轻易透露个人信息,除非已经确认对方的身份。",),)
PASSES = (
    ("请如实回答疑惑,提供必要的信息。",),
    ("办理护照需要提供身份证。", "不要向陌生人透露密码。"),
)


@dataclass(frozen=True, slots=True)
class AdviceDirection:
    """Flags a question with rival answers."""

    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    severity: int = 3  # 1 (low) to 4
    name: str = "advice_direction"
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield conflict_flag(slot, self.name, severity=self.severity, reason=_reason(slot))


def _reason(slot: Slot) -> str:
    first, second = slot.answers[0].value, slot.answers[1].value
    return f"on “{slot.question}” {place(slot)} advice that points two ways: {first} and {second}"


DETECTOR = AdviceDirection()
