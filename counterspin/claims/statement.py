"""The claims of one sentence: its clauses read, its cases and exceptions shared out, its measures told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from counterspin.claims.amounts import amount_of, amount_spans
from counterspin.claims.cases import holding_for, in_case, with_cases
from counterspin.claims.choice import choice_of
from counterspin.claims.clauses import Clause, clauses
from counterspin.claims.hearsay import others_words
from counterspin.claims.markers import Marker
from counterspin.claims.measure import Found
from counterspin.claims.necessity import needed, sufficient
from counterspin.claims.parts import Frame, Read, changed
from counterspin.claims.party import Party, party_of
from counterspin.claims.patterns import clause_scopes, direction_of
from counterspin.claims.quantities import quantities
from counterspin.claims.sequence import actions, order_of
from counterspin.claims.stance import Stance, head_of, hedge_of, quantifier_of, stance_of
from counterspin.claims.terms import Term, terms_of
from counterspin.claims.values import WINDOWS, numeric_claims
from counterspin.model import Claim
from counterspin.text.normal import fold

INHERITED = 4  # words of the clause before that it takes
VAGUE = 0.5  # confidence of a claim whose subject is a pronoun, 0 to 1
FRAGMENT = 0.75  # the same of one without a sentence around it: a label, an item of a list
_SUBJECT = 2  # words of an English clause that may be its subject
_MIN_OWN = 2  # content words below which a clause takes its subject from the clause before
_NOTICE = re.compile(r"关于[^,，。]{4,}的(?:通知|通告|公告|决定|意见|办法|规定|批复|函)\s*$")
# 在正常使用的情况下 says that all is as it should be: no case of its own.
_USUAL_CASE = re.compile(r"正常|一般情况|通常|按时|按要求|\b(?:normal|usual|ordinary|proper)", re.IGNORECASE)
_PROVERBS = frozenset(("动手", "操作", "处理", "弄", "动"))  # verbs that stand for the action of the clause before
_ENOUGH = _PROVERBS | {"足够", "够用", "合适", "最好", "enough", "plenty", "fine"}  # say that a measure will do
_QUOTED = re.compile(r"\s*[「『“][^「」『』“”]*[」』”]\s*")  # a sentence that somebody in the text says
_SHARED = "(?:[0-9]|[一二两三四五六七八九半百千万]+[成分])"  # how a share begins
_COMPARES = re.compile(rf"(?:低于|少于|高于|超过|多于|大于|小于|短于|长于|早于|晚于)[^,，\d]{{1,10}}的\s*{_SHARED}")
# What bounds a share stands before what it is a share of: 不得低于转正工资的80%.
_BOUNDS = re.compile(
    rf"(?:不(?:得|能|应|可|要)?)?(?:低于|少于|高于|超过|多于|大于|小于|短于|长于|早于|晚于)(?=[^,，\d]{{1,10}}的\s*{_SHARED})"
)
_BANS = frozenset(("mustnot", "shouldnot"))
_MEANS_ZH = re.compile(r"\s*(?:[在往拿跟从向边]|用(?!力))")
_PLACE_EN = re.compile(r"\b(?:under|inside|near|beside|next to|on top of|in front of|while|during) ([a-z][a-z ]+)$")
_EVENT_EN = re.compile(
    r"\b(?:before|after|without) (an? (?!(?:few|day|week|fortnight|month|year|hour|minute|second|while|total|period"
    r"|time)\b)[a-z]+(?: [a-z]+)?)[\s.!]*$"
)
_WHEN_ZH = re.compile(r"\s*([\u4e00-\u9fff]{2,8}?)(?:以后|之后|之前|以前|期间|的时候)(?=[^的]{2})")
_COLONS = frozenset((":", "："))
_AUXILIARY = re.compile(r"(?:n['’]t|\bnot|\bcannot|\bnever|(?<!-)\bno|\bnone|\bneither)$")
_EXISTS = "有"
_NONE = frozenset(("没有", "没", "无", "毫无", "并无", "不存在", "从没有"))
_BARE = frozenset(("不", "未", "并不", "不再"))
# 先 says when, no part of the verb after it that the dictionary does not know with it (先洗, 先交).
_FIRST = re.compile(r"(?<![预首优率争原祖领])先(?=[\u4e00-\u9fff])(?![生进天前后例知锋行导祖期驱头决验])")
_PARTICLES = re.compile(r"[\s了的吧呢啊过着]+")
ADVISING = frozenset(("must", "should", "may", "mustnot", "shouldnot", "noneed"))
_LIST_LABEL = re.compile(r"\s*[（(]?\d{1,2}[.、)）]\s*|\s*第[一二三四五六七八九十\d]+[,，、步]?")
# A pronoun for a thing at the head of a sentence; one for a person may stand for anybody.
POINTING = {
    "zh": re.compile(r"\s*(?:但|而|且|所以|虽然|可是|不过)?(?:它们?|其(?![他它余中实次间])|这(?:种|类|东西|玩意))"),
    "en": re.compile(r"\s*(?:and |but |so )?(?:it|they|these|those)\b"),
}
_PRONOUN = {
    "zh": re.compile(
        r"\s*(?:但|而|且|因为|所以|虽然|可是|不过)?(?:我|他|她|它|祂|其(?![他它余中实次间])|[这那](?=[是会将就才也都不并]))"
    ),
    "en": re.compile(
        r"\s*(?:and |but |so |or )?(?:i|he|she|they|we|his|her|their|this|that|those|these"
        r"|it(?! (?:takes?|costs?|needs?|will (?:take|cost)|is (?:[a-z]+ )?(?:to|for|that|who))\b)"
        r"|there(?! (?:is|are) no (?:need|way|point|use|benefit|sense|obligation|requirement)))\b"
    ),
}


def sentence_claims(blank: Claim, text: str, frame: Frame) -> Iterator[Claim]:
    read = with_cases([_read(clause, frame) for clause in clauses(text, frame.words)])
    if not read or _NOTICE.search(text):
        return
    conditions = [
        one for one in read if one.clause.role == "condition" and (one.found or not _USUAL_CASE.search(one.clause.text))
    ]
    exception = " ".join(one.clause.text.strip() for one in read if one.clause.role == "exception")
    hearsay = any(m.label == "reported" for one in read for m in one.clause.markers)
    whole_said = frame.reported or bool(_QUOTED.fullmatch(text))
    said_until = len(text) if whole_said else others_words(text, frame.words.language, hearsay=hearsay)
    # A clause with a measure of its own (先大火煮10分钟,再小火煮40分钟) lends its words to no other.
    lending = (one for one in read if one.clause.role != "statement" or not one.found)
    whole = tuple(dict.fromkeys((*(t.word for one in lending for t in one.terms), *blank.context)))
    shared = changed(
        blank,
        context=whole,
        exception=exception or _inline_exception(read),
    )
    if order := order_of(text, frame.words):
        yield _ordered(shared, order, bool(said_until))
    before: Read | None = None
    label: tuple[str, ...] = ()
    for one, scope in zip(read, _scopes(read, text, frame), strict=True):
        if _is_label(one, text):
            before, label = one, tuple(term.word for term in one.terms)
        elif one.clause.role == "statement":
            cases = holding_for(one, read, conditions)
            said = "reported" if one.clause.start < said_until else "asserted"
            cased = in_case(_conditioned(shared, scope, cases, said), before)
            under = replace(frame, label=label) if label else frame
            yield from _clause_claims(cased, one, _lent(before, one), cases, under)
            before = one if one.terms or before is None else before


def _ordered(shared: Claim, order: str, said: bool) -> Claim:
    """The claim that one action comes before another: its words are those of both, its surroundings the sentence."""
    first, then = actions(order, shared.language)
    attribution = "reported" if said else "asserted"
    return changed(shared, slot_kind="order", polarity=1, order=order, terms=(*first, *then), attribution=attribution)


def _conditioned(shared: Claim, scope: tuple[str, ...], cases: list[Read], said: str) -> Claim:
    return changed(
        shared,
        attribution=said,
        scope=scope,
        condition=" ".join(one.clause.text.strip() for one in cases),
        gates=tuple(item.quantity for one in cases for item in one.found),
    )


def _is_label(one: Read, text: str) -> bool:
    """``4. 退还押金:`` names what the rest of the sentence is about and says nothing of it."""
    end = one.clause.start + len(one.clause.text)
    return text[end : end + 1] in _COLONS and bool(one.terms) and not one.found and not one.clause.markers_of_stance()


def _scopes(read: list[Read], text: str, frame: Frame) -> Iterator[tuple[str, ...]]:
    """What each clause is limited to: by itself, by the clauses before it, by a case, else by headings and title."""
    scopes = clause_scopes([one.clause.text for one in read], text, frame.words)
    cases = [
        entry for one, scope in zip(read, scopes, strict=True) if one.clause.role == "condition" for entry in scope
    ]
    for scope in scopes:
        own = dict.fromkeys((*scope, *cases))
        named = {entry.partition(":")[0] for entry in own}
        above = (entry for entry in frame.scope if entry.partition(":")[0].rstrip("?") not in named)
        yield tuple(dict.fromkeys((*above, *own)))


def _read(clause: Clause, frame: Frame) -> Read:
    found = quantities(clause.text, frame.words.language)
    outside = tuple(
        marker
        for marker in clause.markers
        if not any(item.start <= marker.start and marker.end <= item.end for item in found)
        and not (found and _COMPARES.match(clause.text, marker.end))
    )
    if len(outside) < len(clause.markers):
        clause = replace(clause, markers=outside)  # 不得超过一个月 limits a measure, it forbids nothing
    masked = _masked(clause, found)
    terms = tuple(terms_of(masked, frame.words, frame.aliases))
    return Read(clause, terms, tuple(item for item in found if not item.period))


def _masked(clause: Clause, found: Iterable[Found]) -> str:
    text = list(clause.text)
    spans = [(marker.start, marker.end) for marker in clause.markers if marker.label != "none"]
    spans += amount_spans(clause.text)
    spans += [bound.span() for bound in _BOUNDS.finditer(clause.text)]
    if label := _LIST_LABEL.match(clause.text):
        spans.append(label.span())
    if "先" in clause.text:
        spans += [first.span() for first in _FIRST.finditer(clause.text)]
    for start, end in [*spans, *((item.start, item.end) for item in found)]:
        text[start:end] = " " * (end - start)
    return "".join(text)


def _inline_exception(read: list[Read]) -> str:
    return next(
        (one.clause.text.strip() for one in read if any(m.label == "exception" for m in one.clause.markers)), ""
    )


def _clause_claims(
    shared: Claim, one: Read, before: tuple[Term, ...], conditions: list[Read], frame: Frame
) -> Iterator[Claim]:
    clause, stance = one.clause, _meant(stance_of(one.clause), one, frame.words.language)
    if frame.words.language == "en" and _is_ellipsis(one, stance):
        return
    own = _own_words(one, before, frame.words.language)
    short = len(own) < _MIN_OWN + bool(frame.question and not before) and (one.found or stance.modality in ADVISING)
    named_above = frame.label[:INHERITED] or frame.told
    lent = named_above or (frame.subject if short and stance.modality in ADVISING else ())
    head = head_of(list(one.terms), stance.marker, frame.words.language)
    stated = _stated(shared, one, stance, frame, own=own, lent=lent, head=head)
    marked_at = stance.marker.start if stance.marker else len(clause.text)
    gates = tuple(item.quantity for item in one.found if item.end <= marked_at and stance.marker)
    governs = stated.predicate or (head and stated.modality) or frame.words.language == "en"
    enough = sufficient(stated, one)
    if enough:
        yield enough
    if stated.polarity and stated.terms and governs and not (enough and enough.polarity < 0):
        values = tuple(item.quantity for item in one.found if item.quantity not in gates)
        yield changed(stated, gates=(*shared.gates, *gates), values=values)
    if stated.polarity and (party := party_of(clause.text, one.terms, frame.words)):
        yield from _acted(stated, party, own, one)
    if stated.polarity > 0 and (choice := choice_of(clause.text, one.terms, frame.words)):
        yield changed(stated, slot_kind="choice", actor=choice[0], terms=choice[1], predicate="")
    yield from needed(stated, one, stance)
    measured = stated.terms if lent or not short else tuple(dict.fromkeys((*frame.subject, *stated.terms)))
    named_so = _measured(measured, one) if _EXISTS in measured else measured
    of_measure = stated if named_so == stated.terms else changed(stated, terms=named_so)
    yield from numeric_claims(of_measure, one, stance, conditions)


def _own_words(one: Read, before: tuple[Term, ...], language: str) -> tuple[Term, ...]:
    """The words of a clause, with those of the clause before where it has too few of its own."""
    named = tuple(term for term in one.terms if not before or term.word not in (_ENOUGH if one.found else _PROVERBS))
    if len(named) >= _MIN_OWN:
        return one.terms
    return (*before[: INHERITED if language == "zh" or _is_bound(one) else _SUBJECT], *named)


def _stated(
    shared: Claim,
    one: Read,
    stance: Stance,
    frame: Frame,
    *,
    own: tuple[Term, ...],
    lent: tuple[str, ...],
    head: Term | None,
) -> Claim:
    """What a clause says of its action, without its measures."""
    text, language = one.clause.text, frame.words.language
    marked_at = stance.marker.start if stance.marker else len(text)
    words = (*lent, *(term.word for term in own), *_being(one.clause), *amount_of(text, language))
    is_vague = any(map(_PRONOUN[language].match, (text, fold(shared.text))))
    return changed(
        shared,
        condition=" ".join((shared.condition, _when(one, language), _focus(stance, head, text))).strip(),
        confidence=VAGUE if is_vague else shared.confidence,
        entity=_entity(own, stance, marked_at, language),
        predicate=_predicate(stance, head, own, text),
        polarity=stance.polarity,
        modality=stance.modality,
        hedge=hedge_of(one.clause),
        quantifier=quantifier_of(one.clause),
        terms=tuple(dict.fromkeys(words)),
        direction=direction_of(one.terms, stance, text, frame.words),
        slot_kind="stance",
    )


def _predicate(stance: Stance, head: Term | None, own: tuple[Term, ...], text: str) -> str:
    """The word that the marker governs; nothing where it only stands for an action named before."""
    if _denies_being(stance, head, text):
        return _EXISTS
    return head.word if head and (head in own or head.word not in _PROVERBS) else ""


def _lent(before: Read | None, one: Read) -> tuple[Term, ...]:
    """The words of the clause before that a clause may take: of two pieces of advice each has an action of its own."""
    if before is None:
        return ()
    first, then = _advised(before), _advised(one)
    if not first or len(before.terms) < _MIN_OWN or not (then and any(term.start >= then.end for term in one.terms)):
        return before.terms
    action = next((term for term in before.terms if term.start >= first.end and term.tag == "v"), None)
    return tuple(term for term in before.terms if term is not action)


def _advised(one: Read) -> Marker | None:
    """The marker by which a clause advises, if it does."""
    return next((marker for marker in one.clause.markers_of_stance() if marker.label in ADVISING), None)


def _acted(stated: Claim, party: Party, own: tuple[Term, ...], one: Read) -> Iterator[Claim]:
    """Who must do or pay it: the question is what is left of the clause without the party and its verb of duty."""
    said = {term.word for term in one.terms if party.start <= term.start < party.end}
    terms = tuple(dict.fromkeys(term.word for term in own if term.word not in said))
    polarity = -1 if party.denied else stated.polarity
    values = tuple(item.quantity for item in one.found)
    if terms:
        yield changed(
            stated, slot_kind="actor", actor=party.name, polarity=polarity, terms=terms, predicate="", values=values
        )


def _meant(stance: Stance, one: Read, language: str) -> Stance:
    """``stance``, or none where a denial is a name (不洗的葡萄) or denies what carries nothing (为数不多)."""
    if language != "zh" or stance.marker is None or stance.polarity > 0:
        return stance
    at, text = stance.marker.end, one.clause.text
    after = next((term for term in one.terms if term.start >= at), None)
    if after is None:
        denied = _PARTICLES.sub("", text[at:])
        bare = text[stance.marker.start : at] in _BARE and denied
        return Stance(0, "", None) if bare else stance
    is_name = after.start == at and text[after.end : after.end + 1] == "的" and text[: stance.marker.start][-1:] != "是"
    return Stance(0, "", None) if is_name else stance


def _denies_being(stance: Stance, head: Term | None, text: str) -> bool:
    """没有月亮 denies that there is one: only who says that there is one contradicts it."""
    marker = stance.marker
    if marker is None or stance.modality != "not" or text[marker.start : marker.end] not in _NONE:
        return False
    return head is None or head.tag == "n" or head.end <= marker.start


def _being(clause: Clause) -> tuple[str, ...]:
    return (_EXISTS,) if any(marker.label == "is" for marker in clause.markers) else ()


def _measured(words: tuple[str, ...], one: Read) -> tuple[str, ...]:
    """The words of a measure, which is there whether or not the clause says so (有3天, 是3天); 有效 is one word."""
    being = {marker.end for marker in one.clause.markers if marker.label == "is"}
    had = {term.word: _EXISTS + term.word for term in one.terms if term.start in being and len(term.word) == 1}
    return tuple(had.get(word, word) for word in words if word != _EXISTS)


def _when(one: Read, language: str) -> str:
    """转正以后辞职, notice before a visit: a time at the head of a clause, some event at its end, is its case.

    An hour or a day (下午两点以后) is a measure, no case.
    """
    found = _WHEN_ZH.match(one.clause.text) if language == "zh" else _EVENT_EN.search(one.clause.text)
    if not found or any(
        item.start < found.end() <= item.end and item.quantity.dimension in WINDOWS for item in one.found
    ):
        return ""
    return found[1]


def _focus(stance: Stance, head: Term | None, text: str) -> str:
    """What a ban is about if it names a place or a means: 不能在楼道里充电 allows to charge elsewhere."""
    marker = stance.marker
    if marker is None or stance.modality not in _BANS:
        return ""
    if head and (found := _MEANS_ZH.match(text, marker.end)) and found.end() <= head.start:
        return text[found.end() : head.start].strip()
    within = _PLACE_EN.search(text, marker.end)
    return within[1] if within else ""


def _is_bound(one: Read) -> bool:
    """``…, up to one square metre``: a bound on its own limits all that the clause before says."""
    return not one.terms and any(item.quantity.operator in ("<=", ">=") for item in one.found)


def _is_ellipsis(one: Read, stance: Stance) -> bool:
    """``where the wide one does not``: what is denied stands elsewhere."""
    marker = stance.marker
    if marker is None or stance.polarity > 0 or one.found or re.search(r"[a-z]", one.clause.text[marker.end :]):
        return False
    return bool(_AUXILIARY.search(one.clause.text[: marker.end]))  # "is forbidden" says all


def _entity(own: tuple[Term, ...], stance: Stance, marked_at: int, language: str) -> str:
    if language == "en" and stance.marker is None:
        return ""  # without a marker, subject and verb are not told apart
    return " ".join(term.word for term in own if term.start < marked_at and term.tag != "v")
