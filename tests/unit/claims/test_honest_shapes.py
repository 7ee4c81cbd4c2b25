"""What looks like a rival answer and is none: another kind, another place in a row, a name, a comparison, a case."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text

RESTS = (
    "成年羊驼体内驱虫三个月一次。|羊驼体外驱虫每月一次。",
    "The thick end of the mat soaks through in two hours.|The thin end of the mat soaks through in ten minutes.",
    "第四周可以连划十分钟。|第八周可以连划三十分钟。",
    "In week two row for ten minutes.|In week six row for thirty minutes.",
    "无限生长型要打杈。|有限生长型不用打杈。",
    "不足24小时,收20%的票款。|不足48小时,收10%的票款。",
    "从来没划过的人,先练平衡。|划过两年以上的人,可以下湖。",
    "Measure the mash cold. If you must measure the mash warm, add two points.|Pour slowly.",
    "Felt is better than plastic.|Plastic is still better than nothing.",
)
FIRES = (
    "羊驼室内驱虫三个月一次。|羊驼室内驱虫每周一次。",
    "Always smoke the hive before you open it.|You don't need to smoke the hive before opening it if you work slowly.",
    "鼓面不用天天绷,一年绷一次足够了。|鼓面每周绷一次。",
)


def contradictions(texts: str) -> list[str]:
    documents = [
        document_from_text(text, url=f"http://{at}.example-{at}.test/a", title="")
        for at, text in enumerate(texts.split("|"))
    ]
    return [flag.rule for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("texts", RESTS)
def test_another_kind_place_or_case_is_no_conflict(texts):
    assert contradictions(texts) == []
    assert contradictions(texts.replace("|", "\n\n")) == []


@pytest.mark.parametrize("texts", FIRES)
def test_what_differs_on_one_question_is_found(texts):
    assert contradictions(texts)
