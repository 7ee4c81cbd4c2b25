"""From the database to a report in the project's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterspin.configuration import Configuration
from counterspin.store import Store

if TYPE_CHECKING:
    from reports.write import Written


def report(store: Store, configuration: Configuration, *, formats: tuple[str, ...] | None = None) -> Written:
    """Write the report of the last analysis to ``reports/<run>/``."""
    from reports.write import write  # noqa: PLC0415

    return write(store, configuration.reports, configuration.settings, formats=formats or ())
