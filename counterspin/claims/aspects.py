"""What a measure is of, whatever verb says so: how long a thing lasts, how long it takes to come, what it costs.

Sites word the same question with different verbs (a passport runs, lasts, is valid for ten years; 到账, 拿到, 下来).
The verb then only repeats what the unit asks for. Words of one aspect count as one word, and a verb that merely
carries the measure (allow, take, 等) counts as none, provided that the claim names a thing besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from counterspin.claims.tables import lexicon, rows
from counterspin.claims.terms import terms_of

_CARRIED = "-"  # aspect of the words that say nothing but that there is a measure


def asked(said: tuple[str, ...], dimension: str, language: str) -> tuple[str, ...]:
    """The words of a claim (canonical) with those that name what its measure asks for made one.

    ``dimension`` is that of the measure (``money:cny`` like ``money``). The words stay as they are where nothing
    but such words would be left.
    """
    table = _aspects(language).get(dimension.partition(":")[0])
    if table is None:
        return said
    kept = tuple(dict.fromkeys(table.get(word, word) for word in said))
    named = tuple(word for word in kept if word)
    return named if any(word not in table for word in named) else said


def carried(said: tuple[str, ...], dimension: str, language: str) -> tuple[str, ...]:
    """The words of a claim without those that only carry its measure, as far as another is left (等到一个月后才拆).

    A single character stays: it may be a piece of a name (花呗).
    """
    table = _aspects(language).get(dimension.partition(":")[0], {})
    return tuple(word for word in said if len(word) == 1 or table.get(word, word)) or said


def is_named(words: Iterable[str], language: str) -> bool:
    """Whether ``words`` tell what is measured: more than for whom or where (in Scotland), or that it lasts."""
    return any(word not in aspects(language) and word not in lexicon(language).families for word in words)


@cache
def aspects(language: str) -> frozenset[str]:
    """The words that stand for an aspect: they say what is asked, not of what."""
    return frozenset(word for table in _aspects(language).values() for word in table.values() if word)


@cache
def _aspects(language: str) -> Mapping[str, Mapping[str, str]]:
    """Dimension, canonical word, and the word that stands for its aspect (empty for one that carries it)."""
    words = lexicon(language)
    found: dict[str, dict[str, str]] = {}
    for aspect, dimensions, listed in rows("aspects"):
        forms = [form for form in listed.split() if form.isascii() == (language == "en")]
        read = (terms_of(form, words, {}) for form in forms)
        canonical = [terms[0].word for terms in read if len(terms) == 1]
        stands = "" if aspect == _CARRIED else canonical[0]
        for dimension in dimensions.split():
            for word in canonical:
                found.setdefault(dimension, {}).setdefault(word, stands)
    return found
