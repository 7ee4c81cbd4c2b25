"""The counts of each site, and how its share of flagged pages went over the last runs. Reads only."""

from __future__ import annotations

import sqlite3
from typing import Any

from counterspin.store.figure_rows import SiteRow

_SITE_RUNS = 12  # runs in the trend of one site
_SITES = """
SELECT s.id,s.host,s.icp_no,n.pages,n.main,n.removed,
  count(DISTINCT f.page_id) flagged,
  count(DISTINCT CASE WHEN f.category='spun' THEN f.page_id END),
  count(DISTINCT CASE WHEN f.category='padded' THEN f.page_id END),
  count(DISTINCT CASE WHEN f.category='damaged' THEN f.page_id END),
  coalesce(sum(f.category='contradictory'),0),
  count(DISTINCT CASE WHEN f.category='copied' THEN f.page_id END),
  coalesce(sum(f.state='confirmed'),0),coalesce(sum(f.state IN('confirmed','false_positive')),0),
  count(f.id) flags
FROM (SELECT p.site_id,count(*) pages,sum(d.chars_main) main,sum(d.chars_removed) removed
      FROM page p JOIN document d ON d.id=p.document_id GROUP BY 1) n
JOIN site s ON s.id=n.site_id
LEFT JOIN page p ON p.site_id=s.id AND p.document_id IS NOT NULL
LEFT JOIN flag f ON f.page_id=p.id AND f.machine_state<>'absent'
GROUP BY s.id ORDER BY flagged*1.0/n.pages DESC,flags DESC,n.pages DESC,s.host LIMIT ?
"""


def sites(connection: sqlite3.Connection, limit: int) -> tuple[SiteRow, ...]:
    """The sites with the largest share of flagged pages, large ones first among equals."""
    rows = connection.execute(_SITES, (limit,)).fetchall()
    return tuple(_site(connection, row) for row in rows)


def _site(connection: sqlite3.Connection, row: tuple[Any, ...]) -> SiteRow:
    (
        site,
        host,
        licence,
        pages,
        main,
        removed,
        flagged,
        spun,
        padded,
        damaged,
        contradictions,
        copied,
        ok,
        decided,
        _,
    ) = row
    links = connection.execute(
        "SELECT count(DISTINCT l.to_host) FROM page p JOIN link l ON l.document_id=p.document_id"
        " WHERE p.site_id=? AND l.zone='link_farm' AND l.to_host<>?",
        (site, host),
    ).fetchone()[0]
    trend = connection.execute(
        "SELECT value FROM (SELECT t.run_id,t.value FROM run_stat t WHERE t.scope='site' AND t.scope_key=?"
        " AND t.metric='flagged_page_pct' AND t.run_id IN (SELECT id FROM run WHERE kind='analyse'"
        " ORDER BY id DESC LIMIT ?)) ORDER BY run_id",
        (host, _SITE_RUNS),
    )
    return SiteRow(
        host=host, pages=pages, flagged=flagged, spun=spun, padded=padded, damaged=damaged,
        contradictions=contradictions, copied=copied, chars_main=main or 0, chars_removed=removed or 0,
        links_out=links, licence=licence, confirmed=ok, decided=decided, trend=tuple(value for (value,) in trend),
    )  # fmt: skip
