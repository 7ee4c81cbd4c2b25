"""``python -m counterspin``."""

from counterspin.cli import main

main()
