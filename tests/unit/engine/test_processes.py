"""Work in other processes: in order, as it is asked for, and with no process left behind."""

import gc
import os
import signal
import subprocess
import sys
import time
from itertools import count, islice
from multiprocessing import active_children
from pathlib import Path

import pytest

from counterspin.engine.processes import AHEAD, CHUNK, apart, mapped
from counterspin.errors import LimitError
from counterspin.garbage import SELDOM

PATIENCE = 60.0  # s until a process that is told to end counts as one that stays
NESTED = """
import os, time
from counterspin.engine.processes import apart, mapped

def task(value):
    time.sleep(0.005)
    return os.getpid()

def step(hand):
    hand(os.getpid())
    for worker in mapped(task, range(100_000), 2):
        hand(worker)

for process in apart(step):
    print(process, flush=True)
"""


class _Watched(list):
    """Remembers how far it was read."""

    read = 0

    def __getitem__(self, at):
        self.read = max(self.read, at.stop if isinstance(at, slice) else at + 1)
        return super().__getitem__(at)


def test_pages_are_handed_to_processes_as_their_results_are_taken():
    values = _Watched(range(1000))
    results = mapped(abs, values, 2)
    assert next(results) == 0
    assert values.read <= (2 * AHEAD + 1) * CHUNK
    assert [*results] == [*range(1, 1000)]


def killed(value):
    if value == 500:
        os.kill(os.getpid(), signal.SIGKILL)
    return value


def test_a_killed_worker_is_one_clear_line():
    with pytest.raises(LimitError, match=r"want of memory.*analyse\.workers"):
        list(mapped(killed, range(1000), 2))
    assert active_children() == []


def test_a_step_apart_hands_over_what_it_finds_in_order():
    here = os.getpid()

    def step(hand):
        for value in range(250):
            hand(value)
        hand(os.getpid() != here)

    assert [*apart(step)] == [*range(250), True]
    assert active_children() == []


def test_a_step_apart_raises_here_what_went_wrong_there():
    def step(hand):
        for value in range(150):
            hand(value)
        raise FileNotFoundError(2, "no such file", "there")

    told = apart(step)
    assert [*islice(told, 100)] == [*range(100)]
    with pytest.raises(FileNotFoundError) as raised:
        list(told)
    assert raised.value.filename == "there"
    assert "in step" in str(raised.value.__cause__)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_step_apart_that_is_killed_is_one_clear_line(end):
    def step(hand):
        hand(1)
        os.kill(os.getpid(), end)
        signal.pause()

    with pytest.raises(LimitError, match="want of memory"):
        list(apart(step))


def test_memory_that_runs_out_apart_is_one_clear_line():
    def step(_hand):
        raise MemoryError

    with pytest.raises(LimitError, match="want of memory"):
        list(apart(step))


def test_a_step_apart_ends_when_no_more_is_asked_of_it():
    def step(hand):
        for value in count():
            hand(value)

    told = apart(step)
    next(told)
    assert len(active_children()) == 1
    told.close()
    assert active_children() == []


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_no_process_outlives_a_parent_that_is_killed():
    with subprocess.Popen([sys.executable, "-c", NESTED], stdout=subprocess.PIPE, text=True) as parent:
        processes = set()
        while len(processes) < 3 and (line := parent.stdout.readline()):
            processes.add(line.strip())
        parent.kill()
    assert len(processes) == 3  # the step and its two workers
    until = time.monotonic() + PATIENCE
    while any(map(is_running, processes)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, processes))


def test_a_step_in_a_process_of_its_own_looks_for_garbage_seldom_and_the_caller_as_before():
    before = gc.get_threshold()
    assert list(apart(lambda hand: hand(gc.get_threshold()))) == [SELDOM]
    assert gc.get_threshold() == before
