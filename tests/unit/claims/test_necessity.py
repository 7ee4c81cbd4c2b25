"""What goes without a thing does not need it; what does not go without it needs it."""

import pytest

from counterspin.claims.read import claims_of
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of


def _needs(text):
    claims = claims_of(document_of(text, url="http://a.test/x"), Corpus())
    return {(claim.modality, claim.predicate) for claim in claims if claim.modality in ("must", "noneed")}


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("没有发票也可以退货。", ("noneed", "发票")), ("不带护照照样能登机。", ("noneed", "护照")),
        ("没有发票不能退货。", ("must", "发票")), ("没有驾照一律不能开车。", ("must", "驾照")),
        ("You can return it without a receipt.", ("noneed", "receipt")),
        ("You cannot board without a passport.", ("must", "passport")),
    ],
)  # fmt: skip
def test_what_goes_without_a_thing_says_whether_it_is_needed(text, need):
    assert need in _needs(text)


@pytest.mark.parametrize("text", ["没有异味可以放心住。", "不能没有水。", "You can start without washing your hands."])
def test_a_mere_lack_says_nothing_of_need(text):
    assert not _needs(text)
