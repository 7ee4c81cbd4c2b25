"""Two values that are the only ones of their measure that a page gives of what both name."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text

FIRES = (
    "琴房漏雨要在三天内报修。琴凳另算。琴房报修漏雨的房顶,一个月之内打电话都可以。",
    "Road tyres are run at 90 psi. Check the valve. Keep road tyres at 40 psi for comfort.",
)
RESTS = (
    # a kind of the thing
    "钢琴每年调音一次。新钢琴第一年要调音四次。",
    # a third sentence measures the same words: a list of many things
    "Road tyres are run at 90 psi. Mountain tyres want 30 psi. Keep road tyres at 40 psi on gravel.",
    # dates, prices and counts: stories and lists give many
    "The band played in Leeds on 4 May. It rained. Fans of the band in Leeds met again on 9 June.",
)


def numeric(text: str) -> list[str]:
    document = document_from_text(text, url="http://one.test/x", title="")
    return [flag.rule for flag in analyse([document]) if flag.rule == "numeric"]


@pytest.mark.parametrize("text", FIRES)
def test_two_values_alone_on_their_page_are_held_against_one_another(text):
    assert numeric(text)


@pytest.mark.parametrize("text", RESTS)
def test_values_that_are_not_alone_or_of_one_thing_rest(text):
    assert numeric(text) == []
