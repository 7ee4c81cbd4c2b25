"""What the review app reads: queues by keyset, one flag with all its evidence, and what stands around it.

Every function takes the connection of the reader's thread and returns frozen values; nothing here writes. No page
counts rows on the way: a queue of 200,000 flags costs two walks along an index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from counterspin.wording import restored

PAGE_ROWS = 50
OPEN_STATES = ("open", "stale")
CONTEXT_CHARS = 160  # code points shown before and after a passage: what a look takes in; the snapshot has the rest


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the order of a queue: severity, score and id, each descending."""

    severity: int
    score: float
    id: int

    def __str__(self) -> str:
        return f"{self.severity},{self.score!r},{self.id}"

    @staticmethod
    def parse(text: str) -> Place | None:
        """The place in ``severity,score,id``; None for anything else."""
        try:
            severity, score, row = text.split(",")
            return Place(int(severity), float(score), int(row))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which part of the queue is meant; an empty string means all."""

    category: str = ""
    rule: str = ""
    host: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of a queue."""

    fingerprint: str
    category: str
    rule: str
    url: str
    text: str
    reason: str
    state: str
    machine_state: str
    place: Place


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of evidence, with the run that found it."""

    run: int
    role: str
    url: str
    start: int | None
    end: int | None
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Side:
    """A passage as it stands in its page: the words around it and where the page is kept."""

    url: str
    title: str
    published: str | None
    fetched_at: str | None
    warc: str | None
    document_id: int | None
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One verdict as the history shows it."""

    at: str
    reviewer: str
    verdict: str
    reason: str | None
    note: str | None
    batch_id: str | None


@dataclass(frozen=True, slots=True)
class FlagView:
    """All that the page of a flag shows. ``old`` is the evidence before the last change, for a stale verdict."""

    id: int
    fingerprint: str
    category: str
    rule: str
    score: float
    severity: int
    reason: str
    state: str
    machine_state: str
    evidence_hash: str
    swaps: tuple[tuple[str, str], ...]
    subject: Side
    counterpart: Side | None
    evidence: tuple[EvidenceRow, ...]
    old: tuple[EvidenceRow, ...]
    history: tuple[VerdictRow, ...]
    cluster: str | None
    host: str
    place: Place
    runs: tuple[int, int]
    events: tuple[tuple[int, str, str], ...] = field(default=())
    question: tuple[str, str] | None = None  # key and words of the question that passage and counterpart answer


ROW = (
    "SELECT f.fingerprint,f.category,f.rule,p.url,f.text,f.reason,f.state,f.machine_state,f.severity,f.score,f.id,"
    "f.reason_json FROM flag f {index} JOIN page p ON p.id=f.page_id "
)


def counts(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Live flags by (category, state); one walk along an index that holds all it needs."""
    query = (
        "SELECT category,state,count(*) FROM flag INDEXED BY flag_queue_category "
        "WHERE machine_state<>'absent' GROUP BY state,category"
    )
    return {(category, state): n for category, state, n in connection.execute(query)}


def queue(
    connection: sqlite3.Connection,
    narrowing: Narrowing = Narrowing(),
    *,
    after: Place | None = None,
    before: Place | None = None,
    rows: int = PAGE_ROWS,
) -> tuple[QueueRow, ...]:
    """The next ``rows`` flags after ``after`` (or the last ones before ``before``), most severe first."""
    states = (narrowing.state,) if narrowing.state else OPEN_STATES
    found = [
        row
        for state in states
        for row in _queue_of(connection, replace(narrowing, state=state), after=after, before=before, rows=rows)
    ]
    forward = before is None
    found.sort(key=lambda row: (row.place.severity, row.place.score, row.place.id), reverse=forward)
    page = found[:rows]
    return tuple(page if forward else reversed(page))


def _queue_of(
    connection: sqlite3.Connection, narrowing: Narrowing, *, after: Place | None, before: Place | None, rows: int
) -> list[QueueRow]:
    # A unary plus keeps the planner on the index of the site or the rule, which is the narrower one.
    column = "+f.state" if narrowing.host or narrowing.rule else "f.state"
    where = [f"{column}=?", "f.machine_state<>'absent'"]
    parameters: list[object] = [narrowing.state]
    if narrowing.category:
        where.append("f.category=?")
        parameters.append(narrowing.category)
    if narrowing.rule:
        where.append("f.rule=?")
        parameters.append(narrowing.rule)
    if narrowing.host:
        where.append("f.page_id IN (SELECT p2.id FROM page p2 JOIN site s2 ON s2.id=p2.site_id WHERE s2.host=?)")
        parameters.append(narrowing.host)
    edge = after or before
    if edge:
        where.append(f"(f.severity,f.score,f.id){'<' if after else '>'}(?,?,?)")
        parameters += [edge.severity, edge.score, edge.id]
    order = "DESC" if before is None else "ASC"
    query = (
        ROW.format(index="")
        + f"WHERE {' AND '.join(where)} ORDER BY f.severity {order},f.score {order},f.id {order} LIMIT ?"
    )
    return [queue_row(row) for row in connection.execute(query, (*parameters, rows))]


def queue_row(row: tuple[Any, ...]) -> QueueRow:
    """The row of a query that begins with the columns of ``ROW``."""
    return QueueRow(*(*row[:5], restored(row[5], row[11]), *row[6:8], Place(*row[8:11])))


def wanting_second(connection: sqlite3.Connection, categories: Iterable[str], reviewer: str) -> tuple[QueueRow, ...]:
    """Decided flags of these categories that one other reviewer alone has judged."""
    names = tuple(categories)
    if not names:
        return ()
    query = (
        ROW.format(index="INDEXED BY flag_queue_category")
        + f"WHERE f.state IN ('confirmed','false_positive') AND f.category IN ({_marks(names)}) "
        "AND f.machine_state<>'absent' AND (SELECT count(DISTINCT v.reviewer) FROM verdict v "
        "WHERE v.target_type='flag' AND v.target_key=f.fingerprint AND v.verdict IN ('confirmed','false_positive'))=1 "
        "AND NOT EXISTS(SELECT 1 FROM verdict v WHERE v.target_type='flag' AND v.target_key=f.fingerprint "
        "AND v.reviewer=?) ORDER BY f.severity DESC,f.score DESC,f.id DESC LIMIT ?"
    )
    return tuple(queue_row(row) for row in connection.execute(query, (*names, reviewer, PAGE_ROWS)))


def flag(connection: sqlite3.Connection, fingerprint: str) -> FlagView | None:
    """The flag with this fingerprint (or the only one that begins so, from 8 digits on), or None."""
    row = connection.execute(
        "SELECT f.id,f.fingerprint,f.category,f.rule,f.score,f.severity,f.reason,f.state,f.machine_state,"
        "f.evidence_hash,f.swaps_json,f.page_id,f.text,f.start,f.end,f.counterpart_page_id,f.counterpart_url,"
        "f.counterpart_text,f.counterpart_start,f.counterpart_end,c.cluster_key,s.host,f.first_run,f.last_run,p.url,"
        "f.reason_json,q.slot_key,q.question "
        "FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id "
        "LEFT JOIN cluster c ON c.id=f.cluster_id "
        "LEFT JOIN slot q ON q.slot_key=substr(f.flag_key,1,instr(f.flag_key,':')-1) WHERE f.fingerprint=?",
        (fingerprint,),
    ).fetchone()
    if row is None:
        return None
    evidence = _evidence(connection, row[0])
    newest = max((item.run for item in evidence), default=0)
    older = max((item.run for item in evidence if item.run < newest), default=0)
    counterpart = None
    if row[17] is not None:
        counterpart = _side(connection, row[15], row[16:20])
    return FlagView(
        id=row[0], fingerprint=row[1], category=row[2], rule=row[3], score=row[4], severity=row[5],
        reason=restored(row[6], row[25]),
        state=row[7], machine_state=row[8], evidence_hash=row[9],
        swaps=tuple((a, b) for a, b in json.loads(row[10])),
        subject=_side(connection, row[11], (row[24], *row[12:15])),
        counterpart=counterpart,
        evidence=tuple(item for item in evidence if item.run == newest),
        old=tuple(item for item in evidence if item.run == older),
        history=history(connection, "flag", row[1]),
        cluster=row[20], host=row[21], place=Place(row[5], row[4], row[0]), runs=(row[22], row[23]),
        events=_events(connection, row[0]), question=(row[26], row[27]) if row[26] else None,
    )  # fmt: skip


def _events(connection: sqlite3.Connection, flag_id: int) -> tuple[tuple[int, str, str], ...]:
    query = "SELECT run_id,event,cause FROM flag_event WHERE flag_id=? ORDER BY run_id"
    return tuple((run, event, cause) for run, event, cause in connection.execute(query, (flag_id,)))


def _evidence(connection: sqlite3.Connection, flag_id: int) -> tuple[EvidenceRow, ...]:
    query = 'SELECT run_id,role,url,start,"end",text,note,note_json FROM evidence WHERE flag_id=? ORDER BY run_id,ord'
    return tuple(EvidenceRow(*(*row[:6], restored(*row[6:]))) for row in connection.execute(query, (flag_id,)))


def _side(connection: sqlite3.Connection, page_id: int | None, passage: tuple[Any, ...]) -> Side:
    url, text, start, end = passage
    row = (
        connection.execute(
            "SELECT d.title,d.published,k.fetched_at,k.warc_file,k.warc_offset,d.id,d.text FROM page p "
            "LEFT JOIN document d ON d.id=p.document_id LEFT JOIN capture k ON k.id=d.capture_id WHERE p.id=?",
            (page_id,),
        ).fetchone()
        or (None,) * 7
    )
    body = row[6] or ""
    # Offsets are those of the analysed version; a page that was fetched anew since then may read otherwise.
    fits = start is not None and end is not None and body[start:end] == text
    return Side(
        url=url,
        title=row[0] or "",
        published=row[1],
        fetched_at=row[2],
        warc=f"{row[3]} @ {row[4]}" if row[3] else None,
        document_id=row[5],
        before=body[max(0, (start or 0) - CONTEXT_CHARS) : start] if fits else "",
        text=text,
        after=body[end : (end or 0) + CONTEXT_CHARS] if fits else "",
    )


def history(connection: sqlite3.Connection, kind: str, key: str) -> tuple[VerdictRow, ...]:
    """The verdicts on a target, newest first."""
    query = (
        "SELECT at,reviewer,verdict,reason,note,batch_id FROM verdict WHERE target_type=? AND target_key=? "
        "ORDER BY id DESC LIMIT 200"
    )
    return tuple(VerdictRow(*row) for row in connection.execute(query, (kind, key)))


def neighbours(connection: sqlite3.Connection, view: FlagView) -> tuple[QueueRow, ...]:
    """Other live flags of the same page, by position."""
    query = (
        ROW.format(index="")
        + "WHERE f.page_id=(SELECT page_id FROM flag WHERE id=?) AND f.id<>? AND f.machine_state<>'absent' "
        "ORDER BY f.start,f.id LIMIT 30"
    )
    return tuple(queue_row(row) for row in connection.execute(query, (view.id, view.id)))


def _marks(values: Iterable[object]) -> str:
    return ",".join("?" for _ in values)
