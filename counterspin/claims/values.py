"""The measures of a clause as claims: what is measured, under which other measures, and what else that says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from counterspin.claims.measure import Found
from counterspin.claims.parts import Read, changed
from counterspin.claims.stance import NEGATIVE, Stance
from counterspin.claims.terms import Term
from counterspin.model import Claim, Quantity

_NEGATED_QUANTITY = 8  # code points between a negation and the quantity that it denies
_ENOUGH = re.compile(r"\s*(?:左右|以上|以内)?(?:[,，]?(?:就|才|即|便|最|为|更|也)[^会能要应需得不,，]{0,5})")
_MORE = re.compile(r"(?<![最至很许太大])[多少][\u4e00-\u9fff]$")  # 多等九秒: by how much, not how long
# To keep a room between 40 and 60 per cent is to say what it is, unless the measure is how long it keeps.
_KEEPING = frozenset(("store", "stay", "remain", "maintain", "保持", "维持", "控制"))
_REPLACED = frozenset(("换", "replace"))


def numeric_claims(stated: Claim, one: Read, stance: Stance, conditions: list[Read]) -> Iterator[Claim]:
    if stated.polarity == 0:
        return
    kinds = [item.quantity.dimension for item in one.found]
    for item in one.found:
        if (
            kinds.count(item.quantity.dimension) > 1
            or _denied(item, stance)
            or _MORE.search(one.clause.text[: item.start])
        ):
            continue
        yield from _valued(stated, one, item)
    if not one.found and len(stated.gates) == 1 and conditions:
        terms = dict.fromkeys((*(t.word for c in conditions for t in c.terms), *stated.terms))
        yield changed(stated, slot_kind="numeric", values=stated.gates, gates=(), condition="", terms=tuple(terms))


def _valued(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    others = tuple(other.quantity for other in one.found if other is not item and not _is_once(other.quantity))
    said = _without_tail(stated, one, item)
    head = _measured(item, tuple(term for term in one.terms if term.word in said))
    claim = changed(
        stated,
        slot_kind="numeric",
        values=(item.quantity,),
        gates=tuple(dict.fromkeys((*stated.gates, *others))),
        predicate=head.word if head and head.heavy else "",
        terms=said,
    )
    if said:
        yield claim
    quantity = item.quantity
    if quantity.dimension == "frequency" and (replaced := _REPLACED.intersection(said)) and quantity.low > 0:
        # What is replaced every two years lasts two years.
        lasting = replace(quantity, dimension="duration", low=1 / quantity.high, high=1 / quantity.low)
        rest = tuple(word for word in said if word not in replaced)
        yield changed(claim, values=(lasting,), predicate="", terms=rest)


def _is_once(quantity: Quantity) -> bool:
    return quantity.dimension == "count:次" and quantity.low == quantity.high == 1


def _without_tail(stated: Claim, one: Read, item: Found) -> tuple[str, ...]:
    """The words of the claim without what only says that the value will do: 3分钟就熟了, 一天两升才健康."""
    lasts = item.quantity.dimension in ("duration", "frequency")
    kept = stated.terms if lasts else tuple(word for word in stated.terms if word not in _KEEPING)
    if not _ENOUGH.fullmatch(one.clause.text[item.end :]):
        return kept
    tail = {term.word for term in one.terms if term.start >= item.end}
    return tuple(word for word in kept if word not in tail)


def _denied(item: Found, stance: Stance) -> bool:
    marker = stance.marker
    return bool(marker and marker.label in NEGATIVE and 0 <= item.start - marker.end <= _NEGATED_QUANTITY)


def _measured(item: Found, terms: tuple[Term, ...]) -> Term | None:
    """The word that a quantity measures: the nearest verb before it, else after it, else the nearest word."""
    left = [term for term in terms if term.end <= item.start]
    right = [term for term in terms if term.start >= item.end]
    verbs = [term for term in left[::-1] + right if term.tag == "v"]
    return next(iter(verbs[:1] or left[-1:] or right), None)
