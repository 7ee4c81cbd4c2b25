"""Fingerprints: what a finding is, never when, how strongly or how often it was found."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from counterspin.model import Counterpart, Evidence, Flag, Passage
from counterspin.urls import url_key

VERSION = 1
_NOISE = re.compile(r"[\W_\d]+")


def letters(text: str) -> str:
    """The letters of ``text``, compatibility forms and case folded: no space, punctuation or digits."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


def passage_key(text: str) -> str:
    """24 hex digits for the letters of a passage: equal for texts that differ in space, punctuation or digits."""
    return blake2b((letters(text) or text).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def fingerprint(category: str, rule: str, url: str, track: str, key: str = "") -> str:
    """24 hex digits: version, category, rule, page and passage (``track``, see :func:`passage_key`), and ``key``.

    The store hands in the key that the passage had when it was first seen, so that an edited passage keeps its flag.
    """
    whole = "\x1f".join((str(VERSION), category, rule, url_key(url) if "/" in url else url, track, key))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def new_flag(
    category: str,
    rule: str,
    url: str,
    passage: Passage | None,
    *,
    score: float,
    reason: str,
    evidence: tuple[Evidence, ...],
    severity: int = 2,
    counterpart: Counterpart | None = None,
    swaps: tuple[tuple[str, str], ...] = (),
    key: str = "",
    answers: tuple[tuple[str, str], ...] = (),
) -> Flag:
    """The flag of ``rule`` on ``passage`` (``None``: on the page as a whole), with its fingerprint.

    ``evidence`` is never empty. ``score`` is cut to 0..1 and rounded to 4 digits, so that engines agree.
    """
    if not evidence:
        raise AssertionError(f"{rule}: a flag without evidence")
    text = passage.text if passage else ""
    return Flag(
        id=fingerprint(category, rule, url, passage_key(text) if passage else "", key),
        category=category,
        rule=rule,
        url=url,
        passage=text,
        start=passage.start if passage else None,
        end=passage.end if passage else None,
        score=round(min(1.0, max(0.0, score)), 4),
        reason=reason,
        evidence=evidence,
        counterpart=counterpart,
        swaps=swaps,
        severity=severity,
        key=key,
        answers=answers,
    )
