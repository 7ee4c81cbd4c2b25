"""A copy that names its source is syndicated, whether it gives the address or the name of the site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterspin.api import analyse, document_from_text

TEXT = (
    "从交还钥匙、双方在交接单上签字的那天起算,不是从合同到期那天起算。房东拖着不来验房的,你可以拍视频、寄回钥匙,"
    "并发短信告知,以短信送达之日为准。"
)


@pytest.mark.parametrize(("source", "expected"), [(None, {"copy"}), ("民生法律援助", set()), ("别的网站", {"copy"})])
def test_a_named_source_excuses_the_copy_of_its_own_text_only(source, expected):
    origin = document_from_text(TEXT, url="http://falv.minsheng-yuanzhu.test/a.html", title="押金几天退")
    origin = replace(origin, marks=(*origin.marks, "site_name:民生法律援助"))
    copy = document_from_text(TEXT, url="http://news.ribao.test/b.html", title="押金几天退")
    copy = replace(copy, source=source)
    flags = [flag for flag in analyse([origin, copy]) if flag.rule == "near_copy"]
    assert bool(expected) == bool(flags)
