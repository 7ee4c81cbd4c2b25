"""English numerals in figures and words."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from counterspin.claims.tables import rows
from counterspin.text.numerals import MAX_DIGITS

_THOUSANDS = {"k": 1e3, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, None: 1.0}


def english_number(text: str | None) -> float | None:
    """The value of ``14``, ``1,500``, ``5k``, ``two and a half``; ``None`` if it is none or too long."""
    if not text:
        return None
    text = re.sub(r"\s+", " ", text.strip())
    if text in english_words():
        return english_words()[text]
    match = re.fullmatch(r"([\d,]+(?:\.\d+)?)\s*(k|thousand|million|m|billion|bn)?", text)
    if not match or len(match[1]) > MAX_DIGITS:
        return None
    return float(match[1].replace(",", "")) * _THOUSANDS[match[2]]


@cache
def english_words() -> dict[str, float]:
    """English numerals in words: those of the table (``a couple of`` -> 2) and what is put together from them."""
    simple = {form: float(value) for form, value in rows("numerals.en")}
    units = {form: value for form, value in simple.items() if value in range(1, 10) and " " not in form}
    tens = {form: value for form, value in simple.items() if value in range(20, 100, 10)}
    both = {f"{ten}-{unit}": simple[ten] + units[unit] for ten, unit in product(tens, units.keys() - _ARTICLES)}
    large = {f"{unit} {scale}": value * _LARGE[scale] for (unit, value), scale in product(units.items(), _LARGE)}
    halves = {f"{unit} and a half": value + 0.5 for unit, value in units.items() if unit not in _ARTICLES}
    return {**simple, **both, **large, **halves}


_ARTICLES = frozenset(("a", "an"))
_LARGE = {"hundred": 100, "thousand": 1000}
