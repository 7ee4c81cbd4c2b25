"""What the demo prints of a rewritten passage."""

from __future__ import annotations

import re

from counterspin.cli.demo import _diff
from counterspin.identity import new_flag
from counterspin.model import Counterpart, Evidence, Passage


def test_the_words_of_an_english_passage_keep_the_spaces_between_them():
    source = "Most of the mould grows above the shower, where warm air meets a cold wall."
    spun = "Most of the shape develops above the shower, where warm air meets a chilly wall."
    passage = Passage("paragraph", 0, 0, len(spun), spun)
    flag = new_flag(
        "spun",
        "rewrite",
        "http://copy.test/",
        passage,
        score=0.9,
        reason="three words replaced",
        evidence=(Evidence(role="subject", url="http://copy.test/", start=0, end=len(spun), text=spun),),
        counterpart=Counterpart(url="http://source.test/", passage=source, start=0, end=len(source)),
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", _diff(flag))
    assert plain.startswith(
        "Most of the [mould -> shape] [grows -> develops] above the shower, where warm air meets a [cold"
    )
