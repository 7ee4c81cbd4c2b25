"""The numbers of a report: runs, coverage, categories, changes, trends, sites and review. Reads only.

"Present" means that the last analysis still found the flag; a page counts once it has a document.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from counterspin.errors import UsageError
from counterspin.store import answers, exhibits, scorecards
from counterspin.store.figure_rows import (
    CategoryRow,
    ChangeCount,
    ChangeRow,
    CoverageRow,
    Figures,
    Limits,
    RuleRow,
    RunRow,
    TrendRow,
)
from counterspin.wording import restored

_FROZEN_SITES = 2000  # sites whose numbers are frozen a run, those with most flags first
_RUN = (
    "SELECT id,started_at,ended_at,status,tool_version,config_json,thresholds_json,stats_json,message FROM run"
    " WHERE kind='analyse' AND status IN('ok','partial')"
)


def read(connection: sqlite3.Connection, limits: Limits | None = None, *, compare: int | None = None) -> Figures:
    """The figures of the last finished analysis, against run ``compare`` (by default the analysis before it).

    Raises :class:`UsageError` if there is no finished analysis, or no earlier analysis ``compare``.
    """
    limits = limits or Limits()
    with _snapshot(connection):
        run = _last_run(connection)
        previous = _previous_run(connection, run, compare)
        flags = exhibits.flags(connection, limits.evidence)
        figures = Figures(
            run=run,
            previous=previous,
            coverage=_coverage(connection),
            categories=_categories(connection),
            change_counts=_change_counts(connection, run, previous),
            changes=_changes(connection, run, previous, limits.changes),
            decided_since=_decided_since(connection, previous),
            trend=_trend(connection, limits.trend),
            sites=scorecards.sites(connection, limits.sites),
            clusters=exhibits.clusters(connection, run.id, limits.rewrites, limits.members),
            swaps=exhibits.swaps(connection, run.id, limits.swaps, limits.contexts),
            slots=answers.slots(connection, run.id, limits.questions, limits.quotes),
            asked=answers.asked(connection, run.id),
            edges=exhibits.edges(connection),
            groups=exhibits.groups(connection),
            crawled_domains=frozenset(row[0] for row in connection.execute("SELECT DISTINCT domain FROM site")),
            states=_pairs(
                connection, "SELECT state,count(*) FROM flag WHERE machine_state<>'absent' GROUP BY 1 ORDER BY 1"
            ),
            rules=_rules(connection),
            votes=_votes(connection),
            reviewers=_number(connection, "SELECT count(DISTINCT reviewer) FROM verdict"),
            verdicts=_number(connection, "SELECT count(*) FROM verdict"),
            flags=flags,
            people=exhibits.people(connection, [flag.place.url for flag in flags]),
            totals={},
        )
        return replace(figures, totals=_totals(connection, run, figures))


class _snapshot:  # noqa: N801 - reads as a statement
    """One read transaction, so that a crawl that commits meanwhile cannot make the figures disagree."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._opened = not self._connection.in_transaction
        if self._opened:
            self._connection.execute("BEGIN")

    def __exit__(self, *_error: object) -> None:
        if self._opened:
            self._connection.execute("ROLLBACK")


def _number(connection: sqlite3.Connection, statement: str, values: Iterable[Any] = ()) -> int:
    row = connection.execute(statement, tuple(values)).fetchone()
    return int(row[0] or 0)


def _pairs(connection: sqlite3.Connection, statement: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(number)) for name, number in connection.execute(statement))


def _run(row: tuple[Any, ...]) -> RunRow:
    thresholds = json.loads(row[6])
    stats = json.loads(row[7])
    counts = {name: int(value) for name, value in _flat(stats) if isinstance(value, (int, float))}
    number, started, ended, status, version, config = row[:6]
    return RunRow(number, started, ended, status, version, _settings_sha(config, row[6]), thresholds, counts, row[8])


def _settings_sha(config: str, thresholds: str) -> str:
    """SHA-256 of what decides an analysis of given pages: its settings, rules and thresholds; no paths, no ports."""
    settings = json.loads(config)
    parts = {"analyse": settings.get("analyse"), "detect": settings.get("detect"), "rules": json.loads(thresholds)}
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _flat(values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        yield from _flat(value) if isinstance(value, dict) else [(name, value)]


def _last_run(connection: sqlite3.Connection) -> RunRow:
    row = connection.execute(f"{_RUN} ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        raise UsageError("this database holds no finished analysis yet: run `counterspin analyse` first")
    return _run(row)


def _previous_run(connection: sqlite3.Connection, run: RunRow, compare: int | None) -> RunRow | None:
    if compare is None:
        row = connection.execute(f"{_RUN} AND id<? ORDER BY id DESC LIMIT 1", (run.id,)).fetchone()
        return _run(row) if row else None
    row = connection.execute(f"{_RUN} AND id=? AND id<?", (compare, run.id)).fetchone()
    if row is None:
        earlier = [str(i) for (i,) in connection.execute(f"SELECT id FROM ({_RUN} AND id<?) ORDER BY id", (run.id,))]
        known = f"the earlier analyses are {', '.join(earlier[-20:])}" if earlier else "there is no earlier analysis"
        raise UsageError(f"run {compare} is no finished analysis before run {run.id}; {known}")
    return _run(row)


def _coverage(connection: sqlite3.Connection) -> CoverageRow:
    documents, first, last = connection.execute(
        "SELECT count(*),min(k.fetched_at),max(k.fetched_at) FROM page p JOIN document d ON d.id=p.document_id"
        " JOIN capture k ON k.id=d.capture_id"
    ).fetchone()
    fetched = _pairs(
        connection,
        "SELECT code,count(*) FROM (SELECT code,max(id) FROM fetch GROUP BY url) GROUP BY 1 ORDER BY 2 DESC,1",
    )
    refused = _pairs(
        connection,
        "SELECT 'extract:'||d.code,count(DISTINCT p.id) FROM page p JOIN document d ON d.capture_id=p.capture_id"
        " WHERE d.code IS NOT NULL AND (p.document_id IS NULL OR p.document_id<>d.id) GROUP BY 1 ORDER BY 2 DESC,1",
    )
    return CoverageRow(
        hosts=_number(connection, "SELECT count(DISTINCT site_id) FROM page WHERE document_id IS NOT NULL"),
        pages=_number(connection, "SELECT count(*) FROM page"),
        documents=documents,
        flagged=_number(connection, "SELECT count(DISTINCT page_id) FROM flag WHERE machine_state<>'absent'"),
        passages=_number(connection, "SELECT count(*) FROM passage a JOIN page p ON p.document_id=a.document_id"),
        outcomes=fetched + refused,
        first_fetch=first,
        last_fetch=last,
        languages=_pairs(
            connection,
            "SELECT d.language,count(*) FROM page p JOIN document d ON d.id=p.document_id GROUP BY 1 ORDER BY 2 DESC,1",
        ),
    )


def _categories(connection: sqlite3.Connection) -> tuple[CategoryRow, ...]:
    rows = connection.execute(
        "SELECT f.category,count(*),count(DISTINCT p.site_id),count(DISTINCT p.id),"
        " sum(f.state IN('confirmed','false_positive','not_actionable')),sum(f.state='confirmed'),"
        " sum(f.state='false_positive') FROM flag f JOIN page p ON p.id=f.page_id"
        " WHERE f.machine_state<>'absent' GROUP BY 1 ORDER BY 1"
    )
    return tuple(CategoryRow(*row) for row in rows)


_EVENTS = (
    " FROM flag_event e JOIN flag f ON f.id=e.flag_id JOIN page p ON p.id=f.page_id WHERE e.run_id>? AND e.run_id<=?"
)


def _change_counts(connection: sqlite3.Connection, run: RunRow, previous: RunRow | None) -> tuple[ChangeCount, ...]:
    if previous is None:
        return ()
    rows = connection.execute(
        f"SELECT e.event,e.cause,p.first_run>? AS fresh,f.rule,count(*){_EVENTS} GROUP BY 1,2,3,4 ORDER BY 1,2,3,4",
        (previous.id, previous.id, run.id),
    )
    return tuple(ChangeCount(event, cause, bool(fresh), rule, flags) for event, cause, fresh, rule, flags in rows)


def _changes(connection: sqlite3.Connection, run: RunRow, previous: RunRow | None, limit: int) -> tuple[ChangeRow, ...]:
    if previous is None:
        return ()
    rows = connection.execute(
        "SELECT e.event,e.cause,p.first_run>?,f.fingerprint,f.category,f.rule,p.url,f.reason,f.state,f.reason_json"
        f"{_EVENTS} ORDER BY f.severity DESC,f.score DESC,p.url,f.fingerprint LIMIT ?",
        (previous.id, previous.id, run.id, limit),
    )
    return tuple(ChangeRow(*(*row[:2], bool(row[2]), *row[3:7], restored(row[7], row[9]), row[8])) for row in rows)


def _decided_since(connection: sqlite3.Connection, previous: RunRow | None) -> int:
    since = previous.started_at if previous else ""
    return _number(
        connection,
        "SELECT count(DISTINCT target_key) FROM verdict WHERE target_type='flag'"
        " AND verdict IN('confirmed','false_positive','not_actionable') AND at>=?",
        (since,),
    )


def _trend(connection: sqlite3.Connection, limit: int) -> tuple[TrendRow, ...]:
    """The last analyses, oldest first. Reads frozen numbers only, so the cost does not grow with the flags."""
    runs = [_run(row) for row in connection.execute(f"{_RUN} ORDER BY id DESC LIMIT ?", (limit,))]
    statement = "SELECT scope,scope_key,metric,value FROM run_stat WHERE run_id=? AND scope IN('run','category','rule')"
    return tuple(
        TrendRow(run, {(a, b, c): value for a, b, c, value in connection.execute(statement, (run.id,))})
        for run in reversed(runs)
    )


def _rules(connection: sqlite3.Connection) -> tuple[RuleRow, ...]:
    rows = connection.execute(
        "SELECT category,rule,sum(machine_state<>'absent'),sum(state='confirmed'),sum(state='false_positive')"
        " FROM flag GROUP BY 1,2 ORDER BY 1,2"
    )
    return tuple(RuleRow(*row) for row in rows)


_VOTES = """
WITH last AS (
  SELECT target_key,reviewer,verdict,max(id) FROM verdict WHERE target_type='flag' GROUP BY 1,2
), ranked AS (
  SELECT target_key,verdict,row_number() OVER (PARTITION BY target_key ORDER BY reviewer) place
  FROM last WHERE verdict IN('confirmed','false_positive')
)
SELECT f.category,f.rule,a.verdict,b.verdict,count(*)
FROM ranked a JOIN ranked b ON b.target_key=a.target_key AND a.place=1 AND b.place=2
JOIN flag f ON f.fingerprint=a.target_key GROUP BY 1,2,3,4 ORDER BY 1,2,3,4
"""


def _votes(connection: sqlite3.Connection) -> tuple[tuple[str, str, str, str, int], ...]:
    """The verdicts of two reviewers on one flag: the first two by name, their last word each."""
    return tuple(tuple(row) for row in connection.execute(_VOTES))


def _totals(connection: sqlite3.Connection, run: RunRow, figures: Figures) -> dict[str, int]:
    """How many there are of each list that a limit may have cut."""
    return {
        "sites": figures.coverage.hosts,
        "rewrites": exhibits.count_clusters(connection, run.id),
        "swaps": _number(connection, "SELECT count(*) FROM swap WHERE last_run=?", (run.id,)),
        "questions": answers.count_slots(connection, run.id),
        "changes": sum(count.flags for count in figures.change_counts),
        "evidence": _number(connection, "SELECT count(*) FROM flag WHERE machine_state<>'absent'"),
    }


_RUN_NUMBERS = (
    "SELECT '','pages',count(*) FROM page UNION ALL"
    " SELECT '','documents',count(*) FROM page WHERE document_id IS NOT NULL UNION ALL"
    " SELECT '','flags',count(*) FROM flag WHERE machine_state<>'absent' UNION ALL"
    " SELECT '','confirmed',count(*) FROM flag WHERE machine_state<>'absent' AND state='confirmed' UNION ALL"
    " SELECT '','open',count(*) FROM flag WHERE machine_state<>'absent' AND state IN('open','stale')"
)
_CATEGORY_NUMBERS = (
    "WITH n AS (SELECT max(1,count(*)) pages FROM page WHERE document_id IS NOT NULL),"
    " c AS (SELECT category,count(*) flags,count(DISTINCT page_id) pages FROM flag"
    "  WHERE machine_state<>'absent' GROUP BY 1)"
    " SELECT category,'flags',flags FROM c UNION ALL SELECT category,'pages',pages FROM c UNION ALL"
    " SELECT category,'flagged_page_pct',round(100.0*c.pages/n.pages,2) FROM c,n"
)
_RULE_NUMBERS = "SELECT rule,'flags',count(*) FROM flag WHERE machine_state<>'absent' GROUP BY 1"
_SITE_NUMBERS = (
    "WITH n AS (SELECT s.id,s.host,count(DISTINCT p.id) pages,count(DISTINCT f.page_id) flagged,count(f.id) flags"
    "  FROM site s JOIN page p ON p.site_id=s.id AND p.document_id IS NOT NULL"
    "  LEFT JOIN flag f ON f.page_id=p.id AND f.machine_state<>'absent' GROUP BY s.id"
    f"  ORDER BY flags DESC,s.host LIMIT {_FROZEN_SITES})"
    " SELECT host,'pages',pages FROM n UNION ALL SELECT host,'flagged_pages',flagged FROM n UNION ALL"
    " SELECT host,'flagged_page_pct',round(100.0*flagged/pages,2) FROM n"
)
_FREEZE = (("run", _RUN_NUMBERS), ("category", _CATEGORY_NUMBERS), ("rule", _RULE_NUMBERS), ("site", _SITE_NUMBERS))


def freeze(connection: sqlite3.Connection, run_id: int) -> int:
    """Write the numbers of analysis ``run_id`` into run_stat; returns how many. Call it before the run is ended."""
    rows = [(run_id, *place, value) for place, value in to_freeze(connection).items()]
    connection.executemany(
        "INSERT OR REPLACE INTO run_stat(run_id,scope,scope_key,metric,value) VALUES(?,?,?,?,?)", rows
    )
    return len(rows)


def to_freeze(connection: sqlite3.Connection) -> dict[tuple[str, str, str], float]:
    """The numbers of the last analysis by (scope, scope_key, metric). Only reads: it may take a second."""
    return {
        (scope, key, metric): value
        for scope, statement in _FREEZE
        for key, metric, value in connection.execute(statement)
    }


_GATE = """
WITH f AS (
  SELECT f.id,f.category,f.state,f.page_id FROM flag f
  WHERE f.machine_state<>'absent' AND f.state NOT IN('false_positive','not_actionable')
), n AS (
  SELECT DISTINCT flag_id FROM flag_event WHERE event IN('new','returned') AND run_id>? AND run_id<=?
)
SELECT f.category,count(*),sum(f.state IN('open','stale','unsure')),sum(f.state='confirmed'),count(n.flag_id),
  sum(n.flag_id IS NOT NULL AND f.state='confirmed'),count(DISTINCT f.page_id)
FROM f LEFT JOIN n ON n.flag_id=f.id GROUP BY 1
"""
_GATE_PAGES = """
SELECT count(DISTINCT page_id) FROM flag WHERE machine_state<>'absent'
AND state NOT IN('false_positive','not_actionable')
"""


def gate_numbers(connection: sqlite3.Connection, *, compare: int | None = None) -> dict[tuple[str, str], float]:
    """The numbers a gate compares, by (name, category); category is empty for all. Settled flags do not count.

    Without an earlier analysis nothing is new: the first run makes the baseline.
    """
    with _snapshot(connection):
        run = _last_run(connection)
        previous = _previous_run(connection, run, compare)
        rows = connection.execute(_GATE, (previous.id if previous else run.id, run.id)).fetchall()
        documents = max(1, _number(connection, "SELECT count(*) FROM page WHERE document_id IS NOT NULL"))
        flagged = _number(connection, _GATE_PAGES)
    names = ("flags", "open", "confirmed", "new", "new_confirmed")
    numbers: dict[tuple[str, str], float] = {(name, ""): 0.0 for name in names}
    for category, *counts, pages in rows:
        for name, count in zip(names, counts, strict=True):
            numbers[name, category] = float(count)
            numbers[name, ""] += count
        numbers["pages_pct", category] = round(100 * pages / documents, 2)
    return {**numbers, ("pages_pct", ""): round(100 * flagged / documents, 2)}
