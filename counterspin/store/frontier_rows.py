"""The values of the frontier: what is put in, what is picked, what a visit leaves behind. Times are Unix seconds."""

from __future__ import annotations

from dataclasses import dataclass

SEED_RANK = 2
DUE_RANK = 1
FOUND_RANK = 0


@dataclass(frozen=True, slots=True)
class NewLink:
    """A URL to be fetched some day. ``score`` is the expected relevance (0 to 1), ``features`` what it rests on."""

    url: str
    url_key: str
    authority: str
    prefix: str
    score: float = 0.0
    rank: int = FOUND_RANK
    depth: int = 0
    tunnel: int = 0
    redirects: int = 0
    via_id: int | None = None
    origin: str = "link"
    anchor: str = ""
    zone: str = ""
    features: bytes | None = None


@dataclass(frozen=True, slots=True)
class Rise:
    """A URL that the run has put in before, met again where it promises more."""

    url_key: str
    score: float
    depth: int
    tunnel: int
    rank: int = FOUND_RANK


@dataclass(frozen=True, slots=True)
class Row:
    """A URL of the frontier as it was when it was picked."""

    id: int
    url: str
    url_key: str
    host_id: int
    channel_id: int
    rank: int
    score: float
    depth: int
    tunnel: int
    redirects: int
    via_id: int | None
    origin: str
    anchor: str
    zone: str
    features: bytes | None
    attempts: int
    etag: str | None
    last_modified: str | None
    raw_sha256: str | None
    text_sha256: str | None
    checks: int
    changes: int
    fetched_at: float | None
    relevance: float | None


@dataclass(frozen=True, slots=True)
class HostRow:
    """What is kept of a host."""

    id: int
    host: str
    domain: str
    robots_text: str | None
    robots_status: int | None
    robots_at: float | None
    robots_failing_since: float | None
    delay: float
    ready_at: float
    failures: int
    code: str | None
    closed_run: int | None
    dropped: str


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """What is kept of a channel, and what waits in it: ``pending`` rows, the best of rank ``rank`` and ``score``."""

    id: int
    host_id: int
    prefix: str
    fetched: int
    relevant: float
    pending: int
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit left behind on its row; ``None`` keeps what was there."""

    etag: str | None = None
    last_modified: str | None = None
    raw_sha256: str | None = None
    text_sha256: str | None = None
    simhash: int | None = None
    relevance: float | None = None
    page_id: int | None = None
    next_at: float | None = None
    checked: int = 0
    changed: int = 0
    moved_to: str | None = None
