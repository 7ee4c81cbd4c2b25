"""The server: proxy and Host header, the log, the clock, and replies that travel badly."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.errors import LockedError
from crawler.simweb import Reply, Web, serve
from crawler.simweb.families import build
from crawler.simweb.judge import read_log
from crawler.simweb.server import read_request
from crawler.simweb.web import Delivery, Request, conditional, etag, merge, text_reply


def _web(**hosts):
    return Web({f"{name}.test": site for name, site in hosts.items()})


def _hello(request):
    return conditional(request, text_reply(f"hello {request.target}").with_headers(("ETag", etag(b"hello"))))


def test_it_answers_as_a_proxy_for_any_host_of_its_web(get):
    with serve(_web(a=_hello, b=lambda _: text_reply("b"))) as running:
        assert get(running, "http://a.test/x?y=1")[2] == b"hello /x?y=1"
        assert get(running, "http://b.test/")[2] == b"b"


def test_it_answers_by_host_header_without_a_proxy():
    with serve(_web(a=_hello)) as running:
        request = urllib.request.Request(f"{running.proxy}/path", headers={"Host": "a.test:80"})
        with urllib.request.urlopen(request, timeout=120) as reply:
            assert reply.read() == b"hello /path"


def test_a_host_that_is_not_of_the_web_gets_502(get):
    with serve(_web(a=_hello)) as running:
        assert get(running, "http://elsewhere.test/")[0] == 502


def test_a_name_below_a_wildcard_is_answered(get):
    with serve(Web({}, {"wild.test": _hello})) as running:
        assert get(running, "http://a.b.wild.test/")[0] == 200
        assert get(running, "http://wild.test/")[0] == 502


def test_one_connection_carries_many_requests():
    with serve(_web(a=_hello)) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
        for number in range(3):
            connection.request("GET", f"http://a.test/{number}")
            assert connection.getresponse().read() == f"hello /{number}".encode()
        connection.close()
        assert len(running.hits) == 3


def test_it_stops_quietly_while_a_client_is_still_connected(caplog):
    with serve(_web(a=_hello)) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
        connection.request("GET", "http://a.test/")
        connection.getresponse().read()
    connection.close()
    assert caplog.records == []


def test_head_sends_no_body():
    with serve(_web(a=_hello)) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
        connection.request("HEAD", "http://a.test/")
        reply = connection.getresponse()
        assert (reply.status, reply.read()) == (200, b"")
        connection.close()


def test_a_tunnel_is_refused():
    with serve(_web(a=_hello)) as running, socket.create_connection(("127.0.0.1", running.port), timeout=120) as client:
        client.sendall(b"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 405")


def test_a_request_that_is_none_gets_400():
    with serve(_web(a=_hello)) as running, socket.create_connection(("127.0.0.1", running.port), timeout=120) as client:
        client.sendall(b"nonsense\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 400")


def test_the_log_tells_what_a_test_needs_to_judge(get, tmp_path):
    with serve(_web(a=_hello), log=tmp_path / "log.jsonl") as running:
        tag = get(running, "http://a.test/", User_Agent="tester")[1]["ETag"]
        assert get(running, "http://a.test/", If_None_Match=tag)[0] == 304
    first, second = read_log(tmp_path / "log.jsonl")
    assert (first.host, first.url, first.agent, first.status, first.sent) == (
        "a.test",
        "http://a.test/",
        "tester",
        200,
        7,
    )
    assert (second.if_none_match, second.status, second.sent) == (tag, 304, 0)
    assert first.time <= second.time


def test_a_log_line_that_was_cut_is_left_out(tmp_path):
    log = tmp_path / "log.jsonl"
    log.write_text('{"time": 1', encoding="utf-8")
    assert read_log(log) == ()


def test_the_virtual_clock_moves_by_method_by_url_and_by_header(get):
    with serve(_web(a=lambda request: text_reply(f"{request.clock:.0f}"))) as running:
        running.advance(days=1)
        assert get(running, "http://a.test/")[2] == b"86400"
        get(running, "http://simweb.test/clock?seconds=100")
        assert get(running, "http://a.test/")[2] == b"86500"
        assert get(running, "http://a.test/", X_Simweb_Clock="7")[2] == b"7"


def test_the_log_can_be_asked_for_over_http(get):
    with serve(_web(a=_hello)) as running:
        get(running, "http://a.test/1")
        lines = get(running, "http://simweb.test/hits")[2].decode().splitlines()
        assert [json.loads(line)["url"] for line in lines] == ["http://a.test/1"]


def test_a_log_that_is_forgotten_begins_anew(get):
    with serve(_web(a=_hello)) as running:
        get(running, "http://a.test/1")
        running.forget()
        assert running.hits == ()


@pytest.mark.parametrize("kind", ["reset", "long_length", "bad_chunk", "close"])
def test_a_broken_delivery_breaks_the_client(get, kind):
    reply = Reply(200, b"x" * 5000, (("Content-Type", "text/plain"),), Delivery(kind))
    with serve(_web(a=lambda _: reply)) as running, pytest.raises((OSError, http.client.HTTPException)):
        get(running, "http://a.test/")


@pytest.mark.parametrize(("kind", "received"), [("chunked", 100), ("short_length", 50), ("slow", 100), ("drip", 100)])
def test_an_odd_delivery_still_arrives(get, kind, received):
    delivery = Delivery(kind, seconds=0.001)
    with serve(_web(a=lambda _: Reply(200, b"x" * 100, (), delivery))) as running:
        assert len(get(running, "http://a.test/")[2]) == received


def test_an_endless_body_ends_at_its_limit(get):
    with serve(_web(a=lambda _: Reply(200, b"x" * 1000, (), Delivery("endless", limit=5000)))) as running:
        assert len(get(running, "http://a.test/")[2]) == 5000


def test_a_silent_server_sends_no_byte(get):
    reply = Reply(delivery=Delivery("silent", seconds=3600.0))
    with serve(_web(a=lambda _: reply)) as running, pytest.raises(TimeoutError):
        get(running, "http://a.test/", timeout=0.3)


def test_a_client_that_leaves_before_a_silent_server_does_is_no_error(caplog):
    reply = Reply(delivery=Delivery("silent", seconds=0.2))
    with serve(_web(a=lambda _: reply)) as running:
        with socket.create_connection(("127.0.0.1", running.port), timeout=120) as client:
            client.sendall(b"GET http://a.test/ HTTP/1.1\r\n\r\n")
        while not running.hits:  # the server wakes up to find nobody there
            time.sleep(0.02)
        assert [hit.status for hit in running.hits] == [0]
    assert caplog.records == []


def test_a_port_in_use_is_told_in_one_line():
    with serve(_web(a=_hello)) as running:
        taken = serve(_web(a=_hello), port=running.port)
        with pytest.raises(LockedError, match=rf"port {running.port} is in use"):
            taken.__enter__()


def test_two_webs_merged_answer_for_both_and_the_first_wins():
    one, two = _web(a=lambda _: text_reply("one")), _web(a=lambda _: text_reply("two"), b=_hello)
    merged = merge(one, two)
    assert merged.answer(Request("GET", "a.test", "/")).body == b"one"
    assert merged.answer(Request("GET", "b.test", "/")).status == 200


def test_a_request_line_in_absolute_form_is_read_like_one_with_a_host():
    absolute = read_request(b"GET http://A.test:80/x?y HTTP/1.1\r\n\r\n", clock=0.0)
    plain = read_request(b"GET /x?y HTTP/1.1\r\nHost: a.test\r\n\r\n", clock=0.0)
    assert (absolute.host, absolute.target) == (plain.host, plain.target) == ("a.test", "/x?y")


@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_a_request_or_none(head):
    request = read_request(head + b"\r\n\r\n", clock=0.0)
    assert request is None or request.method


@pytest.mark.parametrize("line", [b"GET http://[bad HTTP/1.1", b"GET / HTTP/1.1\r\nX-Simweb-Clock: soon", b"GET /"])
def test_a_target_or_a_clock_that_is_none_is_no_request(line):
    assert read_request(line + b"\r\n\r\n", clock=0.0) is None


def test_a_query_that_a_site_cannot_read_gets_400(get):
    with serve(build("traps")) as running:
        assert get(running, "http://calendar.traps.test/calendar/?year=soon")[0] == 400
        assert get(running, "http://simweb.test/clock?days=soon")[0] == 400


def test_it_runs_as_a_module_and_prints_its_port(tmp_path):
    command = [sys.executable, "-m", "crawler.simweb", "--log", str(tmp_path / "log"), "--web", "size:pages=3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            port = int(process.stdout.readline())
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            connection.request("GET", "http://size0.test/p/2.html")
            assert connection.getresponse().status == 200
            connection.close()
        finally:
            process.terminate()
    assert [hit.url for hit in read_log(tmp_path / "log")] == ["http://size0.test/p/2.html"]
