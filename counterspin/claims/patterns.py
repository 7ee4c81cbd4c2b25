"""Patterns of a clause that answer a kind of question: for whom, in which direction."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from counterspin.claims.measure import unit_pattern
from counterspin.claims.stance import Stance
from counterspin.claims.tables import Lexicon
from counterspin.claims.terms import Term, stems, tagged
from counterspin.text.normal import HAN
from counterspin.text.numerals import HAN_DIGITS

_HAN_RUN = re.compile(rf"[{HAN}]+")
_PRODUCT = re.compile(
    r"(?<![a-z0-9])([a-z]{1,4}-?\d{2,4}[a-z]?)(?![a-z0-9%])|\b(?:model|brand|version) ([a-z0-9]+)\b"
    r"|([a-z0-9]{1,8}|[\u4e00-\u9fff]{2})(?:型号|系列)"
)
# Families that a title names without saying that its page is about nothing else.
_PASSING = frozenset((
    "status", "place", "term", "daytime", "weekday", "role", "channel", "contact", "seal", "cooking", "cold", "person",
    "origin", "newness", "year", "date", "rule",
))  # fmt: skip
# What springs back or falls off names no season.
_ACTION = re.compile(
    r"\b(?:springs|falls|(?:spring|fall) (?:back|up|open|to|off|out|apart|asleep|below|under|short|behind|down|into"
    r"|from|over|within|through|on|ill))\b"
)
_WORD = re.compile(r"[a-z][a-z-]*")
# A year is told by 年 or by being no round number that a unit follows: 2000元, 2000 steps and 1950米 are measures.
_YEAR = re.compile(r"(?<![\d.,¥$€£])((?:19|20)\d\d)(?![\d%℃°]|[.,:]\d)(?P<sure>\s*年)?")
_ROUND = re.compile("(?:19|20)[05]0")
_DATE = re.compile(r"(\d{1,2})月(\d{1,2})日")
_RULE = re.compile(
    r"新规|旧规|新版|旧版|以前规定|原规定|此前|修订后|修订前"
    r"|(?:去年|前年|今年|明年)(?:以前|之前|以后|之后|起)"
    r"|(?:from|until|since|before|as of) (?:this|last|next) year"
    r"|previously|formerly|until \d{4}|since \d{4}|new rules?|old rules?|used to\b|no longer(?! than\b)"
)
_OF_RULES = (
    "年以", "年之", "年起", " year", "规", "版", "此前", "修订", "previously", "formerly", "until ", "since ", "rule",
    "used to", "no longer",
)  # fmt: skip
_OF_PRODUCTS = ("model", "brand", "version", "型号", "系列")
_DIGIT = re.compile(r"\d")


def scope_of(text: str, words: Lexicon) -> tuple[str, ...]:
    """The members of families that ``text`` (normal form) names, as ``family:member``, and its years."""
    found = {f"{family}:{member}" for family, member in _members(text, words)}
    found.update(_of_time(text))
    found.update(f"product:{name}" for name in _products(text))
    return tuple(sorted(found))


def _of_time(text: str) -> Iterable[str]:
    """The years, days and names of rules in ``text``."""
    # To look for a string costs a fiftieth of a search by pattern, and nearly no sentence has any of these.
    if "19" in text or "20" in text:
        yield from (f"year:{year}" for year in _years(text))
    if "月" in text:
        yield from (f"date:{match[1]}-{match[2]}" for match in _DATE.finditer(text))
    if any(map(text.__contains__, _OF_RULES)):
        yield from (f"rule:{match.group()}" for match in _RULE.finditer(text))


def _years(text: str) -> Iterator[str]:
    for match in _YEAR.finditer(text):
        if match["sure"] or not (_ROUND.fullmatch(match[1]) or _unit().match(text, match.end())):
            yield match[1]


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:{unit_pattern('zh')}|{unit_pattern('en')})")


def _products(text: str) -> Iterable[str]:
    """Models: x200, model 3, 星空系列."""
    if not (_DIGIT.search(text) or any(map(text.__contains__, _OF_PRODUCTS))):
        return ()
    return (match[1] or match[2] or match[3] for match in _PRODUCT.finditer(text))


def title_scope(title: str, words: Lexicon) -> tuple[str, ...]:
    """The scope of a whole page: what a title names in passing (第一次露营, 2024最新) is marked ``family?:member``."""
    found = (entry.partition(":") for entry in scope_of(title, words))
    return tuple(sorted(f"{family}{'?' if family in _PASSING else ''}:{member}" for family, _, member in found))


def clause_scopes(texts: Iterable[str], sentence: str, words: Lexicon) -> list[tuple[str, ...]]:
    """The scope of each clause of a sentence: what it names itself, else what the clauses before it name.

    Dates, years and names of rules hold for the whole sentence.
    """
    whole = sorted({*_of_time(sentence)})
    found: list[tuple[str, ...]] = []
    said: dict[str, set[str]] = {}
    for text in texts:
        own: dict[str, set[str]] = {}
        for family, member in _members(text, words):
            own.setdefault(family, set()).add(member)
        for name in _products(text):
            own.setdefault("product", set()).add(name)
        said = {**said, **own}
        found.append(tuple(sorted([*whole, *(f"{name}:{member}" for name, each in said.items() for member in each)])))
    return found


def direction_of(terms: tuple[Term, ...], stance: Stance, text: str, words: Lexicon) -> str:
    """The family of actions that the clause advises and the way it points, for example ``disclose-``."""
    if stance.polarity == 0 or stance.modality in ("noneed", "will", "not", "may"):
        return ""
    for term in terms if stance.modality else terms[:1]:  # without a marker only an imperative advises
        if text[term.end : term.end + 1] == "的":
            continue
        if stance.marker and term.start < stance.marker.end:
            continue
        word = words.directions.get(text[term.start : term.end]) or words.directions.get(term.word)
        if word:
            family, way = word[:-1], word[-1]
            flipped = {"+": "-", "-": "+"}[way] if stance.polarity < 0 else way
            return family + flipped
    return ""


def _members(text: str, words: Lexicon) -> list[tuple[str, str]]:
    if words.language == "zh":
        pieces = [piece for run in _HAN_RUN.findall(text) for piece in _named(run, words)]
    else:
        pieces = [form for word in _WORD.findall(_ACTION.sub(" ", text)) for form in stems(word)]
    found = {piece: words.families[piece] for piece in pieces if piece in words.families}
    told = Counter(family for family, _ in {*found.values()})
    # 冰箱冷冻室: what stands for a member counts where none is named.
    return [
        (family, member)
        for piece, (family, member) in found.items()
        if told[family] == 1 or words.canonical.get(piece, piece) == piece
    ]


def _named(run: str, words: Lexicon) -> Iterable[str]:
    """The words of a run, and what names a member inside one or over whole ones: no 机洗 in 洗衣机洗."""
    found = [word for word, _ in tagged(run)]
    yield from found
    ends = list(accumulate(len(word) for word in found))
    for match in words.members.finditer(run):
        if match.start() and run[match.start()] in HAN_DIGITS and run[match.start() - 1] in HAN_DIGITS:
            continue  # 十二次 is no second time
        inside = bisect_right(ends, match.start()) == bisect_right(ends, match.end() - 1)
        whole = match.end() in ends and (match.start() == 0 or match.start() in ends)
        if inside or whole:
            yield match.group()
