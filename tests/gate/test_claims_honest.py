"""Honest pages of our own, dense with what looks like rival answers: none is flagged (``data/claims_honest.txt``).

Conditions, stages, groups, regions, exceptions, old rules and new, myths, questions and answers, other people's
opinions, products side by side. Pages ``zh`` and ``en`` stand alone; those of a set (``s01a``, ``s01b`` ...) are of
several authors on one subject who agree in substance. Even numbers were read while the rules were mended, after all
had been counted once.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from counterspin.api import analyse
from counterspin.model import Document
from counterspin.text.example import document_of

pytestmark = pytest.mark.gate
DATA = Path(__file__).resolve().parent / "data" / "claims_honest.txt"


@cache
def pages() -> dict[str, Document]:
    found = {}
    for block in DATA.read_text(encoding="utf-8").split("=== ")[1:]:
        head, _, body = block.strip().partition("\n")
        name, _, title = head.partition(" ")
        found[name] = document_of(f"@title: {title}\n{body}", url=f"http://{name}.example-{name}.test/")
    return found


def contradictions(documents: list[Document]) -> list[str]:
    return [flag.reason for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_careful_page_is_left_alone(language):
    alone = {name: page for name, page in pages().items() if name.startswith(language)}
    assert len(alone) >= 20
    assert {name: told for name, page in alone.items() if (told := contradictions([page]))} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_careful_pages_of_other_subjects_are_left_alone(language):
    assert contradictions([page for name, page in pages().items() if name.startswith(language)]) == []


def test_authors_who_agree_in_substance_are_left_alone():
    sets = defaultdict(list)
    for name, page in pages().items():
        if name.startswith("s"):
            sets[name[:3]].append(page)
    assert len(sets) >= 10
    assert {name: told for name, members in sets.items() if (told := contradictions(members))} == {}
