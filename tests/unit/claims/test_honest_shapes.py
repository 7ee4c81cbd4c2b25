"""What looks like a rival answer and is none: another kind, another place in a row, a name, a comparison, a case."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text

RESTS = (
    "押金是一个月租金。|押金三个月退还。",
    "The deposit is five weeks' rent.|The deposit is held for ten days.",
    "龟缸每周换一次水。|水在龟缸里能用一个月。",
    "The seat springs back in two seconds.|In spring the seat is oiled twice a week.",
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
    "订金不能超过房款的两成。|订金不能超过房款的六成。",
    "A canoe badge is good for ten years from the day it is issued.|A canoe badge is good for two years.",
    "The legal minimum groove depth is 1 mm.|By law a groove must be at least 4 mm deep.",
    "船桨六年换一回。|船桨必须两年更换。",
    "押金是一个月租金。|押金是三个月租金。",
    "The deposit is five weeks' rent.|The deposit is two months' rent.",
    "大米淘两遍就行。|大米要淘五遍。",
    "The earliest you can send it is three months before the trip.|You can send it six months before the trip.",
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
