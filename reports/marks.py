"""A quoted passage cut into stretches: plain text, the words that a flag is about, holes and swapped words."""

from __future__ import annotations

from collections.abc import Iterable

from counterspin.store.figure_rows import FlagRow
from reports.masks import Clean
from reports.values import Mark

SUBJECT, SWAP, HOLE = "subject", "swap", "hole"
_Found = tuple[int, int, str, str]  # start, end, role, note


def marked(flag: FlagRow, clean: Clean) -> tuple[Mark, ...]:
    """The passage of ``flag`` in stretches, with what may not be shown masked."""
    quotes = [
        (clean(one.text, flag.rule), clean(one.note, flag.rule))
        for one in flag.evidence
        if one.role == "subject" and one.url == flag.place.url
    ]
    return stretches(clean(flag.passage, flag.rule), quotes, flag.swaps, role=role_of(flag.rule))


def role_of(rule: str) -> str:
    """What the words that a rule quotes of its own passage are."""
    return HOLE if rule == "hole" else SUBJECT


def stretches(
    text: str, quotes: Iterable[tuple[str, str]], swaps: Iterable[tuple[str, str]], *, role: str = SUBJECT
) -> tuple[Mark, ...]:
    """``text`` in stretches; joined, their texts are ``text`` again.

    ``quotes``: words of the text that the evidence names, with a note each; ``swaps``: replaced word and replacement.
    """
    subjects = [
        (start, end, role, note) for quote, note in quotes if quote != text for start, end in _places(text, quote)
    ]
    swapped = [(start, end, SWAP, source) for source, target in swaps for start, end in _places(text, target)]
    out: list[Mark] = []
    at = 0
    quoted = {(start, end) for start, end, _, _ in subjects}
    named = [swap for swap in swapped if swap[:2] in quoted]  # a quote longer than a replacement is about more than it
    for start, end, kind, note in _apart(named or subjects or swapped):
        if start > at:
            out.append(Mark("", text[at:start]))
        out.append(Mark(kind, text[start:end], note))
        at = end
    return (*out, Mark("", text[at:])) if at < len(text) or not out else tuple(out)


def _places(text: str, part: str) -> Iterable[tuple[int, int]]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))


def _apart(found: Iterable[_Found]) -> list[_Found]:
    """The stretches in order, without overlaps; of two that overlap the earlier and longer one stays."""
    out: list[_Found] = []
    for one in sorted(found, key=lambda f: (f[0], -f[1])):
        if not out or one[0] >= out[-1][1]:
            out.append(one)
    return out
