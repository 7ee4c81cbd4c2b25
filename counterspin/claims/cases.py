"""Which clauses of a sentence are the case in which another holds."""

from __future__ import annotations

import re
from dataclasses import replace

from counterspin.claims.measure import Found
from counterspin.claims.parts import Read, changed
from counterspin.model import Claim

_FROM_WHERE = re.compile(r"^\s*(?:不足|不满|未满|不到|满|超过|逾)|以[上下]\s*$")  # 至少, 最多 bound what is advised
_STATES = re.compile(r"[是为]\s*$")
_THEN = re.compile(r"也[要得应]|就[会能]")  # 车放着不用,每个月也要充一次
_CASE = 6  # words of a clause that may be the case of the next one
_CONCLUDES = re.compile(r"[^,，]{0,8}?(?:才|就|便)(?:会|能|可|要|应|需|得|不)")
_CONTRACTED = re.compile(
    r"[^,，]{0,14}?(?:[就便]|也[要得应])"
)  # 用久了不换,水就不干净: the denial is the case of what follows
_LACKING = re.compile(r"\s*(?:如果)?没有?")  # 没有先进的文化,就不可能有 …
_IMPOSSIBLE = re.compile(r"不可能|无法|难以|不会|不能|谈不上|就没")
_HAPPENED = re.compile(r"(?<![为极算够行好])了\s*$")
_NOUN_PHRASE = re.compile(r"的[\u4e00-\u9fff]{1,6}\s*$")


def holding_for(one: Read, read: list[Read], conditions: list[Read]) -> list[Read]:
    """The conditions before ``one``, and those after it if nothing is said under them (夜里不能关,一旦停机,菌会死)."""
    at = read.index(one)
    said = max((place for place, other in enumerate(read) if other.clause.role == "statement"), default=at)
    return [case for case in conditions if (place := read.index(case)) < at or place > said]


def in_case(shared: Claim, before: Read | None) -> Claim:
    """正常使用造成的磨损,租客不用赔偿: a noun phrase before the comma is what the next clause speaks of.

    A bound that belongs to it (工龄十年以上的职工) is a measure of the case.
    """
    if before is None or before.clause.markers_of_stance() or not 1 < len(before.terms) <= _CASE:
        return shared
    only = any(marker.label == "only" for marker in before.clause.markers)  # 只能由厂家的人员操作 is a rule, no case
    phrase = _NOUN_PHRASE.search(before.clause.text)
    if only or not phrase or not all(_bounds(item, phrase.start()) for item in before.found):
        return shared
    if not before.found and _is_action(before, phrase.start()):
        return shared
    gates = (*shared.gates, *(item.quantity for item in before.found))
    return changed(shared, condition=f"{shared.condition} {before.clause.text.strip()}".strip(), gates=gates)


def _bounds(item: Found, at: int) -> bool:
    return item.end <= at and item.quantity.operator in ("<=", ">=")


def _is_action(one: Read, at: int) -> bool:
    """搭帐篷选择平坦的高地 does something to what the phrase names; 正常使用造成的磨损 is all one phrase."""
    verbs = [term for term in one.terms if term.tag == "v"]
    return bool(verbs) and all(term.end < at for term in verbs)


_NAMES_WHOM = re.compile(r"\s*(?:从来|还|尚|一直)?(?:没有?|未|不)[^,，是为的]{1,14}的[\u4e00-\u9fff]{1,4}\s*$")


def with_cases(read: list[Read]) -> list[Read]:
    """逾期六个月以上，银行才会起诉: a measure without a marker, before a clause that concludes, is its case."""
    found: list[Read] = []
    for one in reversed(read):
        after = found[-1] if found else None
        if after and (_is_measured_case(one, after) or _is_denied_case(one, after) or _is_event(one, after)):
            one = replace(one, clause=replace(one.clause, role="condition"))  # noqa: PLW2901 - the same clause, re-read
        found.append(one)
    return found[::-1]


def _is_measured_case(one: Read, after: Read) -> bool:
    if one.found and _STATES.search(one.clause.text[: one.found[0].start]):
        return False  # 期限是三个月 says it all
    if not one.found or one.clause.markers_of_stance():
        return False
    if _is_bare_bound(one):
        measured = {item.quantity.dimension for item in one.found}
        other = any(item.quantity.dimension not in measured for item in after.found)
        return other or bool(after.clause.markers_of_stance())
    return bool(_CONCLUDES.match(after.clause.text)) and not after.found


def _is_bare_bound(one: Read) -> bool:
    """不足24小时, 满20年的: a bound from one side of which on something holds, and no word besides."""
    return not one.terms and all(
        item.quantity.operator in ("<=", ">=") and _FROM_WHERE.search(item.quantity.text) for item in one.found
    )


def _is_event(one: Read, after: Read) -> bool:
    """卡丢了,补办要交二十元: what has happened, before what is then to be done."""
    if one.found or one.clause.markers_of_stance() or after.clause.role != "statement":
        return False
    return bool(one.terms and _HAPPENED.search(one.clause.text) and after.clause.markers_of_stance())


def _is_denied_case(one: Read, after: Read) -> bool:
    labels = [marker.label for marker in one.clause.markers_of_stance()]
    text = after.clause.text
    if _NAMES_WHOM.match(one.clause.text):
        return True  # 没有过滤的小缸,三天换一次
    if labels != ["not"] or one.found or (after.found and not _THEN.search(text)):
        return False
    lacking = bool(_LACKING.match(one.clause.text))
    return bool(_CONTRACTED.match(text) or (lacking and (_IMPOSSIBLE.search(text) or _is_lacking_case(after))))


def _is_lacking_case(one: Read) -> bool:
    return one.clause.role == "condition" and bool(_LACKING.match(one.clause.text))
