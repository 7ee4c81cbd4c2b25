"""The frontier: which URLs are to be fetched, are being fetched, were fetched. Crash-safe by construction.

A row stays queued until it is settled, in one transaction with everything the page brought (fetch, capture, new
links). That it is under way is known to the process that asks for it, and to no other: a process that dies leaves
nothing behind that would have to be undone. Fetching is at least once, storing exactly once. The order of pages is
decided by the caller; this module only answers for one channel at a time.

Times are Unix seconds. Every function that writes joins a transaction that is open (see ``Store.transaction``).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from counterspin.store import pages
from counterspin.store.connection import Store
from counterspin.store.frontier_rows import (
    DUE_RANK,
    FOUND_RANK,
    SEED_RANK,
    ChannelRow,
    HostRow,
    NewLink,
    Rise,
    Row,
    Visit,
)
from counterspin.urls import domain_of

__all__ = [
    "DUE_RANK", "FOUND_RANK", "SEED_RANK", "ChannelRow", "Frontier", "HostRow", "NewLink", "Rise", "Row", "Visit",
]  # fmt: skip
OWNED_SECONDS = 120.0  # a host belongs to one process for so long after its last sign of life
_ROW = (
    "id,url,url_key,host_id,channel_id,rank,score,depth,tunnel,redirects,via_id,origin,anchor,zone,features,attempts,"
    "etag,last_modified,raw_sha256,text_sha256,checks,changes,fetched_at,relevance"
)
_OFFER = (
    "INSERT INTO frontier(url_key,url,host_id,channel_id,state,rank,score,depth,tunnel,redirects,via_id,origin,anchor,"
    "zone,features,added_run) VALUES(?,?,?,?,'queued',?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(url_key) DO UPDATE SET"
    " score=max(score,excluded.score), rank=max(rank,excluded.rank), depth=min(depth,excluded.depth),"
    " tunnel=min(tunnel,excluded.tunnel)"
    " WHERE state='queued' AND (score<excluded.score OR rank<excluded.rank) RETURNING id"
)
_RAISE = (
    "UPDATE frontier SET score=?1, depth=min(depth,?2), tunnel=min(tunnel,?3)"
    " WHERE url_key=?4 AND state='queued' AND score<?1 RETURNING channel_id"
)
_LISTED = "(SELECT value FROM json_each(?))"
_OF_HOST = "channel_id IN (SELECT id FROM frontier_channel WHERE host_id=?)"  # by frontier_best: hosts have no index
CACHE_KIB = 16_384  # of the database kept in memory: each pick reads a few pages of the indexes of a large frontier
CHECKPOINT_PAGES = 4000  # of 4 KiB in the log before they go into the file: a page of an index that many links change
# goes there once. A page with twelve new links: 0.86 ms of processor time, 1.02 with SQLite's 1000; 12 MB more of log.
MAX_REMEMBERED = 50_000
# Host and channel ids kept in memory; beyond it they are looked up again, so that memory does not grow with the web.


class Frontier:
    """The frontier tables of an open store, for one run."""

    def __init__(self, store: Store, run: int, *, owner: str = "one") -> None:
        self.store = store
        self.run = run
        self.owner = owner
        self._db: sqlite3.Connection = store.connection
        self._db.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
        self._db.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        self._hosts: dict[str, int] = {}
        self._channels: dict[tuple[int, str], int] = {}
        self._under_way: dict[int, Row] = {}

    def recover(self, now: float, *, alone: bool = True) -> None:
        """Take back the hosts of a process that died.

        ``alone``: no other process crawls (the run lock is held), so every owner is a dead one.
        """
        with self.store.transaction() as db:
            db.execute(
                "UPDATE frontier_host SET owner=NULL, owned_until=0 WHERE owner IS NOT NULL"
                " AND (? OR owner=? OR owned_until<=?)",
                (alone, self.owner, now),
            )

    def queue_due(self, now: float) -> int:
        """Queue the pages whose next visit is due; the number of rows."""
        with self.store.transaction() as db:
            return db.execute(
                "UPDATE frontier SET state='queued', rank=max(rank,?), attempts=0, not_before=0, redirects=0"
                " WHERE state IN('done','gone') AND next_at<=?",
                (DUE_RANK, now),
            ).rowcount

    def queue_failed(self, attempts: int) -> int:
        """Queue again what failed with fewer than ``attempts`` attempts in all; the number of rows."""
        with self.store.transaction() as db:
            return db.execute(
                "UPDATE frontier SET state='queued', not_before=0 WHERE state='failed' AND attempts<?", (attempts,)
            ).rowcount

    def queue_again(self, keys: Iterable[str]) -> int:
        """Queue settled pages for another visit; the number of rows."""
        with self.store.transaction() as db:
            return sum(
                db.execute(
                    "UPDATE frontier SET state='queued', rank=?, attempts=0, not_before=0 WHERE url_key=?"
                    " AND state IN('done','gone')",
                    (DUE_RANK, key),
                ).rowcount
                for key in keys
            )

    def add(self, links: Iterable[NewLink | Rise]) -> list[tuple[int, bool, NewLink | Rise]]:
        """Put URLs in. The answer holds, with its channel, each that is new (``True``) or was raised (``False``)."""
        added: list[tuple[int, bool, NewLink | Rise]] = []
        under_way = {row.url_key for row in self._under_way.values()}
        with self.store.transaction() as db:
            (last,) = db.execute("SELECT coalesce(max(id),0) FROM frontier").fetchone()
            for link in links:
                if link.url_key in under_way:
                    continue
                if isinstance(link, Rise):
                    row = db.execute(_RAISE, (link.score, link.depth, link.tunnel, link.url_key)).fetchone()
                    if row is not None:
                        added.append((row[0], False, link))
                    continue
                host = self.host_id(link.authority)
                channel = self.channel_id(host, link.prefix)
                row = db.execute(_OFFER, self._values(link, host, channel)).fetchone()
                if row is not None:
                    added.append((channel, row[0] > last, link))
                    last = max(last, row[0])
        return added

    def _values(self, link: NewLink, host: int, channel: int) -> tuple[object, ...]:
        return (
            link.url_key, link.url, host, channel, link.rank, link.score, link.depth, link.tunnel, link.redirects,
            link.via_id, link.origin, link.anchor, link.zone, link.features, self.run,
        )  # fmt: skip

    def host_id(self, authority: str) -> int:
        """The row of a host (with its port unless that is the default one), made if it is new."""
        known = self._hosts.get(authority)
        if known is None:
            name = authority.rpartition(":")[0] if authority[-1:].isdigit() and ":" in authority else authority
            self._db.execute(
                "INSERT INTO frontier_host(host,domain) VALUES(?,?) ON CONFLICT DO NOTHING",
                (authority, domain_of(name)),
            )
            known = self._db.execute("SELECT id FROM frontier_host WHERE host=?", (authority,)).fetchone()[0]
            _remember(self._hosts, authority, known)
        return known

    def channel_id(self, host: int, prefix: str) -> int:
        """The row of a channel, made if it is new."""
        known = self._channels.get((host, prefix))
        if known is None:
            self._db.execute(
                "INSERT INTO frontier_channel(host_id,prefix) VALUES(?,?) ON CONFLICT DO NOTHING", (host, prefix)
            )
            known = self._db.execute(
                "SELECT id FROM frontier_channel WHERE host_id=? AND prefix=?", (host, prefix)
            ).fetchone()[0]
            _remember(self._channels, (host, prefix), known)
        return known

    def hosts(self, ids: Sequence[int] | None = None) -> list[HostRow]:
        """The hosts with something queued, or those named."""
        columns = ",".join(f"host.{name}" for name in HostRow.__dataclass_fields__)
        if ids is None:
            rows = self.store.rows(
                f"SELECT {columns} FROM frontier_host AS host WHERE id IN (SELECT host_id FROM frontier_channel"
                " WHERE id IN (SELECT channel_id FROM frontier WHERE state='queued'))"
            )
        else:
            rows = [
                row
                for number in ids
                for row in self.store.rows(f"SELECT {columns} FROM frontier_host AS host WHERE id=?", (number,))
            ]
        return [HostRow(*row) for row in rows]

    def channels(self) -> list[ChannelRow]:
        """The channels with something queued."""
        return [
            ChannelRow(*row)
            for row in self.store.rows(
                "SELECT channel.id, channel.host_id, prefix, fetched, relevant, count(*), max(rank), max(score)"
                " FROM frontier JOIN frontier_channel AS channel ON channel.id=channel_id"
                " WHERE state='queued' GROUP BY channel_id"
            )
        ]

    def channel(self, number: int) -> ChannelRow:
        """A channel by its id, without what waits in it."""
        row = self.store.row("SELECT id,host_id,prefix,fetched,relevant FROM frontier_channel WHERE id=?", (number,))
        assert row is not None
        number, host, prefix, fetched, relevant = row
        return ChannelRow(number, host, prefix, fetched, relevant, pending=0, rank=0, score=0.0)

    def best(self, channel: int, now: float, *, count: int = 1) -> list[Row]:
        """The best queued rows of a channel that may be fetched now, best first."""
        gone_out = sum(row.channel_id == channel for row in self._under_way.values())
        rows = self.store.rows(
            f"SELECT {_ROW} FROM frontier WHERE channel_id=? AND state='queued' AND not_before<=?"
            " ORDER BY rank DESC, score DESC, id LIMIT ?",
            (channel, now, count + gone_out),
        )
        return [Row(*row) for row in rows if row[0] not in self._under_way][:count]

    def waiting_until(self, channel: int) -> float | None:
        """When the first row of a channel that waits for a further attempt may be fetched."""
        found: float | None = self.store.value(
            f"SELECT min(not_before) FROM frontier WHERE channel_id=? AND state='queued' AND id NOT IN {_LISTED}",
            (channel, self._listed()),
        )
        return found

    def take(self, row: Row) -> None:
        """Note that a row is asked for: it is not picked again before it is settled or put back."""
        self._under_way[row.id] = row

    def _listed(self) -> str:
        """The rows under way for ``_LISTED``."""
        return json.dumps(list(self._under_way))

    def own(self, host: int, now: float) -> bool:
        """Make or keep this process the one that asks a host; ``False`` while another one does."""
        with self.store.transaction() as db:
            return (
                db.execute(
                    "UPDATE frontier_host SET owner=?1, owned_until=?2 WHERE id=?3"
                    " AND (owner IS NULL OR owner=?1 OR owned_until<=?4)",
                    (self.owner, now + OWNED_SECONDS, host, now),
                ).rowcount
                == 1
            )

    def settle(
        self, row: int, state: str, now: float, visit: Visit, *, code: str | None = None, detail: str = ""
    ) -> None:
        """What became of a row that was taken: ``done``, ``gone``, ``failed`` or ``refused``."""
        self._under_way.pop(row, None)
        self._db.execute(
            "UPDATE frontier SET state=?, code=?, detail=?, run_id=?, fetched_at=?, rank=0, attempts=attempts+1,"
            " etag=coalesce(?,etag), last_modified=coalesce(?,last_modified), raw_sha256=coalesce(?,raw_sha256),"
            " text_sha256=coalesce(?,text_sha256), simhash=coalesce(?,simhash), relevance=coalesce(?,relevance),"
            " page_id=coalesce(?,page_id), next_at=?, checks=checks+?, changes=changes+?, moved_to=coalesce(?,moved_to)"
            " WHERE id=?",
            (state, code, detail[:200], self.run, now, visit.etag, visit.last_modified, visit.raw_sha256,
             visit.text_sha256, visit.simhash, visit.relevance, visit.page_id, visit.next_at, visit.checked,
             visit.changed, visit.moved_to, row),
        )  # fmt: skip

    def put_back(
        self, row: int, not_before: float, *, code: str, counts: bool = True, url: str | None = None, redirects: int = 0
    ) -> None:
        """Let a row wait for another turn, not before a time. ``counts``: the attempt counts as one.

        ``url``: under which address the same page is to be asked for (http became https).
        """
        self._under_way.pop(row, None)
        self._db.execute(
            "UPDATE frontier SET not_before=?, code=?, attempts=attempts+?, url=coalesce(?,url),"
            " redirects=redirects+? WHERE id=?",
            (not_before, code, int(counts), url, redirects, row),
        )

    def refuse(self, links: Iterable[tuple[NewLink, str, str]]) -> int:
        """Keep URLs that are not to be fetched, each with its code and detail; the number of new rows."""
        count = 0
        with self.store.transaction() as db:
            for link, code, detail in links:
                host = self.host_id(link.authority)
                made = db.execute(
                    "INSERT INTO frontier(url_key,url,host_id,channel_id,state,depth,via_id,origin,anchor,zone,code,"
                    "detail,added_run,run_id) VALUES(?,?,?,?,'refused',?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                    (link.url_key, link.url, host, self.channel_id(host, link.prefix), link.depth, link.via_id,
                     link.origin, link.anchor, link.zone, code, detail[:200], self.run, self.run),
                )  # fmt: skip
                count += made.rowcount
        return count

    def refuse_queued(self, code: str, detail: str, *, host: int) -> int:
        """Refuse everything that is queued for a host; the number of rows."""
        with self.store.transaction() as db:
            return db.execute(
                "UPDATE frontier SET state='refused', code=?, detail=?, run_id=? WHERE state='queued'"
                f" AND {_OF_HOST} AND id NOT IN {_LISTED}",
                (code, detail[:200], self.run, host, self._listed()),
            ).rowcount

    def explain_queued(self, host: int, code: str, detail: str) -> None:
        """Say why what is queued for a host is not asked in this run."""
        self._db.execute(
            f"UPDATE frontier SET code=?, detail=? WHERE state='queued' AND {_OF_HOST}", (code, detail[:200], host)
        )

    def queued_urls(self, host: int, limit: int) -> list[str]:
        """URLs that wait for a host."""
        rows = self.store.rows(f"SELECT url FROM frontier WHERE state='queued' AND {_OF_HOST} LIMIT ?", (host, limit))
        return [row[0] for row in rows]

    def count_visit(self, channel: int, relevant: float) -> None:
        """Add a fetched page to the odds of its channel."""
        self._db.execute(
            "UPDATE frontier_channel SET fetched=fetched+1, relevant=relevant+? WHERE id=?", (relevant, channel)
        )

    def way(self, row: int | None, hops: int) -> list[tuple[bytes | None, float | None]]:
        """Features and relevance of the pages that led to a row, the nearest first."""
        found: list[tuple[bytes | None, float | None]] = []
        while row is not None and len(found) < hops:
            one = self.store.row("SELECT features,relevance,via_id FROM frontier WHERE id=?", (row,))
            if one is None:
                break
            found.append((one[0], one[1]))
            row = one[2]
        return found

    def put_robots(
        self, host: int, *, text: str | None, status: int | None, at: float | None, since: float | None
    ) -> None:
        """Keep a copy of robots.txt, or since when there is none to be had."""
        with self.store.transaction() as db:
            db.execute(
                "UPDATE frontier_host SET robots_text=?, robots_status=?, robots_at=?, robots_failing_since=?"
                " WHERE id=?",
                (text, status, at, since, host),
            )

    def put_host(self, host: int, *, delay: float, ready_at: float, failures: int, code: str | None = None) -> None:
        """Keep the manners learnt for a host; a ``code`` closes it for this run."""
        self._db.execute(
            "UPDATE frontier_host SET delay=?, ready_at=?, failures=?, code=?, closed_run=? WHERE id=?",
            (delay, ready_at, failures, code, self.run if code else None, host),
        )

    def put_dropped(self, host: int, names: Iterable[str]) -> None:
        """Keep the session parameters learnt for a host."""
        with self.store.transaction() as db:
            db.execute("UPDATE frontier_host SET dropped=? WHERE id=?", (" ".join(sorted(names)), host))

    def counts(self) -> dict[str, int]:
        """Rows by state. What is not queued was settled or refused by a run."""
        rows = self.store.rows(
            "SELECT 'queued',count(*) FROM frontier WHERE state='queued' HAVING count(*)>0 UNION ALL"
            " SELECT state,count(*) FROM frontier WHERE run_id IS NOT NULL AND state<>'queued' GROUP BY state"
        )
        return {row[0]: row[1] for row in rows}

    def codes(self) -> dict[str, int]:
        """Rows that this run refused or failed, by code."""
        return {
            row[0]: row[1]
            for row in self.store.rows(
                "SELECT code,count(*) FROM frontier WHERE run_id=? AND code IS NOT NULL GROUP BY code ORDER BY code",
                (self.run,),
            )
        }

    def settled(self) -> int:
        """Pages that this run has fetched so far: a run that is resumed goes on with its budget."""
        return int(
            self.store.value(
                "SELECT count(*) FROM frontier WHERE run_id=? AND state IN('done','gone','failed')", (self.run,)
            )
        )

    def archive_ends(self) -> list[tuple[str, int]]:
        """Each archive file of this run and where its last known response begins."""
        return pages.archive_ends(self.store, self.run)

    def next_due(self) -> float | None:
        """When the next page is due for a new visit."""
        found: float | None = self.store.value("SELECT min(next_at) FROM frontier WHERE state='done'")
        return found

    def save_model(self, name: str, value: bytes) -> None:
        """Keep what was learnt under a name."""
        with self.store.transaction() as db:
            db.execute(
                "INSERT INTO frontier_model VALUES(?,?,?) ON CONFLICT(name) DO UPDATE SET"
                " saved_run=excluded.saved_run, value=excluded.value",
                (name, self.run, value),
            )

    def load_model(self, name: str) -> bytes | None:
        """What was learnt under a name."""
        found: bytes | None = self.store.value("SELECT value FROM frontier_model WHERE name=?", (name,))
        return found


def _remember(known: dict[Any, int], key: object, number: int) -> None:
    if len(known) >= MAX_REMEMBERED:
        known.clear()
    known[key] = number
