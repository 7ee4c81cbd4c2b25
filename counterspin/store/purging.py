"""Taking pages out of the database so that no byte of them is left."""

from __future__ import annotations

from counterspin.store.connection import Store, own_errors


def compact(store: Store) -> None:
    """Write the file anew without free space, and empty the journal beside it."""
    with own_errors(store.path):
        store.connection.execute("VACUUM")
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
