"""A page dated after a law's repeal cites it as the law in force.

Source: the repealing provision named in the table of laws; dates of entry into force. A sentence that says that the
law is old, repealed or replaced, or that speaks of a year before the repeal, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from counterspin.claims.tables import rows
from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold
from counterspin.text.quote import prose, quote, sentence_spans
from counterspin.wording import Wording

FLAGS = (
    "@published: 2024-05-01\n根据《中华人民共和国合同法》第六十条,当事人应当全面履行义务。",
    "@published: 2023-02-01\nUnder the Data Protection Act 1998 you may ask for a copy of your data.",
)
PASSES = (
    "@published: 2019-05-01\n根据《中华人民共和国合同法》第六十条,当事人应当全面履行义务。",
    "@published: 2024-05-01\n原《合同法》已于2021年废止,现在适用民法典。",
    "@published: 2024-05-01\n根据《劳动合同法》第十条,应当订立书面劳动合同。",
    "根据《中华人民共和国合同法》第六十条,当事人应当全面履行义务。",
)

_PAST = re.compile(
    r"废止|失效|原\s*《|旧\s*《|取代|代替|替代|曾|当时|此前|之前|以前|时期|施行后|民法典|同时废"
    r"|former|repealed|replaced|old law|previous|superseded|until|before|prior to|no longer|was|were|had"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")

REASON = Wording(
    en="the page is dated {dated} and cites {law}, repealed on {repealed} ({source})",
    zh="本页日期为 {dated}，却引用《{law}》，该法已于 {repealed} 废止（{source}）。",
)
_REPEALED = Wording(en="repealed {date}", zh="{date} 废止")


@dataclass(frozen=True, slots=True)
class Law:
    """A repealed law: how it is cited, the date of repeal (ISO 8601), and what repealed it."""

    name: str
    cited: re.Pattern[str]
    repealed: str
    source: str


@dataclass(frozen=True, slots=True)
class ExpiredLaw:
    """Flags the first citation of each repealed law on a page."""

    score: float = 0.7  # 0 to 1; advisory: an old law may still govern old cases
    severity: int = 1  # 1 (low) to 4
    name: str = "expired_law"
    category: str = "contradictory"
    version: int = 2

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """A flag for each repealed law that a dated page cites; nothing for a page without a date."""
        dated = (document.modified or document.published or "")[:10]
        for law in _laws(document.language[:2]) if dated else ():
            if dated > law.repealed and (found := _citation(document, law)):
                yield self._flag(document, law, dated, *found)

    def _flag(self, document: Document, law: Law, dated: str, passage: Passage, cited: Evidence) -> Flag:
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=self.score,
            reason=REASON(dated=dated, law=law.name, repealed=law.repealed, source=law.source),
            evidence=(cited, Evidence("rule", document.url, None, None, law.source, _REPEALED(date=law.repealed))),
            severity=self.severity,
            key=law.name,
        )


def _citation(document: Document, law: Law) -> tuple[Passage, Evidence] | None:
    for passage in prose(document):
        for span in sentence_spans(passage):
            text = fold(document.text[span.start : span.end])
            if law.cited.search(text) and not _is_history(text, law):
                return passage, quote(document, span.start, span.end)
    return None


def _is_history(text: str, law: Law) -> bool:
    rest = text.replace(law.name, "")
    return bool(_PAST.search(rest)) or any(int(year) < int(law.repealed[:4]) for year in _YEAR.findall(rest))


@cache
def _laws(language: str) -> tuple[Law, ...]:
    return tuple(
        Law(name, _pattern(name, language), repealed, source)
        for name, where, repealed, source in rows("laws")
        if where == language
    )


def _pattern(name: str, language: str) -> re.Pattern[str]:
    if language != "zh":
        return re.compile(re.escape(name))
    return re.compile(rf"《\s*(?:中华人民共和国)?{name}\s*》|(?:根据|依据|按照|依照|违反|我国|中华人民共和国){name}")


DETECTOR = ExpiredLaw()
