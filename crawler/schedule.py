"""Runs by the clock: when the next one is due, which were missed, what became of the last. Time is an argument.

Cron fields are read in local time without an offset and turned into UTC afterwards: an hour that the clock skips in
spring runs when it ends, an hour that comes twice in autumn runs once.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from counterspin.errors import SettingsError, UsageError
from counterspin.settings import Settings

LONGEST_NAP = 60.0  # s; the clock may be set or the machine may have slept, so it is looked at once a minute
LOOK_BACK = timedelta(days=400)  # how far back a missed run is looked for


@dataclass(frozen=True, slots=True)
class Plan:
    """When to run. ``jitter`` in seconds; ``catch_up``: a run that was missed is made up for, once."""

    cron: str
    zone: ZoneInfo
    jitter: int
    catch_up: bool


@dataclass(frozen=True, slots=True)
class State:
    """What the service did last: ISO 8601 in UTC. ``planned`` is the time that the last run was for."""

    planned: str | None = None
    started: str | None = None
    ended: str | None = None
    exit_code: int | None = None
    outcome: str = ""


def plan_of(settings: Settings) -> Plan:
    """The plan in the settings. Raises :class:`UsageError` without one, :class:`SettingsError` for a wrong one."""
    from croniter import croniter  # noqa: PLC0415 - only schedules need it

    section = settings.schedule
    if not section.cron.strip():
        raise UsageError(
            'no schedule: set schedule.cron, for example cron = "30 3 * * *" for every night at half past 3'
        )
    if not croniter.is_valid(section.cron) or len(section.cron.split()) != 5:
        raise SettingsError(f"schedule.cron is {section.cron!r}; give minute, hour, day, month and weekday: 30 3 * * *")
    try:
        zone = ZoneInfo(settings.project.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise SettingsError(
            f"project.timezone is {settings.project.timezone!r}; give a name like Asia/Shanghai"
        ) from None
    return Plan(section.cron, zone, section.jitter, section.catch_up)


def times_after(plan: Plan, after: datetime) -> Iterator[datetime]:
    """The times of the plan after a moment, in UTC, each once and in order."""
    from croniter import croniter  # noqa: PLC0415

    local = after.astimezone(plan.zone).replace(tzinfo=None) - timedelta(hours=3)
    ticks = croniter(plan.cron, local)
    last = after
    while True:
        naive: datetime = ticks.get_next(datetime)
        moment = naive.replace(tzinfo=plan.zone).astimezone(timezone.utc)
        if moment > last:
            last = moment
            yield moment


def due(plan: Plan, planned: datetime | None, now: datetime) -> datetime | None:
    """The latest time of the plan that has passed and was not run for; ``None`` if there is none.

    ``planned`` is the time that the last run was for. However many were missed, one run makes up for them.
    """
    if planned is None:
        return None
    latest = None
    for moment in times_after(plan, max(planned, now - LOOK_BACK)):
        if moment > now:
            return latest
        latest = moment
    return latest


def start_of(plan: Plan, planned: datetime, draw: random.Random) -> datetime:
    """When the run for a time starts: a little later, so that many projects do not start at one moment.

    Never more than half of the way to the next time.
    """
    room = (next(times_after(plan, planned)) - planned).total_seconds() / 2
    return planned + timedelta(seconds=draw.uniform(0, min(plan.jitter, room)))


def read_state(path: Path) -> State:
    """What the service left behind; an empty state where there is nothing readable."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return State(**{name: values.get(name) for name in ("planned", "started", "ended", "exit_code")},
                     outcome=values.get("outcome") or "")  # fmt: skip
    except (OSError, ValueError, TypeError, AttributeError):
        return State()


def write_state(path: Path, state: State) -> None:
    """Keep the state; the file is whole at every moment."""
    part = path.with_name(path.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_text(json.dumps(asdict(state), indent=1), encoding="utf-8")
    part.replace(path)


@dataclass(slots=True)
class Service:
    """The foreground service. All that touches the world is handed in, so that a test can turn the clock.

    ``run`` makes one run and gives its exit code; ``nap`` waits for at most so many seconds and says whether to go on.
    """

    plan: Plan
    state_file: Path
    run: Callable[[], int]
    nap: Callable[[float], bool]
    now: Callable[[], datetime]
    tell: Callable[[State], None]
    draw: random.Random

    def serve(self) -> None:
        """Run by the plan until ``nap`` says to stop, one at a time; what came due meanwhile is made up for once."""
        planned = self._first()
        while True:
            planned = min(planned, self.now())  # else a clock that was set back would hold up every run until then
            missed = due(self.plan, planned, self.now())
            if missed is not None:
                planned = missed
                if self._is_late(missed) and not self.plan.catch_up:
                    continue
                if not self._wait_until(start_of(self.plan, missed, self.draw)):
                    return
                self.run_for(missed)
                continue
            if not self._wait_until(next(times_after(self.plan, max(planned, self.now())))):
                return

    def _first(self) -> datetime:
        kept = read_state(self.state_file).planned
        return datetime.fromisoformat(kept) if kept else self.now()

    def _is_late(self, planned: datetime) -> bool:
        return (self.now() - planned).total_seconds() > self.plan.jitter + 2 * LONGEST_NAP

    def _wait_until(self, moment: datetime) -> bool:
        while (left := (moment - self.now()).total_seconds()) > 0:
            if not self.nap(min(left, LONGEST_NAP)):
                return False
        return True

    def run_for(self, planned: datetime) -> State:
        """Make the run for a time, keep what became of it, and tell."""
        started = self.now()
        write_state(self.state_file, State(planned.isoformat(), started.isoformat(), None, None, "running"))
        code = self.run()
        outcome = {0: "ok", 4: "stopped by a limit", 7: "skipped: another run was going on"}.get(code, "failed")
        state = State(planned.isoformat(), started.isoformat(), self.now().isoformat(), code, outcome)
        write_state(self.state_file, state)
        self.tell(state)
        return state


def systemd_units(command: str, folder: Path, cron: str, zone: str) -> str:
    """A service unit for the foreground service, as text for ``~/.config/systemd/user/counterspin.service``."""
    return (
        f"# counterspin, schedule {cron!r} ({zone}). Save as ~/.config/systemd/user/counterspin.service, then:\n"
        "#   systemctl --user daemon-reload && systemctl --user enable --now counterspin\n"
        "# It runs while its user is logged in; on a server also: loginctl enable-linger\n"
        "[Unit]\nDescription=counterspin schedule\nAfter=network-online.target\n\n"
        f"[Service]\nWorkingDirectory={folder}\nExecStart={command} schedule\nRestart=on-failure\nRestartSec=60\n"
        "KillSignal=SIGTERM\nTimeoutStopSec=120\nNice=10\nPrivateTmp=yes\nNoNewPrivileges=yes\n\n"
        "[Install]\nWantedBy=default.target\n"
    )


def cron_line(command: str, folder: Path, cron: str, zone: str) -> str:
    """Lines for ``crontab -e``: one run by the clock, kept and told; the run lock keeps two from overlapping."""
    log = _quoted(str(folder / "data/schedule.log"))
    return f"CRON_TZ={zone}\n{cron} cd {_quoted(str(folder))} && {command} schedule once >> {log} 2>&1\n"


def _quoted(text: str) -> str:
    import shlex  # noqa: PLC0415

    return shlex.quote(text).replace("%", r"\%")
