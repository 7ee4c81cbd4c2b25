"""The rows of runs: one a stage and start."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from typing import Any

from counterspin import __version__
from counterspin.errors import CounterspinError
from counterspin.model import Run
from counterspin.store.connection import Store


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def start(
    store: Store,
    kind: str,
    *,
    parent: int | None = None,
    config: Mapping[str, Any] | None = None,
    config_sha: str = "",
    thresholds: Mapping[str, Any] | None = None,
) -> int:
    """A new run. Runs of this kind that a crash left ``running`` become ``interrupted``: call it under the run lock."""
    with store.transaction() as connection:
        close_left(store, kind)
        made = connection.execute(
            "INSERT INTO run(kind,parent_id,started_at,tool_version,config_sha,config_json,thresholds_json)"
            " VALUES(?,?,?,?,?,?,?)",
            (kind, parent, now(), __version__, config_sha, _json(config), _json(thresholds)),
        )
        return int(made.lastrowid or 0)


def close_left(store: Store, kind: str) -> None:
    """Runs of this kind that a crash left ``running`` become ``interrupted``: call it under the run lock."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE run SET status='interrupted', ended_at=? WHERE kind=? AND status='running'", (now(), kind)
        )


def resume(store: Store, run: int) -> None:
    """Go on with a run that was stopped, so that what it did first stays its own."""
    with store.transaction() as connection:
        connection.execute("UPDATE run SET status='running', ended_at=NULL WHERE id=?", (run,))


def finish(
    store: Store, run: int, *, status: str = "ok", stats: Mapping[str, Any] | None = None, message: str | None = None
) -> None:
    """End a run; its numbers in ``run_stat`` are frozen from now on."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE run SET status=?, ended_at=?, stats_json=?, message=? WHERE id=?",
            (status, now(), _json(stats), message, run),
        )


@contextmanager
def finished_after_error(store: Store, run: int) -> Iterator[None]:
    """End a run that an error or the user stops in the body, if the database still takes it; the error goes on."""
    try:
        yield
    except BaseException as error:  # Ctrl-C as well: whatever ends a run, its row says so
        stopped = isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit))
        with suppress(CounterspinError, sqlite3.Error):  # a full disk is why it ended: the next run marks this one
            finish(store, run, status="interrupted" if stopped else "failed", message=str(error)[:500] or None)
        raise


def stats(store: Store, run: int) -> dict[str, Any]:
    """The numbers with which a run ended."""
    found: dict[str, Any] = json.loads(store.value("SELECT stats_json FROM run WHERE id=?", (run,)) or "{}")
    return found


def config_sha(store: Store, run: int) -> str:
    """What the run worked on, see ``config_sha`` of :func:`start`."""
    return str(store.value("SELECT config_sha FROM run WHERE id=?", (run,)))


def put_numbers(store: Store, run: int, numbers: Mapping[tuple[str, str, str], float]) -> None:
    """Write ``{(scope, scope_key, metric): value}`` of a run that has not ended."""
    store.write(
        sorted(numbers.items()),
        lambda connection, item: connection.execute(
            "INSERT INTO run_stat VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE SET value=excluded.value",
            (run, *item[0], item[1]),
        ),
    )


def latest(store: Store, kind: str, *, statuses: tuple[str, ...] = ("ok", "partial")) -> Run | None:
    """The last run of a kind that ended in one of ``statuses``."""
    row = store.row(
        "SELECT id,kind,started_at,ended_at,status,tool_version,message FROM run"
        " WHERE kind=? AND status IN(SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT 1",
        (kind, json.dumps(statuses)),
    )
    return Run(**dict(row)) if row else None


def _json(value: Mapping[str, Any] | None) -> str:
    return json.dumps(value or {}, ensure_ascii=False, sort_keys=True)
