"""The values that all parts share: frozen, slotted, built once. Imports nothing of ours.

Offsets count code points in ``Document.text``, so ``document.text[start:end] == passage.text`` always holds.
Times are ISO 8601 strings; ``None`` says unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CATEGORIES = ("spun", "contradictory", "padded", "damaged", "copied", "link_farm")
PAGE_TYPES = ("article", "qa", "thread", "list", "empty")
PASSAGE_KINDS = ("title", "heading", "paragraph", "list_item", "table_cell", "quote", "post", "answer")
BOILERPLATE_REASONS = (
    "navigation", "link_farm", "footer", "disclaimer", "toc", "comment", "ad", "hidden", "template",
)  # fmt: skip
LINK_ZONES = ("main", "navigation", "link_farm", "comment", "footer")
EVIDENCE_ROLES = ("subject", "counterpart", "source", "rule", "link")


@dataclass(frozen=True, slots=True)
class Span:
    """Code points ``start`` (included) to ``end`` (excluded)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetched version of a page, as its bytes came (content encoding undone)."""

    url: str
    fetched_at: str
    http_status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    warc_file: str | None = None
    warc_offset: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of main content between two block boundaries. ``level`` is 1 to 6 for a heading, else 0."""

    kind: str
    level: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A block that is not main content, with the reason (one of ``BOILERPLATE_REASONS``)."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader (or somebody posing as one) wrote under the page."""

    author: str | None
    role: str | None
    published: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page and the part of the page it stands in (one of ``LINK_ZONES``)."""

    zone: str
    url: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Document:
    """The main content of a page. ``marks`` are ``name:value`` notes, for example ``cut:too_deep``."""

    url: str
    page_type: str
    title: str | None
    byline: str | None
    source: str | None
    published: str | None
    modified: str | None
    language: str
    encoding: str
    text: str
    passages: tuple[Passage, ...]
    boilerplate: tuple[Boilerplate, ...] = ()
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    toc: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence. For a comment or a boilerplate block ``start`` and ``end`` are ``None``."""

    role: str
    url: str
    start: int | None
    end: int | None
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other passage of a flag about two."""

    url: str
    passage: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding: what, where, by which rule, on which evidence.

    ``score`` is 0 to 1, ``severity`` 1 (low) to 4; ``reason`` is one sentence. ``key`` tells two flags of one rule
    in one passage apart (the question of a contradiction, the domain of a link farm); it enters ``id`` and is
    not shown. ``id`` says what was found, never when or how strongly. ``answers`` are the rival answers of a
    contradiction, each in normal form and as a reader sees it: one that was not there before is news.
    """

    id: str
    category: str
    rule: str
    url: str
    passage: str
    start: int | None
    end: int | None
    score: float
    reason: str
    evidence: tuple[Evidence, ...]
    counterpart: Counterpart | None = None
    swaps: tuple[tuple[str, str], ...] = ()
    severity: int = 2
    key: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """An entry of the learnt dictionary: ``source`` was replaced by ``target``.

    ``hits``, ``pages`` and ``sites`` count where it was seen; ``score`` is 0 to 1; ``group`` numbers words that
    stand for one another; ``contexts`` prove it.
    """

    source: str
    target: str
    hits: int
    pages: int
    sites: int
    score: float
    group: int = 0
    directed: bool = True
    contexts: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A passage in a cluster; ``similarity`` to the medoid is 0 to 1."""

    url: str
    start: int
    end: int
    text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Passages of one origin. ``kind`` is ``spun``, ``copied`` or ``template``; ``source`` indexes ``members``."""

    key: str
    kind: str
    members: tuple[Member, ...]
    medoid: int = 0
    source: int | None = None
    source_reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit. ``dimension`` e.g. ``duration`` (days), ``money``, ``rate``, ``temperature``, ``count``.

    ``low`` and ``high`` are in the base unit of the dimension; ``operator`` is ``=``, ``>=``, ``<=`` or ``~``.
    """

    dimension: str
    low: float
    high: float
    operator: str
    text: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a page: subject, predicate, polarity, modality, quantities, scope, condition.

    ``text`` is the sentence that makes it, word for word. ``terms`` are the content words of its clause and
    ``context`` those of the sentence, heading and title around it, in canonical form (see
    :mod:`counterspin.claims.terms`); ``topic`` are those of the title, or of the headings of a page without one.
    ``direction`` is a family of actions and the way it points, for example ``disclose+``.
    """

    url: str
    start: int
    end: int
    text: str
    entity: str
    predicate: str
    polarity: int
    modality: str
    gates: tuple[Quantity, ...] = ()
    values: tuple[Quantity, ...] = ()
    scope: tuple[str, ...] = ()
    condition: str = ""
    exception: str = ""
    hedge: int = 0
    quantifier: str = ""
    attribution: str = "asserted"
    order: str = ""
    slot_kind: str = ""
    confidence: float = 1.0
    language: str = ""
    actor: str = ""
    direction: str = ""
    terms: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the rival answers to a question, with the claims that give it (copies of one text count once)."""

    stance: str
    value: str
    claims: tuple[Claim, ...]
    voices: int


@dataclass(frozen=True, slots=True)
class Slot:
    """The question that claims answer. ``outcome`` is ``conflict``, ``varies``, ``rule_changed`` or ``agreed``.

    The first claims of the first two answers are the pair that shows it best. ``score`` (0 to 1) says how surely
    both answer one question; ``suppressors`` what spoke against a conflict.
    """

    key: str
    question: str
    kind: str
    answers: tuple[Answer, ...]
    outcome: str
    suppressors: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A sentence with ``measures`` (as it has them) that stands in no slot: nothing was compared with it."""

    url: str
    start: int
    end: int
    text: str
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reuse:
    """Two passages alike for a reason that is no spinning: ``copy``, ``syndicated``, ``version``, ``statute``,
    ``regional``, ``template``, ``edited`` or ``set_phrase``. ``similarity`` is 0 to 1; offsets into the two
    documents' texts.
    """

    reason: str
    url: str
    start: int
    end: int
    text: str
    other_url: str
    other_start: int
    other_end: int
    other_text: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Network:
    """Sites of one spinner. ``swaps`` are the replacements that two of them or more share, the commonest first;
    ``links`` how many pairs of sites share a ``dictionary``, ``errors`` alone or only a ``licence`` number.
    """

    sites: tuple[str, ...]
    urls: tuple[str, ...]
    swaps: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What one analysis found. ``counts`` holds plain numbers, also of what was cut or capped."""

    flags: Sequence[Flag]
    swaps: tuple[Swap, ...] = ()
    clusters: Sequence[Cluster] = ()
    slots: Sequence[Slot] = ()
    reuses: Sequence[Reuse] = ()
    networks: tuple[Network, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    uncompared: tuple[Uncompared, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer said of a flag, a cluster, a swap or a site. Append-only; chained by ``row_sha``."""

    target_type: str
    target_key: str
    verdict: str
    reviewer: str
    at: str
    reason: str | None = None
    note: str | None = None
    evidence_hash: str | None = None
    batch_id: str | None = None
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a stage. ``status`` is ``running``, ``ok``, ``partial``, ``failed`` or ``interrupted``."""

    id: int
    kind: str
    started_at: str
    ended_at: str | None
    status: str
    tool_version: str
    message: str | None = None
