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
