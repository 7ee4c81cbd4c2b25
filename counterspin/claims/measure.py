"""What Chinese and English measures share: units, operators and the shape of what is found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from counterspin.claims.tables import rows
from counterspin.model import Quantity

CURRENCIES = {"¥": "money:cny", "$": "money:usd", "€": "money:eur", "£": "money:gbp"}


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the text that was read.

    ``period`` marks a span of time that belongs to the frequency after it (一周 in 一周两次).
    """

    quantity: Quantity
    start: int
    end: int
    period: bool = False


@cache
def units() -> dict[str, tuple[str, float, float]]:
    """The units by form: dimension, factor to the base unit, offset added before the factor."""
    return {form: (dimension, float(factor), float(offset)) for form, dimension, factor, offset in rows("units")}


@cache
def operators(language: str, where: str) -> dict[str, str]:
    """What a word ``before`` or ``after`` a measure makes of it: ``=``, ``>=``, ``<=`` or ``~``."""
    return {
        form: operator for form, tongue, place, operator in rows("operators") if (tongue, place) == (language, where)
    }


def unit_pattern(language: str) -> str:
    """An alternation of the units of ``language``; Chinese text uses Latin symbols too."""
    chosen = [form for form in units() if language == "zh" or not _is_han(form)]
    if language == "zh":
        chosen = [form for form in chosen if _is_han(form) or not form.isalpha() or len(form) <= _SYMBOL]
    return "|".join(_bounded(form) for form in longest_first(chosen))


def longest_first(forms: Iterable[str]) -> list[str]:
    """The forms of a table, longest first, so that an alternation of them is greedy."""
    return sorted(forms, key=lambda form: (-len(form), form))


_SYMBOL = 3  # letters of a unit's symbol, at most


def _bounded(form: str) -> str:
    bound = r"(?![a-z])" if form[-1].isascii() and form[-1].isalpha() else ""
    return re.escape(form).replace(r"\ ", r"[\s-]+") + bound


def _is_han(form: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in form)
