"""Whether a clause advises more of something or less: 多喝水, 尽量少吃盐, drink plenty of water, use less soap.

The word is added to those of the claim, so that more and less on one question are opposites like any others.
"""

from __future__ import annotations

import re

from counterspin.claims.terms import tagged
from counterspin.text.normal import HAN

# 多 and 少 tell how much is done where they stand before a verb, at the head of a clause or after what advises.
_ZH = re.compile(rf"(?:^|[\s,，要应该量好宜得请需可以会])(?P<way>[多少])(?P<rest>[{HAN}]{{1,4}})")
_COUNTS = frozenset("少数量年次人个种样半余久大长远")  # 多少, 多数, 多年 count or ask
_EN = {
    "more": re.compile(r"\b(?:plenty of|lots of|a lot of|as much|as many|generous)\b|\bmore (?!than\b|or\b)[a-z]"),
    "less": re.compile(
        r"(?<!a )\b(?:as little|as few|little|few|sparing(?:ly)?|as sparingly)\b|\bless (?!than\b)[a-z]"
    ),
}


def amount_of(text: str, language: str) -> tuple[str, ...]:
    """The word for more or for less, if the clause (normal form) advises one of them; nothing if it says both."""
    if language == "zh":
        found = {text[start:end] for start, end in amount_spans(text)}
    else:
        found = {way for way, pattern in _EN.items() if pattern.search(text)}
    return tuple(found) if len(found) == 1 else ()


def amount_spans(text: str) -> list[tuple[int, int]]:
    """Where 多 and 少 stand before a verb: words of grammar, which the segmenter may take for a part of it."""
    return [
        match.span("way")
        for match in _ZH.finditer(text)
        if match["rest"][0] not in _COUNTS and tagged(match["rest"])[0][1].startswith("v")
    ]
