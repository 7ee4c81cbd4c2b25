"""What a clock that was wrong has left in the frontier."""

from __future__ import annotations

from counterspin.store.connection import Store

SLACK = 3600.0  # s that a clock may differ from one run to the next without anybody noticing


def mend_clock(store: Store, now: float) -> float:
    """Set right what was planned by a clock that ran ahead and has been set back since; by how many seconds.

    What has happened cannot lie in the future: pages fetched and robots.txt read after ``now`` (Unix time) show by
    how much the clock was ahead. Waits and visits planned from there would hold up hosts for as long.
    """
    latest = max(
        store.value("SELECT max(fetched_at) FROM frontier") or 0.0,
        store.value("SELECT max(robots_at) FROM frontier_host") or 0.0,
    )
    ahead = float(latest - now)
    if ahead <= SLACK:
        return 0.0
    with store.transaction() as connection:
        for statement in (
            "UPDATE frontier SET next_at=next_at-:ahead WHERE fetched_at>:now",
            "UPDATE frontier SET fetched_at=:now WHERE fetched_at>:now",
            "UPDATE frontier SET not_before=max(0,not_before-:ahead) WHERE not_before>:now",
            "UPDATE frontier_host SET ready_at=max(0,ready_at-:ahead) WHERE ready_at>:now",
            "UPDATE frontier_host SET robots_failing_since=:now WHERE robots_failing_since>:now",
            "UPDATE frontier_host SET robots_at=NULL, robots_text=NULL, robots_status=NULL WHERE robots_at>:now",
        ):
            connection.execute(statement, {"ahead": ahead, "now": now})
    return ahead
