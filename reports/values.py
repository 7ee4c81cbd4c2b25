"""What a report says, as frozen values. Every renderer reads these and nothing else.

Lists are cut to what a reader can take in; ``left_out`` says what was cut, so nothing is missing in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterspin.store.figure_rows import Asked, HostGroup, Place, Question, Quote
from reports.diff import Alignment
from reports.intervals import Share

SCHEMA = "counterspin.report/1"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """The analysis that the report shows. Times are ISO 8601 in UTC."""

    id: int
    started_at: str
    ended_at: str | None
    status: str
    tool_version: str
    settings_sha: str
    message: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at. ``outcomes`` counts the last fetch of every page by its code."""

    hosts: int
    pages: int
    documents: int
    flagged: Share
    passages: int
    outcomes: tuple[tuple[str, int], ...]
    first_fetch: str | None
    last_fetch: str | None
    languages: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category: flags present now, pages and hosts they stand on, and how far they are reviewed."""

    category: str
    flags: int
    hosts: int
    pages: Share
    reviewed: Share
    confirmed: int
    false_positive: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of the summary: ``text`` for people, ``name`` and ``facts`` for programs, ``anchor`` into the page."""

    name: str
    text: str
    anchor: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A flag that came, went or changed since the run before, and why."""

    event: str
    cause: str
    flag: str
    category: str
    rule: str
    url: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule whose version or threshold differs between the two runs; ``what`` is ``version`` or a threshold."""

    rule: str
    what: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference to an earlier run; ``counts`` are (event, cause, flags)."""

    previous: int
    previous_at: str
    counts: tuple[tuple[str, str, int], ...]
    lines: tuple[Change, ...]
    rules: tuple[RuleChange, ...]
    pages_before: int
    pages_now: int
    decided: int


@dataclass(frozen=True, slots=True)
class SiteCard:
    """One site. ``trend`` is the share of flagged pages (0 to 100) over the last runs, oldest first."""

    host: str
    pages: int
    flagged: Share
    spun: Share
    padded: Share
    damaged: Share
    contradictions: int
    copied: int
    boilerplate: Share
    links_out: int
    licence: str | None
    precision: Share
    trend: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RewriteMember:
    """One passage of a cluster beside the probable source."""

    place: Place
    text: str
    alignment: Alignment
    similarity: float | None
    flag: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Passages of one origin beside ``source``: the probable original if ``has_source``, else the one in the middle.

    ``source_reasons`` says why.
    """

    key: str
    kind: str
    source: Place
    has_source: bool
    text: str
    source_reasons: tuple[str, ...]
    members: tuple[RewriteMember, ...]
    size: int
    hosts: int


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence that shows a learnt swap."""

    before: str
    word: str
    after: str
    host: str
    url: str


@dataclass(frozen=True, slots=True)
class SwapLine:
    """A learnt swap; ``is_new`` if this run learnt it. ``verdict`` is the reviewers' last word on it."""

    source: str
    target: str
    directed: bool
    hits: int
    pages: int
    sites: int
    score: float
    is_new: bool
    verdict: str | None
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A domain of the link network with its place in the picture (0 to 1)."""

    domain: str
    x: float
    y: float
    degree: int
    group: int
    crawled: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """Links in link blocks from one domain to another, over ``pages`` pages; indices into ``nodes``."""

    source: int
    target: int
    pages: int


@dataclass(frozen=True, slots=True)
class Network:
    """The link blocks between domains; the largest by degree are drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    operators: tuple[HostGroup, ...]
    domains: int
    links: int


@dataclass(frozen=True, slots=True)
class RulePrecision:
    """How often reviewers agreed with a rule."""

    category: str
    rule: str
    flags: int
    precision: Share
    agreement: Share


@dataclass(frozen=True, slots=True)
class Review:
    """How far people have judged what the program found."""

    decided: Share
    states: tuple[tuple[str, int], ...]
    rules: tuple[RulePrecision, ...]
    reviewers: int
    verdicts: int
    agreement: Share
    kappa: float | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it ran: version and thresholds."""

    rule: str
    category: str
    version: str
    thresholds: tuple[tuple[str, str], ...]
    flags: int


@dataclass(frozen=True, slots=True)
class Method:
    """How the figures came about and how to get them again."""

    rules: tuple[RuleLine, ...]
    settings_sha: str
    command: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a quoted passage: plain (``role`` empty), a ``subject``, a ``hole`` or a ``swap``.

    For a hole ``text`` is empty; ``note`` holds what probably stood there, or the word that a swap replaced.
    """

    role: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A flag with everything needed to check it: permanent id, address, time, digest, place in the archive."""

    flag: str
    category: str
    rule: str
    score: float
    severity: int
    state: str
    machine_state: str
    reason: str
    passage: str
    marks: tuple[Mark, ...]
    start: int | None
    end: int | None
    place: Place
    evidence: tuple[Quote, ...]
    swaps: tuple[tuple[str, str], ...]
    sha256: str | None
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One analysis run; ``changed`` names what differs from the run before: pages, thresholds, rules, program."""

    run: int
    at: str
    pages: int
    flags: int
    shares: tuple[tuple[str, float], ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A list that was cut: what, how much is shown, how much there is."""

    what: str
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report, in reading order."""

    schema: str
    made_at: str
    project: str
    language: str
    run: RunInfo
    coverage: Coverage
    categories: tuple[CategoryLine, ...]
    findings: tuple[Finding, ...]
    changes: Changes | None
    trend: tuple[TrendPoint, ...]
    sites: tuple[SiteCard, ...]
    rewrites: tuple[Rewrite, ...]
    swaps: tuple[SwapLine, ...]
    questions: tuple[Question, ...]
    asked: Asked
    network: Network
    review: Review
    method: Method
    evidence: tuple[EvidenceLine, ...]
    left_out: tuple[LeftOut, ...]
    masked: bool
