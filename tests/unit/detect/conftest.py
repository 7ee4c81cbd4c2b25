"""Documents and corpora from the example texts that every detector carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counterspin.model import Flag
from counterspin.text.corpus import build
from counterspin.text.example import document_of
from counterspin.text.operators import fold_operators


def scan_example(detector, example) -> list[Flag]:
    """The flags on the first text of an example, judged in the corpus of all its texts."""
    texts = (example,) if isinstance(example, str) else example
    documents = [document_of(text, url=f"http://example{number}.test/a.html") for number, text in enumerate(texts)]
    corpus = build(passage.text for document in documents for passage in document.passages)
    corpus = replace(corpus, operators=fold_operators(documents))
    return list(detector.scan(documents[0], corpus))


@pytest.fixture
def scan() -> Callable[..., list[Flag]]:
    """The flags on an example (a text, or a tuple of texts of which the first is judged)."""
    return scan_example
