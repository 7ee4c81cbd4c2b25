"""``counterspin schedule``: runs by the clock, as a foreground service, or the unit that starts it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterspin.cli._project import as_json, configured, project_options, put_json, say

if TYPE_CHECKING:
    from counterspin.configuration import Configuration
    from crawler.schedule import Plan, Service, State

STOP_SECONDS = 90.0  # a run that is asked to stop has so long to settle what it fetched


@click.command("schedule", short_help="Run by the clock.")
@click.argument("action", type=click.Choice(["serve", "status", "once"]), default="serve")
@click.option("--emit", type=click.Choice(["systemd", "cron"]), help="Print a unit or crontab line instead.")
@project_options
@as_json
def command(action: str, emit: str | None, project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Run by the clock of schedule.cron, in the foreground, until it is stopped.

    `status` shows the last run and the next; `once` makes one run now, with alerts, as the service would.
    """
    from crawler.schedule import cron_line, plan_of, systemd_units

    configuration = configured(project, assignments)
    plan = plan_of(configuration.settings)
    if emit is not None:
        make = systemd_units if emit == "systemd" else cron_line
        program = f"{sys.executable} -m counterspin"
        click.echo(make(program, configuration.folder.resolve(), plan.cron, plan.zone.key), nl=False)
    elif action == "status":
        _status(configuration, as_json=as_json)
    elif action == "once":
        raise SystemExit(_service(configuration, plan, _Stop()).run_for(_now()).exit_code)
    else:
        _serve(configuration)


def _status(configuration: Configuration, *, as_json: bool) -> None:
    from itertools import islice

    from crawler.schedule import plan_of, read_state, times_after

    plan = plan_of(configuration.settings)
    state = read_state(_state_file(configuration))
    coming = [moment.astimezone(plan.zone) for moment in islice(times_after(plan, _now()), 3)]
    if as_json:
        last = {"planned": state.planned, "started": state.started, "ended": state.ended,
                "exit_code": state.exit_code, "outcome": state.outcome}  # fmt: skip
        put_json("counterspin.schedule/1", {"cron": plan.cron, "timezone": plan.zone.key, "last": last,
                                            "next": [moment.isoformat() for moment in coming]})  # fmt: skip
        return
    if state.started is None:
        click.echo("last: never")
    else:
        began = datetime.fromisoformat(state.started).astimezone(plan.zone)
        click.echo(f"last: {began:%Y-%m-%d %H:%M} {state.outcome} (exit code {state.exit_code})")
    click.echo("next: " + ", ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in coming) + f" {plan.zone.key}")


class _Stop:
    """Set by the first signal; a run under way is asked to end."""

    def __init__(self) -> None:
        import threading

        self.event = threading.Event()
        self.child: Any = None

    def __call__(self, *_: object) -> None:
        self.event.set()
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()


def _serve(configuration: Configuration) -> None:
    import signal

    from counterspin.pipeline.lock import run_lock
    from crawler.schedule import plan_of

    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    plan = plan_of(configuration.settings)
    service = _service(configuration, plan, stop)
    with run_lock(_state_file(configuration), "schedule"):
        say(f"runs by {plan.cron!r} ({plan.zone.key}); Ctrl-C ends the service")
        service.serve()
    say("stopped")


def _service(configuration: Configuration, plan: Plan, stop: _Stop) -> Service:
    import random

    from crawler.schedule import Service

    return Service(
        plan, _state_file(configuration), lambda: _one_run(configuration, stop),
        lambda seconds: not stop.event.wait(seconds), _now, _tell(configuration), random.Random(),
    )  # fmt: skip


def _one_run(configuration: Configuration, stop: _Stop) -> int:
    import subprocess

    if stop.event.is_set():
        return 130
    arguments = [sys.executable, "-m", "counterspin", "run", "--project", str(configuration.folder)]
    stop.child = subprocess.Popen(arguments, stdin=subprocess.DEVNULL)  # noqa: S603 - our own program
    while stop.child.poll() is None and not stop.event.wait(0.5):
        pass
    if stop.child.poll() is None:
        _end(stop.child)
    return int(stop.child.wait())


def _end(child: Any) -> None:
    """Wait for a run that was asked to stop; it has its time, then it is killed: a crawl loses nothing by that."""
    import subprocess

    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def _tell(configuration: Configuration) -> Callable[[State], None]:
    from crawler.alerts import QUIET, alert

    def tell(state: State) -> None:
        say(f"run of {state.planned}: {state.outcome} (exit code {state.exit_code})")
        if state.exit_code not in QUIET and state.exit_code != 130:
            values = {"project": str(configuration.folder), "planned": state.planned, "started": state.started,
                      "ended": state.ended, "exit_code": state.exit_code, "outcome": state.outcome}  # fmt: skip
            problem = alert(configuration.settings.schedule, values)
            if problem:
                say(problem)

    return tell


def _state_file(configuration: Configuration) -> Path:
    return configuration.database.parent / "schedule.json"


def _now() -> datetime:
    return datetime.now(timezone.utc)
