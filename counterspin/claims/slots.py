"""The questions that claims answer."""

from __future__ import annotations

from collections.abc import Sequence

from counterspin.model import Claim, Slot
from counterspin.text.corpus import Corpus


def gather(claims: Sequence[Claim], corpus: Corpus) -> tuple[Slot, ...]:  # noqa: ARG001
    """The slots of ``claims``, by key."""
    return ()
