"""Sentences with exact offsets, in Chinese and in scripts with spaces."""

from __future__ import annotations

import re
from functools import lru_cache

from counterspin.model import Span
from counterspin.text.normal import HAN

# An ASCII full stop ends a sentence after Chinese, or before a space and a capital or the end; never inside a number,
# after a list number ("1. ") or after one capital letter ("U.S.", "J. Smith") or a usual abbreviation.
_END = re.compile(
    rf"""
    (?: [。！？｡…]+ | [!?]+ | [；] | (?<=[{HAN}\W])(?<![\s.\d])\.+(?!\d) | (?<=[{HAN}]);
      | (?<![A-Z])(?<!\b[Mm]r)(?<!\b[Dd]r)(?<!\bMs)(?<!\bMrs)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bNo)(?<!\bSt)
        (?<=\w)\.+(?=["'”’)\]]*\s+[^\sa-z]|["'”’)\]]*\s*$|\s*\n)
    )
    [\"'”’」』）)\]】》]*
    | \n+
    """,
    re.VERBOSE,
)
_LIST_NUMBER = re.compile(r"\s*[（(]?(?:\d{1,3}|[A-Za-z])\.\s*$")


@lru_cache(maxsize=1024)  # several detectors ask for the sentences of one passage
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, without the space around them; together they cover all that is no space."""
    found = []
    start = 0
    for match in _END.finditer(text):
        if _LIST_NUMBER.match(text[start : match.end()]):
            continue
        found.append(_trimmed(text, start, match.end()))
        start = match.end()
    found.append(_trimmed(text, start, len(text)))
    return tuple(span for span in found if span.start < span.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    left = start + len(inner) - len(inner.lstrip())
    return Span(left, max(left, start + len(inner.rstrip())))
