"""The exhibits of a report: rewrites, swaps, contradictory answers, links between sites, flags with evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from counterspin.store.figure_rows import (
    ClusterRow,
    ContextRow,
    FlagRow,
    HostGroup,
    MemberRow,
    Place,
    Quote,
    SwapRow,
)
from counterspin.wording import restored, said_of

_TEXT = 1500  # characters of one quoted text; the whole stands in the database
_EDGES = 20_000  # link edges read, those with most pages first
_MANY = 400  # values in one IN list
PLACE = "p.url,s.host,d.title,d.published,k.fetched_at"
JOIN_PLACE = (
    " JOIN site s ON s.id=p.site_id LEFT JOIN document d ON d.id=p.document_id LEFT JOIN capture k ON k.id=d.capture_id"
)


def short(column: str) -> str:
    """The first characters of a text column, as SQL."""
    return f"substr({column},1,{_TEXT})"


# --- rewrites

# The groups with most sites and swaps first, but one group of each source page before a second one of any.
_CLUSTERS = """
WITH sized AS (
  SELECT c.id,count(*) size,count(DISTINCT p.site_id) hosts,
    max(coalesce((SELECT max(json_array_length(f.swaps_json)) FROM flag f
                  WHERE f.passage_id=a.id AND f.machine_state<>'absent'),0)) swaps
  FROM cluster c JOIN cluster_member m ON m.cluster_id=c.id JOIN passage a ON a.id=m.passage_id
  JOIN page p ON p.document_id=a.document_id
  WHERE c.last_run=? AND c.kind IN('spun','copied') GROUP BY c.id HAVING size>1
)
SELECT c.id,c.cluster_key,c.kind,c.source_reasons_json,coalesce(c.source_id,c.medoid_id),c.source_id IS NOT NULL,
  z.size,z.hosts
FROM sized z JOIN cluster c ON c.id=z.id LEFT JOIN passage b ON b.id=coalesce(c.source_id,c.medoid_id)
ORDER BY c.kind='spun' DESC,
  row_number() OVER (PARTITION BY c.kind,b.document_id ORDER BY z.swaps DESC,z.hosts DESC,z.size DESC,c.cluster_key),
  z.hosts DESC,z.swaps DESC,z.size DESC,c.cluster_key LIMIT ?
"""
_MEMBERS = f"""
SELECT {PLACE},{short("a.text")},m.similarity,min(f.fingerprint),f.state,a.id
FROM cluster_member m JOIN passage a ON a.id=m.passage_id JOIN document d ON d.id=a.document_id
JOIN capture k ON k.id=d.capture_id JOIN page p ON p.document_id=d.id JOIN site s ON s.id=p.site_id
LEFT JOIN flag f ON f.passage_id=a.id AND f.machine_state<>'absent' AND f.category IN('spun','copied')
WHERE m.cluster_id=? GROUP BY a.id
ORDER BY min(f.fingerprint) IS NULL,m.similarity,p.url,a.id LIMIT ?
"""
_CLUSTERED = """
clustered AS MATERIALIZED (
  SELECT m.passage_id FROM cluster_member m JOIN cluster c ON c.id=m.cluster_id
  WHERE c.last_run=? AND c.kind IN('spun','copied')
)
"""
_PAIRED = (
    "f.machine_state<>'absent' AND f.category IN('spun','copied') AND f.counterpart_text<>''"
    " AND (f.passage_id IS NULL OR f.passage_id NOT IN (SELECT passage_id FROM clustered))"
)
_PAIRS = f"""
WITH {_CLUSTERED}, best AS (
  SELECT f.id FROM flag f JOIN page p ON p.id=f.page_id WHERE {_PAIRED}
  ORDER BY f.category='spun' DESC,f.severity DESC,f.score DESC,p.url,f.fingerprint LIMIT ?
)
SELECT {PLACE},{short("f.text")},f.fingerprint,f.state,f.category,
  f.counterpart_url,{short("f.counterpart_text")},f.score
FROM best b JOIN flag f ON f.id=b.id JOIN page p ON p.id=f.page_id{JOIN_PLACE}
ORDER BY f.category='spun' DESC,f.severity DESC,f.score DESC,p.url,f.fingerprint
"""


def clusters(connection: sqlite3.Connection, run: int, limit: int, members: int) -> tuple[ClusterRow, ...]:
    """Clusters of rewritten and copied passages of analysis ``run``; then pairs that stand in no cluster."""
    found = connection.execute(_CLUSTERS, (run, limit)).fetchall()
    rows = [row for cluster in found if (row := _cluster(connection, cluster, members)) is not None]
    pairs = connection.execute(_PAIRS, (run, max(0, limit - len(rows)))).fetchall()
    return tuple(rows) + tuple(_pair(connection, row) for row in pairs)


def _cluster(connection: sqlite3.Connection, row: tuple[Any, ...], limit: int) -> ClusterRow | None:
    key, kind, reasons, source_id, is_known, size, hosts = row[1:]
    found = connection.execute(_MEMBERS, (row[0], limit + 25)).fetchall()
    source = next((member for member in found if member[9] == source_id), None)
    if source is None:
        alone = connection.execute(
            _MEMBERS.replace("WHERE m.cluster_id=?", "WHERE m.cluster_id=? AND a.id=?"), (row[0], source_id, 1)
        ).fetchone()
        source = alone or (found[0] if found else None)
    if source is None:
        return None
    others = _distinct(found, source)[:limit]
    return ClusterRow(
        key, kind, _member(source), bool(is_known), tuple(said_of(reason) for reason in json.loads(reasons)),
        tuple(_member(other) for other in others), size, hosts,
    )  # fmt: skip


def _distinct(members: Sequence[tuple[Any, ...]], source: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Members with different texts first: five equal copies would show one thing five times."""
    seen = {source[5]}
    fresh: list[tuple[Any, ...]] = []
    repeated: list[tuple[Any, ...]] = []
    for member in members:
        if member[9] == source[9]:
            continue
        (repeated if member[5] in seen else fresh).append(member)
        seen.add(member[5])
    return fresh + repeated


def _member(row: tuple[Any, ...]) -> MemberRow:
    return MemberRow(Place(*row[:5]), row[5], row[6], row[7], row[8])


def _pair(connection: sqlite3.Connection, row: tuple[Any, ...]) -> ClusterRow:
    place, text, flag, state, category, other_url, other_text, score = Place(*row[:5]), *row[5:12]
    other = MemberRow(place_of(connection, other_url), other_text, None, None, None)
    hosts = len({other.place.host, place.host})
    return ClusterRow(
        f"pair:{flag}", category, other, False, (), (MemberRow(place, text, score, flag, state),), 2, hosts
    )


def place_of(connection: sqlite3.Connection, url: str | None) -> Place:
    """The place of ``url``; its address alone if the database does not know it."""
    row = connection.execute(f"SELECT {PLACE} FROM page p{JOIN_PLACE} WHERE p.url=?", (url,)).fetchone()
    return Place(*row) if row else Place(url or "", "")


def count_clusters(connection: sqlite3.Connection, run: int) -> int:
    """Clusters of two or more, and pairs in no cluster."""
    one = connection.execute(f"SELECT count(*) FROM ({_CLUSTERS})", (run, -1)).fetchone()
    two = connection.execute(f"SELECT count(*) FROM ({_PAIRS})", (run, -1)).fetchone()
    return int(one[0]) + int(two[0])


# --- the learnt dictionary

_SWAPS = """
SELECT w.id,w.source,w.target,w.directed,w.hits,w.pages,w.sites,w.score,w.first_run,
  (SELECT v.verdict FROM verdict v WHERE v.target_type='swap' AND v.target_key=w.swap_key ORDER BY v.id DESC LIMIT 1)
FROM swap w WHERE w.last_run=? ORDER BY w.score DESC,w.sites DESC,w.hits DESC,w.source,w.target LIMIT ?
"""


def swaps(connection: sqlite3.Connection, run: int, limit: int, contexts: int) -> tuple[SwapRow, ...]:
    """The swaps that analysis ``run`` knows, surest first."""
    found = connection.execute(_SWAPS, (run, limit)).fetchall()
    return tuple(_swap(row, _contexts(connection, row[0], contexts)) for row in found)


def _swap(row: tuple[Any, ...], contexts: tuple[ContextRow, ...]) -> SwapRow:
    _, source, target, directed, hits, pages, sites, score, first_run, verdict = row
    return SwapRow(source, target, bool(directed), hits, pages, sites, score, first_run, verdict, contexts)


def _contexts(connection: sqlite3.Connection, swap: int, limit: int) -> tuple[ContextRow, ...]:
    rows = connection.execute(
        f"SELECT {short('text')},url,note FROM swap_context WHERE swap_id=? ORDER BY ord LIMIT ?",
        (swap, limit),
    )
    return tuple(ContextRow(*row) for row in rows)


# --- links between sites


def edges(connection: sqlite3.Connection) -> tuple[tuple[str, str, int], ...]:
    """(domain, domain or host, pages) of links in link blocks, footers and comments."""
    rows = connection.execute(
        "SELECT e.source,coalesce(t.domain,e.target),sum(e.pages) FROM q09_link_farm_edges e"
        " LEFT JOIN site t ON t.host=e.target GROUP BY 1,2 HAVING e.source<>coalesce(t.domain,e.target)"
        " ORDER BY 3 DESC,1,2 LIMIT ?",
        (_EDGES,),
    )
    return tuple((source, target, pages) for source, target, pages in rows)


def groups(connection: sqlite3.Connection) -> tuple[HostGroup, ...]:
    """Hosts of one licence number, and what the operator rule found."""
    licences = connection.execute(
        "SELECT icp_no,json_group_array(host) FROM (SELECT icp_no,host FROM site WHERE icp_no IS NOT NULL ORDER BY 1,2)"
        " GROUP BY 1 HAVING count(*)>1 ORDER BY count(*) DESC,1 LIMIT 200"
    )
    known = [HostGroup("licence", value, tuple(json.loads(hosts))) for value, hosts in licences]
    found = connection.execute(
        "SELECT f.reason,json_group_array(DISTINCT s.host),f.reason_json FROM flag f JOIN evidence e ON e.flag_id=f.id"
        " JOIN page p ON p.id=e.page_id JOIN site s ON s.id=p.site_id"
        " WHERE f.rule='operator_group' AND f.machine_state<>'absent' GROUP BY f.reason ORDER BY 1 LIMIT 200"
    )
    return tuple(known) + tuple(
        HostGroup("operator", restored(value, others), tuple(sorted(json.loads(hosts))))
        for value, hosts, others in found
    )


# --- flags with their evidence

_FLAGS = f"""
WITH ranked AS (
  SELECT id,row_number() OVER (PARTITION BY category,rule ORDER BY state='confirmed' DESC,
    severity DESC,score DESC,fingerprint) place FROM flag WHERE machine_state<>'absent' AND state<>'false_positive'
)
SELECT f.id,f.fingerprint,f.category,f.rule,f.score,f.severity,f.state,f.machine_state,f.reason,{short("f.text")},
  f.start,f."end",{PLACE},f.swaps_json,k.raw_sha256,k.warc_file,k.warc_offset,f.reason_json
FROM ranked r JOIN flag f ON f.id=r.id JOIN page p ON p.id=f.page_id{JOIN_PLACE}
ORDER BY r.place,f.category,f.rule,f.fingerprint LIMIT ?
"""


def flags(connection: sqlite3.Connection, limit: int) -> tuple[FlagRow, ...]:
    """The strongest flags of every rule in turn, so that a rule with many flags does not hide the others."""
    rows = connection.execute(_FLAGS, (limit,)).fetchall()
    evidence = evidence_of(connection, [row[0] for row in rows])
    return tuple(_flag(row, evidence.get(row[0], ())) for row in rows)


def _flag(row: tuple[Any, ...], evidence: tuple[Quote, ...]) -> FlagRow:
    _, fingerprint, category, rule, score, severity, state, machine_state, reason, text, start, end = row[:12]
    swapped = tuple((str(source), str(target)) for source, target in json.loads(row[17]))
    return FlagRow(
        fingerprint, category, rule, score, severity, state, machine_state, restored(reason, row[21]), text, start, end,
        place=Place(*row[12:17]), evidence=evidence, swaps=swapped,
        sha256=row[18], warc_file=row[19], warc_offset=row[20],
    )  # fmt: skip


def evidence_of(connection: sqlite3.Connection, flags: Sequence[int]) -> dict[int, tuple[Quote, ...]]:
    """The evidence of each flag as of the last run that wrote it."""
    found: dict[int, tuple[Quote, ...]] = {}
    for part in _parts(flags):
        rows = connection.execute(
            f"SELECT e.flag_id,e.role,{short('e.text')},e.url,e.note,e.note_json FROM evidence e"
            f" WHERE e.flag_id IN({','.join('?' * len(part))})"
            " AND e.run_id=(SELECT max(run_id) FROM evidence x WHERE x.flag_id=e.flag_id) ORDER BY e.flag_id,e.ord",
            part,
        )
        for flag, role, text, url, *note in rows:
            found[flag] = (*found.get(flag, ()), Quote(role, text, url, restored(*note)))
    return found


def people(connection: sqlite3.Connection, urls: Iterable[str]) -> frozenset[str]:
    """The names under which people commented on these pages."""
    names: set[str] = set()
    for part in _parts(sorted(set(urls))):
        rows = connection.execute(
            "SELECT DISTINCT c.author FROM comment c JOIN page p ON p.document_id=c.document_id"
            f" WHERE c.author IS NOT NULL AND p.url IN({','.join('?' * len(part))})",
            part,
        )
        names.update(author for (author,) in rows)
    return frozenset(names)


def commenters(connection: sqlite3.Connection) -> frozenset[str]:
    """The names under which people commented on the pages whose flags are about comments or bylines."""
    urls = connection.execute(
        "SELECT DISTINCT p.url FROM flag f JOIN page p ON p.id=f.page_id WHERE f.rule IN('comment_echo','fake_byline')"
    )
    return people(connection, [url for (url,) in urls])


def _parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))
