"""``python -m crawler.simweb --port 0 --log FILE [--web demo] [--seed 1]``: prints its port, then serves."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from counterspin.errors import CounterspinError
from crawler.simweb.families import build
from crawler.simweb.running import run


def main() -> int:
    """Serve until interrupted. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m crawler.simweb", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--log", type=Path, default=None, help="access log, JSON lines, appended")
    parser.add_argument("--web", default="demo", help="FAMILY[:KEY=VALUE,...][+FAMILY...]")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    try:
        for port in run(build(options.web, seed=options.seed), port=options.port, log=options.log):
            sys.stdout.write(f"{port}\n")
            sys.stdout.flush()
    except CounterspinError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
