"""What a judge is asked and what it answers: one question, a few quotes, one opinion.

A judge confirms a flag of the rules, lowers it or says of what other kind it is. It never makes a flag.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Protocol

from counterspin.model import Flag

MAX_QUOTES = 6  # distinct quotes of one question that a judge reads
MAX_QUOTE = 600  # code points of one quote that a judge reads
OUTCOMES = ("conflict", "compatible", "unsure")
# Rules whose flags hold two quotes that answer one question; the kinds of difference that a judge may name.
KINDS = ("numeric", "polarity", "deontic", "advice_direction", "antonym", "exclusivity", "order", "actor")


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a page; ``side`` is ``a`` (the flag's passage) or ``b`` (what stands against it)."""

    side: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its rival quotes. ``flag_id`` ties the opinion to its flag."""

    flag_id: str
    rule: str
    question: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A judge's answer. ``outcome`` is one of ``OUTCOMES``, ``probability`` of a conflict is 0 to 1.

    ``kind`` is another kind of difference than the rule's, where the judge sees one.
    """

    outcome: str
    probability: float
    reason: str
    judge: str
    revision: str
    cached: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run of the judge would take: ``calls`` beside ``cached`` ones, and an estimate of its tokens."""

    calls: int
    cached: int
    tokens_in: int
    tokens_out: int

    def __str__(self) -> str:
        tokens = f"about {self.tokens_in} tokens in and {self.tokens_out} out"
        return f"{self.calls} calls ({self.cached} more from the cache), {tokens}"


class Judge(Protocol):
    """A backend. ``revision`` names model and prompt: another one means another answer, and another cache key."""

    @property
    def name(self) -> str: ...
    @property
    def revision(self) -> str: ...
    def cost(self, item: Item, /) -> tuple[int, int]: ...
    def ask(self, items: Sequence[Item], /) -> list[Opinion]: ...


def item_of(flag: Flag) -> Item:
    """The question of a flag of a slot rule, with its distinct quotes, the passage and its counterpart first."""
    quotes = [Quote("a", flag.passage, flag.url)]
    if flag.counterpart:
        quotes.append(Quote("b", flag.counterpart.passage, flag.counterpart.url))
    quotes += [Quote("a" if row.role == "subject" else "b", row.text, row.url) for row in flag.evidence]
    first: dict[str, Quote] = {}
    for quote in quotes:
        first.setdefault(quote.text, Quote(quote.side, quote.text[:MAX_QUOTE], quote.url))
    return Item(flag.id, flag.rule, flag.reason, tuple(first.values())[:MAX_QUOTES])


def cache_key(judge: Judge, item: Item) -> str:
    """24 hex digits for judge, revision, rule and quotes; URLs and the order of runs don't enter."""
    whole = json.dumps([judge.name, judge.revision, item.rule, [(q.side, q.text) for q in item.quotes]])
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def rivals(item: Item) -> Iterable[tuple[str, str]]:
    """Each quote of one side with each of the other."""
    ours = [quote.text for quote in item.quotes if quote.side == "a"]
    theirs = [quote.text for quote in item.quotes if quote.side == "b"]
    return ((mine, other) for mine in ours for other in theirs)
