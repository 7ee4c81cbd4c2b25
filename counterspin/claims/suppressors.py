"""What keeps two claims on one question from being a conflict: another scope, another case, hearsay, hedges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from counterspin.claims.kinds import kinds_apart
from counterspin.claims.phases import phases_apart
from counterspin.claims.profile import PARTLY, ROOT, Profile, found_in
from counterspin.claims.sequence import opposed, order_of
from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim, Quantity
from counterspin.text.normal import fold

_CASES = frozenset(("age", "date", "clock"))  # measures of whom or when, not of how much
_TIMES = frozenset(("age", "duration", "frequency", "date", "clock"))  # measures that are no size of a thing
_CASED = re.compile(r"^\s*(?:after|in|at|over|满|超过|逾)\b|[前后内]\s*$|^满|^超过|^逾")
_ABSOLUTE = re.compile(
    r"一律|绝对|任何(?:时候|情况|条件)|无论如何|\b(?:always|never|under (?:no|any) circumstances|without exception)\b"
)
_NEXT = 2  # code points between two sentences of one passage
# A bound before these is one of the thing that the sentence is about.
_OF_SUBJECT = re.compile(r"的|\s+(?:may|must|can|cannot|should|shall|will|needs?|do|does|is|are|has|have)\b")
_ARTICLE = r"(?:an? |the |any |your |their )?"
_HAS = "(?:with|has|have|having|hold|holds|holding)"
_WITHOUT = {
    "zh": re.compile(r"(?:不|未|没有?|无)([\u4e00-\u9fff]{2,8}?)的"),
    "en": re.compile(rf"\bwithout {_ARTICLE}([a-z]+)"),
}
_TURN = re.compile(
    r"\s*(?:不过|但|然而|只是|只有|除非|例外|唯独|however\b|but\b|except\b|that said\b|still,|only\b|the exception\b)"
)
FOREIGN = 0.5  # share of the words of a condition from which it is another condition, 0 to 1
UNMET = 1.5  # words of a condition that the other side knows nothing of, from which it is another condition
NAMED_FREELY = frozenset(("role", "channel", "pet", "date", "product"))
# Families whose members are often left out: a claim that names none of them may still be about the other's.
USUAL = frozenset(("成人", "standard"))  # members that go without saying


def suppressors(left: Profile, right: Profile) -> Iterable[str]:
    """What keeps two claims on one question from being a conflict, as names."""
    if left.claim.attribution == "reported" or right.claim.attribution == "reported":
        yield "reported"
    yield from _scopes_apart(left, right)
    numeric = left.claim.slot_kind == "numeric"
    if (_other_condition(left, right) and not _leaves_no_case(left, right)) or (
        _other_measure(left.claim, right.claim) if numeric else _is_sized_alone(left.claim, right.claim)
    ):
        yield "condition"
    if _are_cases(left.claim, right.claim) or _denies_whom(left, right) or _denies_whom(right, left):
        yield "case"
    if _is_excepted(left, right) or _is_excepted(right, left) or _is_turned(left.claim, right.claim):
        yield "exception"
    if phases_apart(left.claim, right.claim):
        yield "phase"
    if left.claim.slot_kind in ("numeric", "stance") and kinds_apart(left, right):
        yield "kind"
    if left.claim.slot_kind == "stance" and _give_one_order(left.claim, right.claim):
        yield "order"
    if left.claim.hedge == 2 and right.claim.hedge == 2:
        yield "hedged"
    if left.claim.quantifier == right.claim.quantifier == "existential":
        yield "existential"


def _give_one_order(left: Claim, right: Claim) -> bool:
    """Whether two sentences put two actions in one order, one of them by denying the other: never sunscreen first."""
    words = lexicon(left.language)
    mine, other = order_of(fold(left.text), words), order_of(fold(right.text), words)
    return bool(mine and other) and opposed(mine, ">".join(reversed(other.split(">"))), left.language)


def _leaves_no_case(left: Profile, right: Profile) -> bool:
    """Whether one page names a case and the other rules out all of them: always smoke the hive, 绝对不能."""
    if left.claim.slot_kind != "stance" or left.claim.url == right.claim.url:
        return False
    flat = [one.claim for one in (left, right) if not one.condition]
    return len(flat) == 1 and bool(_ABSOLUTE.search(fold(flat[0].text)))


def _are_cases(left: Claim, right: Claim) -> bool:
    """Whether two sentences side by side set case against case (水质好的地区…;水质差的地区…), each with its answer."""
    if not left.condition or not right.condition or not _side_by_side(left, right):
        return False
    mine, other = _units(left), _units(right)
    shorter = min(len(mine), len(other))
    shared = _shared_start(mine, other) + _shared_start(mine[::-1], other[::-1])
    return mine != other and shorter > shared >= PARTLY * shorter


def _denies_whom(left: Profile, right: Profile) -> bool:
    """不服从调剂的会退档 speaks of others than 服从调剂的考生不会退档, "without a receipt" than "with a receipt"."""
    language, other = left.claim.language, fold(right.claim.text)
    denied = (match[1] for match in _WITHOUT[language].finditer(fold(left.claim.text)))
    if language != "zh":
        return any(re.search(rf"\b{_HAS} {_ARTICLE}{name}\b", other) for name in denied)
    forms = ("[了过着]?".join(name) for name in denied)  # 签合同的, 签了合同的
    return any(re.search(f"(?<![不未没无有]){form}的", other) for form in forms)


def _units(claim: Claim) -> list[str]:
    """The characters of a condition, in English its words."""
    folded = fold(claim.condition)
    return list(folded) if claim.language == "zh" else folded.split()


def _shared_start(left: list[str], right: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _side_by_side(left: Claim, right: Claim) -> bool:
    before, after = sorted((left, right), key=lambda claim: claim.start)
    return left.url == right.url and 0 <= after.start - before.end <= _NEXT


def _is_turned(left: Claim, right: Claim) -> bool:
    """Whether one sentence follows the other and opens with a turn (不过, however), taking a case out of it."""
    after = max((left, right), key=lambda claim: claim.start)
    return _side_by_side(left, right) and bool(_TURN.match(fold(after.text)))


def _is_excepted(left: Profile, right: Profile) -> bool:
    """Whether ``right`` speaks of what ``left`` leaves out: no dogs except guide dogs / guide dogs may."""
    if not left.claim.exception:
        return False
    words = lexicon(left.claim.language)
    left_out = (term.word for term in terms_of(fold(left.claim.exception), words, {}) if term.heavy)
    return any(word in right.own_words and word not in left.own_words for word in left_out)


def _scopes_apart(left: Profile, right: Profile) -> Iterable[str]:
    for family in sorted({name.rstrip("?") for name in left.scope.keys() | right.scope.keys()}):
        mine, other = _limits(left, family), _limits(right, family)
        passing = f"{family}?" in left.scope or f"{family}?" in right.scope
        if family in ("year", "rule"):
            if mine != other and not (passing and not (mine and other)):
                yield "rule_changed"
        elif mine & other or mine | other <= USUAL:
            continue
        elif (mine and other) or not (passing or family in NAMED_FREELY or _is_said(family, left, right)):
            yield f"scope:{family}"


def _is_said(family: str, left: Profile, right: Profile) -> bool:
    """Whether what one side's own words name of ``family`` stands in the other's words too: 换发护照, 换一本护照."""
    families = lexicon(left.claim.language).families
    for one, two in ((left, right), (right, left)):
        members = (member for member in one.scope.get(family, ()) if not member.isascii())
        if any(all(char in two.own_chars for char in member) for member in members):
            return True
        named = (word for word in one.own_words if families.get(word, "")[:1] == (family,))
        if any(word in two.claim.context or found_in(word, two, own=True) >= ROOT for word in named):
            return True
    return False


def _limits(profile: Profile, family: str) -> frozenset[str]:
    """The members of ``family`` that limit the claim: named with it, else in passing by the title of its page."""
    return profile.scope.get(family) or profile.scope.get(f"{family}?", frozenset())


def _other_condition(left: Profile, right: Profile) -> bool:
    """Whether one names a case that the other does not, or both name different ones (双方…的 / 单方…的)."""
    mine, other = _missing(left, right), _missing(right, left)
    if min(mine, other) >= PARTLY:
        return True
    return any(
        missing >= max(PARTLY, min(UNMET, FOREIGN * len(one.condition)))
        for missing, one in ((mine, left), (other, right))
    )


def _other_measure(left: Claim, right: Claim) -> bool:
    """Whether one value holds under a measured condition (两年后, above 30 °C) and the other without."""
    mine, other = ({gate.dimension for gate in one.gates if _limits_case(gate, one)} for one in (left, right))
    return mine != other


def _is_sized_alone(left: Claim, right: Claim) -> bool:
    """Whether one speaks of what has a measure of its own, and the other names no measure."""
    return (_is_sized(left) and not right.gates) or (_is_sized(right) and not left.gates)


def _is_sized(claim: Claim) -> bool:
    """Whether it speaks of what has a measure of its own: 超过100瓦时的锂电池, claims over 500 dollars need …"""
    text = fold(claim.text)
    sizes = (gate for gate in claim.gates if gate.operator in ("<=", ">=") and gate.dimension not in _TIMES)
    bounds = (gate.text.strip() for gate in sizes)
    return any(_OF_SUBJECT.match(text, text.find(bound) + len(bound)) for bound in bounds if bound in text)


def _limits_case(gate: Quantity, claim: Claim) -> bool:
    """Whether a measure beside another is a case (after two years, from 60 on), not told as well (for 40 minutes)."""
    return (
        gate.operator in ("<=", ">=")
        or gate.dimension in _CASES
        or gate.base in ("before", "after")
        or (gate.dimension == "frequency" and claim.values[0].dimension.startswith("money"))
        or bool(_CASED.search(gate.text))
    )


def _missing(left: Profile, right: Profile) -> float:
    """The words of a condition that the other side lacks; who acts is what two claims of actors answer."""
    answers = (left.claim.actor, right.claim.actor)
    return sum(1 - found_in(word, right) for word in left.condition if word not in answers)
