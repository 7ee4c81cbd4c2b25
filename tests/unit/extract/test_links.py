from __future__ import annotations

import pytest

from extract.links import absolute


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/x?y#z", "http://a.test/x?y#z"),
        ("x.html", "http://a.test/d/x.html"),
        ("../x.html", "http://a.test/x.html"),
        ("//b.test/q", "http://b.test/q"),
        ("https://b.test/q", "https://b.test/q"),
        (" /a b.html\n", "http://a.test/a%20b.html"),
        ("http://a b.test/", None),
        ("http://[bad", None),
        ("javascript:;", None),
        ("mailto:x@a.test", None),
        ("#top", None),
        ("", None),
        ("/" + "x" * 5000, None),
    ],
)
def test_an_address_is_made_absolute_or_refused(href, url):
    assert url == absolute(href, "http://a.test/d/p.html")


def test_a_blank_in_the_host_is_no_address_and_one_in_the_path_is_kept():
    assert absolute("http://a b.test/x", "http://c.test/") is None
    assert absolute("http://a.test/x y?q=1 2", "http://c.test/") == "http://a.test/x%20y?q=1%202"
