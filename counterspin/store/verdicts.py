"""What reviewers said: append-only rows, each chained to the one before, and their journal beside the database.

The triggers of the schema refuse every change of a row; the chain shows a change that went round them. The journal
(``<database>.verdicts.jsonl``) repeats every row as it was committed, so that human work survives a lost database.
"""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from counterspin.errors import CounterspinError, UsageError
from counterspin.model import Verdict
from counterspin.store.connection import Store

DECISIONS = ("confirmed", "false_positive", "unsure", "not_actionable")
TARGETS = ("flag", "cluster", "swap", "site")
MAX_NOTE = 10_000  # characters; a longer note is refused, never cut
COLUMNS = (
    "target_type", "target_key", "verdict", "reason", "reviewer", "at", "note", "evidence_hash", "run_id", "batch_id",
    "nonce", "supersedes",
)  # fmt: skip


class EvidenceMovedError(CounterspinError):
    """The flag changed while the reviewer looked at it; nothing was stored."""


class UnknownTargetError(UsageError):
    """There is no such flag, cluster, swap or site (any more); nothing was stored."""


# A decision that nobody took back, nor was reopened after it.
_STANDING = (
    "v.verdict IN ('confirmed','false_positive','unsure','not_actionable') "
    "AND NOT EXISTS(SELECT 1 FROM verdict w WHERE w.supersedes=v.id) "
    "AND NOT EXISTS(SELECT 1 FROM verdict w WHERE w.target_type=v.target_type AND w.target_key=v.target_key "
    "AND w.verdict='reopened' AND w.id>v.id)"
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the chain: rows read, and the id of the first row that does not fit (None: all fit)."""

    rows: int
    broken: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import did: rows added, rows known already, rows whose target is not in this database (kept)."""

    added: int
    known: int
    orphans: int


def add(store: Store, verdict: Verdict) -> int:
    """Store one verdict and return its row id. A nonce that is there already stores nothing (a double press).

    Raises :class:`EvidenceMovedError` when ``evidence_hash`` is not the flag's, :class:`UnknownTargetError`,
    :class:`UsageError` for a verdict or note that cannot be.
    """
    return add_all(store, [verdict])[0]


def add_all(store: Store, verdicts: Iterable[Verdict]) -> list[int]:
    """Store verdicts in one transaction, all or none; see :func:`add`."""
    rows = [replace(v, nonce=v.nonce or uuid.uuid4().hex) for v in verdicts]
    written: list[dict[str, Any]] = []
    with store.transaction() as connection:
        ids = [_add(connection, row, written) for row in rows]
    _journal(store, written)
    return ids


def undo(store: Store, reviewer: str, at: str) -> list[str]:
    """Withdraw the reviewer's last standing decision, or the whole batch it was part of; the target keys, or none."""
    written: list[dict[str, Any]] = []
    with store.transaction() as connection:
        last = connection.execute(
            f"SELECT id, batch_id FROM verdict v WHERE reviewer=? AND {_STANDING} ORDER BY id DESC LIMIT 1", (reviewer,)
        ).fetchone()
        if last is None:
            return []
        targets = connection.execute(
            "SELECT id, target_type, target_key FROM verdict v WHERE (id=? OR (batch_id IS NOT NULL AND batch_id=?)) "
            f"AND {_STANDING} ORDER BY id",
            tuple(last),
        ).fetchall()
        for row_id, kind, key in targets:
            withdrawn = Verdict(kind, key, "withdrawn", reviewer, at, nonce=uuid.uuid4().hex)
            _insert(connection, withdrawn, written, supersedes=row_id)
            if kind == "flag":
                restate(connection, key)
    _journal(store, written)
    return [key for _, _, key in targets]


def restate(connection: sqlite3.Connection, fingerprint: str) -> None:
    """Set the state of a flag to its last standing verdict, inside the caller's transaction.

    For a flag whose verdict was withdrawn, and for one that came (back) after its verdict.
    """
    last = connection.execute(
        f"SELECT verdict, evidence_hash, reviewer, at FROM verdict v WHERE target_type='flag' AND target_key=? "
        f"AND {_STANDING} ORDER BY id DESC LIMIT 1",
        (fingerprint,),
    ).fetchone()
    if last is None:
        connection.execute("UPDATE flag SET state='open' WHERE fingerprint=?", (fingerprint,))
        return
    connection.execute(
        "UPDATE flag SET state=CASE WHEN ? IS NOT NULL AND ?<>evidence_hash THEN 'stale' ELSE ? END, "
        "state_by=?, state_at=? WHERE fingerprint=?",
        (last[1], last[1], last[0], last[2], last[3], fingerprint),
    )


def verify(store: Store) -> Chain:
    """Walk the chain from the first row to the last."""
    previous, rows = "", 0
    for row in store.connection.execute(f"SELECT id, {', '.join(COLUMNS)}, prev_sha, row_sha FROM verdict ORDER BY id"):
        row_id, *values, prev_sha, row_sha = row
        rows += 1
        if (prev_sha or "") != previous:
            return Chain(rows, row_id, "a row before it is missing or was replaced")
        if row_sha != chain_digest(previous, dict(zip(COLUMNS, values, strict=True))):
            return Chain(rows, row_id, "the row was changed after it was written")
        previous = row_sha
    return Chain(rows, None)


def export(store: Store) -> Iterator[dict[str, Any]]:
    """Every row as plain data, oldest first, with what a person needs to find the place again (URL and quote)."""
    names = ", ".join(f"v.{name}" for name in COLUMNS)
    query = (
        f"SELECT {names}, f.category, f.rule, p.url, f.text FROM verdict v "
        "LEFT JOIN flag f ON v.target_type='flag' AND f.fingerprint=v.target_key "
        "LEFT JOIN page p ON p.id=f.page_id ORDER BY v.id"
    )
    for row in store.connection.execute(query):
        yield dict(zip((*COLUMNS, "category", "rule", "url", "text"), row, strict=True))


def load(store: Store, rows: Iterable[dict[str, Any]]) -> Loaded:
    """Add exported rows; known nonces are left out, rows for an unknown target are kept for when it comes back."""
    counts = {"added": 0, "known": 0, "orphans": 0}
    written: list[dict[str, Any]] = []
    with store.transaction() as connection:
        for number, row in enumerate(rows, 1):
            counts[_load_row(connection, row, number, written)] += 1
    _journal(store, written)
    return Loaded(**counts)


def _load_row(connection: sqlite3.Connection, row: dict[str, Any], number: int, written: list[dict[str, Any]]) -> str:
    missing = [name for name in ("target_type", "target_key", "verdict", "reviewer", "at") if not row.get(name)]
    if missing:
        raise UsageError(f"verdict {number}: {', '.join(missing)} missing; nothing was imported")
    nonce = row.get("nonce") or chain_digest("", {k: row.get(k) for k in COLUMNS})[:32]
    if connection.execute("SELECT 1 FROM verdict WHERE nonce=?", (nonce,)).fetchone():
        return "known"
    kind, key, said, reviewer, at = (
        str(row[name]) for name in ("target_type", "target_key", "verdict", "reviewer", "at")
    )
    verdict = Verdict(
        kind, key, said, reviewer, at, row.get("reason"), row.get("note"), row.get("evidence_hash"),
        row.get("batch_id"), nonce,
    )  # fmt: skip
    _check(verdict)
    exists = _exists(connection, verdict)
    _insert(connection, verdict, written, supersedes=None)
    return "added" if exists else "orphans"


def _add(connection: sqlite3.Connection, verdict: Verdict, written: list[dict[str, Any]]) -> int:
    _check(verdict)
    known = connection.execute("SELECT id FROM verdict WHERE nonce=?", (verdict.nonce,)).fetchone()
    if known:
        return int(known[0])
    if not _exists(connection, verdict):
        raise UnknownTargetError(
            f"{verdict.target_type} {verdict.target_key} is not in this database (any more); nothing was stored"
        )
    if verdict.target_type == "flag":
        verdict = _on_evidence(connection, verdict)
    return _insert(connection, verdict, written, supersedes=None)


def _check(verdict: Verdict) -> None:
    if verdict.target_type not in TARGETS:
        raise UsageError(f"target_type {verdict.target_type!r}: one of {', '.join(TARGETS)}")
    if verdict.verdict not in (*DECISIONS, "reopened", "withdrawn"):
        raise UsageError(f"verdict {verdict.verdict!r}: one of {', '.join(DECISIONS)}, reopened, withdrawn")
    if not verdict.reviewer.strip():
        raise UsageError("a verdict needs the name of its reviewer")
    if verdict.note and len(verdict.note) > MAX_NOTE:
        raise UsageError(f"the note has {len(verdict.note)} characters; at most {MAX_NOTE} are kept, so shorten it")


def _on_evidence(connection: sqlite3.Connection, verdict: Verdict) -> Verdict:
    """The verdict with the evidence it was given on; refused when that is no longer the flag's."""
    now = connection.execute("SELECT evidence_hash FROM flag WHERE fingerprint=?", (verdict.target_key,)).fetchone()[0]
    if verdict.evidence_hash not in (None, now):
        raise EvidenceMovedError(
            "The evidence of this flag changed while you were looking at it; nothing was stored. Look again."
        )
    return replace(verdict, evidence_hash=now)


_TARGET_TABLES = {
    "flag": "SELECT 1 FROM flag WHERE fingerprint=?",
    "cluster": "SELECT 1 FROM cluster WHERE cluster_key=?",
    "swap": "SELECT 1 FROM swap WHERE swap_key=?",
    "site": "SELECT 1 FROM site WHERE host=?",
}


def _exists(connection: sqlite3.Connection, verdict: Verdict) -> bool:
    return connection.execute(_TARGET_TABLES[verdict.target_type], (verdict.target_key,)).fetchone() is not None


def _insert(
    connection: sqlite3.Connection, verdict: Verdict, written: list[dict[str, Any]], *, supersedes: int | None
) -> int:
    run = connection.execute("SELECT max(id) FROM run WHERE kind='analyse'").fetchone()[0]
    row: dict[str, Any] = {name: getattr(verdict, name, None) for name in COLUMNS}
    row |= {"run_id": run, "supersedes": supersedes}
    last = connection.execute("SELECT row_sha FROM verdict ORDER BY id DESC LIMIT 1").fetchone()
    previous = last[0] if last else ""
    values = [*row.values(), previous, chain_digest(previous, row)]
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO verdict({', '.join(COLUMNS)}, prev_sha, row_sha) VALUES({marks})",
        values,
    )
    written.append(row)
    return int(cursor.lastrowid or 0)


def chain_digest(previous: str, row: dict[str, Any]) -> str:
    """SHA-256 of a row and of the digest before it."""
    body = json.dumps([row[name] for name in COLUMNS], ensure_ascii=True, separators=(",", ":"))
    return sha256(f"{previous}\n{body}".encode()).hexdigest()


def mend_journal(store: Store) -> int:
    """Append to the journal every stored verdict that it lacks; how many.

    A kill may fall between the commit of a verdict and its line, and a full disk cuts a line short.
    """
    path = journal_path(store)
    if path is None:
        return 0
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    known = {json.loads(line)["nonce"] for line in lines}
    rows = store.rows(f"SELECT {', '.join(COLUMNS)} FROM verdict ORDER BY id")
    missing = [dict(row) for row in rows if row["nonce"] not in known]
    _journal(store, missing)
    return len(missing)


def _journal(store: Store, rows: list[dict[str, Any]]) -> None:
    path = journal_path(store)
    if path is None or not rows:
        return
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a+b") as journal:
        journal.truncate(_whole_lines(journal))
        journal.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
        journal.flush()
        os.fsync(journal.fileno())


def _whole_lines(journal: BinaryIO) -> int:
    """The size of a journal without a last line that was cut short."""
    end = journal.seek(0, os.SEEK_END)
    while end:
        journal.seek(end - 1)
        if journal.read(1) == b"\n":
            break
        end -= 1
    return end


def journal_path(store: Store) -> Path | None:
    """The journal beside the database file; None for a database in memory."""
    return None if str(store.path) == ":memory:" else store.path.with_name(store.path.name + ".verdicts.jsonl")
