"""What the comparison reached: questions that all answer alike, and measures that stand in no question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterspin.claims.match import likeness
from counterspin.claims.profile import Profile, letters_of
from counterspin.model import Claim, Slot, Uncompared


def agreement(left: Profile, right: Profile) -> float | None:
    """How far two claims (0 to 1) that give one value answer one question; ``None`` if they don't."""
    first, second = left.claim, right.claim
    if first.language != second.language or first.polarity != second.polarity or left.letters == right.letters:
        return None
    like = likeness(left, right)
    return like.covered if like and not like.suppressors else None


def uncompared(claims: Iterable[Claim], slots: Iterable[Slot]) -> tuple[Uncompared, ...]:
    """The sentences with a measure of which no claim stands in a slot, nor that of a copy, in order."""
    held = {letters_of(claim.text) for slot in slots for answer in slot.answers for claim in answer.claims}
    found: dict[tuple[str, int], Claim] = {}
    measures: dict[tuple[str, int], dict[str, None]] = {}
    for claim in claims:
        if claim.slot_kind == "numeric" and letters_of(claim.text) not in held:
            found.setdefault((claim.url, claim.start), claim)
            measures.setdefault((claim.url, claim.start), {}).update(dict.fromkeys(_texts(claim)))
    return tuple(
        Uncompared(claim.url, claim.start, claim.end, claim.text, tuple(measures[place]))
        for place, claim in sorted(found.items())
    )


def _texts(claim: Claim) -> Iterator[str]:
    return (value.text.strip() for value in claim.values)


def value_of(claim: Claim) -> tuple[str, str, float, float, str]:
    """The measure of a numeric claim, the same in whatever words it stands."""
    value = claim.values[0]
    return value.dimension, value.operator, value.low, value.high, value.base
