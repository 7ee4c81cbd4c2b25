"""What a clause says of its action: polarity, modality, hedge, and the word that the marker governs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counterspin.claims.clauses import Clause
from counterspin.claims.markers import Marker
from counterspin.claims.terms import Term

MODALITIES = frozenset(("must", "should", "may", "will", "mustnot", "shouldnot", "noneed"))  # what is said of an action
NEGATIVE = frozenset(("mustnot", "shouldnot", "noneed", "not"))
_LABEL = 4  # code points of a list label before the first clause; 避免 in a later clause tells a purpose, no advice
# An English clause that begins with these verbs tells the reader what to do; others are nouns as well (cook, store).
_INSTRUCTION = re.compile(
    r"\s*(?:(?:always|then|just|simply|instead) )?(?:use|apply|add|put|give|feed|take)\b (?!of\b)"
)
# 放到, 拿回, 用: the first of several verbs in a row only carries the object to where something is done with it.
_CARRIES = re.compile(r"[\u4e00-\u9fff]?[到进在入往至回]|用|去|来|拿|带|放|跑|丢|送")
# 没有达到12分的驾驶员得以正常换证: what follows 的 is long enough to be a noun and what it does.
_RELATIVE = re.compile(r"(?![^,，]{0,4}(?:任何|一切|什么|丝毫))[^,，的不没]{2,12}的[^,，的]{4,}$")
_ONLY_THEN = re.compile(r"只有[^,，]{1,16}?(?<!时候)(?<!时)才")  # 只有玻璃的才能进微波炉
# Only pine wood can be used, mould is the only sign: nothing else does.
_ONLY_WHO = re.compile(
    r"\bonly (?!one\b|two\b|three\b|a (?:few|handful)\b|some\b)"
    r"(?:the |an? |your )?(?:[a-z-]+ ){1,4}?(?:can|may|should|must|will|is allowed|are allowed|is|are)\b"
    r"|\bthe only [a-z]+|\b(?:nothing|none|nobody|no one) (?:but|except|other than)\b"
)
# Nobody has to …, no tenant may …: a subject that is nobody denies what is said of it.
_NOBODY = re.compile(
    r"\s*(?:and |but |so |now )?(?:nobody|no one|no-one|none of [a-z ]{2,20}|neither of [a-z ]{2,20}"
    r"|no (?!matter|doubt|longer|more|less|need|way|later|earlier|sooner|problem|wonder|fewer|place|good)"
    r"[a-z]+(?: [a-z]+)?)"
    r" (?=[a-z])"
)
# 戴不戴都行, 洗不洗无所谓: whether it is done or not is all the same.
_EITHER_WAY = re.compile(
    r"([\u4e00-\u9fff])不\1[^,，。;]{0,6}(?:都|也|均)?(?:行|可以|可|无所谓|没关系|没事|不要紧|没问题|不影响|随你|随便|看个人)"
)
# 非用热水不可, 不用热水可不行: what cannot be left out must be done.
_NOT_WITHOUT = re.compile(r"(?:非[^,，的]{1,12}?不可|(?<![^\s,，])不[^,，的不]{2,14}?[可是就]?不行)\s*$")
# What leaving out an action makes of it: who may skip a step needs not do it, who must not skip it must.
_OMITTED = {
    "may": (-1, "noneed"), "must": (-1, "mustnot"), "should": (-1, "shouldnot"), "will": (-1, "not"), "": (-1, "not"),
    "mustnot": (1, "must"), "shouldnot": (1, "should"), "not": (1, ""), "noneed": (1, ""),
}  # fmt: skip
_COMPARED = re.compile(r"\bthan\s+$")  # better than nothing, than not at all: what is compared with denies nothing
_IMPERATIVE = re.compile(r"\s*(?:(?:just|simply|then|and|please|leave|keep|store|serve)\b.*)?")
_JOINED = 1  # code points between two markers that are one phrase: will have to
_DENIED = {"may": "mustnot", "must": "noneed", "should": "shouldnot", "will": "not", "": "not"}
_DOUBLE = 3  # code points between two negations that cancel one another


@dataclass(frozen=True, slots=True)
class Stance:
    """``polarity`` is 1, -1 or 0 (not to be told); ``modality`` is empty for a plain statement."""

    polarity: int
    modality: str
    marker: Marker | None


def stance_of(clause: Clause) -> Stance:
    """The stance of a clause, turned round where its subject is nobody (no guest may …)."""
    nobody = _NOBODY.match(clause.text) if clause.text.isascii() else None
    if not nobody:
        return _said(clause)
    stance = _said(replace(clause, markers=tuple(one for one in clause.markers if one.start >= nobody.end())))
    if stance.polarity != 1:
        return Stance(0, "", None)  # nobody must not: who can tell
    return Stance(-1, _DENIED.get(stance.modality, "not"), stance.marker)


def _said(clause: Clause) -> Stance:
    """The stance of a clause: its first negation, else its first positive marker, else a plain statement."""
    if phrase := _phrase(clause.text):
        return phrase
    marked = [marker for marker in clause.markers if marker.kind == "stance" and marker.label != "none"]
    if left_out := next((marker for marker in marked if marker.label == "omit"), None):
        return _omitted(clause, left_out)
    if any(marker.label == "unclear" for marker in marked) or _has(clause, "contrast"):
        return Stance(0, "", None)
    if any(marker.label == "avoid" for marker in marked):
        first = marked[0]
        return (
            Stance(-1, "shouldnot", first) if first.label == "avoid" and clause.start <= _LABEL else Stance(0, "", None)
        )
    if not clause.text.isascii():
        marked = _after_case(_outside_names(marked, clause.text))
    else:
        marked = [marker for marker in marked if not _COMPARED.search(clause.text, 0, marker.start)]
    negative = [marker for marker in marked if marker.label in NEGATIVE]
    if len(negative) > 1 and negative[1].start - negative[0].end <= _DOUBLE:
        return Stance(0, "", None)
    if negative:
        return Stance(-1, negative[0].label, negative[0])
    if marked:
        first = _strongest([marker for marker in marked if marker.label != "is"]) or marked[0]
        return Stance(1, "" if first.label == "is" else first.label, first)
    return Stance(1, "should" if _INSTRUCTION.match(clause.text) else "", None)


def _phrase(text: str) -> Stance | None:
    """What a whole phrase says: 戴不戴都行 leaves it open, 非用热水不可 asks for it."""
    if either := _EITHER_WAY.search(text):
        return Stance(-1, "noneed", Marker(either.start(), either.start() + 2, "stance", "noneed"))
    if needed := _NOT_WITHOUT.search(text):
        return Stance(1, "must", Marker(needed.start(), needed.start() + 1, "stance", "must"))
    return None


def _omitted(clause: Clause, left_out: Marker) -> Stance:
    """The stance of a clause on what it says may, must or must not be left out."""
    if any(marker.start > left_out.start and marker.label in MODALITIES for marker in clause.markers):
        return Stance(0, "", None)  # you skip the rinse, you must: who can tell
    rest = _said(replace(clause, markers=tuple(one for one in clause.markers if one.end <= left_out.start)))
    polarity, modality = _OMITTED[rest.modality] if rest.polarity else (0, "")
    if not rest.marker and clause.text.isascii():  # Skip the rinse: an English clause that begins with its verb advises
        polarity, modality = (-1, "shouldnot") if _IMPERATIVE.fullmatch(clause.text[: left_out.start]) else (0, "")
    return Stance(polarity, modality, left_out if polarity else None)


def _strongest(marked: list[Marker]) -> Marker | None:
    """The first marker, or the duty that it only puts into the future: you will have to."""
    first, then = (*marked, None, None)[:2]
    joined = first and then and first.label == "will" and then.start - first.end <= _JOINED
    return then if joined and then and then.label in ("must", "should") else first


def _outside_names(marked: list[Marker], text: str) -> list[Marker]:
    """Without what only tells of whom the clause speaks: 没有记满12分的司机可以换证 denies nothing of them."""
    ends = [*(marker.start for marker in marked[1:]), len(text)][: len(marked)]
    return [
        marker
        for marker, end in zip(marked, ends, strict=True)
        if marker.label != "not" or not _RELATIVE.match(text[marker.end : max(end, marker.end)])
    ]


def _after_case(marked: list[Marker]) -> list[Marker]:
    """不续租要提前通知, 没有发票也可以办: what is denied first is the case of what is said to be done."""
    first = next((at for at, marker in enumerate(marked) if marker.label in MODALITIES), 0)
    if (
        first
        and marked[first].start - marked[first - 1].end > _DOUBLE * (marked[first].label in NEGATIVE)
        and all(marker.label in ("not", "is") for marker in marked[:first])
    ):
        return marked[first:]
    return marked


def hedge_of(clause: Clause) -> int:
    """0 flat, 1 weak (usually), 2 strong (may, depends)."""
    strengths = [int(marker.label) for marker in clause.markers if marker.kind == "hedge"]
    if any(marker.label == "existential" for marker in clause.markers):
        strengths.append(2)
    return max(strengths, default=0)


def quantifier_of(clause: Clause) -> str:
    """``only``, ``universal``, ``existential`` or nothing."""
    labels = {marker.label for marker in clause.markers if marker.kind == "frame"}
    if _ONLY_THEN.search(clause.text) or _ONLY_WHO.search(clause.text):
        return "only"
    return next((name for name in ("only", "existential", "universal") if name in labels), "")


def head_of(terms: list[Term], marker: Marker | None, language: str) -> Term | None:
    """The word that the marker governs: the first verb after it, else the first word after it, else the last verb."""
    heavy = [term for term in terms if term.heavy] or terms
    after = [term for term in heavy if marker is None or term.start >= marker.end]
    if language == "en":
        if marker is None or marker.label == "is" or (after and terms_lead(terms, marker, after[0])):
            return None
        return next(iter(after or terms[-1:]), None)
    if marker and marker.label == "not" and after and after[0].start == marker.end:
        return after[0]  # 不落地看完 denies 落地
    verbs = [term for term in after if term.tag in "va"]
    verbs = [term for term in verbs if not _CARRIES.fullmatch(term.word)] or verbs
    if marker is None:
        return next(iter((verbs or after)[-1:]), None)
    before = [term for term in terms if term.tag in "va"]
    return next(iter((verbs or after)[:1] or before[-1:] or terms[-1:]), None)


def terms_lead(terms: list[Term], marker: Marker, head: Term) -> bool:
    """Whether a word that carries little stands between the marker and its head: ``don't give your cat milk``."""
    return any(marker.end <= term.start < head.start and not term.heavy for term in terms)


def _has(clause: Clause, label: str) -> bool:
    return any(marker.label == label for marker in clause.markers if marker.kind == "frame")
