from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from counterspin.errors import SettingsError, UsageError
from counterspin.settings import ProjectSettings, ScheduleSettings, Settings
from crawler.schedule import Plan, Service, cron_line, due, plan_of, read_state, systemd_units, times_after

NIGHTLY = "30 2 * * *"


class World:
    """A virtual clock; a run takes ``takes`` seconds; the service is off in ``down`` spans."""

    def __init__(self, start: datetime, end: datetime, takes: float = 3600.0) -> None:
        self.time, self.end, self.takes = start, end, takes
        self.runs: list[tuple[datetime, datetime]] = []
        self.code = 0

    def now(self) -> datetime:
        return self.time

    def nap(self, seconds: float) -> bool:
        # Naps of a minute would take 86,400 steps for 60 days; the service must not care how long a nap was.
        self.time += timedelta(seconds=seconds + 0.25)
        return self.time < self.end

    def run(self) -> int:
        began = self.time
        self.time += timedelta(seconds=self.takes)
        self.runs.append((began, self.time))
        return self.code


def served(plan: Plan, world: World, folder, told=None) -> World:
    service = Service(
        plan,
        folder / "schedule.json",
        world.run,
        world.nap,
        world.now,
        (told if told is not None else []).append,
        random.Random(1),
    )
    service.serve()
    return world


def plan(zone: str = "Europe/Berlin", *, jitter: int = 300, catch_up: bool = True, cron: str = NIGHTLY) -> Plan:
    return Plan(cron, ZoneInfo(zone), jitter, catch_up)


def local_days(world: World, zone: str) -> list[str]:
    return [began.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d") for began, _ in world.runs]


@pytest.mark.parametrize("month", [3, 10])
def test_sixty_nights_run_once_each_over_a_change_of_daylight_saving(tmp_path, month):
    start = datetime(2026, month, 1, tzinfo=timezone.utc)
    world = served(plan(), World(start, start + timedelta(days=60)), tmp_path)
    days = local_days(world, "Europe/Berlin")
    assert len(days) == 60
    assert len(set(days)) == 60
    assert all(before[1] <= after[0] for before, after in zip(world.runs, world.runs[1:], strict=False))


def test_a_night_in_shanghai_starts_within_the_jitter_and_never_drifts(tmp_path):
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)
    world = served(plan("Asia/Shanghai"), World(start, start + timedelta(days=60)), tmp_path)
    late = [
        (began.astimezone(ZoneInfo("Asia/Shanghai")) - began.astimezone(ZoneInfo("Asia/Shanghai")).replace(
            hour=2, minute=30, second=0, microsecond=0)).total_seconds()
        for began, _ in world.runs
    ]  # fmt: skip
    assert len(late) == 60
    assert 0 <= min(late) <= max(late) <= 300 + 61


def test_runs_missed_while_the_service_was_down_are_made_up_for_once(tmp_path):
    start = datetime(2026, 5, 1, tzinfo=timezone.utc)
    served(plan("UTC"), World(start, start + timedelta(days=3)), tmp_path)
    back = World(start + timedelta(days=8), start + timedelta(days=10))
    served(plan("UTC"), back, tmp_path)
    assert [began.day for began, _ in back.runs] == [9, 9, 10]


def test_without_catch_up_a_missed_run_is_left_out(tmp_path):
    start = datetime(2026, 5, 1, tzinfo=timezone.utc)
    served(plan("UTC", catch_up=False), World(start, start + timedelta(days=3)), tmp_path)
    back = World(start + timedelta(days=8, hours=12), start + timedelta(days=10))
    served(plan("UTC", catch_up=False), back, tmp_path)
    assert [began.day for began, _ in back.runs] == [10]


def test_a_run_longer_than_its_interval_never_overlaps_the_next(tmp_path):
    start = datetime(2026, 5, 1, tzinfo=timezone.utc)
    world = World(start, start + timedelta(hours=12), takes=5400)
    served(plan("UTC", cron="0 * * * *"), world, tmp_path)
    assert all(before[1] <= after[0] for before, after in zip(world.runs, world.runs[1:], strict=False))
    assert 7 <= len(world.runs) <= 11  # back to back: what came due during a run is made up for once


def test_a_failed_run_is_told_and_kept(tmp_path):
    start = datetime(2026, 5, 1, tzinfo=timezone.utc)
    world = World(start, start + timedelta(days=1, hours=6))
    world.code = 5
    told: list = []
    served(plan("UTC"), world, tmp_path, told)
    assert [state.outcome for state in told] == ["failed", "failed"]
    assert read_state(tmp_path / "schedule.json").exit_code == 5


def test_an_hour_that_comes_twice_runs_once_and_one_that_is_skipped_runs_after_it():
    autumn = times_after(plan(), datetime(2026, 10, 24, 12, tzinfo=timezone.utc))
    assert [next(autumn).isoformat() for _ in range(2)] == ["2026-10-25T00:30:00+00:00", "2026-10-26T01:30:00+00:00"]
    spring = times_after(plan(), datetime(2026, 3, 28, 12, tzinfo=timezone.utc))
    assert [next(spring).isoformat() for _ in range(2)] == ["2026-03-29T01:30:00+00:00", "2026-03-30T00:30:00+00:00"]


def test_nothing_is_due_before_its_time():
    noon = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
    assert due(plan("UTC"), noon, noon + timedelta(hours=14)) is None
    assert due(plan("UTC"), noon, noon + timedelta(hours=15)) == datetime(2026, 5, 2, 2, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("schedule", "zone", "error"),
    [("", "UTC", UsageError), ("every night", "UTC", SettingsError), (NIGHTLY, "Mars/Olympus", SettingsError)],
)
def test_a_wrong_schedule_is_refused_with_one_line(schedule, zone, error):
    settings = Settings(project=ProjectSettings(timezone=zone), schedule=ScheduleSettings(cron=schedule))
    with pytest.raises(error) as caught:
        plan_of(settings)
    assert "\n" not in str(caught.value)


def test_the_emitted_units_name_folder_and_time(tmp_path):
    folder = tmp_path / "my advice"
    assert f"WorkingDirectory={folder}" in systemd_units("counterspin", folder, NIGHTLY, "UTC")
    line = cron_line("counterspin", folder, NIGHTLY, "Asia/Shanghai")
    assert line.startswith("CRON_TZ=Asia/Shanghai\n30 2 * * * cd '")
    assert "counterspin schedule once" in line  # which alerts and is kept; `run` alone does neither
