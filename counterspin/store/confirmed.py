"""What reviewers have confirmed, for the next crawl."""

from __future__ import annotations

from counterspin.store.connection import Store


def confirmed_texts(store: Store, limit: int) -> list[str]:
    """Title and main text of pages with a confirmed flag in their text, those with the most of them first."""
    rows = store.rows(
        "SELECT coalesce(d.title,'')||char(10)||d.text FROM page p JOIN document d ON d.capture_id=p.capture_id"
        " JOIN flag f ON f.page_id=p.id WHERE d.code IS NULL AND f.state='confirmed' AND f.category<>'link_farm'"
        " GROUP BY p.id ORDER BY count(DISTINCT f.id) DESC, p.id LIMIT ?",
        (limit,),
    )
    return [row[0] for row in rows]


def confirmed_farms(store: Store) -> frozenset[str]:
    """Hosts of pages on which a flag of a link farm was confirmed."""
    rows = store.rows(
        "SELECT DISTINCT s.host FROM flag f JOIN page p ON p.id=f.page_id JOIN site s ON s.id=p.site_id"
        " WHERE f.state='confirmed' AND f.category='link_farm'"
    )
    return frozenset(row[0] for row in rows)
