"""Documents in the database: what an extractor made of a capture, with its passages and their tracks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from counterspin.identity import passage_key
from counterspin.model import Boilerplate, Comment, Document, Link, Passage
from counterspin.store import search
from counterspin.store.connection import Store
from counterspin.store.tracking import follow
from counterspin.urls import host_of

Part = TypeVar("Part")

RETRIED = ("extract_timeout", "extract_memory", "extract_crash")  # refusals that a second try may lift
MAX_LINKS = 2000  # links kept of one page; more are counted in the mark cut:links
_LICENCE = "licence:"


@dataclass(frozen=True, slots=True)
class Pending:
    """A capture that waits for extraction."""

    capture: int
    page: int
    url: str
    content_type: str
    fetched_at: str
    warc_file: str | None
    warc_offset: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with a document: the capture it is of, its first reading, that one's number of passages, and the
    extractor of the document that is analysed (``1``, or ``1+…`` after template lines were taken out).
    """

    page: int
    capture: int
    document: int
    passages: int
    current: str


@dataclass(frozen=True, slots=True)
class _Old:
    """A passage of the version before, with the tracks it stands on (the main one first)."""

    text: str
    tracks: tuple[int, ...]


def pending(store: Store, extractor: str) -> list[Pending]:
    """The oldest capture of each page that this extractor has to read: never read at all, or the page's current one.

    One a page, because a passage is tracked from version to version: call it until it gives none.
    """
    rows = store.rows(
        "SELECT min(k.id) capture,k.page_id page,p.url,k.content_type,k.fetched_at,k.warc_file,k.warc_offset"
        " FROM capture k JOIN page p ON p.id=k.page_id"
        " WHERE NOT EXISTS(SELECT 1 FROM document d WHERE d.capture_id=k.id AND (d.extractor=? OR p.capture_id<>k.id))"
        " GROUP BY k.page_id ORDER BY k.id",
        (extractor,),
    )
    return [Pending(**dict(row)) for row in rows]


def forget_failures(store: Store, extractor: str) -> int:
    """Make pages whose extraction failed for lack of time or memory wait again; their number."""
    failed = store.rows(
        "SELECT d.id FROM document d JOIN page p ON p.capture_id=d.capture_id"
        " WHERE d.extractor=? AND d.code IN(SELECT value FROM json_each(?))",
        (extractor, json.dumps(RETRIED)),
    )
    return store.write(failed, lambda connection, row: connection.execute("DELETE FROM document WHERE id=?", (row[0],)))


def put(store: Store, task: Pending, *, run: int, extractor: str, document: Document) -> None:
    """Store the document of a capture; it becomes the one that is analysed. Storing it again changes nothing."""
    old = _old_passages(store, task.page)
    with store.transaction() as connection:
        number = _put(connection, (task.page, task.capture), old, run=run, extractor=extractor, document=document)
        if number is not None:
            connection.execute("UPDATE page SET document_id=? WHERE id=?", (number, task.page))
            _note_licence(connection, task.page, document)


def put_refusal(store: Store, task: Pending, *, run: int, extractor: str, code: str, detail: str = "") -> None:
    """Store why a capture gave no document. The document before stays the one that is analysed."""
    with store.transaction() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO document(capture_id,run_id,extractor,code,detail) VALUES(?,?,?,?,?)",
            (task.capture, run, extractor, code, detail[:200]),
        )


def settle(store: Store, extractor: str) -> int:
    """Point pages that went back to an earlier version at the document of that version; their number."""
    moved = store.rows(
        "SELECT p.id page,d.id document FROM page p JOIN document d ON d.capture_id=p.capture_id"
        " WHERE d.extractor=? AND d.code IS NULL AND NOT EXISTS(SELECT 1 FROM document x WHERE x.id=p.document_id"
        " AND x.capture_id=d.capture_id AND (x.extractor=d.extractor OR x.extractor GLOB d.extractor||'+*'))",
        (extractor,),
    )
    return store.write(
        moved, lambda connection, row: connection.execute("UPDATE page SET document_id=? WHERE id=?", (row[1], row[0]))
    )


def sites(store: Store, extractor: str, since: int | None) -> list[int]:
    """The sites with a first reading of runs after ``since`` (with any: ``None``) among their pages' documents."""
    rows = store.rows(
        "SELECT DISTINCT p.site_id FROM page p JOIN document c ON c.id=p.document_id"
        " JOIN document d ON d.capture_id=c.capture_id AND d.extractor=? WHERE d.run_id>? ORDER BY 1",
        (extractor, since or 0),
    )
    return [row[0] for row in rows]


def first_readings(store: Store, site: int, extractor: str) -> list[Reading]:
    """The pages of a site whose document this extractor made, by number."""
    rows = store.rows(
        "SELECT p.id page,d.capture_id capture,d.id document,c.extractor current,"
        "(SELECT count(*) FROM passage a WHERE a.document_id=d.id) passages"
        " FROM page p JOIN document c ON c.id=p.document_id"
        " JOIN document d ON d.capture_id=c.capture_id AND d.extractor=? WHERE p.site_id=? ORDER BY p.id",
        (extractor, site),
    )
    return [Reading(**dict(row)) for row in rows]


def passages_at(store: Store, document: int, places: Sequence[int]) -> list[tuple[int, str, str]]:
    """Place, kind and text of the passages of a document at these places."""
    rows = store.rows(
        "SELECT ord,kind,text FROM passage WHERE document_id=? AND ord IN(SELECT value FROM json_each(?)) ORDER BY ord",
        (document, json.dumps(list(places))),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def put_variant(store: Store, page: Reading, *, run: int, extractor: str, document: Document) -> None:
    """Store another document of a page's capture beside its first reading; it becomes the one that is analysed."""
    old = _old_passages(store, page.page)
    with store.transaction() as connection:
        place = (page.page, page.capture)
        number = _put(connection, place, old, run=run, extractor=extractor, document=document)
        if number is None:  # the page was in this state before
            number = store.value(
                "SELECT id FROM document WHERE capture_id=? AND extractor=?", (page.capture, extractor)
            )
        connection.execute("UPDATE page SET document_id=? WHERE id=?", (number, page.page))


def point(store: Store, page: int, document: int) -> None:
    """Make a stored document the one of its page that is analysed."""
    with store.transaction() as connection:
        connection.execute("UPDATE page SET document_id=? WHERE id=?", (document, page))


def current(store: Store) -> Iterator[Document]:
    """The document of every page that has one, by page; each is read when it is asked for."""
    for row in store.rows("SELECT document_id FROM page WHERE document_id IS NOT NULL ORDER BY url_key"):
        yield load(store, row[0])


def versions(store: Store) -> list[tuple[int, int]]:
    """The row numbers of each page that has a document, and of that document."""
    rows = store.rows("SELECT id,document_id FROM page WHERE document_id IS NOT NULL ORDER BY id")
    return [(row[0], row[1]) for row in rows]


def contents(store: Store) -> list[tuple[str, str, str]]:
    """What is analysed, without row numbers: key, bytes (SHA-256) and extractor of each current document, by key."""
    rows = store.rows(
        "SELECT p.url_key,k.raw_sha256,d.extractor FROM page p JOIN document d ON d.id=p.document_id"
        " JOIN capture k ON k.id=d.capture_id ORDER BY 1"
    )
    return [(row[0], row[1], row[2]) for row in rows]


def load(store: Store, number: int) -> Document:
    """The document with this row number, as it was extracted."""
    row = store.row(
        "SELECT d.*,p.url FROM document d JOIN capture k ON k.id=d.capture_id JOIN page p ON p.id=k.page_id"
        " WHERE d.id=?",
        (number,),
    )
    if row is None:
        raise LookupError(number)
    plain = ("url", "page_type", "title", "byline", "source", "published", "modified", "language", "encoding", "text")
    return Document(
        **{name: row[name] for name in plain},
        passages=_read(store, Passage, 'SELECT kind,level,start,"end",text FROM passage', number),
        boilerplate=_read(store, Boilerplate, "SELECT reason,text FROM boilerplate", number),
        comments=_read(store, Comment, "SELECT author,role,published,text FROM comment", number),
        links=_read(store, Link, "SELECT zone,to_url url,anchor FROM link", number),
        toc=tuple(json.loads(row["toc_json"])),
        marks=tuple(json.loads(row["marks_json"])),
    )


def _read(store: Store, kind: Callable[..., Part], select: str, number: int) -> tuple[Part, ...]:
    rows = store.rows(f"{select} WHERE document_id=? ORDER BY ord", (number,))
    return tuple(kind(*row) for row in rows)


def _old_passages(store: Store, page: int) -> list[_Old]:
    rows = store.rows(
        "SELECT a.id,a.text,a.track_id FROM passage a JOIN page p ON p.document_id=a.document_id WHERE p.id=?"
        " ORDER BY a.ord",
        (page,),
    )
    further: dict[int, list[int]] = {}
    for row in store.rows(
        "SELECT o.passage_id,o.track_id FROM passage_origin o JOIN passage a ON a.id=o.passage_id"
        " JOIN page p ON p.document_id=a.document_id WHERE p.id=? ORDER BY o.track_id",
        (page,),
    ):
        further.setdefault(row[0], []).append(row[1])
    return [_Old(row["text"], (row["track_id"], *further.get(row["id"], ()))) for row in rows]


def _put(
    connection: sqlite3.Connection,
    place: tuple[int, int],
    old: Sequence[_Old],
    *,
    run: int,
    extractor: str,
    document: Document,
) -> int | None:
    """Store a document with its parts; ``place``: page and capture. ``None`` if this capture has it already."""
    page, capture = place
    origins = follow([passage.text for passage in old], [passage.text for passage in document.passages])
    number = _insert(connection, capture, run, extractor, document)
    if number is not None:
        tracks = [tuple(dict.fromkeys(track for index in found for track in old[index].tracks)) for found in origins]
        _insert_passages(connection, (number, page, run), document, tracks)
        _insert_parts(connection, number, document)
    return number


def _insert(connection: sqlite3.Connection, capture: int, run: int, extractor: str, document: Document) -> int | None:
    removed = sum(len(block.text) for block in document.boilerplate)
    made = connection.execute(
        "INSERT OR IGNORE INTO document(capture_id,run_id,extractor,page_type,title,byline,source,published,modified,"
        "language,encoding,text,text_sha256,chars_main,chars_removed,toc_json,marks_json)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            capture, run, extractor, document.page_type, document.title, document.byline, document.source,
            document.published, document.modified, document.language, document.encoding, document.text,
            sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(), len(document.text), removed,
            json.dumps(document.toc, ensure_ascii=False), json.dumps(document.marks, ensure_ascii=False),
        ),
    )  # fmt: skip
    return made.lastrowid if made.rowcount else None


def _insert_passages(
    connection: sqlite3.Connection, place: tuple[int, int, int], document: Document, tracks: Sequence[tuple[int, ...]]
) -> None:
    number, page, run = place
    taken = {track for found in tracks for track in found}
    for order, (passage, found) in enumerate(zip(document.passages, tracks, strict=True)):
        key = passage_key(passage.text)
        main, *further = found or (_new_track(connection, page, run, key, taken),)
        made = connection.execute(
            'INSERT INTO passage(document_id,track_id,ord,kind,level,start,"end",passage_key,text)'
            " VALUES(?,?,?,?,?,?,?,?,?)",
            (number, main, order, passage.kind, passage.level, passage.start, passage.end, key, passage.text),
        )
        connection.executemany("INSERT INTO passage_origin VALUES(?,?)", [(made.lastrowid, track) for track in further])
        search.index(connection, int(made.lastrowid or 0), passage.text)
    connection.executemany("UPDATE track SET last_run=? WHERE id=?", [(run, track) for track in taken])


def _new_track(connection: sqlite3.Connection, page: int, run: int, key: str, taken: set[int]) -> int:
    """The track of a passage that continues none. Equal passages of one version share it.

    A key may stand on a track that an edited passage has taken along: then the newcomer gets the key with a number.
    """
    for name in (key, *(f"{key}#{count}" for count in range(2, 1000))):
        found = connection.execute("SELECT id FROM track WHERE page_id=? AND track_key=?", (page, name)).fetchone()
        if found is None:
            made = connection.execute(
                "INSERT INTO track(page_id,track_key,first_run,last_run) VALUES(?,?,?,?)", (page, name, run, run)
            )
            return int(made.lastrowid or 0)
        if found[0] not in taken:
            connection.execute("UPDATE track SET last_run=? WHERE id=?", (run, found[0]))
            return int(found[0])
    raise AssertionError(f"page {page}: too many passages with the key {key}")


def _insert_parts(connection: sqlite3.Connection, number: int, document: Document) -> None:
    connection.executemany(
        "INSERT INTO boilerplate VALUES(?,?,?,?)",
        [(number, order, block.reason, block.text) for order, block in enumerate(document.boilerplate)],
    )
    connection.executemany(
        "INSERT INTO comment VALUES(?,?,?,?,?,?)",
        [(number, order, c.author, c.role, c.published, c.text) for order, c in enumerate(document.comments)],
    )
    connection.executemany(
        "INSERT INTO link(document_id,ord,to_host,to_url,anchor,zone) VALUES(?,?,?,?,?,?)",
        [
            (number, order, _host(link.url), link.url, link.anchor, link.zone)
            for order, link in enumerate(document.links[:MAX_LINKS])
        ],
    )


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:  # "http://[bad": a link of a page may be anything
        return ""


def _note_licence(connection: sqlite3.Connection, page: int, document: Document) -> None:
    for mark in document.marks:
        if mark.startswith(_LICENCE):
            connection.execute(
                "UPDATE site SET icp_no=? WHERE host<>'' AND id=(SELECT site_id FROM page WHERE id=?)",
                (mark.removeprefix(_LICENCE), page),
            )
