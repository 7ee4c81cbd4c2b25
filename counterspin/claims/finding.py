"""The flag of a slot: one quote as the passage, the rival one as the counterpart, further answers as evidence."""

from __future__ import annotations

from collections.abc import Iterator

from counterspin.identity import new_flag
from counterspin.model import Answer, Claim, Counterpart, Evidence, Flag, Passage, Slot

_LOW, _HIGH = 1, 4


def conflict_flag(slot: Slot, rule: str, *, severity: int, reason: str) -> Flag:
    """The flag of ``rule`` on ``slot``. A hedge or an exception on one side lowers the severity by one."""
    first, second = slot.answers[0], slot.answers[1]
    subject, rival = first.claims[0], second.claims[0]
    softened = any(claim.hedge == 2 or claim.exception for claim in (subject, rival))
    pair = "|".join(sorted((first.value, second.value)))
    return new_flag(
        "contradictory",
        rule,
        subject.url,
        Passage("paragraph", 0, subject.start, subject.end, subject.text),
        score=slot.score - (0.1 if softened else 0.0),
        reason=reason,
        evidence=tuple(_evidence(slot)),
        severity=max(_LOW, min(_HIGH, severity - softened)),
        counterpart=Counterpart(rival.url, rival.text, rival.start, rival.end),
        key=f"{slot.key}:{pair}",
    )


def place(slot: Slot) -> str:
    """``on one page`` or ``between pages``: where the two answers stand."""
    first, second = slot.answers[0].claims[0], slot.answers[1].claims[0]
    return "one page gives" if first.url == second.url else "pages give"


def _evidence(slot: Slot) -> Iterator[Evidence]:
    for at, answer in enumerate(slot.answers):
        role = "subject" if at == 0 else "counterpart"
        for claim in _distinct(answer):
            yield Evidence(role, claim.url, claim.start, claim.end, claim.text, _note(answer, claim))


def _distinct(answer: Answer) -> Iterator[Claim]:
    seen: set[tuple[str, int]] = set()
    for claim in answer.claims:
        if (claim.url, claim.start) not in seen:
            seen.add((claim.url, claim.start))
            yield claim


def _note(answer: Answer, claim: Claim) -> str:
    notes = [f"answer: {answer.value}"]
    if claim.exception:
        notes.append(f"exception: {claim.exception}")
    if claim.hedge:
        notes.append("hedged")
    if claim.published:
        notes.append(f"dated {claim.published[:10]}")
    return "; ".join(notes)
