"""What came back for a request, apart from how it was fetched, and the counts of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone

from crawler.archive import Exchange
from crawler.transport import Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` is as it was sent; ``seconds`` how long it took; ``truncated`` why the body is cut, if it is."""

    status: int
    headers: Headers
    body: bytes
    seconds: float
    request_headers: Headers = ()
    address: str | None = None
    truncated: str | None = None
    at: float | None = None  # when it came, if it is replayed
    shown: bytes | None = None  # what scripts made of it, if it is replayed

    def header(self, name: str) -> str | None:
        """The first value of a header, by its lower-case name, as text.

        ``headers`` keep bytes that are no UTF-8 as lone surrogates, so that the archive has them as they were sent; no
        database takes these, so here they are marks of replacement.
        """
        found = next((value for key, value in self.headers if key.lower() == name), None)
        return found.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if found is not None else None

    def exchange(self, url: str, now: float, *, notes: Headers = (), cut: str | None = None) -> Exchange:
        """The answer as it is archived."""
        return Exchange(
            url, iso(now), self.status, self.request_headers, self.headers, self.body,
            self.truncated or cut, self.address, notes,
        )  # fmt: skip


@dataclass(slots=True)
class Tally:
    """Counts of a run, for progress and for the database."""

    pages: int = 0
    captures: int = 0
    unchanged: int = 0
    relevant: float = 0.0
    near_copies: int = 0
    bytes: int = 0
    hosts: int = 0
    scripted: int = 0  # pages without text that scripts would make: they need a browser
    rendered: int = 0  # such pages that a browser has shown
    no_room: int = 0  # answers broken off because too many came at once; their pages were asked again
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)


def iso(seconds: float) -> str:
    """A Unix time as the database and the archive write it."""
    return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
