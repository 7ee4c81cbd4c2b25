"""Texts that an editor worded anew, beside those that a dictionary did."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text
from counterspin.text.edited import edited_odds
from counterspin.text.relation import EDITED, relate
from counterspin.text.tokens import tokens_of

TERMS = (
    "您应当对账号和密码的安全负责，不得将账号转让、出租或出借给他人使用。因您保管不善导致的损失，由您自行承担。",
    "用户须对账号及密码的安全负责，不得将账号转让、出租或者出借给第三人。因用户保管不当造成的损失，由用户自行承担。",
)
PHONES = (
    (
        "Pupils may bring a phone to school but it must be switched off and kept in their bag throughout the day. "
        "Phones that are seen will be confiscated and can be collected from reception at the end of the day."
    ),
    (
        "Students may bring a phone to the academy but it must be turned off and kept in their locker during the day. "
        "Any phone that is seen will be confiscated and may be collected from the office at the end of the day."
    ),
)
SOURCE = "浇水之前先检查土壤，表面干燥的时候再浇，一次浇透。如果发现叶子发黄，需要减少浇水，并且马上移到通风的地方。"
SPUN = "浇水之前先查验土壤，表面干枯的时分再浇，一次浇透。倘若察觉叶子发黄，须得缩减浇水，并且立刻移到通风的地方。"


def odds(left, right):
    return edited_odds(relate(tokens_of(left), tokens_of(right)))


def rules(*texts):
    pages = [
        document_from_text(text, url=f"http://{name}.test/") for name, text in zip("abcdefgh", texts, strict=False)
    ]
    return {flag.rule for flag in analyse(pages)}


@pytest.mark.parametrize("texts", [TERMS, PHONES], ids=["terms in Chinese", "a policy in English"])
def test_what_an_editor_worded_anew_is_no_rewrite(texts):
    assert odds(*texts) >= EDITED
    assert rules(*texts) == set()


def test_words_for_words_with_nothing_else_changed_are_a_dictionary_s():
    assert odds(SOURCE, SPUN) < -EDITED
    assert rules(SOURCE, SPUN) == {"rewrite"}


def test_words_that_a_filter_struck_out_make_no_editor():
    assert odds(SOURCE, SPUN.replace("叶子", "").replace("土壤", "")) < 0.0


def test_words_put_in_where_others_are_left_out_speak_for_an_editor():
    added = SPUN.replace("叶子", "").replace("土壤", "").replace("再浇", "再慢慢浇").replace("移到", "赶快移到")
    assert odds(SOURCE, added) > odds(SOURCE, SPUN.replace("叶子", "").replace("土壤", "")) + EDITED


@pytest.mark.parametrize(
    ("honest", "hidden"),
    [
        ("water the plant with care", "wаter thе рlant with care"),
        ("water the plant with care", "water the {plant|bush} with care"),
    ],
    ids=["letters of another script", "a choice left open"],
)
def test_no_editor_hides_words(honest, hidden):
    assert odds(honest, hidden) <= 0.0


def test_what_many_pages_show_is_a_dictionary_s_though_it_holds_single_characters():
    texts = (
        "番茄和黄瓜都要多晒太阳，浇水也要勤，但是盆里不能积水。天气很热的时候会落花，需要遮阴。",
        "猫和狗都要按时驱虫，水盆也要常洗，但是洗澡不能太勤。皮毛很干的时候会掉毛，需要补油。",
        "木门和木窗都要先打磨，底漆也要刷匀，但是第一遍不能太厚。空气很湿的时候会起泡，需要晾干。",
        "面粉和清水都要称量，盐也要少放，但是酵母不能碰热水。气温很低的时候会发不起来，需要保温。",
        "冰箱和烤箱都要留缝，地线也要接好，但是插座不能共用。电压很低的时候会跳闸，需要检修。",
    )
    rewritten = [
        text.replace("和", "与").replace("都", "均").replace("也", "亦").replace("很", "十分").replace("会", "将")
        for text in texts
    ]
    assert "rewrite" not in rules(texts[0], rewritten[0])
    assert "rewrite" in rules(*texts[:4], *rewritten[:4])


def test_linking_words_that_dictionaries_replace_make_no_editor():
    source = (
        "Sweep the chimney in spring and keep the wood dry, but never burn painted boards, because they give off fumes."
    )
    spun = source.replace("and", "plus").replace("but", "yet").replace("because", "since").replace("fumes", "gases")
    assert odds(source, spun) < -EDITED
    assert rules(source, spun) == {"rewrite"}
