"""Questions with their rival answers, as reports show them: self-contradictions first, then site, then web."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from counterspin.store.exhibits import JOIN_PLACE, PLACE, evidence_of, place_of, short
from counterspin.store.figure_rows import Asked, Place, Question, RivalAnswer, Voice
from counterspin.wording import restored

_SLOT_FLAGS = 20  # flags named for one question
# A flag of a question carries the question's key, up to the first colon of its own key.
_SLOT_OF_FLAG = "substr(f.flag_key,1,instr(f.flag_key||':',':')-1)"
_STANDING = (
    "f.category='contradictory' AND f.machine_state<>'absent' AND f.state NOT IN('false_positive','not_actionable')"
)
_SCOPED = f"""
WITH asked AS MATERIALIZED (
  SELECT {_SLOT_OF_FLAG} key,max(f.score) best,max(f.page_id IS f.counterpart_page_id) one_page,
    max(p.site_id IS q.site_id AND h.host<>'') one_site
  FROM flag f JOIN page p ON p.id=f.page_id JOIN site h ON h.id=p.site_id
    LEFT JOIN page q ON q.id=f.counterpart_page_id
  WHERE {_STANDING} GROUP BY 1
)
SELECT s.id,s.slot_key,s.question,s.kind,s.outcome,s.suppressors_json,
  CASE WHEN a.one_page THEN 'page' WHEN a.one_site THEN 'site' ELSE 'web' END scope,a.best
FROM slot s LEFT JOIN asked a ON a.key=s.slot_key
WHERE s.last_run=? AND (s.outcome IN('varies','rule_changed') OR s.outcome='conflict' AND a.key IS NOT NULL)
"""
_SLOTS = f"""
SELECT * FROM ({_SCOPED}) ORDER BY outcome='conflict' DESC,outcome,scope='page' DESC,scope='site' DESC,best DESC,
slot_key LIMIT ?
"""
_CLAIMS = f"""
SELECT {short("c.text")},{PLACE},c.modality,c.attribution FROM claim c JOIN page p ON p.id=c.page_id{JOIN_PLACE}
WHERE c.slot_id=? AND c.answer=?
ORDER BY row_number() OVER (PARTITION BY c.page_id ORDER BY c.confidence DESC,c.start),c.confidence DESC,p.url,c.start
LIMIT ?
"""
_ANSWERED = "answered AS MATERIALIZED (SELECT slot_key FROM slot WHERE last_run=? AND outcome<>'agreed')"
_IS_LOOSE = f"{_STANDING} AND {_SLOT_OF_FLAG} NOT IN (SELECT slot_key FROM answered)"
_LOOSE = f"""
WITH {_ANSWERED}, best AS (
  SELECT f.id FROM flag f JOIN page p ON p.id=f.page_id WHERE {_IS_LOOSE}
  ORDER BY f.severity DESC,f.score DESC,p.url,f.fingerprint LIMIT ?
)
SELECT f.fingerprint,f.rule,f.reason,{short("f.text")},f.counterpart_url,{short("f.counterpart_text")},{PLACE},
  f.id,f.reason_json
FROM best b JOIN flag f ON f.id=b.id JOIN page p ON p.id=f.page_id{JOIN_PLACE}
ORDER BY f.severity DESC,f.score DESC,p.url,f.fingerprint
"""


def slots(connection: sqlite3.Connection, run: int, limit: int, quotes: int) -> tuple[Question, ...]:
    """Questions with rival answers (self-contradictions first), then contradictions that stand in no slot."""
    found = connection.execute(_SLOTS, (run, limit)).fetchall()
    flags = _flags_of_slots(connection, [row[1] for row in found])
    rows = tuple(_slot(connection, row, quotes, flags.get(row[1], ())) for row in found)
    loose = connection.execute(_LOOSE, (run, max(0, limit - len(rows)))).fetchall()
    return rows + tuple(_loose(connection, row) for row in loose)


def _slot(connection: sqlite3.Connection, row: tuple[Any, ...], quotes: int, flags: tuple[str, ...]) -> Question:
    slot, key, question, kind, outcome, suppressors, scope, _best = row
    found = connection.execute(
        "SELECT a.ord,a.stance,a.value,a.voices,count(DISTINCT p.site_id) FROM answer a"
        " LEFT JOIN claim c ON c.slot_id=a.slot_id AND c.answer=a.ord LEFT JOIN page p ON p.id=c.page_id"
        " WHERE a.slot_id=? GROUP BY a.ord ORDER BY a.voices DESC,a.ord",
        (slot,),
    ).fetchall()
    answers = tuple(
        RivalAnswer(stance, value, voices, hosts, _claims(connection, slot, place, quotes))
        for place, stance, value, voices, hosts in found
    )
    return Question(key, question, kind, outcome, scope, answers, tuple(json.loads(suppressors)), flags)


def _flags_of_slots(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The first flags of each question, in one pass: there is no index for the first part of a flag's key."""
    rows = connection.execute(
        f"SELECT {_SLOT_OF_FLAG},f.fingerprint FROM flag f WHERE {_STANDING}"
        f" AND {_SLOT_OF_FLAG} IN (SELECT value FROM json_each(?)) ORDER BY 1,2",
        (json.dumps(list(keys)),),
    )
    found: dict[str, tuple[str, ...]] = {}
    for key, flag in rows:
        if len(found.get(key, ())) < _SLOT_FLAGS:
            found[key] = (*found.get(key, ()), flag)
    return found


def _claims(connection: sqlite3.Connection, slot: int, answer: int, limit: int) -> tuple[Voice, ...]:
    rows = connection.execute(_CLAIMS, (slot, answer, limit)).fetchall()
    return tuple(Voice(row[0], Place(*row[1:6]), row[6], row[7]) for row in rows)


def _loose(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Question:
    flag, rule, reason, text, other_url, other_text = row[:6]
    here = Place(*row[6:11])
    evidence = evidence_of(connection, [row[11]]).get(row[11], ())
    subject = next((e for e in evidence if e.role == "subject"), None)
    other = next((e for e in evidence if e.role == "counterpart"), None)
    one = Voice(subject.text if subject else text, here, "", "asserted")
    there = place_of(connection, other.url if other else other_url) if other or other_url else here
    two = Voice(other.text if other else other_text or "", there, "", "asserted")
    scope = "page" if there.url == here.url else "site" if there.host == here.host != "" else "web"
    answers = (RivalAnswer("", "", 1, 1, (one,)), *((RivalAnswer("", "", 1, 1, (two,)),) if two.text else ()))
    question = restored(reason, row[12])
    return Question(f"flag:{flag}", question, rule, "conflict", scope, answers, (), (flag,))


def asked(connection: sqlite3.Connection, run: int) -> Asked:
    """How far the claims were compared. A conflict that a reviewer dismissed counts no more."""
    found: dict[str, int] = dict(
        connection.execute("SELECT outcome,count(*) FROM slot WHERE last_run=? GROUP BY 1", (run,)).fetchall()
    )
    conflicts = connection.execute(f"SELECT count(*) FROM ({_SCOPED}) WHERE outcome='conflict'", (run,)).fetchone()[0]
    left = connection.execute("SELECT count(*),count(DISTINCT passage_id) FROM uncompared").fetchone()
    return Asked(
        conflicts, found.get("varies", 0), found.get("rule_changed", 0), found.get("agreed", 0), left[0], left[1]
    )


def count_slots(connection: sqlite3.Connection, run: int) -> int:
    """Questions whose answers differ, and contradictions in no slot."""
    one = connection.execute(f"SELECT count(*) FROM ({_SCOPED})", (run,)).fetchone()
    two = connection.execute(f"SELECT count(*) FROM ({_LOOSE})", (run, -1)).fetchone()
    return int(one[0]) + int(two[0])
