"""Whether one text was made from another by a dictionary, or edited by hand.

A dictionary puts a whole word for a whole word, here and there, and leaves all between them as it was. Who edits also
changes the words of grammar and single characters, puts words in where others are left out, says a phrase in another
way, and does so in one place more than in the next. So each place where two texts differ speaks by what it is.

The weights are natural log-odds, counted on 150 honest pairs of pages (press reports of one event, leaflets, terms,
translations, notes, editions, written for this) against 500 texts of own spinners, then halved: other spinners have
phrases and words of grammar too. Words alone that a filter struck out speak for nobody.
"""

from __future__ import annotations

from itertools import pairwise

from counterspin.text.align import Island
from counterspin.text.normal import is_han
from counterspin.text.relation import LONG_ISLAND, Relation, is_figure, is_loss
from counterspin.text.words import bounds

WORD = -0.8  # a word for a word
KIN = -0.3  # and two Chinese ones that share a character, as many words for one thing do
BESIDE = 0.6  # another place beside it, without a word between
PHRASE = 0.3  # a word for several words
PHRASES = 0.8  # several for several, or a Chinese phrase for one that shares no character with it
LONG = 1.0  # more words than a dictionary has in one entry
GRAMMAR = 1.2  # a word of grammar for another, a character for another
MIXED = 0.8  # a word of grammar for one that is none, a character for a word
BOTH_WAYS = 2.0  # a word put in and another one left out

# English words for which dictionaries have no other; of and, but, because they have.
_ARTICLES_AND_PREPOSITIONS = "a an the this that these those of in on at to by for from with into onto"
_PRONOUNS = "i you he she it we they me him us them my your his her its our their who whom whose which what"
_AUXILIARIES = (
    "am is are was were be been being have has had do does did can could will would shall should may might must not no"
)
_GRAMMAR = frozenset(f"{_ARTICLES_AND_PREPOSITIONS} {_PRONOUNS} {_AUXILIARIES}".split())


def edited_odds(relation: Relation) -> float:
    """Log-odds that the second of two texts is the first one edited by hand, above 0, or by a dictionary, below.

    In languages but Chinese and English no word is one of grammar.
    """
    beside = {at for at, (one, other) in enumerate(pairwise(relation.islands)) if _touch(one, other)}
    beside |= {at + 1 for at in beside}
    odds = {
        (island.left, island.right): _weight(island) + BESIDE * (at in beside)
        for at, island in enumerate(relation.islands)
        if island.kind == "swap"
    }
    left_out, put_in = ({i.left + i.right for i in relation.islands if i.kind == kind} for kind in ("hole", "insert"))
    return sum(odds.values()) + BOTH_WAYS * min(len(left_out), len(put_in))


def _touch(one: Island, other: Island) -> bool:
    return one.left_last == other.left_first or one.right_last == other.right_first


def _weight(island: Island) -> float:
    if _is_hiding(island):
        return WORD
    if is_figure(island) or is_loss((island.left, island.right)):
        return 0.0
    if island.size > LONG_ISLAND:
        return LONG
    return _chinese(island.left, island.right) if is_han(island.left[0]) else _spaced(island.left, island.right)


def _is_hiding(island: Island) -> bool:
    """Whether no editor writes so: a word in letters of another script, or a choice of words left open ({a|b})."""
    return island.left.isascii() != island.right.isascii() or "|" in island.left + island.right


def _chinese(left: str, right: str) -> float:
    short, long = sorted((len(left), len(right)))
    if short == 1:
        return GRAMMAR if long == 1 else MIXED
    parts = sum(len(bounds(text)) for text in (left, right))
    kin = not set(left).isdisjoint(right)
    if parts == 2:
        return WORD + KIN * kin
    return PHRASE if kin else PHRASES


def _spaced(left: str, right: str) -> float:
    ours, theirs = left.split(), right.split()
    bare = [all(word in _GRAMMAR for word in words) for words in (ours, theirs)]
    if any(bare):
        return GRAMMAR if all(bare) else MIXED
    short, long = sorted((len(ours), len(theirs)))
    return WORD if long == 1 else PHRASE if short == 1 else PHRASES
