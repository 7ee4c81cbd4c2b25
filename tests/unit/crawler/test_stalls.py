"""Timers of a reactor that stood still."""

from __future__ import annotations

import time

import pytest
from twisted.internet.task import Clock

from crawler.driving import _loop, _reactor
from crawler.stalls import BEAT, LATE, Heartbeat


class Reactor(Clock):
    """A clock whose calls, like a reactor's, see the time at which they run, however late that is."""

    def stand_still(self, seconds: float) -> None:
        self.rightNow += seconds
        while self.calls and self.calls[0].getTime() <= self.seconds():
            call = self.calls.pop(0)
            call.called = 1
            call.func(*call.args, **call.kw)


@pytest.fixture
def reactor():
    return Reactor()


def test_time_in_which_the_machine_stood_still_is_no_hosts_time(reactor):
    over = []
    heart = Heartbeat(reactor)
    heart.start()
    reactor.callLater(10.0, over.append, "timeout")
    reactor.pump([BEAT / 2] * 10)
    reactor.stand_still(3600.0)
    assert over == []
    assert heart.stalled == pytest.approx(3600.0, abs=BEAT)
    reactor.pump([BEAT / 2] * 24)
    assert over == []
    reactor.pump([BEAT / 2] * 10)
    assert over == ["timeout"]


def test_a_host_that_is_slow_while_the_crawl_goes_on_has_the_time_that_is_set(reactor):
    over = []
    heart = Heartbeat(reactor)
    heart.start()
    reactor.callLater(10.0, over.append, "timeout")
    reactor.pump([LATE / 2] * 11)
    assert over == ["timeout"]
    assert heart.stalled == 0.0


def test_a_heart_that_was_stopped_beats_no_more(reactor):
    heart = Heartbeat(reactor)
    heart.start()
    heart.stop()
    assert reactor.getDelayedCalls() == []


def test_no_timer_of_a_crawl_minds_the_machines_clock(monkeypatch):
    _loop()
    before = _reactor().seconds()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert 0.0 <= _reactor().seconds() - before < 3600.0
    assert _reactor().seconds() == pytest.approx(time.monotonic(), abs=3600.0)
