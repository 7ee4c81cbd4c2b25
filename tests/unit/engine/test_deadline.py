"""The limit of processor time for one page."""

from __future__ import annotations

import gc
import re
import time
import weakref

import pytest

from counterspin.engine.deadline import OutOfTimeError, time_limit
from counterspin.text.normal import fold


def work(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        fold("某个网页上的句子，有一些标点。" * 20)


def test_work_that_takes_too_long_is_ended_and_what_comes_after_is_not():
    before = time.process_time()
    with pytest.raises(OutOfTimeError), time_limit(0.1):
        work(30)
    assert time.process_time() - before < 10
    work(0.3)


def test_a_regular_expression_that_never_ends_is_ended():
    with pytest.raises(OutOfTimeError), time_limit(0.1):
        re.match(r"(a+)+b", "a" * 60)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_limit_that_is_reached_in_the_callback_of_a_weak_reference_is_not_lost():
    class Page:
        pass

    def died(_reference: weakref.ref[Page]) -> None:
        work(0.3)

    def forgotten() -> None:
        page = Page()
        reference = weakref.ref(page, died)
        del page
        assert reference() is None
        work(30)

    with pytest.raises(OutOfTimeError), time_limit(0.1):
        forgotten()


def test_a_limit_that_is_reached_in_a_callback_of_the_collector_is_not_lost():
    gc.collect()  # the callbacks of other tests' garbage are not this test's

    def slowly(_phase: str, _info: dict[str, int]) -> None:
        until = time.process_time() + 0.3
        while time.process_time() < until:
            pass

    def collected() -> None:
        gc.callbacks.append(slowly)
        gc.collect()
        gc.callbacks.remove(slowly)
        work(30)

    with pytest.raises(OutOfTimeError), time_limit(0.1):
        collected()
    assert slowly not in gc.callbacks
