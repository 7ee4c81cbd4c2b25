"""What the rules on rival answers share: the flag of a slot, its evidence and the words for a stance.

One quote is the flag's passage, the rival one its counterpart, further answers are evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.identity import new_flag
from counterspin.model import Answer, Claim, Counterpart, Evidence, Flag, Passage, Slot
from counterspin.wording import SEMICOLON, Wording, joined

_LOW, _HIGH = 1, 4
_SOFTER = 0.1  # what a hedge or an exception takes from the score
_PLACES = (Wording(en="pages give", zh="不同页面给出"), Wording(en="one page gives", zh="同一页给出"))
_STANCES = {
    "must": Wording(en="must", zh="必须"),
    "should": Wording(en="should", zh="应当"),
    "may": Wording(en="may", zh="可以"),
    "will": Wording(en="will", zh="会"),
    "affirmed": Wording(en="affirmed", zh="肯定"),
    "mustnot": Wording(en="must not", zh="不得"),
    "shouldnot": Wording(en="should not", zh="不应"),
    "noneed": Wording(en="need not", zh="不必"),
    "not": Wording(en="not", zh="否定"),
    "for": Wording(en="for", zh="赞成"),
    "against": Wording(en="against", zh="反对"),
    "only": Wording(en="only", zh="只有"),
    "also": Wording(en="also", zh="也可以"),
}
_ANSWER = Wording(en="answer: {value}", zh="说法：{value}")
_EXCEPTION = Wording(en="exception: {text}", zh="例外：{text}")
_HEDGED = Wording(en="hedged", zh="语气不肯定")
_DATED = Wording(en="dated {date}", zh="日期 {date}")


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A rule on one kind of question: flags it when its answers are in conflict.

    ``reason`` may name ``{question}``, ``{place}`` (where the answers stand), ``{first}`` and ``{second}``.
    """

    name: str
    reason: Wording
    severity: int  # 1 (low) to 4
    min_score: float = 0.0  # how surely both answer one question, 0 to 1
    category: str = "contradictory"
    version: int = 1

    def judge(self, slot: Slot, _claims: tuple[Claim, ...], /) -> Iterator[Flag]:
        """One flag for a slot of this rule's kind whose answers are in conflict."""
        if slot.kind == self.name and slot.outcome == "conflict" and slot.score >= self.min_score:
            yield self._flag(slot)

    def _flag(self, slot: Slot) -> Flag:
        """A hedge or an exception on one side lowers the severity by one."""
        first, second = slot.answers[0], slot.answers[1]
        subject, rival = first.claims[0], second.claims[0]
        softened = any(claim.hedge == 2 or claim.exception for claim in (subject, rival))
        pair = "|".join(sorted((first.value, second.value)))
        reason = self.reason(
            question=slot.question,
            place=_PLACES[subject.url == rival.url](),
            first=_worded(first.value),
            second=_worded(second.value),
        )
        return new_flag(
            self.category,
            self.name,
            subject.url,
            Passage("paragraph", 0, subject.start, subject.end, subject.text),
            score=slot.score - (_SOFTER if softened else 0.0),
            reason=reason,
            evidence=tuple(_evidence(slot)),
            severity=max(_LOW, min(_HIGH, self.severity - softened)),
            counterpart=Counterpart(rival.url, rival.text, rival.start, rival.end),
            key=f"{slot.key}:{pair}",
            answers=tuple((_normal(answer), _worded(answer.value)) for answer in slot.answers),
        )


def _worded(value: str) -> str:
    """A stance in words; a value of the page as it stands there."""
    return _STANCES[value]() if value in _STANCES else value


def _normal(answer: Answer) -> str:
    """A value as its interval, so that 五年 and 60个月 are one answer; a stance as it is."""
    claim = answer.claims[0]
    if claim.slot_kind != "numeric" or not claim.values:
        return answer.value
    value = claim.values[0]
    return f"{value.dimension}{value.operator}{value.low:g}..{value.high:g}"


def _evidence(slot: Slot) -> Iterator[Evidence]:
    for at, answer in enumerate(slot.answers):
        role = "subject" if at == 0 else "counterpart"
        for claim in _distinct(answer):
            note = joined(_notes(answer, claim), SEMICOLON)
            yield Evidence(role, claim.url, claim.start, claim.end, claim.text, note)


def _distinct(answer: Answer) -> Iterator[Claim]:
    seen: set[tuple[str, int]] = set()
    for claim in answer.claims:
        if (claim.url, claim.start) not in seen:
            seen.add((claim.url, claim.start))
            yield claim


def _notes(answer: Answer, claim: Claim) -> Iterator[str]:
    yield _ANSWER(value=_worded(answer.value))
    if claim.exception:
        yield _EXCEPTION(text=claim.exception)
    if claim.hedge:
        yield _HEDGED()
    if claim.published:
        yield _DATED(date=claim.published[:10])
