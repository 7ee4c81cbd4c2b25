"""English words that a swap was made inside of: becautilize for because, where a spinner puts utilize for use.

The place is proof only where the word, with the swap undone, is one that everybody uses; where the word as it stands
is none; and where the swap is no whole part of it: users may become utilizers, and a salesman a salesperson.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from counterspin.text.basic import is_basic
from counterspin.text.boundary import BoundarySwap
from counterspin.text.normal import fold

MIN_TARGET = 4  # letters of a replacement that is looked for inside words
MIN_ORIGINAL = 2  # letters of the word that it stands for
_SUFFIXES = (
    "s es d ed r er ers est ier iest ies ied or ors ing ings ly y n en able ably ability al ally age ful fully less "
    "lessly ness ment ments ship hood ish ist ists ism ity ive ion ions ation ations ate ated ise ize ised ized ous "
    "ously ic ical ically ant ent ance ence ary ory dom ee eer ess th like wise ward wards"
)
_PREFIXES = "un re in im dis mis non pre over under out up down sub super inter multi self co counter anti semi fore"
_AFFIXES = frozenset(f"{_SUFFIXES} {_PREFIXES}".split())
_WORD = re.compile(r"[a-z]+")
_LONG = re.compile(rf"[a-z]{{{MIN_TARGET + 1},}}")  # a word that may hold a replacement and more


def inside_swaps(text: str, pairs: Iterable[tuple[str, str]]) -> tuple[BoundarySwap, ...]:
    """Where ``text`` shows one of ``pairs`` (original, replacement) made inside a word, in order."""
    folded = fold(text).lower()
    if not _LONG.search(folded):
        return ()
    known: dict[str, list[str]] = defaultdict(list)
    for original, target in pairs:
        if _fits(original, target):
            known[target].append(original)
    if not known:
        return ()
    targets = re.compile("|".join(sorted(map(re.escape, known), key=lambda one: (-len(one), one))))
    found = []
    if not targets.search(folded):
        return ()
    for match in _WORD.finditer(folded):
        word = match.group()
        inner = targets.search(word)
        if inner and len(word) > len(inner.group()) and not is_basic(word):
            before, target, after = word[: inner.start()], inner.group(), word[inner.end() :]
            for original in known[target]:
                restored = before + original + after
                if is_basic(restored) and not (_is_part(before) and _is_part(after)):
                    start, end = match.span()
                    found.append(BoundarySwap(start, end, text[start:end], restored, ((original, target),)))
                    break
    return tuple(found)


def _fits(original: str, target: str) -> bool:
    plain = original.isascii() and original.isalpha() and target.isascii() and target.isalpha()
    return plain and len(target) >= MIN_TARGET and len(original) >= MIN_ORIGINAL and original not in target


def _is_part(piece: str) -> bool:
    """Whether a word may be made with this before or after another: nothing, an affix, or a word."""
    return not piece or piece in _AFFIXES or is_basic(piece)
