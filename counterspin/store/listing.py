"""Complete lists for CSV, XLSX, SARIF and exports, row by row, so that memory does not grow with the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Row = tuple[Any, ...]
_FETCH = 500  # rows read at once


@dataclass(frozen=True, slots=True)
class Listing:
    """A list with the names of its columns; ``rows`` can be read once."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Row]


_LISTS = {
    "flags": (
        "SELECT f.fingerprint id,f.category,f.rule,round(f.score,4) score,f.severity,f.state,f.machine_state,"
        ' s.host,p.url,d.title,f.start,f."end",f.text passage,'
        " coalesce(json_extract(f.reason_json,'$.'||:language),f.reason) reason,f.swaps_json swaps,f.counterpart_url,"
        " f.counterpart_text counterpart,f.first_run,f.last_run,f.state_by reviewer,f.state_at reviewed_at,"
        " d.published,k.fetched_at,k.raw_sha256 sha256,k.warc_file,k.warc_offset"
        " FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id"
        " LEFT JOIN document d ON d.id=p.document_id LEFT JOIN capture k ON k.id=d.capture_id"
        " WHERE f.machine_state<>'absent' ORDER BY f.severity DESC,f.score DESC,f.fingerprint"
    ),
    "sites": "SELECT * FROM q04_site_scorecard",
    "swaps": "SELECT * FROM q06_spinner_dictionary",
    "answers": (
        "SELECT s.slot_key,s.question,s.kind,s.outcome,a.stance,a.value,a.voices,c.text claim,p.url,h.host,d.published"
        " FROM slot s JOIN answer a ON a.slot_id=s.id LEFT JOIN claim c ON c.slot_id=s.id AND c.answer=a.ord"
        " LEFT JOIN page p ON p.id=c.page_id LEFT JOIN site h ON h.id=p.site_id"
        " LEFT JOIN document d ON d.id=p.document_id WHERE s.outcome<>'agreed'"
        " ORDER BY s.outcome,s.slot_key,a.ord,p.url,c.start"
    ),
    "links": "SELECT * FROM q09_link_farm_edges",
}
LISTS = tuple(_LISTS)


def listing(connection: sqlite3.Connection, name: str, language: str = "en") -> Listing:
    """The complete list ``name``, one of :data:`LISTS`, with the reasons of flags in ``language`` (``zh``, ``en``)."""
    cursor = connection.execute(_LISTS[name], {"language": language})
    cursor.arraysize = _FETCH
    return Listing(name, tuple(column[0] for column in cursor.description), _rows(cursor))


def _rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    while found := cursor.fetchmany():
        for row in found:
            yield tuple(row)


# What people confirmed, per host and page: the only ground on which anybody is put on a block list.
_CONFIRMED = """
SELECT s.host,s.domain,p.url,f.category,f.rule,f.fingerprint,f.state_by,f.state_at
FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id
WHERE f.state='confirmed' AND f.machine_state<>'absent' ORDER BY s.host,p.url,f.category,f.rule,f.fingerprint
"""
_SITE_VERDICTS = """
SELECT s.host,s.domain,v.verdict,v.reviewer,v.at,coalesce(v.reason,'') FROM verdict v JOIN site s ON s.host=v.target_key
WHERE v.target_type='site' AND v.id=(SELECT max(id) FROM verdict x WHERE x.target_type='site'
  AND x.target_key=v.target_key) ORDER BY s.host
"""
_SITE_PAGES = """
SELECT s.host,count(*) FROM page p JOIN site s ON s.id=p.site_id WHERE p.document_id IS NOT NULL GROUP BY 1
"""


def confirmed(connection: sqlite3.Connection) -> Iterator[Row]:
    """(host, domain, url, category, rule, flag, reviewer, at) of every confirmed flag that is present."""
    return _rows(connection.execute(_CONFIRMED))


def site_verdicts(connection: sqlite3.Connection) -> Iterator[Row]:
    """(host, domain, verdict, reviewer, at, reason): the last word on each site that was judged as a whole."""
    return _rows(connection.execute(_SITE_VERDICTS))


def site_pages(connection: sqlite3.Connection) -> dict[str, int]:
    """Analysed pages of each host."""
    return dict(_rows(connection.execute(_SITE_PAGES)))


_PASSAGES = """
SELECT p.url,s.host,d.language,d.text_sha256,f.start,f."end",f.text,f.category,f.rule,f.score,f.state,f.fingerprint,
  f.reason,k.fetched_at
FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id
JOIN document d ON d.id=p.document_id JOIN capture k ON k.id=d.capture_id
WHERE f.machine_state<>'absent' AND f.state<>'false_positive' AND f.start IS NOT NULL
ORDER BY p.url,f.start,f.rule,f.fingerprint
"""


def flagged_passages(connection: sqlite3.Connection) -> Iterator[Row]:
    """(url, host, language, text_sha256, start, end, text, category, rule, score, state, flag, reason, fetched_at)."""
    return _rows(connection.execute(_PASSAGES))


_EVIDENCE = """
SELECT role,url,start,"end",text,note FROM evidence e WHERE flag_id=(SELECT id FROM flag WHERE fingerprint=?)
AND run_id=(SELECT max(run_id) FROM evidence x WHERE x.flag_id=e.flag_id) ORDER BY ord
"""
_VERDICTS = """
SELECT verdict,reviewer,at,coalesce(reason,''),coalesce(note,'') FROM verdict
WHERE target_type='flag' AND target_key=? ORDER BY id
"""


def evidence(connection: sqlite3.Connection, flag: str) -> list[Row]:
    """(role, url, start, end, text, note) of a flag, as of the last run that wrote it."""
    return [tuple(row) for row in connection.execute(_EVIDENCE, (flag,))]


def verdicts(connection: sqlite3.Connection, flag: str) -> list[Row]:
    """(verdict, reviewer, at, reason, note) on a flag, oldest first."""
    return [tuple(row) for row in connection.execute(_VERDICTS, (flag,))]
