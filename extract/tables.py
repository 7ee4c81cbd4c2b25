"""The word lists and expressions of the extractor: tab-separated files beside the code, one rule a line."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``name`` without comments and empty lines, split at tabs."""
    lines = resources.files("extract").joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line.strip() and not line.startswith("#"))
