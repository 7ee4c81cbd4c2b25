"""What a quick reading takes from a page for the crawl."""

from __future__ import annotations

from crawler.reading import Job, read


def test_of_several_anchors_of_one_address_the_longest_names_it():
    page = (
        "<html><head><title>x</title></head><body><a href='/b'><img src='b.png'></a><p>"
        + "正文内容说明。" * 40
        + "</p><a href='/b'>净水器滤芯多久换一次</a> <a href='/b'>更多</a> <a href='/c'>其他</a></body></html>"
    )
    reading = read(Job("http://a.test/", page.encode(), (("Content-Type", "text/html; charset=utf-8"),), 1 << 20, 200))
    assert list(zip(reading.links.urls, reading.links.anchors, strict=True)) == [
        ("http://a.test/b", "净水器滤芯多久换一次"),
        ("http://a.test/c", "其他"),
    ]
