"""Sentences cut into clauses with their part in the sentence: statement, condition, exception, question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from counterspin.claims.markers import Marker, markers_of
from counterspin.claims.tables import Lexicon

MAX_SENTENCE = 800  # code points of a sentence that is read; a longer one is no sentence but a run of data
MAX_CLAUSES = 40  # clauses read of one sentence


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: normal form, offset of its start in the sentence, markers, and its role in the sentence.

    Roles: statement, condition, exception, question, alternative (another case in which a statement holds as well).
    """

    text: str
    start: int
    role: str
    markers: tuple[Marker, ...]

    def markers_of_stance(self) -> tuple[Marker, ...]:
        """The markers that say what the clause makes of its action."""
        return tuple(marker for marker in self.markers if marker.kind == "stance" and marker.label != "none")


# Once a week is a measure, and after once a verb follows what was done once.
_ONCE = r"once(?! (?:an?|per|each|every|in|daily|weekly|more|or|can|may|must|should|will|is|are|has|only|again)\b|\W*$)"
_GOING_ON = r" (?:you|it|they|he|she|we|i|\w+ing)\b"  # while it charges is a case, while the other costs is none
_OR_WHEN = r"or (?:if|when|whenever|as soon as)\b"  # every three months or when it looks brown: no case of the measure
# If you must, before you have: what opens a clause goes with it.
_OPENS = "".join(
    rf"(?<!\b{word} )"
    for word in (
        "if", "when", "whenever", "unless", "until", "till", "once", "before", "after", "since", "while", "as", "than",
        "that", "what", "where", "wherever", "whether", "how", "which", "because", "although", "though", "provided",
    )
)  # fmt: skip
_BREAK = {
    "zh": re.compile(
        r"[,，;；:：。!！?？\n]|(?<=的话)(?=[\u4e00-\u9fff])|(?<!\d)、(?=(?:不|并|也|但|应|必须|可以))|而(?=(?:没有?|并?不(?!是|仅|且)))"
    ),
    "en": re.compile(
        rf"[;:.!?\n](?:\s|$)|,\s|\s[-–—]+\s|\b(?:but|because|although|whereas|while(?!{_GOING_ON}))\b"
        rf"|\s(?={_OR_WHEN})"
        rf"|(?<!\bor)\s(?=(?:if|unless|except|when|provided|as long as|{_ONCE}|while(?={_GOING_ON})) )"
        r"|\s(?=(?:so that|in order (?:to|that)|so as to) )"
        r"|\s(?:and|so)\s(?=(?:can|cannot|can't|must|should|may|will|never|do not|don't|is|are|you|they|it)\b)"
        rf"|(?<=[a-z])\s(?=you (?:should|must|can|may|will|need|do not|don't|cannot|can't|have)\b){_OPENS}"
    ),
}
# In the fridge the stew keeps three days: where or when something holds, which may open the only clause there is.
_ADVERBIAL_EN = re.compile(r"\s*(?:and |so |then |but )?(?:during|in the)\b")
_ALTERNATIVE_EN = re.compile(rf"\s*{_OR_WHEN}")
_SPOKEN_CONDITION = re.compile(
    r"(?:(?<![同及按随准暂临平当届有何小定])时|(?<=[约规决确指]定)时|时候|的话|情况下|之后|以后|(?<![向往朝靠落背最今])后|之前|以前|(?<![向往朝目眼])前|期间|状态下)\s*$"
)
_LEADING_CONDITION = {
    "zh": re.compile(
        r"\s*(?:而|但|且|并|那么|所以|因此)?(?:[^,，]{0,12}如果|如果|假如|若|倘若|假若|倘使|要是|一旦|只要|当|对于|针对|关于|凡|在.{1,12}(?:下|时|中|期间)$)"
    ),
    "en": re.compile(
        r"\s*(?:and |so |then |but )?(?:if|in case|provided|as long as|when|whenever"
        rf"|{_ONCE}|while(?={_GOING_ON})"
        r"|for (?!an? |\d|at |up|about|two|three|four|five|six|seven|one)|during|after(?! \d)|before(?! \d)|in the)\b"
    ),
}
_LEADING_EXCEPTION = {
    "zh": re.compile(r"\s*(?:但|不过)?(?:除非|除了|除(?=.{1,20}外))"),
    "en": re.compile(r"\s*(?:but )?(?:unless|except|apart from|other than|with the exception)\b"),
}
# 逾期不缴纳的，… : how statutes put a case; 到期就换新的 says what is done.
_STATUTE_CASE = re.compile(r"(?<![是为])(?!.*[就才便](?!是))[^是为]{4,}(?<![新旧好坏大小别对错真假])的\s*$")
_CONCLUDES = re.compile(
    r"[就则](?:会|要|必须|可以|能|应|不|得|算|是|有|没|行|好|够|合|安全|属于)"
)  # 如果…就会…: the whole sentence in one clause
_QUESTION = re.compile(r"[?？]\s*[\"'”’」』]?\s*$")
A_NOT_A = re.compile(
    r"(?:是不是|能不能|会不会|可不可以|要不要|有没有|需不需要|该不该|行不行|好不好|对不对|是否|能否|可否|算不算|应不应该|值不值得|到底)"
)
# 用上四五年没有问题,看你怎么骑: a question that is said to decide, or to be known, is asked of nobody.
_EMBEDDED = re.compile(r"(?:看|取决于|决定于?|不管|不论|无论|知道|清楚|明白)[^,，;；]*$")
_ASKING = {
    "zh": re.compile(
        r"(?:吗|呢|多久|多少|几[天次个年月岁]|怎么办|怎么[^样都也]{0,8}|如何|什么|哪些|哪个|多长时间)\s*$"
    ),
    "en": re.compile(r"^\s*(?:how|what|which|when|where|why|who|can|should|do|does|is|are|will|must|may)\b.{0,120}$"),
}
_FIRST_WORD_ASKS = re.compile(r"\s*(?:how|what|which|where|why|who|can|should|do|does|is|are|will|must|may)\b")


def clauses(sentence: str, words: Lexicon) -> list[Clause]:
    """The clauses of ``sentence`` (normal form). Empty for a sentence longer than ``MAX_SENTENCE``."""
    if len(sentence) > MAX_SENTENCE:
        return []
    found = []
    for start, end in _pieces(sentence, words.language):
        text = sentence[start:end]
        if text.strip():
            markers = markers_of(text, words)
            found.append(Clause(text, start, _role(text, markers, words.language), markers))
    if found and found[-1].role == "condition" and _is_only_a_case(found[-1].text, words.language):
        found[-1] = replace(found[-1], role="statement")  # a case stands before what holds in it
    if words.language == "en" and all(one.role != "statement" for one in found):
        found = [replace(one, role="statement") if _is_adverbial(one) else one for one in found]
    return found[:MAX_CLAUSES]


def _is_adverbial(clause: Clause) -> bool:
    return clause.role == "condition" and bool(_ADVERBIAL_EN.match(clause.text))


def _is_only_a_case(text: str, language: str) -> bool:
    return language == "zh" and bool(_STATUTE_CASE.search(text)) and not _LEADING_CONDITION["zh"].match(text)


def is_question(text: str, language: str) -> bool:
    """Whether a sentence, heading or title asks: a question mark, A-not-A, or a question word at its end."""
    if _QUESTION.search(text):
        return True
    if language == "zh":
        said = text.rstrip("。.!！ ")
        return bool(A_NOT_A.search(text) or (_ASKING["zh"].search(said) and not _EMBEDDED.search(said)))
    return False


def asks(text: str, language: str) -> bool:
    """Whether a heading or title asks, question mark or not."""
    return is_question(text, language) or (language == "en" and bool(_FIRST_WORD_ASKS.match(text)))


def _pieces(sentence: str, language: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for match in _BREAK[language].finditer(sentence):
        if match.group() in (",", ":", "：") and _inside_number(sentence, match.start()):
            continue
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(sentence)))
    return found


def _inside_number(sentence: str, at: int) -> bool:
    return sentence[at - 1 : at].isdigit() and sentence[at + 1 : at + 2].isdigit()


def _role(text: str, markers: tuple[Marker, ...], language: str) -> str:
    if language == "en" and _ALTERNATIVE_EN.match(text):
        return "alternative"
    if _LEADING_EXCEPTION[language].match(text):
        return "exception"
    if is_question(text, language) or (
        language == "zh"
        and any(m.label == "question" and m.kind == "frame" and A_NOT_A.match(text[m.start : m.end]) for m in markers)
    ):
        return "question"
    if _LEADING_CONDITION[language].match(text):
        return "statement" if language == "zh" and _CONCLUDES.search(text) else "condition"
    if language == "zh" and (_SPOKEN_CONDITION.search(text) or _STATUTE_CASE.search(text)):
        return "condition"
    return "statement"
