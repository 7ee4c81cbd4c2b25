"""A slot's question in the words of the page, and how many independent voices give an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from counterspin.claims.tables import lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim
from counterspin.text.normal import fold

MAX_WORDS = 7  # words of a question
SAME_VOICE = 0.55  # share of the character pairs (in English: words) of two sentences that are one text, 0 to 1
MAX_VOICES = 60  # sentences of one answer that are held against one another
_NOISE = re.compile(r"[\W_]+")
_ASKED = {
    "zh": {
        "duration": "多久", "frequency": "多久一次", "rate": "百分之多少", "temperature": "多少度", "age": "多大年龄",
        "money": "多少钱", "mass": "多少", "volume": "多少", "distance": "多长、多远", "count": "多少",
        "numeric": "多少", "deontic": "该不该、能不能", "polarity": "是不是、会不会", "advice_direction": "该不该",
        "antonym": "哪一种", "exclusivity": "只有这一种办法吗", "order": "先做哪一步", "actor": "由谁",
    },
    "en": {
        "duration": "how long", "frequency": "how often", "rate": "what share", "temperature": "how hot",
        "age": "at what age", "money": "how much", "mass": "how much", "volume": "how much", "distance": "how far",
        "count": "how many", "numeric": "how much", "deontic": "should one, may one", "polarity": "is it so",
        "advice_direction": "should one", "antonym": "which", "exclusivity": "is that the only way",
        "order": "what comes first", "actor": "who",
    },
}  # fmt: skip


def question_of(kind: str, left: Claim, right: Claim) -> str:
    """What both claims answer, as a reader would ask it: ``PP棉滤芯 清洗:该不该、能不能?``."""
    shared = [word for word in left.terms if word in right.terms] or list(left.terms)
    words = surface(left, shared)[:MAX_WORDS]
    asked = _ASKED[left.language]
    dimension = left.values[0].dimension.split(":")[0] if kind == "numeric" and left.values else kind
    ask = asked.get(dimension) or asked.get(kind, kind)
    return f"{' '.join(words)}:{ask}?" if left.language == "zh" else f"{' '.join(words)}: {ask}?"


def surface(claim: Claim, wanted: Iterable[str]) -> list[str]:
    """The words of the claim's sentence that stand for the canonical words ``wanted``, in its order."""
    words = lexicon(claim.language)
    seen: dict[str, str] = {}
    for term in terms_of(fold(claim.text), words, {}):
        seen.setdefault(term.word, claim.text[term.start : term.end])
    kept = set(wanted)
    return [form for word, form in seen.items() if word in kept] or sorted(kept)


def voices(claims: list[Claim], aliases: Mapping[str, str]) -> list[list[Claim]]:
    """The claims grouped by the text that they come from: copies and rewrites of one sentence are one voice."""
    groups: list[tuple[frozenset[str], list[Claim]]] = []
    for claim in claims[:MAX_VOICES]:
        marks = _marks(claim, aliases)
        for known, members in groups:
            if members[0].url == claim.url or len(marks & known) >= SAME_VOICE * len(marks | known):
                members.append(claim)
                break
        else:
            groups.append((marks, [claim]))
    return [members for _, members in groups] + [[claim] for claim in claims[MAX_VOICES:]]


def _marks(claim: Claim, aliases: Mapping[str, str]) -> frozenset[str]:
    text = fold(claim.text)
    if claim.language == "en":
        return frozenset(aliases.get(word, word) for word in re.findall(r"\w+", text))
    for target, source in aliases.items():
        text = text.replace(target, source)
    letters = _NOISE.sub("", text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1)) or frozenset((letters,))
