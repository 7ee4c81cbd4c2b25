"""What is needed, told by what goes without it: 没有发票也能退 (no invoice needed), 没有发票不能退 (a must).

A denial at the head of the clause names what is missing; what is then said to be possible, or not, tells whether it
is needed. In English the missing thing stands behind ``without``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterspin.claims.clauses import Clause
from counterspin.claims.parts import Read, changed
from counterspin.claims.stance import Stance
from counterspin.claims.terms import Term
from counterspin.model import Claim

_LACKS = frozenset(("not", "noneed"))
_STILL = re.compile(r"(?:也|都|照样|照常|依然|仍然|同样)(?:一样|是|照样|还|完全)?$")
_HENCE = re.compile(r"(?:[就则]|都|是|一律|一概)*$")
_BANS = frozenset(("mustnot", "not"))
# 热菜凉透了才能进冰箱: what has to be over before.
_ONLY_AFTER = re.compile(
    r"[^,，]*?(?P<state>[\u4e00-\u9fff]{1,2})(?:透|完|好|干|净|满)?了?(?:以后|之后|后)?才(?:能|可以?|行)"
)
_ENOUGH = {
    "zh": re.compile(r"(?P<no>(?:远远|还|并|是|太|根本)*不)?(?<!能)(?:足够|够用?)[了的吧呢啊]*\s*$"),
    "en": re.compile(
        r"(?:\b(?:is|are|will be)|['’](?:s|re))(?P<no>n['’]t| not| never)?(?: (?:quite|nearly|really|always|usually))*"
        r" (?:enough|sufficient)\b"
    ),
}
_SUFFICES = {"zh": "够用", "en": "suffice"}  # the word that stands for it
_WITHOUT = re.compile(r"\bwithout (?:a |an |the |any |your |having |first )*(?=[a-z])(?![a-z]+ing\b)")
_MISSING = "without"


def sufficient(stated: Claim, one: Read) -> Claim | None:
    """The claim that what a clause names will do by itself (擦防晒霜就够了), or that it won't (光擦防晒霜不够)."""
    said = None if one.found else _ENOUGH[stated.language].search(one.clause.text)
    if said is None or not stated.terms:
        return None
    word = _SUFFICES[stated.language]
    polarity, modality = (-1, "not") if said["no"] else (1, "")
    terms = tuple(dict.fromkeys((*stated.terms, word)))
    return changed(stated, polarity=polarity, modality=modality, predicate=word, terms=terms, direction="")


def needed(stated: Claim, one: Read, stance: Stance) -> Iterator[Claim]:
    """The claim that what a clause does without is needed, or that it is not."""
    found = _english(one.clause, stance) if stated.language == "en" else _chinese(one.clause)
    if found is None:
        return
    modality, start, end = found
    missing = [term for term in one.terms if start <= term.start < end and term.heavy]
    if thing := _thing(missing, stated.language):
        terms = tuple(word for word in stated.terms if word != _MISSING)
        polarity = 1 if modality == "must" else -1
        yield changed(stated, polarity=polarity, modality=modality, predicate=thing.word, terms=terms, direction="")


def _thing(missing: list[Term], language: str) -> Term | None:
    """The thing that is missing: in Chinese the last noun before what is said (不带购车发票), in English the first."""
    nouns = [term for term in missing if term.tag == "n"] if language == "zh" else missing[:1]
    return next(iter(nouns[-1:] or missing[-1:]), None)


def _chinese(clause: Clause) -> tuple[str, int, int] | None:
    """``must`` or ``noneed``, and where the missing thing stands."""
    if "才" in clause.text and (waited := _ONLY_AFTER.match(clause.text)):
        return "must", waited.start("state"), waited.end("state")
    said = [marker for marker in clause.markers if marker.kind == "stance" and marker.label not in ("none", "is")]
    if len(said) < 2 or said[0].label not in _LACKS:
        return None
    lack, then = said[0], said[1]
    between = clause.text[lack.end : then.start]
    if then.label == "may" and _STILL.search(between):
        return "noneed", lack.end, then.start
    if then.label in _BANS and _HENCE.search(between) and lack.label == "not":
        return "must", lack.end, then.start
    return None


def _english(clause: Clause, stance: Stance) -> tuple[str, int, int] | None:
    without = _WITHOUT.search(clause.text)
    if not without or stance.marker is None or stance.marker.start > without.start():
        return None
    if stance.modality == "may":
        return "noneed", without.end(), len(clause.text)
    return ("must", without.end(), len(clause.text)) if stance.modality in _BANS else None
