"""What an analysis learnt beside its flags: the dictionary of swaps, clusters of passages, questions with answers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, replace
from hashlib import blake2b

from counterspin.model import Cluster, Evidence, Network, Reuse, Slot, Swap, Uncompared
from counterspin.store.connection import Store
from counterspin.store.flags import Places
from counterspin.wording import as_data


def swap_key(source: str, target: str) -> str:
    """24 hex digits: the key of a swap in verdicts."""
    return blake2b(f"{source}\x1f{target}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def put_swaps(store: Store, swaps: Iterable[Swap], *, run: int, places: Places) -> int:
    """The learnt dictionary of this run; entries that it no longer holds go, their verdicts stay."""

    def put(connection: sqlite3.Connection, swap: Swap) -> None:
        row = connection.execute(
            "INSERT INTO swap(swap_key,source,target,hits,pages,sites,score,sense,directed,first_run,last_run)"
            " VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(swap_key) DO UPDATE SET hits=excluded.hits,"
            " pages=excluded.pages,sites=excluded.sites,score=excluded.score,sense=excluded.sense,"
            " directed=excluded.directed,last_run=excluded.last_run RETURNING id",
            (swap_key(swap.source, swap.target), swap.source, swap.target, swap.hits, swap.pages, swap.sites,
             swap.score, swap.group, int(swap.directed), run, run),
        ).fetchone()  # fmt: skip
        connection.execute("DELETE FROM swap_context WHERE swap_id=?", (row[0],))
        for order, piece in enumerate(swap.contexts):
            there = places.of(piece.url)
            connection.execute(
                "INSERT INTO swap_context VALUES(?,?,?,?,?,?,?,?,?)",
                (row[0], order, piece.role, there.page if there else None, piece.url, piece.start, piece.end,
                 piece.text, piece.note),
            )  # fmt: skip

    count = store.write(swaps, put)
    _drop_old(store, "swap", run, ("DELETE FROM swap_context WHERE swap_id=?",))
    return count


def put_clusters(store: Store, clusters: Iterable[Cluster], *, run: int, places: Places) -> int:
    """The clusters of this run, and on each flag the cluster of its passage."""

    def put(connection: sqlite3.Connection, cluster: Cluster) -> None:
        rows = [_passage(places, member.url, member.start) for member in cluster.members]
        medoid = rows[cluster.medoid] if rows else None
        source = rows[cluster.source] if cluster.source is not None else None
        number = connection.execute(
            "INSERT INTO cluster(cluster_key,kind,first_run,last_run,medoid_id,source_id,source_reasons_json)"
            " VALUES(?,?,?,?,?,?,?) ON CONFLICT(cluster_key) DO UPDATE SET kind=excluded.kind,"
            " last_run=excluded.last_run,medoid_id=excluded.medoid_id,source_id=excluded.source_id,"
            " source_reasons_json=excluded.source_reasons_json RETURNING id",
            (cluster.key, cluster.kind, run, run, medoid, source,
             json.dumps([as_data(reason) for reason in cluster.source_reasons], ensure_ascii=False)),
        ).fetchone()[0]  # fmt: skip
        connection.execute("DELETE FROM cluster_member WHERE cluster_id=?", (number,))
        connection.executemany(
            "INSERT OR IGNORE INTO cluster_member VALUES(?,?,?,?)",
            [
                (number, row, run, member.similarity)
                for row, member in zip(rows, cluster.members, strict=True)
                if row is not None
            ],
        )
        connection.executemany(
            "UPDATE flag SET cluster_id=? WHERE passage_id=? AND category IN('spun','copied')",
            [(number, row) for row in rows if row is not None],
        )

    _drop_members(store)
    count = store.write(clusters, put)
    _drop_old(
        store,
        "cluster",
        run,
        ("UPDATE flag SET cluster_id=NULL WHERE cluster_id=?", "DELETE FROM cluster_member WHERE cluster_id=?"),
    )
    return count


def put_slots(store: Store, slots: Iterable[Slot], *, run: int, places: Places) -> int:
    """The questions of this run with their answers and the claims that give them."""

    def put(connection: sqlite3.Connection, slot: Slot) -> None:
        number = connection.execute(
            "INSERT INTO slot(slot_key,question,kind,outcome,suppressors_json,first_run,last_run)"
            " VALUES(?,?,?,?,?,?,?) ON CONFLICT(slot_key) DO UPDATE SET question=excluded.question,kind=excluded.kind,"
            " outcome=excluded.outcome,suppressors_json=excluded.suppressors_json,last_run=excluded.last_run"
            " RETURNING id",
            (slot.key, slot.question, slot.kind, slot.outcome,
             json.dumps(slot.suppressors, ensure_ascii=False), run, run),
        ).fetchone()[0]  # fmt: skip
        _empty_slot(connection, number)
        for order, answer in enumerate(slot.answers):
            connection.execute(
                "INSERT INTO answer VALUES(?,?,?,?,?)", (number, order, answer.stance, answer.value, answer.voices)
            )
            for claim in answer.claims:
                there = places.of(claim.url)
                if there is None:
                    continue
                connection.execute(
                    'INSERT INTO claim(slot_id,answer,page_id,passage_id,start,"end",text,polarity,modality,'
                    "attribution,confidence,claim_json) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                    (number, order, there.page, there.at(claim.start)[0], claim.start, claim.end, claim.text,
                     claim.polarity, claim.modality, claim.attribution, claim.confidence,
                     json.dumps(asdict(claim), ensure_ascii=False)),
                )  # fmt: skip

    count = store.write(slots, put)
    _drop_old(store, "slot", run, ("DELETE FROM claim WHERE slot_id=?", "DELETE FROM answer WHERE slot_id=?"))
    return count


def put_reuses(store: Store, reuses: Iterable[Reuse], *, run: int, places: Places) -> int:
    """The likenesses of this run that have a reason of their own; those of earlier runs go."""

    def put(connection: sqlite3.Connection, reuse: Reuse) -> None:
        here, there = places.of(reuse.url), places.of(reuse.other_url)
        if here is not None and there is not None:
            connection.execute(
                'INSERT INTO reuse(run_id,reason,page_id,start,"end",text,other_page_id,other_start,other_end,'
                "other_text,similarity) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                (run, reuse.reason, here.page, reuse.start, reuse.end, reuse.text, there.page, reuse.other_start,
                 reuse.other_end, reuse.other_text, reuse.similarity),
            )  # fmt: skip

    store.write([run], lambda connection, now: connection.execute("DELETE FROM reuse WHERE run_id<>?", (now,)))
    return store.write(reuses, put)


def put_networks(store: Store, networks: Iterable[Network], *, run: int) -> int:
    """The networks of this run; those of earlier runs go."""

    def put(connection: sqlite3.Connection, network: Network) -> None:
        parts = (network.sites, network.urls, network.swaps, dict(network.links))
        connection.execute(
            "INSERT INTO network(run_id,sites,shared,sites_json,urls_json,swaps_json,links_json) VALUES(?,?,?,?,?,?,?)",
            (run, len(network.sites), len(network.swaps), *(json.dumps(part, ensure_ascii=False) for part in parts)),
        )

    store.write([run], lambda connection, now: connection.execute("DELETE FROM network WHERE run_id<>?", (now,)))
    return store.write(networks, put)


def put_uncompared(store: Store, found: Iterable[Uncompared], *, run: int, places: Places) -> int:
    """The sentences with a measure that stand in no question of this run, in place of those of the run before."""

    def put(connection: sqlite3.Connection, one: Uncompared) -> None:
        there = places.of(one.url)
        if there is not None:
            connection.execute(
                'INSERT INTO uncompared(run_id,page_id,passage_id,start,"end",text,measures_json)'
                " VALUES(?,?,?,?,?,?,?)",
                (run, there.page, there.at(one.start)[0], one.start, one.end, one.text,
                 json.dumps(one.measures, ensure_ascii=False)),
            )  # fmt: skip

    with store.transaction() as connection:
        connection.execute("DELETE FROM uncompared")
    return store.write(found, put)


def decisions(store: Store) -> tuple[tuple[Swap, str], ...]:
    """Swaps that reviewers confirmed or rejected (``confirmed``, ``rejected``): the next analysis obeys them."""
    rows = store.rows(
        "SELECT w.*,v.verdict said FROM swap w JOIN verdict v ON v.target_type='swap' AND v.target_key=w.swap_key"
        " WHERE v.id=(SELECT max(id) FROM verdict x WHERE x.target_type='swap' AND x.target_key=w.swap_key)"
        " AND v.verdict IN('confirmed','false_positive') ORDER BY w.source,w.target"
    )
    return tuple((_swap(row), "confirmed" if row["said"] == "confirmed" else "rejected") for row in rows)


def swaps(store: Store) -> tuple[Swap, ...]:
    """The learnt dictionary with its contexts, the surest first."""
    rows = store.rows("SELECT * FROM swap ORDER BY score DESC,hits DESC,source,target")
    select = 'SELECT role,url,start,"end",text,note FROM swap_context WHERE swap_id=? ORDER BY ord'
    return tuple(
        replace(_swap(row), contexts=tuple(Evidence(*piece) for piece in store.rows(select, (row["id"],))))
        for row in rows
    )


def _swap(row: sqlite3.Row) -> Swap:
    return Swap(
        row["source"], row["target"], row["hits"], row["pages"], row["sites"], row["score"],
        group=row["sense"], directed=bool(row["directed"]),
    )  # fmt: skip


def _passage(places: Places, url: str, start: int) -> int | None:
    there = places.of(url)
    return there.at(start)[0] if there else None


def _empty_slot(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM claim WHERE slot_id=?", (number,))
    connection.execute("DELETE FROM answer WHERE slot_id=?", (number,))


def _drop_members(store: Store) -> None:
    """Let go of passages of old versions, so that a flag never points at a cluster that its page has left."""
    stale = store.rows("SELECT id FROM flag WHERE cluster_id IS NOT NULL")
    store.write(
        stale, lambda connection, row: connection.execute("UPDATE flag SET cluster_id=NULL WHERE id=?", (row[0],))
    )


def _drop_old(store: Store, table: str, run: int, before: tuple[str, ...]) -> None:
    """Rows of ``table`` that this run did not write, after the statements that free what refers to them."""
    rows = store.rows(f"SELECT id FROM {table} WHERE last_run<>?", (run,))

    def drop(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
        for statement in (*before, f"DELETE FROM {table} WHERE id=?"):
            connection.execute(statement, (row[0],))

    store.write(rows, drop)
