from __future__ import annotations

from crawler.answer import Answer


def test_a_header_that_is_no_text_can_be_stored():
    sent = b'"\xff\xfe\x80"'.decode("utf-8", "surrogateescape")
    answer = Answer(200, (("ETag", sent), ("Location", "/滤芯")), b"", 0.1)
    assert answer.header("etag") == '"\ufffd\ufffd\ufffd"'
    assert answer.header("location") == "/滤芯"
    assert answer.header("age") is None
    assert answer.exchange("http://a.test/", 0.0).headers[0] == ("ETag", sent)
