"""Conditions under which a run counts as failed, for schedules and continuous integration: ``--fail-on``.

A condition is ``NUMBER_NAME OPERATOR NUMBER``, for example ``new_confirmed>0`` or ``flags.spun>=20``. Flags that
reviewers judged wrong or not actionable never count: what was settled once does not fail a run again.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from counterspin.errors import UsageError
from counterspin.model import CATEGORIES

NAMES = ("flags", "open", "confirmed", "new", "new_confirmed", "pages_pct")
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip
_CONDITION = re.compile(r"^\s*([a-z_]+)(?:\.([a-z_]+))?\s*(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class Condition:
    """``name`` of ``category`` (empty: all) compared with ``limit``."""

    name: str
    category: str
    sign: str
    limit: float

    def __str__(self) -> str:
        category = f".{self.category}" if self.category else ""
        return f"{self.name}{category}{self.sign}{self.limit:g}"


def parse(text: str) -> Condition:
    """The condition in ``text``. Raises :class:`UsageError` that names what there is."""
    match = _CONDITION.match(text.lower())
    if match is None or match[1] not in NAMES or match[2] not in (None, *CATEGORIES):
        raise UsageError(
            f"--fail-on {text}: write NAME or NAME.CATEGORY, one of > >= < <= =, and a number; names are"
            f" {', '.join(NAMES)}, categories {', '.join(CATEGORIES)}"
        )
    return Condition(match[1], match[2] or "", match[3], float(match[4]))


def holding(conditions: tuple[Condition, ...], numbers: Mapping[tuple[str, str], float]) -> tuple[str, ...]:
    """The conditions that hold, as text with the number that was found, for example ``new_confirmed>0 (it is 2)``."""
    found = []
    for condition in conditions:
        value = numbers.get((condition.name, condition.category), 0.0)
        if _OPERATORS[condition.sign](value, condition.limit):
            found.append(f"{condition} (it is {value:g})")
    return tuple(found)
