"""A quoted passage cut into stretches: plain text, the words that a flag is about, holes and swapped words."""

from __future__ import annotations

from collections.abc import Iterable

from counterspin.store.figure_rows import EvidenceRow, FlagRow
from reports.masks import Clean
from reports.values import Mark

SUBJECT, SWAP, HOLE = "subject", "swap", "hole"
_Found = tuple[int, int, str, str]  # start, end, role, note


def marked(flag: FlagRow, clean: Clean) -> tuple[Mark, ...]:
    """The passage of ``flag`` in stretches; joined, their texts are the passage."""
    text = clean(flag.passage, flag.rule)
    subjects = list(_subjects(flag, text, clean))
    found = _within(list(_swapped(text, flag.swaps)), subjects) or subjects
    out: list[Mark] = []
    at = 0
    for start, end, role, note in _apart(found):
        if start > at:
            out.append(Mark("", text[at:start]))
        out.append(Mark(role, text[start:end], note))
        at = end
    return (*out, Mark("", text[at:])) if at < len(text) or not out else tuple(out)


def _within(swaps: list[_Found], subjects: list[_Found]) -> list[_Found]:
    """The swapped words that the evidence names; all of them if it names none of them."""
    named = [swap for swap in swaps if any(start <= swap[0] and swap[1] <= end for start, end, _, _ in subjects)]
    return named or swaps


def _swapped(text: str, swaps: Iterable[tuple[str, str]]) -> Iterable[_Found]:
    for source, target in swaps:
        at = text.find(target) if target else -1
        while at >= 0:
            yield at, at + len(target), SWAP, source
            at = text.find(target, at + len(target))


def _subjects(flag: FlagRow, text: str, clean: Clean) -> Iterable[_Found]:
    for evidence in flag.evidence:
        if evidence.role == "subject" and evidence.url == flag.place.url:
            yield from _subject(flag, evidence, text, clean)


def _subject(flag: FlagRow, evidence: EvidenceRow, text: str, clean: Clean) -> Iterable[_Found]:
    quote = clean(evidence.text, flag.rule)
    at = text.find(quote) if 0 < len(quote) < len(text) else -1
    role = HOLE if flag.rule == "hole" else SUBJECT
    while at >= 0:
        yield at, at + len(quote), role, clean(evidence.note, flag.rule)
        at = text.find(quote, at + len(quote))


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """The stretches in order, without overlaps; of two that overlap the earlier and longer one stays."""
    out: list[_Found] = []
    for one in sorted(found, key=lambda f: (f[0], -f[1])):
        if not out or one[0] >= out[-1][1]:
            out.append(one)
    return out
