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
    found = list(_swapped(text, flag.swaps)) or list(_subjects(flag, text, clean))
    out: list[Mark] = []
    at = 0
    for start, end, role, note in _apart(found):
        if start > at:
            out.append(Mark("", text[at:start]))
        out.append(Mark(role, text[start:end], note))
        at = end
    return (*out, Mark("", text[at:])) if at < len(text) or not out else tuple(out)


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
    at = text.find(quote) if quote else -1
    role = HOLE if flag.rule == "hole" else SUBJECT
    if at >= 0 and len(quote) < len(text):
        yield at, at + len(quote), role, clean(evidence.note, flag.rule)


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """The stretches in order, without overlaps; of two that overlap the earlier and longer one stays."""
    out: list[_Found] = []
    for one in sorted(found, key=lambda f: (f[0], -f[1])):
        if not out or one[0] >= out[-1][1]:
            out.append(one)
    return out
