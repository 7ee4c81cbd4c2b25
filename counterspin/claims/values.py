"""The measures of a clause as claims: what is measured, under which other measures, and what else that says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from counterspin.claims.aspects import asked, carried
from counterspin.claims.measure import Found
from counterspin.claims.parts import Read, changed
from counterspin.claims.stance import NEGATIVE, Stance
from counterspin.claims.tables import attributes
from counterspin.claims.terms import Term
from counterspin.model import Claim, Quantity

PER = "per"  # operator of a unit that another measure is given for
WAIT = "wait"  # dimension of the time that has to pass before something is allowed, in days
SHARE = "share"  # dimension of a share with its base, in per cent
WINDOWS = {"clock": 24.0, "date": 366.0}  # dimensions that come round again, and after how much
_BANS = frozenset(("mustnot", "shouldnot", "not"))
_OTHER_SIDE = {">=": "<=", "<=": ">="}
_BANNED_FOR = re.compile(r"内$|^(?:for|within)\b")
_AFTER_ZH = re.compile(r"(?:之|以|过)?后")
_AFTER_EN = re.compile(r"after\b")
_THEN = re.compile(r"[才就便即方](?:能|可)|可以|再")
_ONLY_THEN = re.compile(r"才(?:能|可|会|可以|允许)")  # 晚上六点才能: from then on
_WAITS = re.compile(r"(?:等待?|间隔|隔)(?:够|满|上)?\s*$|\bwait(?:ing)?(?: for)?(?: at least)?\s*$")
_EARLY_ZH = re.compile(r"(?:之前|以前|(?<![目眼])前|提前)(?:至少|不少于)?\s*$")
_LATE_ZH = re.compile(r"(?:之后|以后|(?<![前最背])后)(?:的|至少)?\s*$|(?:过期|逾期|超期|超过)[^,，]{0,6}$")
# At the earliest three months before, 最晚提前两天: how early one may come, how late.
_FIRST_DAY = re.compile(r"(?P<early>最早|\bearliest\b)|最[晚迟]|\blatest\b")
_SIDE_EN = re.compile(
    r"['’]?\s+(?:(?:written |advance )?notice |or more )?"
    r"(before|prior to|ahead of|in advance|after|of(?= (?:receiv|sign|mov|purchas|deliver|the (?:date|end))))"
)
_SINCE = re.compile(r"(?<![最今往背落])后[第的]?$")  # 绝育后七天拆线 tells when the stitches are out
_WAITING = frozenset(("等", "等待", "wait", "间隔", "隔"))
_FROM_ZH = re.compile(r"(?:的?时候|以后|之后|后|之前|以前|前|起|开始)")
_FROM_EN = re.compile(r"\b(?:at|from|by|before|until|after)(?: the age of)?\s*$")
_YEAR = 365.0  # days
_BETWEEN = {
    "zh": re.compile(r"(?:两|每|二|2)次[^,，。]{0,6}?之?(?:间|隔)|(?:间隔|相隔)"),
    "en": re.compile(r"\bbetween (?:(?:two|each|any two) )?(?:[a-z]+s\b|one [a-z]+ and the next)"),
}
_OF = re.compile(
    r"\s+of\s+(?:the |your |its |their |a |an )?[a-z]+(?: (?!is\b|are\b|for\b|in\b|at\b|if\b|as\b|and\b|or\b)[a-z]+)?"
)
_MIXED = frozenset(("mass", "volume", "money:cny", "money:usd", "money:gbp", "money:eur"))
_TWO = 2
_FREE = {
    "zh": re.compile(
        r"免费|免收|不收(?:取)?(?:任何)?(?:费用?|钱)|(?:不用|无需|不需要?|不必|无须)(?:再?[缴交付给掏花])[^,，]{0,4}[费钱]|不[要花]钱"
    ),
    "en": re.compile(
        r"\b(?:free of charge|for free|(?:is|are) free\b(?! (?:of|from|to))|no (?:fee|charge)s?\b|costs? nothing)"
    ),
}
_FREELY = frozenset(("免费", "免收", "free", "charge"))
_COST = {"zh": "费用", "en": "fee"}
_NEGATED_QUANTITY = 8  # code points between a negation and the quantity that it denies
_ENOUGH = re.compile(
    r"\s*(?:左右|以上|以内)?(?:[,，]?(?:就|才|即|便|最|为|更|也|正|刚好|刚刚|比较|都)[^会能要应该需得不,，]{0,5})"
)
# For ten years from the day it is issued: where the time begins is no part of what is asked.
_COUNTED_FROM = re.compile(
    r"\s*(?:from|starting|counting|beginning)\s(?:on |with |from )?the (?:day|date|time|moment)\b"
)
_MORE = re.compile(r"(?<![最至很许太大])[多少][\u4e00-\u9fff]$")  # 多等九秒: by how much, not how long
# To keep a room between 40 and 60 per cent is to say what it is, unless the measure is how long it keeps.
_KEEPING = frozenset(("store", "stay", "remain", "maintain", "保持", "维持", "控制"))
_WORN_OUT = re.compile(r"(?:[就才再](?:要|该|得|应|必须)?|必须|需要?|应当?|[要得])更?换|\bafter\b")
_DURABLE = 14.0  # days from which what is replaced that seldom wears out; water that is changed weekly does not
_REPLACED = frozenset(("换", "replace"))
_LASTS = {"zh": "寿命", "en": "last"}


def numeric_claims(stated: Claim, one: Read, stance: Stance, conditions: list[Read]) -> Iterator[Claim]:
    """The claims of a clause that has measures, or that says that something costs nothing."""
    if stated.polarity == 0:
        return
    if _is_outside(stated, one, stance):
        stated = changed(stated, polarity=1, modality="")
    units = [item for item in one.found if item.quantity.operator == PER]
    measures = [item for item in one.found if item.quantity.operator != PER]
    kinds = [item.quantity.dimension for item in measures]
    for item in [_related(item, one.clause.text, stated.language) for item in measures]:
        alone = kinds.count(item.quantity.dimension) == 1
        if allowed := _allowed(item, stance) if alone else None:
            yield from _valued(changed(stated, polarity=1), one, allowed)
        if alone and not _denied(item, stance) and not _MORE.search(one.clause.text[: item.start]):
            yield from _valued(stated, one, item)
            yield from _waited(stated, one, item)
            yield from _spaced(stated, one, item)
            yield from _aged(stated, one, item)
            yield from _shared_out(stated, one, item)
    yield from _mixed(stated, measures, units)
    if not one.found and len(stated.gates) == 1 and conditions:
        terms = dict.fromkeys((*(t.word for c in conditions for t in c.terms), *stated.terms))
        said = asked(tuple(terms), stated.gates[0].dimension, stated.language)
        yield changed(stated, slot_kind="numeric", values=stated.gates, gates=(), condition="", terms=said)
    if not any(_is_price(item.quantity) for item in one.found):
        yield from _free(stated, one)


def _is_outside(stated: Claim, one: Read, stance: Stance) -> bool:
    """Whether a mere denial stands behind the measures and denies what comes then: 连着戴24小时不摘."""
    marker = stance.marker
    if marker is None or stance.modality != "not" or stated.language != "zh" or not one.found:
        return False
    return marker.end - marker.start == 1 and all(item.end <= marker.start for item in one.found)


def _allowed(item: Found, stance: Stance) -> Found | None:
    """What a ban over some time allows: not for four months is after four months, not after ten is until ten."""
    quantity = item.quantity
    if stance.marker is None or stance.modality not in _BANS:
        return None
    if quantity.dimension == "duration" and _BANNED_FOR.search(quantity.text):
        return replace(item, quantity=replace(quantity, dimension=WAIT, operator="="))
    if quantity.dimension not in (*WINDOWS, "age"):
        return None
    if quantity.operator in _OTHER_SIDE:
        return replace(item, quantity=replace(quantity, operator=_OTHER_SIDE[quantity.operator]))
    if quantity.low < quantity.high and quantity.dimension in WINDOWS:
        whole = WINDOWS[quantity.dimension]
        low, high = quantity.high % whole, quantity.low
        return replace(item, quantity=replace(quantity, low=low, high=high + (whole if high < low else 0)))
    return None


def _waited(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    """How long one has to wait: 两周后就可以, after two weeks you may, wait two weeks."""
    text, quantity = one.clause.text, item.quantity
    if quantity.dimension != "duration" or quantity.operator == "<=":
        return
    after = _AFTER_ZH.match(text, item.end) if stated.language == "zh" else _AFTER_EN.match(quantity.text)
    permits = stated.modality == "may" or (stated.language == "zh" and _THEN.search(text[item.end :]))
    full = quantity.text.startswith("满") and permits  # 满三个月就能再申请
    if full or (after and permits) or _WAITS.search(text[: item.start]):
        operator = "=" if full else quantity.operator
        waited = replace(item, quantity=replace(quantity, dimension=WAIT, operator=operator))
        for claim in _valued(stated, one, waited):
            yield changed(claim, terms=tuple(word for word in claim.terms if word not in _WAITING))


def _spaced(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    """How often something may be done again: 两次之间至少隔四小时, wait four hours between doses."""
    quantity = item.quantity
    if quantity.dimension != "duration" or quantity.low <= 0 or not _BETWEEN[stated.language].search(one.clause.text):
        return
    operator = _OTHER_SIDE.get(quantity.operator, quantity.operator)
    often = replace(quantity, dimension="frequency", low=1 / quantity.high, high=1 / quantity.low, operator=operator)
    for claim in _valued(stated, one, replace(item, quantity=often)):
        yield changed(claim, terms=tuple(word for word in claim.terms if word not in _WAITING))


def _aged(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    """From which age on, where the claim is about the young: 宝宝满六个月加辅食, babies take solids from six months."""
    quantity, text = item.quantity, one.clause.text
    if quantity.dimension != "duration" or not any(entry.startswith("age:") for entry in stated.scope):
        return
    if stated.language == "zh":
        begins = quantity.text.startswith("满") or _FROM_ZH.match(text, item.end)
    else:
        begins = _FROM_EN.search(text[: item.start])
    if begins:
        aged = replace(quantity, dimension="age", low=quantity.low / _YEAR, high=quantity.high / _YEAR)
        yield from _valued(stated, one, replace(item, quantity=aged))


def _related(item: Found, text: str, language: str) -> Found:
    """The measure with the side of the event on which it lies: 期满前90日, 30 days after expiry."""
    if item.quantity.dimension == "clock" and item.quantity.operator == "=" and _ONLY_THEN.match(text, item.end):
        return replace(item, quantity=replace(item.quantity, operator=">="))
    if item.quantity.dimension not in ("duration", WAIT) or item.quantity.base:
        return item
    before, after = text[: item.start], text[item.end :]
    if language == "zh":
        late = _LATE_ZH.search(before) or _AFTER_ZH.match(after)
        side = "before" if _EARLY_ZH.search(before) else "after" if late else ""
    else:
        found = _SIDE_EN.match(after)
        side = ("after" if found[1] in ("after", "of") else "before") if found else ""
    if not side:
        return item
    first = _FIRST_DAY.search(before) if item.quantity.operator == "=" else None
    operator = ("<=" if first["early"] else ">=") if first and side == "before" else item.quantity.operator
    return replace(item, quantity=replace(item.quantity, base=side, operator=operator))


def _shared_out(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    """A share with the whole that it is taken of, whose words are then no words of the question."""
    base = _base(one, item, stated.language) if item.quantity.dimension == "rate" else ()
    if base:
        said = tuple(word for word in stated.terms if word not in base)
        quantity = replace(item.quantity, dimension=SHARE, base=" ".join(base))
        yield changed(stated, slot_kind="numeric", values=(quantity,), predicate="", terms=said)


def _base(one: Read, item: Found, language: str) -> tuple[str, ...]:
    text = one.clause.text
    if language == "zh":
        before = [term for term in one.terms if term.end <= item.start]
        found = [term for term in before[-1:] if text[term.end : item.start].strip() == "的" and term.tag == "n"]
        return tuple(term.word for term in found)
    whole = _OF.match(text, item.end)
    return tuple(term.word for term in one.terms if whole and whole.start() <= term.start < whole.end())


def _mixed(stated: Claim, measures: list[Found], units: list[Found]) -> Iterator[Claim]:
    """一斤糯米放4克酒曲, 2 g per litre: so much of one thing to so much of another."""
    of = [item for item in measures if item.quantity.dimension in _MIXED]
    pairs = [(item, unit) for unit in units[:1] for item in of[:1]] or ([(of[0], of[1])] if len(of) == _TWO else [])
    for item, unit in pairs:
        first, second = item.quantity, unit.quantity
        if first.dimension == second.dimension and first.low > second.low:
            first, second = second, first
        if min(first.low, second.low) <= 0 or first.operator in ("<=", ">="):
            continue
        dimension = f"{first.dimension}/{second.dimension}"
        shown = f"{item.quantity.text.strip()} / {unit.quantity.text.strip()}"
        mixed = Quantity(dimension, first.low / second.high, first.high / second.low, "=", shown)
        yield changed(stated, slot_kind="numeric", values=(mixed,), predicate="")


def _is_price(quantity: Quantity) -> bool:
    return quantity.dimension.startswith(("money", "pounds", "rate"))


def _free(stated: Claim, one: Read) -> Iterator[Claim]:
    """免费, free of charge: the price is nothing."""
    free = _FREE[stated.language].search(one.clause.text)
    if free:
        held = [term for term in one.terms if free.start() <= term.start < free.end()]
        words = {term.word for term in held}
        rest = (one.clause.text[free.end() : term.end] for term in held if term.end > free.end())  # 免费参观
        kept = (word for word in stated.terms if word not in _FREELY | words)
        said = dict.fromkeys((*kept, *rest, _COST[stated.language]))
        nothing = Quantity("money", 0.0, 0.0, "=", free.group())
        yield changed(
            stated,
            slot_kind="numeric",
            polarity=1,
            values=(nothing,),
            predicate="",
            terms=asked(tuple(said), "money", stated.language),
        )


def _valued(stated: Claim, one: Read, item: Found) -> Iterator[Claim]:
    others = tuple(
        _related(other, one.clause.text, stated.language).quantity
        for other in one.found
        if other.start != item.start and not _is_once(other.quantity)
    )
    own = _without_tail(stated, one, item)
    dimension = item.quantity.dimension
    head = _measured(item, tuple(term for term in one.terms if term.word in own), one.clause.text)
    headed = head and head.heavy and head.word not in attributes()
    said = (carried if item.quantity.base else asked)(own, dimension, stated.language)
    claim = changed(
        stated,
        slot_kind="numeric",
        values=(item.quantity,),
        gates=tuple(dict.fromkeys((*stated.gates, *others))),
        predicate=head.word if head and headed and head.word in said else "",
        terms=said,
        condition="" if item.quantity.text.strip() in stated.condition else stated.condition,  # no case of itself
    )
    if said:
        yield claim
    quantity = item.quantity
    if not (replaced := _REPLACED.intersection(said)) or quantity.low <= 0:
        return
    # What is replaced every two years, or when it is two years old, lasts two years.
    lasting = None
    if quantity.dimension == "frequency" and 1 / quantity.high >= _DURABLE:
        lasting = replace(quantity, dimension="duration", low=1 / quantity.high, high=1 / quantity.low)
    elif quantity.dimension == "duration" and _WORN_OUT.search(one.clause.text):
        lasting = replace(quantity, operator="=")
    if lasting:
        rest = (*(word for word in said if word not in replaced), _LASTS[stated.language])
        yield changed(claim, values=(lasting,), predicate="", terms=asked(rest, lasting.dimension, stated.language))


def _is_once(quantity: Quantity) -> bool:
    return quantity.dimension == "count:次" and quantity.low == quantity.high == 1


def _without_tail(stated: Claim, one: Read, item: Found) -> tuple[str, ...]:
    """The words of the claim without what only says that the value will do: 3分钟就熟了, 一天两升才健康."""
    lasts = item.quantity.dimension in ("duration", "frequency")
    kept = stated.terms if lasts else tuple(word for word in stated.terms if word not in _KEEPING)
    after = one.clause.text[item.end :]
    if not (_ENOUGH.fullmatch(after) or _COUNTED_FROM.match(after)):
        return kept
    tail = {term.word for term in one.terms if term.start >= item.end}
    return tuple(word for word in kept if word not in tail)


def _denied(item: Found, stance: Stance) -> bool:
    marker = stance.marker
    return bool(marker and marker.label in NEGATIVE and 0 <= item.start - marker.end <= _NEGATED_QUANTITY)


def _measured(item: Found, terms: tuple[Term, ...], text: str) -> Term | None:
    """The word that a quantity measures: the nearest verb before it, else after it, else the nearest word."""
    left = [term for term in terms if term.end <= item.start]
    right = [term for term in terms if term.start >= item.end]
    if right and _SINCE.search(text[: item.start]):
        return right[0]
    verbs = [term for term in left[::-1] + right if term.tag == "v"]
    return next(iter(verbs[:1] or left[-1:] or right), None)
