"""The clause in which the opening of a page or section answers the question of its title or heading.

A site that asks 感冒能喝蜂蜜水吗 seldom begins with a bare 能: after a sentence or two it says that 适量喝一点是可以的,
and leaves to the title what one may drink. Such a clause is read as the question with the answer in its place. It
must say nothing of another thing: each of its nouns, and the verb that its marker governs, stand in the question too.
Whoever answers for a case only (三岁以上可以吃) or leaves it open (看情况) gives no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from counterspin.claims.clauses import Clause, asks, clauses, is_question
from counterspin.claims.quantities import quantities
from counterspin.claims.replies import asked_of, is_open, restated
from counterspin.claims.stance import Stance, head_of, stance_of
from counterspin.claims.tables import Lexicon
from counterspin.claims.terms import Term, terms_of
from counterspin.model import Quantity

OPENING = 3  # sentences under a question in which its answer is looked for
_KNOWN = 0.5  # share of the characters of a word that stand in the question, 0 to 1
_PARTS = re.compile(r"[^?!,。;:|_]+[?]?")  # a title and what follows it: 定金可以退吗?律师说清楚了_某某网
_SAID = {
    "may": "可以", "mustnot": "不能", "shouldnot": "不建议", "noneed": "不用", "must": "必须", "should": "应该",
    "will": "会", "not": "不会",
}  # fmt: skip
# What answers whether one may, has to, or whether it happens: who asks if he must, is not told that he may.
_ANSWERS = {
    "may": frozenset(("may", "mustnot", "shouldnot")),
    "must": frozenset(("must", "should", "noneed", "mustnot", "shouldnot")),
    "will": frozenset(("will", "not")),
}
_LEFT_OPEN = re.compile(
    r"看情况|因人而异|不一定|要?看(?:是|你|个人|具体|怎么|什么)|分(?:情况|两种)|取决于|视.{1,6}而定"
)
_UNIT = r"(?:秒钟?|分钟|个?(?:半|多)?小时|个?钟头?|天|日|周|个?星期|个?礼拜|个?多?月|年|季度?)"
_NUMBER = r"[\d.零一二两三四五六七八九十百半几数]+"
_SPAN = re.compile(rf"{_NUMBER}(?:[-~到至]{_NUMBER})?{_UNIT}半?")
_BOUND = {">=": "至少", "<=": "不超过", "~": "大约"}


class _Measured(NamedTuple):
    """What asks for a measure, and the dimensions of its answer."""

    asked: re.Pattern[str]
    dimensions: frozenset[str]


_TIME = _Measured(
    re.compile(rf"多久|多长时间|多少时间|(?:多少|几){_UNIT}"), frozenset(("duration", "frequency", "wait"))
)
_MEASURES = (
    _TIME,
    _Measured(re.compile(r"多少(?:块?钱|元)|几块钱"), frozenset(("money",))),
    _Measured(re.compile(r"(?:多少|几)(?:摄氏)?度"), frozenset(("temperature",))),
)


def question_in(title: str, language: str) -> str:
    """The part of a title or heading (normal form) that asks, the first of several; empty if none does."""
    if language != "zh":
        return title if asks(title, language) else ""
    parts = (part.strip() for part in _PARTS.findall(title))
    return next((part for part in parts if is_question(part, language) or _measure_of(part)), "")


def answer_in(opening: Sequence[str], question: str, words: Lexicon) -> tuple[int, str] | None:
    """Which of the first sentences under ``question`` (all in normal form) answers it, and what it says then.

    ``None`` if none does, if a list of several measures does, or if the first one is a bare reply, which is read as
    such anyway.
    """
    measure = _measure_of(question)
    for at, text in enumerate(opening):
        if measure and len(_measures(text, measure)) > 1:
            return None
        if reply := restated(text, question, words.language):
            return (at, reply) if at else None
        if not is_question(text, words.language) and (said := answered(text, question, words)):
            return at, said
    return None


def answered(text: str, question: str, words: Lexicon) -> str:
    """``question`` as the statement that ``text`` (both in normal form) makes of it; empty if it makes none.

    The conditions of the sentence stand before it. Chinese alone.
    """
    if words.language != "zh" or not is_open(question, words.language) or _LEFT_OPEN.search(text):
        return ""
    known = "".join(term.word for term in terms_of(question, words, {})) + question
    read = _measuring if _measure_of(question) else _stating
    found = clauses(text, words)
    said = next((said for one in found if one.role == "statement" and (said := read(one, question, known, words))), "")
    cases = (one.text for one in found if one.role in ("condition", "exception"))
    return ",".join((*cases, said)) if said else ""


def _measure_of(question: str) -> _Measured | None:
    return next((measure for measure in _MEASURES if measure.asked.search(question)), None)


def _stating(clause: Clause, question: str, known: str, words: Lexicon) -> str:
    """The yes-or-no ``question`` as the statement that ``clause`` makes of it."""
    asked, stance = asked_of(question), stance_of(clause)
    if not asked or not _is_answer(stance, asked.kind, clause.text) or not _sizes(clause.text) <= _sizes(question):
        return ""
    terms = _unmarked(clause, words)
    head = head_of(terms, stance.marker, words.language)
    if (head and not _is_known(head, known)) or not _all_known((term for term in terms if term.tag != "v"), known):
        return ""
    return f"{asked.before}{_SAID[stance.modality]}{asked.after}"


def _sizes(text: str) -> set[tuple[str, float, float]]:
    """The measures of a text (每天, 天天: one), of which an answer may have no other than its question."""
    return {_size(item.quantity) for item in quantities(text, "zh")}


def _is_answer(stance: Stance, kind: str, text: str) -> bool:
    if stance.marker is None or stance.modality not in _ANSWERS[kind]:
        return False
    return stance.modality != "not" or "会" in text[stance.marker.start : stance.marker.end]


def _measures(text: str, measure: _Measured) -> list[Quantity]:
    """The measures in ``text`` of the kind asked for."""
    found = (item.quantity for item in quantities(text, "zh") if not item.period)
    return [item for item in found if item.dimension.partition(":")[0] in measure.dimensions]


def _size(value: Quantity) -> tuple[str, float, float]:
    return value.dimension, value.low, value.high


def _measuring(clause: Clause, question: str, known: str, words: Lexicon) -> str:
    """The ``question`` how long, how often or how much, with the measure of ``clause`` in it."""
    measure = _measure_of(question)
    found = _measures(clause.text, measure) if measure else []
    if not measure or len(found) != 1 or stance_of(clause).polarity < 0:
        return ""
    terms = _unmarked(clause, words)
    verbs = any(term.tag == "v" and _is_known(term, known) for term in terms)
    value = found[0].text.strip()
    if measure is _TIME:
        span = _SPAN.search(value)
        value = _BOUND.get(found[0].operator, "") + span.group() if span else ""
    if not value or not (verbs or _all_known((term for term in terms if term.tag == "n"), known)):
        return ""
    said = measure.asked.sub(value, question, count=1).rstrip("?吗呢")
    return said if _size(found[0]) in map(_size, _measures(said, measure)) else ""  # 一天三顿 is not 一天喂一回


def _unmarked(clause: Clause, words: Lexicon) -> list[Term]:
    """The words of a clause that are neither grammar nor part of a measure, and carry something."""
    text = list(clause.text)
    spans = [(marker.start, marker.end) for marker in clause.markers]
    for start, end in (*spans, *((item.start, item.end) for item in quantities(clause.text, words.language))):
        text[start:end] = " " * (end - start)
    return [term for term in terms_of("".join(text), words, {}) if term.heavy]


def _all_known(terms: Iterable[Term], known: str) -> bool:
    return all(_is_known(term, known) for term in terms)


def _is_known(term: Term, known: str) -> bool:
    return sum(char in known for char in term.word) >= _KNOWN * len(term.word)
