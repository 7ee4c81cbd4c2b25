"""What the reports read from the database, as plain rows. Texts are as stored: masking and cutting is for reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each thing is read. What a limit leaves out is counted in ``Figures.totals``."""

    sites: int = 60
    rewrites: int = 25
    members: int = 5
    swaps: int = 120
    contexts: int = 3
    questions: int = 40
    quotes: int = 3
    nodes: int = 150
    changes: int = 80
    evidence: int = 240
    trend: int = 24

    def reduced(self, factor: float) -> Limits:
        """The same limits, the long lists shortened by ``factor`` (0 to 1), never below a few."""
        return Limits(
            sites=max(5, int(self.sites * factor)),
            rewrites=max(3, int(self.rewrites * factor)),
            members=max(1, int(self.members * factor)),
            swaps=max(10, int(self.swaps * factor)),
            contexts=max(1, int(self.contexts * factor)),
            questions=max(3, int(self.questions * factor)),
            quotes=max(1, int(self.quotes * factor)),
            nodes=max(10, int(self.nodes * factor)),
            changes=max(5, int(self.changes * factor)),
            evidence=max(10, int(self.evidence * factor)),
            trend=self.trend,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: address, host, when it says it was published and when it was fetched."""

    url: str
    host: str
    title: str | None = None
    published: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run; ``thresholds`` maps a rule to its version and thresholds."""

    id: int
    started_at: str
    ended_at: str | None
    status: str
    tool_version: str
    settings_sha: str
    thresholds: Mapping[str, Mapping[str, Any]]
    counts: Mapping[str, int]
    message: str | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What was looked at; ``outcomes`` are (code, pages) of the last fetch of each page."""

    hosts: int
    pages: int
    documents: int
    flagged: int
    passages: int
    outcomes: tuple[tuple[str, int], ...]
    first_fetch: str | None
    last_fetch: str | None
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """Flags of one category that are present now, and how they were judged."""

    category: str
    flags: int
    hosts: int
    pages: int
    decided: int
    confirmed: int
    false_positive: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A flag event since the earlier run. ``cause`` is what the analysis stored: content, rules, corpus or nothing.

    ``is_new_page``: the page came into the collection after the earlier run.
    """

    event: str
    cause: str
    is_new_page: bool
    fingerprint: str
    category: str
    rule: str
    url: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many flag events share event, stored cause, rule and newness of the page."""

    event: str
    cause: str
    is_new_page: bool
    rule: str
    flags: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """The counts of one site. Characters are of the current documents."""

    host: str
    pages: int
    flagged: int
    spun: int
    padded: int
    damaged: int
    contradictions: int
    copied: int
    chars_main: int
    chars_removed: int
    links_out: int
    licence: str | None
    confirmed: int
    decided: int
    trend: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A passage of a cluster, with the flag that stands on it, if there is one."""

    place: Place
    text: str
    similarity: float | None
    flag: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster; the others stand in ``members``. Unless ``has_source`` the ``source`` is only the middle one."""

    key: str
    kind: str
    source: MemberRow
    has_source: bool
    source_reasons: tuple[str, ...]
    members: tuple[MemberRow, ...]
    size: int
    hosts: int


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A sentence that shows a learnt swap."""

    text: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class SwapRow:
    """A learnt swap with its counts and the reviewers' last word."""

    source: str
    target: str
    directed: bool
    hits: int
    pages: int
    sites: int
    score: float
    first_run: int
    verdict: str | None
    contexts: tuple[ContextRow, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """A sentence that gives an answer, and where it stands."""

    text: str
    place: Place
    modality: str
    attribution: str


@dataclass(frozen=True, slots=True)
class RivalAnswer:
    """An answer with some of those who give it. ``voices`` counts independent texts (copies count once)."""

    stance: str
    value: str
    voices: int
    hosts: int
    quotes: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``scope`` is ``page`` if one page gives rival answers, ``site`` if one host does, else ``web``.

    A contradiction that stands in no slot has an empty ``question``; its ``flags`` name the flag.
    """

    key: str
    question: str
    kind: str
    outcome: str
    scope: str
    answers: tuple[RivalAnswer, ...]
    suppressors: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How far claims were compared: questions by outcome, and sentences with a measure that stand in none of them.

    ``passages`` are the passages that hold those sentences.
    """

    conflict: int
    varies: int
    rule_changed: int
    agreed: int
    uncompared: int
    passages: int


@dataclass(frozen=True, slots=True)
class HostGroup:
    """Hosts that share what an operator has to own, for example a licence number."""

    kind: str
    value: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The flags of a rule that are present now, and its verdicts over all flags it ever made."""

    category: str
    rule: str
    flags: int
    confirmed: int
    false_positive: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted piece of evidence of a flag, with its role."""

    role: str
    text: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag with its evidence and the place of its capture in the archive."""

    fingerprint: str
    category: str
    rule: str
    score: float
    severity: int
    state: str
    machine_state: str
    reason: str
    passage: str
    start: int | None
    end: int | None
    place: Place
    evidence: tuple[Quote, ...]
    swaps: tuple[tuple[str, str], ...]
    sha256: str | None
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class TrendRow:
    """An analysis run with its frozen numbers: (scope, key, metric) to value."""

    run: RunRow
    numbers: Mapping[tuple[str, str, str], float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything one report needs. ``votes`` are (category, rule, first verdict, second verdict, flags)."""

    run: RunRow
    previous: RunRow | None
    coverage: CoverageRow
    categories: tuple[CategoryRow, ...]
    change_counts: tuple[ChangeCount, ...]
    changes: tuple[ChangeRow, ...]
    decided_since: int
    trend: tuple[TrendRow, ...]
    sites: tuple[SiteRow, ...]
    clusters: tuple[ClusterRow, ...]
    swaps: tuple[SwapRow, ...]
    slots: tuple[Question, ...]
    asked: Asked
    edges: tuple[tuple[str, str, int], ...]
    groups: tuple[HostGroup, ...]
    crawled_domains: frozenset[str]
    states: tuple[tuple[str, int], ...]
    rules: tuple[RuleRow, ...]
    votes: tuple[tuple[str, str, str, str, int], ...]
    reviewers: int
    verdicts: int
    flags: tuple[FlagRow, ...]
    people: frozenset[str]
    totals: Mapping[str, int]
