"""Forbidden addresses are tested as strings: nothing is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import Guard, is_public

FORBIDDEN = [
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0.0.0.0",
    "0",
    "00",
    "127.000.000.001",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "foo.localhost",
    "printer.local",
    "db.internal",
    "nas.lan",
    "router.home",
    "wiki.corp",
    "x.home.arpa",
    "x.onion",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.1.254",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[::127.0.0.1]",
    "[2001:0:7f00:1::]",
    "[2001:470::5efe:127.0.0.1]",
    "[64:ff9b:1::1]",
    "１２７.０.０.１",
    "127。0。0。1",
    "intranet",
    "1.2.3.4.5",
    "0x7g.1.1.0x1",
]


@pytest.mark.parametrize("host", FORBIDDEN)
def test_every_form_of_a_forbidden_address_is_refused(host):
    refusal = Guard().refusal(f"http://{host}/")
    assert refusal is not None
    assert refusal.code in ("forbidden_address", "bad_url")


@pytest.mark.parametrize("url", ["http://example.com/", "https://www.example.com.cn/x?y", "http://8.8.8.8/",
                                 "http://[2606:4700::1111]/", "http://a.test:8080/"])  # fmt: skip
def test_public_addresses_pass(url):
    assert Guard().refusal(url) is None


@pytest.mark.parametrize("host", ["-4.0", "+1.2", "1_0.1", "-0.0.0.1", "0x_1.1"])
def test_a_host_of_numbers_that_no_resolver_takes_is_refused(host):
    refusal = Guard().refusal(f"http://{host}/")
    assert refusal is not None
    assert refusal.code == "forbidden_address"


@pytest.mark.parametrize(
    ("url", "code"),
    [("ftp://a.test/", "forbidden_scheme"), ("file:///etc/passwd", "forbidden_scheme"),
     ("data:text/html,x", "forbidden_scheme"),
     ("http://a.test:22/", "forbidden_port"), ("http://u:p@a.test/", "forbidden_address"), ("http://[bad", "bad_url"),
     ("http://..test/", "bad_url"), ("http://a.test/\x00", None),
     ("http://a b.test/", "bad_url"), ("http://" + "a" * 3000, "bad_url")],
)  # fmt: skip
def test_schemes_ports_and_broken_addresses_have_codes(url, code):
    refusal = Guard().refusal(url)
    assert (refusal.code if refusal else None) == code


def test_only_the_exact_pair_of_host_and_port_is_let_through():
    guard = Guard(frozenset({"127.0.0.1:9000"}))
    assert guard.refusal("http://127.0.0.1:9000/x") is None
    assert guard.refusal("http://127.0.0.1:9001/") is not None
    assert guard.refusal("http://127.0.0.1/") is not None


def test_one_forbidden_answer_of_a_name_refuses_the_name():
    assert Guard().may_connect("a.test", ["8.8.8.8"])
    assert not Guard().may_connect("a.test", ["8.8.8.8", "127.0.0.1"])
    assert not Guard().may_connect("a.test", ["::ffff:10.0.0.1"])


@given(st.integers(0, 2**32 - 1))
def test_an_address_is_judged_alike_in_all_its_spellings(number):
    import ipaddress

    plain = ipaddress.IPv4Address(number)
    forms = [str(plain), str(number), hex(number), f"[::ffff:{plain}]"]
    assert len({Guard().refusal(f"http://{form}/") is None for form in forms}) == 1
    assert (Guard().refusal(f"http://{plain}/") is None) == is_public(str(plain))


@given(st.text(max_size=40))
def test_the_guard_never_raises(text):
    Guard().refusal(text)
    Guard().refusal(f"http://{text}/")


@pytest.mark.parametrize(
    "host", ["127.0.0.2,good.test", "good.test;x", "a'b.test", "$(id).test", "a*b.test", "{x}.test"]
)
def test_a_host_that_is_no_name_is_refused(host):
    refusal = Guard().refusal(f"http://{host}/")
    assert refusal is not None
    assert refusal.code == "bad_url"
