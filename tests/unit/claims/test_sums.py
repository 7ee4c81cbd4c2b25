"""Sums done in words: which operation is named, what it gives, and what is left alone."""

from __future__ import annotations

import pytest

from counterspin.api import document_from_text
from counterspin.claims.sums import spoken
from counterspin.detect.arithmetic import DETECTOR
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold

READ = [
    ("zh", "定金是900元,尾款是600元,抵扣以后还应退还400元。", 300, 400),
    ("zh", "请人刷墙每平方米20元,30平方米一共要800元。", 600, 800),
    ("zh", "每人50元,4个人一共是250元。", 200, 250),
    ("zh", "一盒25元,吃3盒一共需要80元。", 75, 80),
    ("zh", "学费300元,加上书本费80元,一共400元。", 380, 400),
    ("zh", "一台冰箱2000元,折旧30%,应当减去500元。", 600, 500),
    ("en", "The plumber works 4 hours at £30 an hour, so you pay £150 in all.", 120, 150),
    ("en", "The work takes four hours at 30 pounds an hour, so you pay 150 pounds.", 120, 150),
    ("en", "12 tiles at £3 each come to £40.", 36, 40),
    ("en", "A fee of $20 and a deposit of $50 makes $80 in total.", 70, 80),
    ("en", "The bill is $80 less a $15 discount, so you pay $60.", 65, 60),
    ("en", "The jacket costs $200 with 25% off, so you pay $160.", 50, 160),
]
LEFT_ALONE = [
    ("zh", "每月租金2000元,押一付三,一共要交8000元。"),
    ("zh", "工资5000元,扣除社保500元后,还要缴税30元。"),
    ("zh", "营业收入1200元,同比增长20%,扣除其他以后是200元。"),
    ("zh", "头三天每天20元,住5天至少80元,一共90元。"),
    ("zh", "药每天吃3次,每次2片,一天一共6片。"),
    ("en", "The plumber works 4 hours at £30 an hour and charges £30 extra, so you pay £150 in all."),
    ("en", "Rooms cost £30 a night, and 3 nights are up to £120 in total."),
    ("en", "He bought two tickets for $20 and three books for $30."),
]


@pytest.mark.parametrize(("language", "text", "computed", "stated"), READ)
def test_a_sum_in_words_is_recomputed(language, text, computed, stated):
    (found,) = spoken(fold(text), language)
    assert found.computed[0] == pytest.approx(computed)
    assert found.stated == stated


@pytest.mark.parametrize(("language", "text"), LEFT_ALONE)
def test_what_is_no_single_operation_is_left_alone(language, text):
    assert list(spoken(fold(text), language)) == []


@pytest.mark.parametrize(("stated", "flags"), [("300", 0), ("350", 1)])
def test_the_result_may_stand_in_the_next_sentence(stated, flags):
    text = f"每节课60元,他一个学期上了5节课。所以要交{stated}元。"
    assert len(list(DETECTOR.scan(document_from_text(text, url="http://a.test/"), Corpus()))) == flags


@pytest.mark.parametrize(("times", "stated"), [("用了两年", 1200), ("用了两年", 800), ("", 400), ("", 1600)])
def test_a_share_may_be_meant_in_any_usual_way(times, stated):
    text = f"一台冰箱2000元,{times},折旧20%,所以是{stated}元。"
    assert list(DETECTOR.scan(document_from_text(text, url="http://a.test/"), Corpus())) == []
