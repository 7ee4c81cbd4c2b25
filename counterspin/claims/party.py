"""Who must do or pay it: 由房东承担, 租客自己出, paid by the buyer, at the customer's expense.

A voice (由, by), a verb of duty or payment with its subject, or a noun of duty with its owner tells. In Chinese the
subject is known by the character in which words for parties end; in English a verb of payment has no other subject,
and before any other verb only a word of the table of parties counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from counterspin.claims.tables import Lexicon, rows
from counterspin.claims.terms import Term, stems

PARTIES = frozenset("人方者员司局行店院校长主客户家东商厂位构门府队女母师")  # in which words for who acts end
# Words that end like a party and are none; a place, a formula, a measure, a thing.
_NO_PARTIES = frozenset(
    ("地方", "处方", "配方", "偏方", "药方", "平方", "立方", "东方", "西方", "南方", "北方", "后方", "前方")
)
_NOUNS = frozenset("nrjl")  # tags of words that may name a party, by first letter
_BY = re.compile(r"(?<![自理经缘事])由(?!于|来|此|浅|衷)")
_DUTY = re.compile(r"负责|承担|买单|负担|自理|自行")
_PAYS = re.compile(
    r"(?:来|要|应当?|应该|必须|须|得|该|自己|自费|自行|本人|单独|全额|先|也|都|是|才)*"
    r"(?:承担|负担|负责|买单|埋单|支付|垫付|缴纳|交纳|报销|赔偿?|掏(?:钱|腰包)?|出(?:钱|资)?(?=[,。;!]|的|$)|[付交缴](?=[,。;!钱费清]|的|$))"
)
_OWNER = re.compile(r"(?:归|算是?|找|得?靠)$")
_OWNED = re.compile(r"(?:管|出|付|的(?:责任|义务|事|活)|负责|赔|修|所有)")
_DENIED = re.compile(r"不(?:应该?|该|能|会|再|用|需要?|必)?(?:由|归|是|$)|没有?义务|概不|无(?:需|须)")
_NOT_WHO = (
    r"(?!(?:is|are|was|were|must|should|has|have|had|to|will|shall|be|been|not|who|which|it|that|this|these|those|he|she"
    r"|they|you|we|the|an?|and|or|also|usually|always|normally|generally|only|can|may|of|for|in|on|with|your|their|its"
    r"|his|her|my|our|all|what|then|there|here|never|cannot)\b)"
)
_WHO = rf"{_NOT_WHO}([a-z]+)"
_OUGHT = (
    r"(?:(?:is|are|must|should|has to|have to|needs to|need to|will|shall|usually|normally|always|generally|still"
    r"|also) )*(?:be )?"
)
_THE = r"(?:the |your |an? )?"
_ENGLISH = re.compile(
    rf"\b{_WHO} {_OUGHT}(?:responsible for|liable for|in charge of|pays?(?: for)?\b|bears?\b|covers?\b|foots?\b)"
    r"|\b(?:paid|borne|covered|met|funded|provided|supplied|arranged|organi[sz]ed|decided|filed|handled|cleaned|repaired"
    rf"|fixed|replaced|maintained|signed|done|carried out)(?: for)? by {_THE}(?:[a-z]+ )?{_WHO}"
    r"(?=[.,;:]|$| (?:and|but|who|not|before|after|when|if|at|in|on|within)\b)"
    rf"|\bat {_THE}{_WHO}['’]s? (?:own )?(?:expense|cost)\b"
    rf"|\b{_WHO}['’]s? (?:own )?(?:responsibility|job|duty|liability|problem)\b"
    rf"|\b(?:responsibility (?:of|lies with)|falls? (?:on|to)|down to|is up to) {_THE}{_WHO}"
    rf"|\bit is {_THE}{_WHO} (?:who|that)\b(?: (?:must|should|has to|pays?))?"
)
_MUST = re.compile(r"\b([a-z]+) (?:must|has to|have to|should|is required to|needs to|is obliged to) (?!not\b|be\b)")
# Of which a text has one if the pattern is in it: to look for strings is far cheaper.
_OF_DUTY = (
    " by ", "responsib", "liab", "charge of", "pay", "bear", "cover", "foot", "expense", "cost", "job", "duty",
    "problem", "fall", "down to", "up to", "it is ",
)  # fmt: skip
_OF_MUST = (" must ", " has to ", " have to ", " should ", " required to ", " needs to ", " obliged to ")


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts, and where the clause says so (party and verb of duty): code points from its start."""

    name: str
    start: int
    end: int
    denied: bool = False


def party_of(text: str, terms: tuple[Term, ...], words: Lexicon) -> Party | None:
    """Who the clause (normal form) says must do or pay it, or that it is not who; nothing if it names nobody."""
    return _english(text) if words.language == "en" else _chinese(text, terms)


def is_party(word: str, language: str) -> bool:
    """Whether a word (canonical form) names who acts, as far as its last character or the table of parties tells."""
    return word[-1] in PARTIES and word not in _NO_PARTIES if language == "zh" else word in _parties()


def _english(text: str) -> Party | None:
    if any(map(text.__contains__, _OF_DUTY)) and (match := _ENGLISH.search(text)):
        name = next(group for group in match.groups() if group)
        return Party(stems(name)[-1], match.start(), match.end())
    match = _MUST.search(text) if any(map(text.__contains__, _OF_MUST)) else None
    name = stems(match[1])[-1] if match else ""
    return Party(name, match.start(), match.end()) if match and name in _parties() else None


@cache
def _parties() -> frozenset[str]:
    return frozenset(stems(word)[-1] for (cell,) in rows("parties.en") for word in cell.split())


def _chinese(text: str, terms: tuple[Term, ...]) -> Party | None:
    if match := _BY.search(text):
        after = [term for term in terms if term.start >= match.end()]
        duty = _DUTY.search(text, match.end())
        # 由快递公司承担: all that stands between; 由卖方来交: the nouns before the verb
        named = [term for term in after if term.end <= duty.start()] if duty else list(takewhile(_is_no_verb, after))
        if named and named[-1].tag in _NOUNS and (paid := duty or _PAYS.match(text, named[-1].end) or named[-1]):
            denied = bool(_DENIED.search(text[: match.end()]))
            name = "".join(term.word for term in named if duty or term.tag in _NOUNS)
            return Party(name, match.start(), paid.end if isinstance(paid, Term) else paid.end(), denied)
    if _DUTY.search(text) or _PAYS.search(text) or _OWNED.search(text):
        return _subject(text, terms)
    return None


def _is_no_verb(term: Term) -> bool:
    return term.tag != "v"


def _subject(text: str, terms: tuple[Term, ...]) -> Party | None:
    """The party right before a verb of duty or payment, or between 归, 算 and what says that it is its own."""
    for term in terms:
        if term.tag not in _NOUNS or not is_party(term.word, "zh"):
            continue
        owned = _OWNED.match(text, term.end) if _OWNER.search(text[: term.start]) else None
        if duty := owned or _PAYS.match(text, term.end) or _DUTY.match(text, term.end):
            return Party(term.word, term.start, duty.end(), bool(_DENIED.search(text[: duty.end()])))
    return None
