"""Full-text search that finds Chinese of any length.

The index holds one token for each Chinese character and one for each run of other letters or digits; a query is
the same cut inside one quoted phrase. A trigram index was measured and rejected: it finds no word of two
characters, and too much for a mixed query.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from counterspin.store.connection import Store

# Characters that are words by themselves: Han with extensions, kana, bopomofo, hangul, their compatibility forms.
_IDEOGRAPH = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_IDEOGRAPH}]|[^\W{_IDEOGRAPH}]+")
LIMIT = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds all terms; ``spans`` are their places in ``text``."""

    passage: int
    url: str
    host: str
    kind: str
    start: int
    end: int
    text: str
    spans: tuple[tuple[int, int], ...]


def spaced(text: str) -> str:
    """``text`` as the index takes it: tokens with a blank between them, lower case."""
    return " ".join(_TOKEN.findall(text.lower()))


def terms(query: str) -> tuple[str, ...]:
    """The terms of a query: parts with blanks between them, quoted parts whole. All of them must be there."""
    parts = re.findall(r'"([^"]+)"|(\S+)', query)
    return tuple(term for term in ((quoted or plain).strip('"') for quoted, plain in parts) if spaced(term))


def index(connection: sqlite3.Connection, passage: int, text: str) -> None:
    """Put a passage into the index."""
    connection.execute("INSERT INTO passage_fts(rowid,text) VALUES(?,?)", (passage, spaced(text)))


def unindex(connection: sqlite3.Connection, passage: int, text: str) -> None:
    """Take a passage out of the index; ``text`` must be what was put in."""
    connection.execute("INSERT INTO passage_fts(passage_fts,rowid,text) VALUES('delete',?,?)", (passage, spaced(text)))


def find(store: Store, query: str, *, limit: int = LIMIT, after: int = 0) -> list[Hit]:
    """Passages of the pages' current versions that hold every term of ``query``, oldest first.

    A Chinese term matches inside of words, another one whole words; punctuation and case do not count. ``after`` is
    the ``passage`` of the last hit seen. A query without a letter or digit finds nothing.
    """
    wanted = terms(query)
    if not wanted:
        return []
    rows = store.rows(
        'SELECT a.id passage,p.url,s.host,a.kind,a.start,a."end",a.text FROM passage_fts f'
        " JOIN passage a ON a.id=f.rowid JOIN page p ON p.document_id=a.document_id JOIN site s ON s.id=p.site_id"
        " WHERE passage_fts MATCH ? AND f.rowid>? ORDER BY f.rowid LIMIT ?",
        (_match(wanted), after, limit),
    )
    pattern = _pattern(wanted)
    return [Hit(**dict(row), spans=tuple(match.span() for match in pattern.finditer(row["text"]))) for row in rows]


def count(store: Store, query: str, *, most: int = 10_000) -> int:
    """How many passages, old versions included, hold every term; ``most`` says that many or more."""
    wanted = terms(query)
    if not wanted:
        return 0
    found = "SELECT count(*) FROM (SELECT 1 FROM passage_fts WHERE passage_fts MATCH ? LIMIT ?)"
    return int(store.value(found, (_match(wanted), most)))


def _match(wanted: tuple[str, ...]) -> str:
    """A query of FTS5. Tokens hold no quote, so nothing that a user types is read as an operator."""
    return " AND ".join(f'"{spaced(term)}"' for term in wanted)


def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_phrase(term) for term in wanted), re.IGNORECASE)


def _phrase(term: str) -> str:
    tokens: Iterator[str] = iter(_TOKEN.findall(term.lower()))
    return r"[\W_]*".join(_bounded(token) for token in tokens)


def _bounded(token: str) -> str:
    if re.fullmatch(rf"[{_IDEOGRAPH}]", token):
        return token
    letter = rf"[^\W_{_IDEOGRAPH}]"
    return rf"(?<!{letter}){re.escape(token)}(?!{letter})"


def rebuild(store: Store) -> int:
    """Build the index anew from the passages; the number of passages."""
    with store.transaction() as connection:
        connection.execute("INSERT INTO passage_fts(passage_fts) VALUES('delete-all')")
    numbers = [row[0] for row in store.rows("SELECT id FROM passage ORDER BY id")]
    return store.write(numbers, _index_row)


def _index_row(connection: sqlite3.Connection, passage: int) -> None:
    text = connection.execute("SELECT text FROM passage WHERE id=?", (passage,)).fetchone()[0]
    index(connection, passage, text)
