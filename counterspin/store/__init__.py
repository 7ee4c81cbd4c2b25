"""The database of a project: one SQLite file. The only code that speaks SQL.

:class:`Store` is the open file. Each module beside it holds the statements of one concern and works on a store:
``pages`` (sites, pages, captures, fetches), ``documents``, ``flags``, ``runs``, ``search``, ``purging``, ``backup``.
"""

from __future__ import annotations

from counterspin.store.connection import Store
from counterspin.store.migrations import create_schema

__all__ = ["Store", "create_schema"]
