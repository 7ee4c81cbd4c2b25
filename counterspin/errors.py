"""Every error that we raise on purpose. A message says what is wrong and what to do.

CounterspinError                exit code 1
├── UsageError                  2   the words of a command, a missing project folder, no contact
│   └── SettingsError           2   an unknown setting, a value out of its range
├── GateError                   3   a gate that the caller asked for failed (--strict, --fail-on)
├── LimitError                  4   stopped by a limit that was set
├── DiskFullError               5
├── ReadOnlyError               6
├── LockedError                 7   another run or a busy database
├── SchemaError                 8   no database of ours, or one of a newer version
├── DamagedError                9
└── InputError                  2   a file or a page that cannot be used
    ├── RefusedPageError        -   one page; carries the code under which it is stored
    └── ArchiveError            2   a WARC that cannot be read, or only in part
"""

from __future__ import annotations


class CounterspinError(Exception):
    """Base of all errors of ours. ``exit_code`` is what the command line ends with."""

    exit_code = 1


class UsageError(CounterspinError):
    """The command cannot run as it was called."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is unknown or out of its range; the message names file, line, key and allowed range."""


class GateError(CounterspinError):
    """A condition that the caller set for success does not hold."""

    exit_code = 3


class LimitError(CounterspinError):
    """A limit that was set stopped the run; what was done before is kept."""

    exit_code = 4


class DiskFullError(CounterspinError):
    """No room on the disk; everything committed is kept."""

    exit_code = 5


class ReadOnlyError(CounterspinError):
    """The database or its folder cannot be written."""

    exit_code = 6


class LockedError(CounterspinError):
    """Another process holds the run lock, a port or the database."""

    exit_code = 7


class SchemaError(CounterspinError):
    """The file is no counterspin database, or one of a newer version."""

    exit_code = 8


class DamagedError(CounterspinError):
    """The database file is damaged."""

    exit_code = 9


class InputError(UsageError):
    """An input file cannot be used."""


class RefusedPageError(InputError):
    """One page is refused. ``code`` is stored with the page, for example ``too_large``."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class ArchiveError(InputError):
    """A WARC cannot be read, or only up to a point that the message names."""
