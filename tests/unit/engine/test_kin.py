"""Texts that are alike because both were made from one and the same third."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterspin.api import document_from_text
from counterspin.engine.company import kin
from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.script import SIMPLIFIED, TRADITIONAL

RELEASE = (
    "海天公司昨天在总部举行发布会,推出第三代水处理设备,处理能力比上一代提高四成,能耗下降一成半,预计今年十月开始供货。"
    "总经理表示,新设备适合中小城镇使用,已与六个县市签订协议。"
)
EVENING = (
    "海天公司昨日在总部召开发布会,推出第三代水处理设备,处理能力较上一代提高四成,能耗降低一成半,预计今年十月开始供货。"
    "总经理说,新设备适合中小城镇使用,已和六个县市签订协议。"
)
MORNING = (
    "海天公司15日在总部举行发布会,推出第三代水处理装置,处理能力比上一代增加四成,能耗减少一成半,预计今年十月起供货。"
    "总经理介绍,新装置适合中小城镇使用,已与六个县市签署协议。"
)


def page(text, name, credit=None):
    return replace(document_from_text(text, url=f"http://{name}.test/a"), source=credit)


def spun(*pages):
    return {flag.url for flag in run(pages, Settings()).flags if flag.category == "spun"}


def test_two_papers_that_credit_one_press_release_did_not_spin_one_another():
    release = page(RELEASE, "haitian")
    assert spun(release, page(EVENING, "evening", "haitian.test"), page(MORNING, "morning", "haitian.test")) == set()


def test_without_a_credit_reworded_text_is_a_rewrite():
    assert spun(page(RELEASE, "haitian"), page(EVENING, "evening")) != set()


@pytest.mark.parametrize(
    ("reason", "expected"), [("regional", "regional"), ("syndicated", "syndicated"), ("copy", None)]
)
def test_only_an_exit_that_both_share_with_a_third_is_theirs(reason, expected):
    assert kin({(0, 1): "rewrite", (0, 2): reason, (1, 2): reason}).get((0, 1)) == expected


def test_two_exits_beside_different_texts_excuse_nothing():
    assert kin({(0, 1): "rewrite", (0, 2): "regional", (1, 3): "regional", (1, 2): "unlike"}) == {}


def test_a_text_of_both_scripts_is_no_conversion():
    one = dict(zip(SIMPLIFIED, TRADITIONAL, strict=True))
    swapped = RELEASE.replace("举行", "召开").replace("下降", "降低").replace("表示", "指出").replace("使用", "采用")
    mixed = "".join(one.get(char, char) if at % 2 else char for at, char in enumerate(swapped))
    assert spun(page(RELEASE, "haitian"), page(mixed, "farm")) != set()
