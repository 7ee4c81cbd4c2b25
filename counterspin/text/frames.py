"""Paragraphs that are one text with another word in the same places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.process import cdist

from counterspin.text.normal import fold, han_share
from counterspin.text.tags import tagged

_DIGITS = re.compile(r"\d+|[一二三四五六七八九十百千万半两]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """Texts (their numbers, in order) that differ in one slot, and the words that fill it in each of them."""

    members: tuple[int, ...]
    fillers: tuple[str, ...]


def frames(texts: Sequence[str], *, least: float) -> list[Frame]:
    """The groups of texts that differ in one slot: three and more, or two in which the slot stands twice.

    ``least`` is the Indel similarity that two texts must have, 0 to 1. Texts whose numbers differ are no frame: such
    paragraphs give figures for one thing after another.
    """
    if len(texts) < 2:
        return []
    folded = [fold(text) for text in texts]
    scores = cdist(folded, folded, scorer=Indel.normalized_similarity, score_cutoff=least)
    taken: set[int] = set()
    found = []
    for i in range(len(texts)):
        slots = {
            int(j): slot(folded[i], folded[int(j)]) for j in scores[i].nonzero()[0] if j > i and int(j) not in taken
        }
        near = {j: pairs for j, pairs in slots.items() if pairs} if i not in taken else {}
        if len(near) > 1 or any(len(pairs) > 1 for pairs in near.values()):
            taken.update((i, *near))
            first = next(iter(near.values()))[0][0]
            found.append(Frame((i, *near), (first, *(pairs[0][1] for pairs in near.values()))))
    return found


def slot(left: str, right: str) -> list[tuple[str, str]]:
    """The words of ``left`` and ``right`` that stand in the one slot by which they differ, once for each place.

    Empty if the texts are equal, differ in numbers, or put different pairs of words in different places.
    """
    if left == right or _DIGITS.findall(left) != _DIGITS.findall(right):
        return []
    pairs = _islands(_words(left), _words(right))
    same = len({(a.lower(), b.lower()) for a, b in pairs}) == 1
    return pairs if same and all(a and b for a, b in pairs) else []


def _islands(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """The runs of words by which two lists differ, as pairs."""
    found: list[tuple[str, str]] = []
    at_a = at_b = 0
    for step in Levenshtein.opcodes(a, b):
        if step.tag == "equal":
            if (step.src_start, step.dest_start) != (at_a, at_b):
                found.append(("".join(a[at_a : step.src_start]), "".join(b[at_b : step.dest_start])))
            at_a, at_b = step.src_end, step.dest_end
    if (at_a, at_b) != (len(a), len(b)):
        found.append(("".join(a[at_a:]), "".join(b[at_b:])))
    return found


def _words(text: str) -> list[str]:
    if han_share(text) > 0.3:
        return [word.text for word in tagged(text) if not word.text.isspace()]
    return re.findall(r"[\w'’-]+", text)
