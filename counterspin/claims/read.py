"""The claims that a page makes."""

from __future__ import annotations

from counterspin.model import Claim, Document
from counterspin.text.corpus import Corpus


def claims_of(document: Document, corpus: Corpus) -> tuple[Claim, ...]:  # noqa: ARG001
    """The claims of ``document`` in order."""
    return ()
