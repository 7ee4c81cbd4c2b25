from __future__ import annotations

import io
import time

import pytest

from counterspin.settings import ExtractSettings
from extract import workers
from extract.limits import STEP, PatientClock
from extract.workers import Job, run

PAGE = (
    "<html><head><meta charset=utf-8><title>题目</title></head><body><h1>题目</h1>"
    "<p>先与银行联系，说明原因，再商量还款的办法，留下记录。</p></body></html>"
)


def test_pages_come_back_with_their_keys_and_refusals_with_their_codes():
    jobs = [Job(n, PAGE.encode(), f"http://a.test/{n}") for n in range(5)]
    jobs.insert(2, Job("pdf", b"%PDF-1.4", "http://a.test/pdf"))
    outcomes = {outcome.key: outcome for outcome in run(jobs, ExtractSettings(workers=2, pages_per_worker=2))}
    assert set(outcomes) == {0, 1, 2, 3, 4, "pdf"}
    assert all(outcomes[n].document.title == "题目" for n in range(5))
    assert (outcomes["pdf"].document, outcomes["pdf"].code) == (None, "bad_type")


def test_a_page_that_takes_too_long_is_refused_and_the_others_go_on(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import extract.page as p, time\n"
        "real = p.extract\n"
        "p.extract = lambda raw, **k: time.sleep(3600) if b'SLOW' in raw else real(raw, **k)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    jobs = [
        Job("slow", b"<p>SLOW</p>", "http://a.test/s"),
        *(Job(n, PAGE.encode(), "http://a.test/") for n in range(3)),
    ]
    monkeypatch.setattr(workers, "WALL_FACTOR", 8.0)
    outcomes = {outcome.key: outcome for outcome in run(jobs, ExtractSettings(workers=1, seconds=1))}
    assert outcomes["slow"].code == "extract_timeout"
    assert all(outcomes[n].code is None for n in range(3))


def test_the_time_a_caller_takes_between_outcomes_is_no_pages_time(monkeypatch):
    away = []
    clock = PatientClock(lambda: time.monotonic() + 3600.0 * len(away))
    monkeypatch.setattr(workers, "PatientClock", lambda: clock)
    outcomes = run([Job(n, PAGE.encode(), "http://a.test/") for n in range(8)], ExtractSettings(workers=2))
    codes = []
    for outcome in outcomes:
        codes.append(outcome.code)
        away.append("for an hour")
    assert codes == [None] * 8


def test_a_look_after_an_hour_counts_as_one_step():
    now = iter([0.0, 0.4, 0.4, 3600.0, 3600.5, 3000.0])
    clock = PatientClock(lambda: next(now))
    assert [clock.look() for _ in range(5)] == pytest.approx([0.4, 0.4, 0.4 + STEP, 0.9 + STEP, 0.9 + STEP])


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("bytearray(3 << 30)", "extract_memory"),
        ("__import__('os').abort()", "extract_crash"),
        ("1 / 0", "extract_crash"),
    ],
)
def test_memory_crashes_and_bugs_cost_one_page(monkeypatch, tmp_path, what, code):
    (tmp_path / "sitecustomize.py").write_text(
        "import extract.page as p\nreal = p.extract\n"
        f"p.extract = lambda raw, **k: {what} if b'BAD' in raw else real(raw, **k)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    jobs = [Job("bad", b"<p>BAD</p>", "http://a.test/b"), Job("good", PAGE.encode(), "http://a.test/g")]
    outcomes = {outcome.key: outcome for outcome in run(jobs, ExtractSettings(workers=1))}
    assert outcomes["bad"].code == code
    assert outcomes["good"].document.title == "题目"


def test_stopping_early_leaves_no_child_behind():
    outcomes = run((Job(n, PAGE.encode(), "http://a.test/") for n in range(50)), ExtractSettings(workers=1))
    assert next(outcomes).document.title == "题目"
    outcomes.close()
    with pytest.raises(StopIteration):
        next(outcomes)


class Interrupted(io.BytesIO):
    """Takes a thousand bytes at a time, like a pipe whose writer is stopped and goes on."""

    def write(self, data):
        return super().write(bytes(data[:1000]))


def test_a_frame_arrives_whole_through_a_stream_that_takes_it_in_parts():
    stream = Interrupted()
    workers.send(stream, "long" * 10_000)
    stream.seek(0)
    assert workers.receive(stream) == "long" * 10_000
