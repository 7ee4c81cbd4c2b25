from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.urls import authority_of, channel_of, domain_of, fetch_url, host_of, shape_of, url_key


@pytest.mark.parametrize(
    "other",
    [
        "HTTP://Example.COM:80/a/b.html?x=1&y=2", "https://example.com/a/b.html?x=1&y=2",
        "http://example.com./a/b.html?y=2&x=1", "http://example.com/a/./c/../b.html?x=1&y=2#part",
        "http://example.com//a//b.html?x=1&y=2", "http://example.com/a/b.html?x=1&utm_source=z&y=2",
        "http://example.com/a/b.html;jsessionid=4F?x=1&y=2", "http://example.com/%61/b.html?x=1&y=2",
        "http:\\\\example.com\\a\\b.html?x=1&y=2", "http://example.com/a/b.html?PHPSESSID=9&x=1&y=2",
        "http://example.com/a/b.html?x=1&y=2&from=timeline", "  http://example.com/a/b.html?x=1&y=2\n",
        "http://ｅxample.com/a/b.html?x=1&y=2",
    ],
)  # fmt: skip
def test_spellings_of_one_page_share_a_key(other):
    assert url_key("http://example.com/a/b.html?x=1&y=2") == url_key(other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("http://a.test/?b=1", "http://a.test/?b=2"), ("http://a.test/x", "http://b.test/x"),
        ("http://a.test/x", "http://a.test/X"), ("http://a.test:8080/", "http://a.test/"),
        ("http://a.test/?from=2024", "http://a.test/?from=2023"), ("http://a.test/x/", "http://a.test/x"),
        ("http://a.test/a%2Fb", "http://a.test/a/b"),
    ],
)  # fmt: skip
def test_different_pages_keep_different_keys(left, right):
    assert url_key(left) != url_key(right)


def test_a_parameter_learnt_as_session_is_left_out():
    assert url_key("http://a.test/?id=1&token=x", frozenset({"token"})) == url_key("http://a.test/?id=1")


def test_the_fetch_url_keeps_the_order_of_its_query():
    assert fetch_url("HTTP://A.test/x?b=2&a=1&utm_source=q#top") == "http://a.test/x?b=2&a=1&utm_source=q"


@pytest.mark.parametrize(
    "bad", ["javascript:alert(1)", "mailto:a@b.c", "http://[bad", "http://u:p@a.test/", "http://a b.test/", "",
            "http:///x", "ftp://a.test/", "http://a.test:99999/", "http://" + "a" * 3000],
)  # fmt: skip
def test_what_is_no_page_has_no_fetch_url(bad):
    assert fetch_url(bad) is None


@given(st.text(max_size=60))
def test_the_key_never_raises_and_is_stable(text):
    for url in (text, f"http://a.test/{text}", f"http://{text}/"):
        fetched = fetch_url(url)
        if fetched is not None:
            assert fetch_url(fetched) == fetched
            assert url_key(fetched) == url_key(url)
        host_of(url)


def test_a_lone_surrogate_in_a_path_does_not_begin_a_query():
    assert fetch_url("http://a.test/b\ud800c") == "http://a.test/b%EF%BF%BDc"


def test_a_host_with_a_control_character_is_none():
    assert fetch_url("http://-t\x11\x1c\u3002/") is None


def test_a_relative_address_is_joined_to_its_base():
    assert fetch_url("../c.html?x", "http://a.test/a/b/d.html") == "http://a.test/a/c.html?x"
    assert fetch_url("//b.test/x", "https://a.test/") == "https://b.test/x"


def test_channel_shape_and_domain_are_parts_of_an_address():
    assert channel_of("http://a.test/news/2024/05/x.html") == "/news/"
    assert channel_of("http://a.test/x.html") == "/"
    assert shape_of("http://a.test/info/a/8841.html?p=2&q=") == "/info/a/#.html?p&q"
    assert authority_of("http://a.test:8080/x") == "a.test:8080"
    assert domain_of("m.news.example.com.cn") == "example.com.cn"
