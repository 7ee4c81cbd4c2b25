"""What a page says to robots, in its head or its meta element, is read and kept."""

from __future__ import annotations

from crawler.reading import Job, read

PAGE = (
    "<html><head><title>x</title>{}</head><body><p>"
    + "正文内容说明。" * 40
    + '</p><a href="/b.html">b</a></body></html>'
)


def words(meta: str = "", *tags: str):
    headers = (("Content-Type", "text/html; charset=utf-8"), *(("X-Robots-Tag", tag) for tag in tags))
    return read(Job("http://a.test/", PAGE.format(meta).encode(), headers, 1 << 20, 200))


def test_noarchive_is_kept_from_meta_element_and_header():
    assert words('<meta name="robots" content="NOARCHIVE, noindex">').robots == {"noarchive", "noindex"}
    assert words("", "noarchive").robots == {"noarchive"}


def test_a_word_for_another_robot_is_not_ours():
    assert words("", "otherbot: noarchive").robots == frozenset()
    assert words("", "counterspin: noarchive").robots == {"noarchive"}


def test_links_of_a_page_that_says_nofollow_are_not_taken():
    assert len(words().links) == 1
    assert len(words("", "none").links) == 0
