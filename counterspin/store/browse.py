"""What the review app reads beside flags: clusters, sites, the learnt dictionary, questions, snapshots."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from counterspin.store.review import ROW, QueueRow, VerdictRow, history, queue_row
from counterspin.wording import said_of

MEMBER_ROWS = 200
LIST_ROWS = 200


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A passage of a cluster and the live flag on it, if any."""

    url: str
    title: str
    text: str
    similarity: float
    fingerprint: str | None
    state: str | None
    evidence_hash: str | None


@dataclass(frozen=True, slots=True)
class ClusterView:
    """A cluster: the medoid first, then by similarity. ``flags`` counts live flags of all members."""

    key: str
    kind: str
    medoid: str
    members: tuple[MemberRow, ...]
    left_out: int
    source: str | None
    source_reasons: tuple[str, ...]
    flags: tuple[tuple[str, str], ...]
    history: tuple[VerdictRow, ...]


@dataclass(frozen=True, slots=True)
class SwapRow:
    """An entry of the learnt dictionary with its last verdict."""

    key: str
    source: str
    target: str
    hits: int
    pages: int
    sites: int
    score: float
    verdict: str | None
    contexts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SiteView:
    """A host with its pages and live flags by category."""

    host: str
    domain: str
    licence: str | None
    pages: int
    flags: tuple[tuple[str, int], ...]
    twins: tuple[str, ...]
    history: tuple[VerdictRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question and how many rival answers it has."""

    key: str
    question: str
    kind: str
    outcome: str
    answers: int
    pages: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A rival answer with the quotes that give it (url, sentence, date of the page)."""

    stance: str
    value: str
    voices: int
    quotes: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The main text of one version of a page, as passages; never its markup."""

    url: str
    title: str
    fetched_at: str
    language: str
    passages: tuple[tuple[str, int, int, int, str], ...]
    removed: tuple[tuple[str, str], ...]


def cluster(connection: sqlite3.Connection, key: str) -> ClusterView | None:
    """The cluster with this key, or None."""
    row = connection.execute(
        "SELECT c.id,c.kind,m.text,sp.url,c.source_reasons_json FROM cluster c LEFT JOIN passage m ON m.id=c.medoid_id "
        "LEFT JOIN passage s ON s.id=c.source_id LEFT JOIN document d ON d.id=s.document_id "
        "LEFT JOIN capture k ON k.id=d.capture_id LEFT JOIN page sp ON sp.id=k.page_id WHERE c.cluster_key=?",
        (key,),
    ).fetchone()
    if row is None:
        return None
    members = connection.execute(
        "SELECT p.url,coalesce(d.title,''),a.text,m.similarity,f.fingerprint,f.state,f.evidence_hash "
        "FROM cluster_member m JOIN passage a ON a.id=m.passage_id JOIN document d ON d.id=a.document_id "
        "JOIN capture k ON k.id=d.capture_id JOIN page p ON p.id=k.page_id "
        "LEFT JOIN flag f ON f.cluster_id=m.cluster_id AND f.passage_id=a.id AND f.machine_state<>'absent' "
        "WHERE m.cluster_id=? ORDER BY m.similarity DESC,p.url LIMIT ?",
        (row[0], MEMBER_ROWS),
    ).fetchall()
    total = connection.execute("SELECT count(*) FROM cluster_member WHERE cluster_id=?", (row[0],)).fetchone()[0]
    flags = connection.execute(
        "SELECT fingerprint,evidence_hash FROM flag WHERE cluster_id=? AND machine_state<>'absent' "
        "AND state IN ('open','stale') ORDER BY id",
        (row[0],),
    ).fetchall()
    return ClusterView(
        key, row[1], row[2] or "", tuple(MemberRow(*m) for m in members), max(0, total - MEMBER_ROWS), row[3],
        tuple(said_of(reason) for reason in json.loads(row[4])), tuple((a, b) for a, b in flags),
        history(connection, "cluster", key),
    )  # fmt: skip


def clusters(connection: sqlite3.Connection) -> tuple[tuple[str, str, str, int, int], ...]:
    """The clusters with most open flags: key, kind, medoid, members, open flags."""
    query = (
        "SELECT c.cluster_key,c.kind,coalesce(m.text,''),"
        "(SELECT count(*) FROM cluster_member x WHERE x.cluster_id=c.id),n FROM "
        "(SELECT cluster_id,count(*) n FROM flag WHERE cluster_id IS NOT NULL AND state IN ('open','stale') "
        "AND machine_state<>'absent' GROUP BY cluster_id ORDER BY n DESC LIMIT ?) t "
        "JOIN cluster c ON c.id=t.cluster_id LEFT JOIN passage m ON m.id=c.medoid_id ORDER BY n DESC,c.id"
    )
    return tuple(connection.execute(query, (LIST_ROWS,)))


def site(connection: sqlite3.Connection, host: str) -> SiteView | None:
    """The host, or None."""
    row = connection.execute("SELECT id,host,domain,icp_no FROM site WHERE host=?", (host,)).fetchone()
    if row is None:
        return None
    pages = connection.execute("SELECT count(*) FROM page WHERE site_id=?", (row[0],)).fetchone()[0]
    flags = connection.execute(
        "SELECT f.category,count(*) FROM flag f JOIN page p ON p.id=f.page_id WHERE p.site_id=? "
        "AND f.machine_state<>'absent' GROUP BY 1 ORDER BY 2 DESC",
        (row[0],),
    ).fetchall()
    twins = connection.execute("SELECT host FROM site WHERE icp_no=? AND id<>? ORDER BY host", (row[3], row[0]))
    return SiteView(
        row[1], row[2], row[3], pages, tuple((a, b) for a, b in flags), tuple(t[0] for t in twins),
        history(connection, "site", host),
    )  # fmt: skip


def sites(connection: sqlite3.Connection) -> tuple[tuple[str, int, int], ...]:
    """Hosts with most flagged pages: host, pages flagged, live flags."""
    query = (
        "SELECT s.host,count(DISTINCT f.page_id),count(*) n FROM flag f JOIN page p ON p.id=f.page_id "
        "JOIN site s ON s.id=p.site_id WHERE f.machine_state<>'absent' GROUP BY s.id ORDER BY n DESC,s.host LIMIT ?"
    )
    return tuple(connection.execute(query, (LIST_ROWS,)))


def swap_rows(connection: sqlite3.Connection, *, only: str = "") -> tuple[SwapRow, ...]:
    """The learnt dictionary, undecided entries first; ``only`` keeps entries that hold this text."""
    query = (
        "SELECT w.id,w.swap_key,w.source,w.target,w.hits,w.pages,w.sites,w.score,"
        "(SELECT v.verdict FROM verdict v WHERE v.target_type='swap' AND v.target_key=w.swap_key ORDER BY v.id DESC "
        "LIMIT 1) said FROM swap w WHERE instr(w.source,?)>0 OR instr(w.target,?)>0 "
        "ORDER BY said IS NOT NULL,w.sites DESC,w.hits DESC,w.id LIMIT ?"
    )
    rows = connection.execute(query, (only, only, LIST_ROWS)).fetchall()
    return tuple(SwapRow(*(*row[1:], _contexts(connection, row[0]))) for row in rows)


def _contexts(connection: sqlite3.Connection, swap_id: int) -> tuple[tuple[str, str], ...]:
    query = "SELECT url,text FROM swap_context WHERE swap_id=? ORDER BY ord LIMIT 4"
    return tuple((url, text) for url, text in connection.execute(query, (swap_id,)))


def questions(connection: sqlite3.Connection) -> tuple[QuestionRow, ...]:
    """Questions with rival answers: conflicts first, then by number of pages."""
    query = (
        "SELECT s.slot_key,s.question,s.kind,s.outcome,(SELECT count(*) FROM answer a WHERE a.slot_id=s.id),"
        "(SELECT count(DISTINCT c.page_id) FROM claim c WHERE c.slot_id=s.id) pages FROM slot s "
        "WHERE s.outcome<>'agreed' ORDER BY s.outcome<>'conflict',pages DESC,s.id LIMIT ?"
    )
    return tuple(QuestionRow(*row) for row in connection.execute(query, (LIST_ROWS,)))


def question(connection: sqlite3.Connection, key: str) -> tuple[QuestionRow, tuple[AnswerRow, ...]] | None:
    """A question with its rival answers and up to ten quotes each, or None."""
    row = connection.execute("SELECT id,slot_key,question,kind,outcome FROM slot WHERE slot_key=?", (key,)).fetchone()
    if row is None:
        return None
    answers = connection.execute("SELECT ord,stance,value,voices FROM answer WHERE slot_id=? ORDER BY ord", (row[0],))
    found = tuple(AnswerRow(a[1], a[2], a[3], _quotes(connection, row[0], a[0])) for a in answers.fetchall())
    pages = connection.execute("SELECT count(DISTINCT page_id) FROM claim WHERE slot_id=?", (row[0],)).fetchone()[0]
    return QuestionRow(*(*row[1:], len(found), pages)), found


def _quotes(connection: sqlite3.Connection, slot: int, answer: int) -> tuple[tuple[str, str, str | None], ...]:
    query = (
        "SELECT DISTINCT p.url,c.text,d.published FROM claim c JOIN page p ON p.id=c.page_id "
        "LEFT JOIN document d ON d.id=p.document_id WHERE c.slot_id=? AND c.answer=? ORDER BY p.url LIMIT 10"
    )
    return tuple((a, b, c) for a, b, c in connection.execute(query, (slot, answer)))


def snapshot(connection: sqlite3.Connection, document_id: int) -> Snapshot | None:
    """The passages of a version, with what was taken out and why; None if there is no such version."""
    row = connection.execute(
        "SELECT k.url,coalesce(d.title,''),k.fetched_at,d.language FROM document d JOIN capture k ON k.id=d.capture_id "
        "WHERE d.id=?",
        (document_id,),
    ).fetchone()
    if row is None:
        return None
    passages = connection.execute(
        'SELECT kind,level,start,"end",text FROM passage WHERE document_id=? ORDER BY ord', (document_id,)
    ).fetchall()
    removed = connection.execute(
        "SELECT reason,text FROM boilerplate WHERE document_id=? ORDER BY ord LIMIT 200", (document_id,)
    ).fetchall()
    return Snapshot(*(*row, tuple(passages), tuple(removed)))


def flags_of_host(connection: sqlite3.Connection, host: str) -> tuple[QueueRow, ...]:
    """Live flags of a host in any state, most severe first."""
    return _worst(connection, "JOIN site s ON s.id=p.site_id WHERE s.host=?", host)


def flags_of_question(connection: sqlite3.Connection, key: str) -> tuple[QueueRow, ...]:
    """Live flags that rest on rival answers to this question, most severe first."""
    return _worst(connection, "WHERE f.category='contradictory' AND f.flag_key GLOB ?", f"{key}:*")


def _worst(connection: sqlite3.Connection, which: str, value: str) -> tuple[QueueRow, ...]:
    query = (
        f"{ROW.format(index='')}{which} AND f.machine_state<>'absent' "
        "ORDER BY f.severity DESC,f.score DESC,f.id DESC LIMIT ?"
    )
    return tuple(queue_row(row) for row in connection.execute(query, (value, LIST_ROWS)))
