"""What reading a sentence passes along: what surrounds it, and a clause with its words and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from counterspin.claims.clauses import Clause
from counterspin.claims.measure import Found
from counterspin.claims.tables import Lexicon
from counterspin.claims.terms import Term
from counterspin.model import Claim, Document

_NAMES = tuple(field.name for field in fields(Claim))
_VALUES = attrgetter(*_NAMES)
_PLACES = {name: place for place, name in enumerate(_NAMES)}


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a sentence: page, words of title and headings, scope, and whether it reports a rumour.

    ``asked`` are the words of the question that it answers, ``subject`` those that it can leave out,
    ``label`` those of the label before its colon, ``told`` those for which a pronoun at its head stands,
    ``question`` the question right before it, in normal form.
    """

    document: Document
    words: Lexicon
    aliases: Mapping[str, str]
    title: tuple[str, ...]
    headings: tuple[str, ...]
    scope: tuple[str, ...]
    asked: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    reported: bool = False
    label: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A clause with its content words and its measures (those that only say how often not among them)."""

    clause: Clause
    terms: tuple[Term, ...]
    found: tuple[Found, ...]


def changed(claim: Claim, **changes: Any) -> Claim:
    """``claim`` with other values of some fields."""
    # What dataclasses.replace does, at a fifth of its cost: it is called several times a clause.
    values = list(_VALUES(claim))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Claim(*values)
