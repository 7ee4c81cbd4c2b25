"""Taking pages out of the database so that no byte of them is left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from counterspin.store import runs, search
from counterspin.store.connection import Store, own_errors
from counterspin.store.verdicts import COLUMNS, chain_digest
from counterspin.urls import host_of, url_key

REMOVED = "[purged]"
# Texts of the database that may repeat what a page says beside the rows of the page itself.
_LOOSE = (
    ("flag", ("text", "reason", "swaps_json", "counterpart_text", "flag_key", "reason_json", "answers_json")),
    ("evidence", ("text", "note", "url", "note_json")),
    ("uncompared", ("text",)),
    ("reuse", ("text", "other_text")),
    ("network", ("sites_json", "urls_json", "swaps_json")),
    ("swap_context", ("text", "note", "url")),
    ("claim", ("text", "claim_json")),
    ("slot", ("question", "slot_key")),
    ("answer", ("value", "stance")),
    ("swap", ("source", "target")),
    ("link", ("to_url", "anchor")),
    ("note", ("body",)),
    ("fetch", ("url", "detail")),
    ("frontier", ("url", "anchor", "detail", "moved_to")),
    ("frontier_host", ("robots_text",)),
    ("site", ("owner_text",)),
    ("run", ("config_json", "stats_json", "message")),
)

_HOSTS_LEFT = (
    "DELETE FROM frontier_host WHERE id NOT IN(SELECT host_id FROM frontier UNION SELECT host_id FROM frontier_channel)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A page that is to go. ``files`` are the archive files that hold versions of it."""

    page: int
    url: str
    files: tuple[str, ...]


def pages_of(
    store: Store,
    *,
    urls: Iterable[str] = (),
    hosts: Iterable[str] = (),
    fetched_before: str | None = None,
    match: str | None = None,
    numbers: Iterable[int] = (),
) -> list[Target]:
    """The pages that any of the conditions names.

    ``hosts`` takes the hosts below a name as well; ``fetched_before`` compares the last visit (ISO 8601); ``match``
    looks for a text in everything that was kept of a page, case aside; ``numbers`` are rows of pages.
    """
    found = set(numbers)
    for url in urls:
        found |= _numbers(store, "SELECT id FROM page WHERE url_key=?", (url_key(url),))
    for host in hosts:
        name = host.lower().rstrip(".")
        below = "SELECT p.id FROM page p JOIN site s ON s.id=p.site_id WHERE s.host=? OR substr(s.host,-?)=?"
        found |= _numbers(store, below, (name, len(name) + 1, f".{name}"))
    if fetched_before:
        old = "SELECT p.id FROM page p WHERE (SELECT max(f.at) FROM fetch f WHERE f.page_id=p.id)<?"
        found |= _numbers(store, old, (fetched_before,))
    if match:
        found |= _pages_with(store, match)
    return [_target(store, page) for page in sorted(found)]


def captures(store: Store) -> list[tuple[int, str, int]]:
    """Page, archive file and offset of every capture."""
    rows = store.rows("SELECT page_id,warc_file,warc_offset FROM capture WHERE warc_file IS NOT NULL ORDER BY 2,3")
    return [(row[0], row[1], row[2]) for row in rows]


def remove_page(connection: sqlite3.Connection, target: Target, *, reason: str, for_good: bool) -> None:
    """Delete a page with all its versions, flags and mentions; with ``for_good`` it is never fetched again."""
    page = (target.page,)
    flags = connection.execute(
        "SELECT id FROM flag WHERE page_id=?1 OR counterpart_page_id=?1"
        " UNION SELECT flag_id FROM evidence WHERE page_id=?1",
        page,
    ).fetchall()
    for row in flags:
        _remove_flag(connection, row[0])
    for document in connection.execute(
        "SELECT d.id FROM document d JOIN capture k ON k.id=d.capture_id WHERE k.page_id=?", page
    ).fetchall():
        _remove_document(connection, document[0])
    connection.execute("UPDATE page SET capture_id=NULL, document_id=NULL WHERE id=?", page)
    for statement in (
        "DELETE FROM swap_context WHERE page_id=?",
        "DELETE FROM claim WHERE page_id=?",
        "DELETE FROM uncompared WHERE page_id=?",
        "DELETE FROM reuse WHERE page_id=?1 OR other_page_id=?1",
        "DELETE FROM document WHERE capture_id IN(SELECT id FROM capture WHERE page_id=?)",
        "DELETE FROM fetch WHERE page_id=?1 OR capture_id IN(SELECT id FROM capture WHERE page_id=?1)",
        "DELETE FROM capture WHERE page_id=?",
        "DELETE FROM track WHERE page_id=?",
        "DELETE FROM frontier WHERE page_id=?",
        "DELETE FROM page WHERE id=?",
    ):
        connection.execute(statement, page)
    _remove_address(connection, target.url)
    if for_good:
        _bury(connection, "url", url_key(target.url), reason)


def bury_host(connection: sqlite3.Connection, host: str, reason: str) -> None:
    """Never fetch this host again, and forget what is known of it."""
    _bury(connection, "host", host.lower().rstrip("."), reason)
    connection.execute("DELETE FROM link WHERE to_host=?", (host,))
    connection.execute("DELETE FROM frontier WHERE host_id IN(SELECT id FROM frontier_host WHERE host=?)", (host,))
    _remove_flags_that_name(connection, host)
    guard = connection.execute("SELECT sql FROM sqlite_master WHERE name='run_stat_frozen_delete'").fetchone()[0]
    connection.execute("DROP TRIGGER run_stat_frozen_delete")
    connection.execute("DELETE FROM run_stat WHERE scope='site' AND scope_key=?", (host,))
    connection.execute(guard)


def remove_mentions(store: Store, text: str) -> int:
    """Delete flags and blank every other cell, outside of pages, that holds ``text``; how many cells held it."""
    count = 0
    for table, columns in _LOOSE:
        count += sum(_blank(store, table, column, text) for column in columns)
    return count + _blank_notes(store, text)


def tidy(store: Store) -> None:
    """Delete what nothing refers to any more: sites, channels, learnt models, empty questions and swaps."""
    with store.transaction() as connection:
        for statement in (
            "DELETE FROM site WHERE id NOT IN(SELECT site_id FROM page)",
            "DELETE FROM frontier_channel WHERE id NOT IN(SELECT channel_id FROM frontier)",
            _HOSTS_LEFT,
            "DELETE FROM frontier_model",  # it was learnt from the texts that are gone
            "DELETE FROM answer WHERE (slot_id,ord) NOT IN(SELECT slot_id,answer FROM claim)",
            "DELETE FROM slot WHERE id NOT IN(SELECT slot_id FROM answer)",
            "DELETE FROM swap WHERE id NOT IN(SELECT swap_id FROM swap_context) AND pages<2",
        ):
            connection.execute(statement)


def move_captures(store: Store, old: str, new: str, offsets: Mapping[int, int]) -> None:
    """Point captures of an archive file that was written anew at their places in the new one.

    Those of purged pages have none; they stay until their page is removed.
    """
    with store.transaction() as connection:
        rows = connection.execute("SELECT id,warc_offset FROM capture WHERE warc_file=?", (old,)).fetchall()
        connection.executemany(
            "UPDATE capture SET warc_file=?,warc_offset=? WHERE id=?",
            [(new, offsets[row[1]], row[0]) for row in rows if row[1] in offsets],
        )


def compact(store: Store) -> None:
    """Write the file anew without free space, and empty the journal beside it."""
    with own_errors(store.path):
        store.connection.execute("INSERT INTO passage_fts(passage_fts) VALUES('optimize')")
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _numbers(store: Store, sql: str, values: tuple[object, ...]) -> set[int]:
    return {row[0] for row in store.rows(sql, values)}


def _target(store: Store, page: int) -> Target:
    files = store.rows("SELECT DISTINCT warc_file FROM capture WHERE page_id=? AND warc_file IS NOT NULL", (page,))
    url = store.value("SELECT url FROM page WHERE id=?", (page,))
    return Target(page, url, tuple(sorted(row[0] for row in files)))


def _pages_with(store: Store, match: str) -> set[int]:
    found = set()
    for table, columns in (
        ("document", ("text", "title", "byline", "source", "toc_json", "marks_json")),
        ("boilerplate", ("text",)),
        ("comment", ("text", "author", "role")),
        ("link", ("to_url", "anchor")),
    ):
        key = "id" if table == "document" else "document_id"
        where = " OR ".join(f"instr(lower(t.{column}),lower(?1))" for column in columns)
        found |= _numbers(
            store,
            f"SELECT DISTINCT k.page_id FROM {table} t JOIN document d ON d.id=t.{key}"
            f" JOIN capture k ON k.id=d.capture_id WHERE {where}",
            (match,),
        )
    return found | _numbers(store, "SELECT id FROM page WHERE instr(lower(url),lower(?))", (match,))


def _remove_flag(connection: sqlite3.Connection, flag: int) -> None:
    for statement in (
        "DELETE FROM flag_event WHERE flag_id=?", "DELETE FROM evidence WHERE flag_id=?", "DELETE FROM flag WHERE id=?",
    ):  # fmt: skip
        connection.execute(statement, (flag,))


def _remove_document(connection: sqlite3.Connection, document: int) -> None:
    passages = connection.execute("SELECT id,text FROM passage WHERE document_id=?", (document,)).fetchall()
    for row in passages:
        search.unindex(connection, row[0], row[1])
        for statement in (
            "UPDATE cluster SET medoid_id=NULL WHERE medoid_id=?",
            "UPDATE cluster SET source_id=NULL, source_reasons_json='[]' WHERE source_id=?",
            "DELETE FROM cluster_member WHERE passage_id=?",
            "DELETE FROM passage_origin WHERE passage_id=?",
            "UPDATE evidence SET passage_id=NULL WHERE passage_id=?",
            "UPDATE claim SET passage_id=NULL WHERE passage_id=?",
            "UPDATE uncompared SET passage_id=NULL WHERE passage_id=?",
            "UPDATE flag SET passage_id=NULL WHERE passage_id=?",
        ):
            connection.execute(statement, (row[0],))
    for table in ("passage", "boilerplate", "comment", "link"):
        connection.execute(f"DELETE FROM {table} WHERE document_id=?", (document,))
    connection.execute("UPDATE page SET document_id=NULL WHERE document_id=?", (document,))


def _remove_address(connection: sqlite3.Connection, url: str) -> None:
    """The address where other rows hold it: links of other pages, visits and the frontier."""
    connection.execute("DELETE FROM frontier WHERE url_key=?", (url_key(url),))
    connection.execute("UPDATE frontier SET moved_to=NULL WHERE moved_to=?", (url,))
    connection.execute("UPDATE page SET moved_to=NULL WHERE moved_to=?", (url,))
    connection.execute("DELETE FROM fetch WHERE url=? AND page_id IS NULL", (url,))
    connection.execute("DELETE FROM link WHERE to_host=? AND to_url=?", (host_of(url), url))
    _remove_flags_that_name(connection, url)
    _remove_clusters_of(connection, url)


def _remove_clusters_of(connection: sqlite3.Connection, url: str) -> None:
    """Clusters that are named after the address; the next analysis gathers again what is still there."""
    rows = connection.execute(
        "SELECT id FROM cluster WHERE cluster_key='copied:'||?1 OR substr(cluster_key,1,length(?1)+1)=?1||'#'", (url,)
    ).fetchall()
    for row in rows:
        connection.execute("UPDATE flag SET cluster_id=NULL WHERE cluster_id=?", row)
        connection.execute("DELETE FROM cluster_member WHERE cluster_id=?", row)
        connection.execute("DELETE FROM cluster WHERE id=?", row)


def _remove_flags_that_name(connection: sqlite3.Connection, name: str) -> None:
    """Flags of other pages whose evidence holds an address; the next analysis finds again what is still there."""
    connection.execute("DELETE FROM network WHERE instr(sites_json,?1) OR instr(urls_json,?1)", (name,))
    rows = connection.execute(
        "SELECT DISTINCT flag_id FROM evidence WHERE instr(text,?1) OR instr(note,?1) OR instr(url,?1)", (name,)
    ).fetchall()
    for row in rows:
        _remove_flag(connection, row[0])


def _bury(connection: sqlite3.Connection, scope: str, name: str, reason: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO tombstone(sha256,scope,at,reason) VALUES(?,?,?,?)",
        (sha256(name.encode()).hexdigest(), scope, runs.now(), reason),
    )


def _blank(store: Store, table: str, column: str, text: str) -> int:
    key = {"answer": "slot_id,ord", "link": "document_id,ord", "swap_context": "swap_id,ord"}.get(table, "id")
    rows = store.rows(f"SELECT {key} FROM {table} WHERE instr(lower({column}),lower(?))", (text,))
    names = key.split(",")
    where = " AND ".join(f"{name}=?" for name in names)

    def put(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
        if table == "flag":
            _remove_flag(connection, row[0])
        elif table in ("evidence", "claim", "uncompared", "reuse", "network"):
            connection.execute(f"DELETE FROM {table} WHERE {where}", tuple(row))
        elif table in ("slot", "swap"):
            _remove_learnt(connection, table, row[0])
        else:
            blank = "{}" if column.endswith("_json") else REMOVED
            connection.execute(f"UPDATE {table} SET {column}=? WHERE {where}", (blank, *tuple(row)))

    return store.write(rows, put)


def _remove_learnt(connection: sqlite3.Connection, table: str, number: int) -> None:
    parts = ("claim", "answer") if table == "slot" else ("swap_context",)
    for part in parts:
        connection.execute(f"DELETE FROM {part} WHERE {table}_id=?", (number,))
    connection.execute(f"DELETE FROM {table} WHERE id=?", (number,))


def _blank_notes(store: Store, text: str) -> int:
    """Blank notes of verdicts that hold ``text`` and chain the rows anew. The one case in which a verdict changes:

    a person's right to be forgotten stands above the record; what was decided, by whom and when stays.
    """
    found = store.value("SELECT count(*) FROM verdict WHERE instr(lower(note),lower(?))", (text,))
    if not found:
        return 0
    guard = store.value("SELECT sql FROM sqlite_master WHERE name='verdict_no_update'")
    with store.transaction() as connection:
        connection.execute("DROP TRIGGER verdict_no_update")
        connection.execute("UPDATE verdict SET note=? WHERE instr(lower(note),lower(?))", (REMOVED, text))
        previous = ""
        for row in connection.execute("SELECT * FROM verdict ORDER BY id").fetchall():
            digest = chain_digest(previous, {name: row[name] for name in COLUMNS})
            connection.execute("UPDATE verdict SET prev_sha=?,row_sha=? WHERE id=?", (previous, digest, row["id"]))
            previous = digest
        connection.execute(guard)
    return int(found)


def without(line: str, text: str) -> str:
    """A line of the verdict journal with its note blanked if it holds ``text``."""
    if text.lower() not in line.lower():
        return line
    row = json.loads(line)
    if row.get("note") and text.lower() in row["note"].lower():
        row["note"] = REMOVED
    return json.dumps(row, ensure_ascii=False)
