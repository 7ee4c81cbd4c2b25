"""A reviewer who never rests: gives verdicts on flags and sites of a database until it is killed.

usage: python reviewer.py DATABASE ACKNOWLEDGED

Each line of ACKNOWLEDGED is a nonce whose verdict was stored, and the seconds that this took; it is on the disk before
the next verdict is given, so that it can be held against the database after a kill.
"""

from __future__ import annotations

import os
import random
import sys
import time
import uuid
from pathlib import Path

from counterspin.errors import CounterspinError
from counterspin.model import Verdict
from counterspin.store import Store, runs, verdicts

PAUSE = 0.05  # s between two verdicts
TARGETS = (("flag", "SELECT fingerprint FROM flag"), ("site", "SELECT host FROM site"))


def judge_one(store: Store, draws: random.Random) -> tuple[str, float] | None:
    """Judge any flag or site; the nonce, and the seconds it took. Nothing if there is nothing to judge yet."""
    there = [(kind, str(row[0])) for kind, query in TARGETS for row in store.rows(f"{query} ORDER BY 1 LIMIT 500")]
    if not there:
        return None
    kind, key = draws.choice(there)
    nonce = uuid.uuid4().hex
    said = draws.choice(verdicts.DECISIONS)
    began = time.monotonic()
    verdicts.add(store, Verdict(kind, key, said, "reviewer", runs.now(), nonce=nonce))
    return nonce, time.monotonic() - began


def main() -> None:
    database, acknowledged = Path(sys.argv[1]), Path(sys.argv[2])
    draws = random.Random(os.getpid())
    with acknowledged.open("a", encoding="utf-8") as lines:
        while True:
            try:
                with Store.open(database) as store:
                    while True:
                        judged = judge_one(store, draws)
                        if judged is not None:
                            lines.write(f"{judged[0]} {judged[1]:.4f}\n")
                            lines.flush()
                            os.fsync(lines.fileno())
                        time.sleep(PAUSE)
            except verdicts.UnknownTargetError:  # noqa: PERF203 - once in a while, and the loop goes on
                continue  # an analysis took the flag away between the look and the verdict
            except CounterspinError as error:
                lines.write(f"error {type(error).__name__} {error}\n")
                lines.flush()
                time.sleep(PAUSE)


if __name__ == "__main__":
    main()
