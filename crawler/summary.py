"""The numbers of a crawl when it ends: for the database, and as lines for people."""

from __future__ import annotations

from typing import Any

from crawler.desk import Desk
from crawler.seeds import Seeds


def numbers(desk: Desk) -> dict[tuple[str, str, str], float]:
    """The numbers of a run for the table ``run_stat``."""
    tally = desk.tally
    whole = {"pages": tally.pages, "captures": tally.captures, "unchanged": tally.unchanged,
             "relevant": tally.relevant, "near_copies": tally.near_copies, "bytes": tally.bytes,
             "needs_browser": tally.scripted, "rendered": tally.rendered, "no_room": tally.no_room}  # fmt: skip
    found = {("run", "", name): float(value) for name, value in whole.items()}
    found |= {("code", code, "refused"): float(count) for code, count in tally.refused.items()}
    found |= {("code", code, "failed"): float(count) for code, count in tally.failed.items()}
    return found


def stats(desk: Desk, counts: dict[str, int]) -> dict[str, Any]:
    """What is kept with the run; ``counts``: rows of the frontier by state."""
    tally = desk.tally
    return {
        "pages": tally.pages, "captures": tally.captures, "unchanged": tally.unchanged,
        "relevant": tally.relevant, "bytes": tally.bytes, "hosts": len(desk.agenda.hosts),
        "refused": dict(sorted(tally.refused.items())), "failed": dict(sorted(tally.failed.items())),
        "frontier": counts, "needs_browser": tally.scripted, "rendered": tally.rendered, "no_room": tally.no_room,
        "within_reach": desk.sieve.known.within_reach(),
    }  # fmt: skip


def notes(desk: Desk, seeds: Seeds) -> tuple[str, ...]:
    """Lines for whoever started the crawl."""
    told = seeds.left_out()
    waiting = sorted(host.authority for host in desk.agenda.hosts.values() if host.code)
    if waiting:
        told.append(f"{len(waiting)} hosts were left alone: {', '.join(waiting[:5])}")
    if desk.tally.scripted:
        advice = "a browser could not show them either" if desk.settings.browser else "crawl.browser would show them"
        told.append(f"{desk.tally.scripted} pages without text are made by scripts and were left: {advice}")
    if desk.tally.rendered:
        told.append(f"{desk.tally.rendered} pages without text were shown in a browser and have one now")
    if desk.tally.no_room:
        told.append(
            f"{desk.tally.no_room} times there was no room for an answer beside the others, and its page was asked "
            "again: raise crawl.max_bytes_in_flight or lower crawl.concurrency"
        )
    reach = desk.sieve.known.within_reach()
    if reach is not None:
        met = len(desk.sieve.known.relevant)
        share = min(1.0, met / max(1.0, reach))
        told.append(
            f"about {reach:.0f} pages on the topic are within reach, {share:.0%} of them were met (an estimate)"
        )
    return tuple(told)
