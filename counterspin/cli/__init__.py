"""The command line. Heavy modules are imported inside the commands."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``counterspin``."""
    raise SystemExit(0)
