"""A text too short for the extractor to name its language is read all the same."""

from __future__ import annotations

import pytest

from counterspin.api import document_from_text
from counterspin.claims.read import claims_of
from counterspin.text.corpus import Corpus


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dogs can eat grapes in small amounts.", "en"),
        ("孕妇禁止吃螃蟹。", "zh"),
        ("Hunde können Trauben in kleinen Mengen essen.", None),
        ("犬はぶどうを食べてはいけません。", None),
    ],
)
def test_a_short_text_is_read_by_its_script_and_small_words(text, expected):
    claims = claims_of(document_from_text(text, url="http://a.test/"), Corpus())
    assert {expected} - {None} == {claim.language for claim in claims}
