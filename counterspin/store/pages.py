"""Sites, pages, captures and fetches. The functions take a connection: the caller joins them in one transaction."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import TYPE_CHECKING

from counterspin.model import Capture
from counterspin.urls import domain_of, host_of, url_key

if TYPE_CHECKING:
    from counterspin.store import Store

MAX_DETAIL = 200  # characters kept of why a page was refused
GONE = (404, 410)


def page_id(connection: sqlite3.Connection, url: str, run: int) -> int:
    """The row of the page at ``url``, made if it is new; its site as well."""
    key = url_key(url)
    found = connection.execute("SELECT id FROM page WHERE url_key=?", (key,)).fetchone()
    if found:
        connection.execute("UPDATE page SET last_run=? WHERE id=? AND last_run<>?", (run, found[0], run))
        return int(found[0])
    made = connection.execute(
        "INSERT INTO page(site_id,url,url_key,first_run,last_run) VALUES(?,?,?,?,?)",
        (site_id(connection, host_of(url), run), url, key, run, run),
    )
    return int(made.lastrowid or 0)


def site_id(connection: sqlite3.Connection, host: str, run: int) -> int:
    """The row of the site, made if it is new."""
    found = connection.execute("SELECT id FROM site WHERE host=?", (host,)).fetchone()
    if found:
        return int(found[0])
    made = connection.execute("INSERT INTO site(host,domain,first_run) VALUES(?,?,?)", (host, domain_of(host), run))
    return int(made.lastrowid or 0)


def is_known(store: Store, url: str) -> bool:
    """Whether there is a page at ``url``."""
    return store.row("SELECT 1 FROM page WHERE url_key=?", (url_key(url),)) is not None


def has_capture(store: Store, key: str, body: bytes) -> bool:
    """Whether the page with this URL key has a version with these bytes."""
    found = store.row(
        "SELECT 1 FROM capture k JOIN page p ON p.id=k.page_id WHERE p.url_key=? AND k.raw_sha256=?",
        (key, sha256(body).hexdigest()),
    )
    return found is not None


def has_newer(store: Store, key: str, at: str) -> bool:
    """Whether the current version of the page with this URL key was fetched after ``at`` (ISO 8601, UTC)."""
    found = store.row(
        "SELECT 1 FROM page p JOIN capture k ON k.id=p.capture_id WHERE p.url_key=? AND k.fetched_at>?", (key, at)
    )
    return found is not None


def put_capture(
    connection: sqlite3.Connection,
    capture: Capture,
    *,
    page: int,
    run: int,
    current: bool = True,
    measured: tuple[str, int] | None = None,
) -> tuple[int, bool]:
    """The row of this version of the page, and whether it is new; it becomes the page's ``current`` one.

    The same bytes on a later day are no new version: the first one stays, with its place in the archive. ``measured``:
    SHA-256 and length of the body where they are known already; the body is not looked at then.
    """
    digest, size = measured or (sha256(capture.body).hexdigest(), len(capture.body))
    found = connection.execute("SELECT id FROM capture WHERE page_id=? AND raw_sha256=?", (page, digest)).fetchone()
    if found:
        number = int(found[0])
    else:
        made = connection.execute(
            "INSERT INTO capture(page_id,run_id,url,fetched_at,http_status,content_type,bytes,raw_sha256,warc_file,"
            "warc_offset) VALUES(?,?,?,?,?,?,?,?,?,?)",
            (page, run, capture.url, capture.fetched_at, capture.http_status, capture.content_type,
             size, digest, capture.warc_file, capture.warc_offset),
        )  # fmt: skip
        number = int(made.lastrowid or 0)
    if not current:
        return number, not found
    connection.execute(
        "UPDATE page SET capture_id=?, last_status=?, last_run=?, gone_run=NULL WHERE id=?",
        (number, capture.http_status, run, page),
    )
    return number, not found


def put_fetch(
    connection: sqlite3.Connection,
    *,
    run: int,
    page: int | None,
    url: str,
    at: str,
    code: str,
    http_status: int | None = None,
    detail: str = "",
    size: int | None = None,
    seconds: float | None = None,
    capture: int | None = None,
) -> None:
    """What came of one visit. ``code`` is ``ok``, ``unchanged`` or the code of a refusal."""
    connection.execute(
        "INSERT INTO fetch(run_id,page_id,url,at,http_status,code,detail,bytes,seconds,capture_id)"
        " VALUES(?,?,?,?,?,?,?,?,?,?)",
        (run, page, url, at, http_status, code, detail[:MAX_DETAIL], size, seconds, capture),
    )
    if capture is None:
        connection.execute("UPDATE page SET last_status=?, last_run=? WHERE id=?", (http_status, run, page))
    if http_status in GONE:
        connection.execute("UPDATE page SET gone_run=coalesce(gone_run,?) WHERE id=?", (run, page))


def is_purged(store: Store, url: str) -> bool:
    """Whether the page or its host was purged and must not be fetched again."""
    return store.row("SELECT 1 FROM tombstone LIMIT 1") is not None and bool(
        store.row(
            "SELECT 1 FROM tombstone WHERE (scope='url' AND sha256=?) OR (scope='host' AND sha256=?)",
            (sha256(url_key(url).encode()).hexdigest(), sha256(host_of(url).encode()).hexdigest()),
        )
    )


def all_imported(store: Store) -> bool:
    """Whether there are pages, and no address was ever queued for a crawl."""
    return bool(store.value("SELECT EXISTS(SELECT 1 FROM page) AND NOT EXISTS(SELECT 1 FROM frontier)"))


def archives(store: Store) -> list[str]:
    """The names of all WARC files that captures stand in."""
    rows = store.rows("SELECT DISTINCT warc_file FROM capture WHERE warc_file IS NOT NULL ORDER BY 1")
    return [row[0] for row in rows]


def archive_ends(store: Store, run: int) -> list[tuple[str, int]]:
    """Each archive file of a run and where its last known response begins."""
    rows = store.rows(
        "SELECT warc_file,max(warc_offset) FROM capture WHERE run_id=? AND warc_file IS NOT NULL GROUP BY warc_file",
        (run,),
    )
    return [(row[0], row[1]) for row in rows]
