"""The one answer to a question that admits a single one: the best X is Y, X 首选 Y, 最先加的是 Y, the only X is Y."""

from __future__ import annotations

import re

from counterspin.claims.tables import Lexicon
from counterspin.claims.terms import Term

MOST = 5  # words of what is chosen, and of what it is chosen for
_BE_ZH = r"(?:应该|应当|最好|肯定|一定|当然|还|就|必须|要)*(?:是|为|选|属)"
_BE_EN = r"(?:should (?:always )?be|must be|is|are|was|would be|will be)"
_FORMS = {
    "zh": (
        re.compile(rf"(?:最好|最佳|最理想)的(?P<asked>[^,，。;是为]{{1,12}}?){_BE_ZH}(?P<best>[^,，。;]{{1,14}})"),
        re.compile(rf"(?:第一|最先|首先|头一)(?P<first>[^,，。;是为]{{1,12}}?){_BE_ZH}(?P<best>[^,，。;]{{1,14}})"),
        re.compile(
            r"(?P<asked>[^,，。;]{0,14}?)(?:首选|第一选择是|第一选择为)(?:的?是|应该是|用)?(?P<best>[^,，。;的]{1,14})"
        ),
        re.compile(rf"唯一的?(?P<asked>[^,，。;是为]{{1,12}}?){_BE_ZH}(?P<best>[^,，。;]{{1,14}})"),
    ),
    "en": (
        re.compile(
            rf"\b(?:the|your) (?:best|ideal|only|safest) "
            rf"(?P<asked>[a-z' -]{{3,50}}?) {_BE_EN} (?P<best>[a-z' -]{{3,40}})"
        ),
        re.compile(rf"\b(?:the|your) first (?P<asked>[a-z' -]{{3,50}}?) {_BE_EN} (?P<best>[a-z' -]{{3,40}})"),
        re.compile(rf"(?P<best>[a-z' -]{{3,40}}?) {_BE_EN} the (?:best|only|safest|first) (?P<asked>[a-z' -]{{3,50}})"),
    ),
}
_NOT_ONE = re.compile(
    r"之一|之二|\bone of\b|\bamong\b|\bnot\b|n't\b|不是|并非|要看|取决|\bdepends?\b|\bwhat\b|\bwhich\b|\bwhen\b"
)
_TELLS = {
    "zh": re.compile(r"最好的|最佳|最理想|首选|第一|最先|首先|头一|唯一"),
    "en": re.compile(r"\b(?:best|ideal|first|only|safest)\b"),
}


def choice_of(text: str, terms: tuple[Term, ...], words: Lexicon) -> tuple[str, tuple[str, ...]] | None:
    """What the clause (normal form) names as the one answer, and the words of the question."""
    if not _TELLS[words.language].search(text) or _NOT_ONE.search(text):
        return None
    for form in _FORMS[words.language]:
        if match := form.search(text):
            start, end = match.span("best")
            chosen = [term.word for term in terms if start <= term.start < end]
            asked = tuple(dict.fromkeys(term.word for term in terms if not start <= term.start < end))
            if 0 < len(chosen) <= MOST and 0 < len(asked) <= MOST:
                return " ".join(chosen), asked
    return None
