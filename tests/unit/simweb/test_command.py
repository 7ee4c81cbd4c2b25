"""``counterspin simweb``: lists the families, tells the truth of a web, serves it."""

from __future__ import annotations

import http.client
import subprocess
import sys

import click.testing

from counterspin.cli.simweb import command


def _run(*words):
    return click.testing.CliRunner().invoke(command, words)


def test_it_lists_the_families_with_their_keys():
    output = _run("--list").output
    assert "traps       calendar, session ids" in output
    assert "good=100 beside=5" in output


def test_it_prints_what_is_known_of_the_pages():
    lines = _run("mirrors:sites=1,pages=2", "--truth").output.splitlines()
    assert "swapped\thttp://spun0.mr.test/a/1.html" in lines
    assert len(lines) == 10


def test_it_serves_a_web_and_prints_its_proxy(tmp_path):
    command_ = [sys.executable, "-m", "counterspin", "simweb", "size:pages=2", "--log", str(tmp_path / "log")]
    with subprocess.Popen(command_, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline().rpartition(":")[2])
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "http://size0.test/p/1.html")
            assert connection.getresponse().status == 200
            connection.close()
        finally:
            process.terminate()
    assert (tmp_path / "log").read_text(encoding="utf-8").count("\n") == 1


def test_an_unknown_family_is_one_line_and_exit_code_2():
    command_ = [sys.executable, "-m", "counterspin", "simweb", "nope"]
    ended = subprocess.run(command_, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "there are change, demo" in ended.stderr
