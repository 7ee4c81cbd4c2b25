"""Numbers of a run for Prometheus, as a text file that its node exporter reads."""

from __future__ import annotations

from pathlib import Path

from crawler.answer import Tally

FILE = "counterspin.prom"


def write_metrics(folder: Path, tally: Tally, *, queued: int, seconds: float, ended: float) -> Path:
    """Write the metrics of a crawl into ``folder``; the file is whole at every moment. Returns its path.

    ``seconds`` is how long the run took, ``ended`` when it ended (Unix time).
    """
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile  # noqa: PLC0415 - at the end of a run only

    registry = CollectorRegistry()
    numbers = {
        "pages": (tally.pages, "pages fetched in the last crawl"),
        "captures": (tally.captures, "new versions kept in the last crawl"),
        "unchanged": (tally.unchanged, "pages met unchanged in the last crawl"),
        "relevant": (tally.relevant, "pages on the topic in the last crawl"),
        "near_copies": (tally.near_copies, "pages nearly like another one in the last crawl"),
        "bytes": (tally.bytes, "bytes of bodies in the last crawl"),
        "queued": (queued, "URLs that wait for the next crawl"),
        "seconds": (seconds, "duration of the last crawl"),
        "end_timestamp_seconds": (ended, "when the last crawl ended"),
    }
    for name, (value, help_) in numbers.items():
        Gauge(f"counterspin_crawl_{name}", help_, registry=registry).set(value)
    for name, counts in (("refused", tally.refused), ("failed", tally.failed)):
        gauge = Gauge(f"counterspin_crawl_{name}", f"URLs {name} in the last crawl", ["code"], registry=registry)
        for code, count in counts.items():
            gauge.labels(code).set(count)
    path = folder / FILE
    write_to_textfile(str(path), registry)
    return path
