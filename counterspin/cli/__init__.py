"""The command line. The command ``name`` is the module ``name.py`` here with a click command ``command``.

Modules whose name begins with an underscore are shared by the commands.
"""

from __future__ import annotations

import sys

from counterspin import __version__


def main() -> None:
    """Entry point of ``counterspin``. The version is told without importing anything for it."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"counterspin {__version__}\n")
        return
    from counterspin.cli._group import run

    run()
