"""What other pages of the crawl have in a place where a word is missing."""

from __future__ import annotations

from collections.abc import Mapping


def filler(before: str, after: str, grams: Mapping[str, int], support: int) -> str:
    """The word that fills the place between ``before`` and ``after`` in at least ``support`` passages, or ""."""
    return ""
