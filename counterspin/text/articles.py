"""The English article against the sound of the word after it: what a blind replacement leaves behind (an helpful)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from counterspin.model import Span

_ARTICLE = re.compile(r"\b(an?)\s+([^\W\d_]{2,})", re.IGNORECASE)
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)")
_EITHER = re.compile(r"(?:hist|herb|hotel|habit|hero|hyst|hum)")  # said in both ways
# Vowels that sound as no vowel.
_LIKE_YOU = re.compile(r"(?:uni(?!n|m|d)|us(?:e|u|a)|ut[ei]|eu|ew|ur[ai]|one|once|ub|uk)")


def wrong_articles(text: str) -> Iterator[Span]:
    """Where ``a`` stands before a vowel or ``an`` before a consonant, article and word; doubtful words are left out."""
    for match in _ARTICLE.finditer(text):
        article, word = match.group(1).lower(), match.group(2)
        doubtful = word.isupper() or _EITHER.match(word.lower())
        if (article == "an") != _needs_an(word) and not doubtful:
            yield Span(match.start(), match.end())


def _needs_an(word: str) -> bool:
    form = word.lower()
    if _SILENT_H.match(form):
        return True
    return form[0] in "aeiou" and not _LIKE_YOU.match(form)
