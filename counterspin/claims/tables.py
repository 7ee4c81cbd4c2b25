"""The word tables: what holds in every subject, as data files beside this module.

A table is a UTF-8 file of tab-separated rows; a line that begins with ``#`` is a comment. Tables name grammar
(negation, modality, hedges, frames), measures, everyday synonyms, antonyms, actions that point one way, and families
whose members exclude one another. No table names a subject of advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from counterspin.text.normal import fold

LANGUAGES = ("zh", "en")
_ONE_WORD = frozenset(("daytime",))  # families whose members are names of one thing, no kinds of it (小型犬 of 小型)
_Tree = dict[str, Any]  # letters, each with the tree of what follows it
_END = ""  # in a tree: a form ends here


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The tables of one language. Keys are in normal form (:func:`counterspin.text.normal.fold`)."""

    language: str
    stance: Mapping[str, str]
    hedge: Mapping[str, int]
    frame: Mapping[str, str]
    weight: Mapping[str, float]
    canonical: Mapping[str, str]
    antonyms: Mapping[str, frozenset[str]]
    opposites: re.Pattern[str]
    families: Mapping[str, tuple[str, str]]
    directions: Mapping[str, str]
    objects: Mapping[str, str]
    markers: re.Pattern[str]
    members: re.Pattern[str]


def rows(name: str) -> list[tuple[str, ...]]:
    """The rows of the table ``name``, in normal form."""
    text = files("counterspin.claims").joinpath("lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [tuple(cell.strip() for cell in fold(line).split("\t")) for line in lines]


@cache
def lexicon(language: str) -> Lexicon:
    """The tables for ``language`` (``zh`` or ``en``)."""
    families = _families(rows("families"))
    stance = dict(_pairs(rows(f"stance.{language}")))
    hedge = {form: int(strength) for form, strength in _pairs(rows(f"hedge.{language}"))}
    frame = dict(_pairs(rows(f"frame.{language}")))
    canonical = {
        name: member for name, (family, member) in families.items() if family in _ONE_WORD and not name.isascii()
    }
    canonical |= {word: row[0] for row in reversed(rows(f"synonyms.{language}")) for word in row}
    pairs = rows(f"antonyms.{language}")
    antonyms = _antonyms([*pairs, *((canonical.get(left, left), canonical.get(right, right)) for left, right in pairs)])
    return Lexicon(
        language=language,
        stance=stance,
        hedge=hedge,
        frame=frame,
        weight={form: float(weight) for form, weight in _pairs(rows(f"stop.{language}"))},
        canonical=canonical,
        antonyms=antonyms,
        opposites=_alternation(antonyms, spaced=language == "en"),
        families=families,
        directions=_directions(rows("directions")),
        objects={word: row[0] for row in rows("objects") for word in row[1].split()},
        members=_alternation((name for name in families if not name.isascii() and len(name) > 1), spaced=False),
        markers=_alternation({*stance, *hedge, *frame}, spaced=language == "en"),
    )


@cache
def attributes() -> frozenset[str]:
    """The nouns that name what is measured, as the unit does too: they are no head (水温26度, 26度的水)."""
    return frozenset(row[0] for row in rows("attributes"))


def _pairs(table: Iterable[tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    return ((row[0], row[1]) for row in table)


def _antonyms(table: list[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in table:
        if left == right:
            continue
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in found.items()}


def _families(table: list[tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for family, members in table:
        names = members.split()
        for name in names:
            found.setdefault(name.replace("-", " ") if name.isascii() else name, (family, names[0]))
    return found


def _directions(table: list[tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for family, direction, words in table:
        for word in words.split():
            found.setdefault(word, family + direction)
    return found


def _alternation(forms: Iterable[str], *, spaced: bool) -> re.Pattern[str]:
    """Any of the forms, the longest at a place. A tree of letters: a list of 300 forms takes sixteen times as long."""
    tree: _Tree = {}
    for form in forms:
        node = tree
        for letter in form:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return re.compile(rf"\b{_branches(tree)}\b" if spaced else _branches(tree))


def _branches(node: _Tree) -> str:
    ways = [
        (r"\s+" if letter == " " else re.escape(letter)) + _branches(below)
        for letter, below in sorted(node.items())
        if letter != _END
    ]
    return f"(?:{'|'.join(ways)})" + "?" * (_END in node) if ways else ""
