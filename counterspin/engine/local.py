"""The analysis on this machine."""

from __future__ import annotations

from collections.abc import Iterable

from counterspin.model import Analysis, Document
from counterspin.settings import Settings


def run(documents: Iterable[Document], settings: Settings) -> Analysis:
    """Analyse these documents."""
    raise NotImplementedError
