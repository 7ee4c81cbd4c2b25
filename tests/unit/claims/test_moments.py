"""Dates, times of day, ages, acidities and whole lives as measures."""

from __future__ import annotations

import pytest

from counterspin.claims.quantities import compatible, quantities
from counterspin.text.normal import fold


def read(text: str, language: str) -> list[tuple[str, float, float, str]]:
    found = [item.quantity for item in quantities(fold(text), language) if not item.period]
    return [(q.dimension, round(q.low, 2), round(q.high, 2), q.operator) for q in found]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("截止到6月30日", "zh", ("date", 182, 182, "<=")),
        ("每年3月1日至6月30日", "zh", ("date", 61, 182, "=")),
        ("3月到6月播种", "zh", ("date", 61, 182, "=")),
        ("晚上10点以后", "zh", ("clock", 22, 22, ">=")),
        ("上午9点到下午5点", "zh", ("clock", 9, 17, "=")),
        ("晚上10点至次日早上8点", "zh", ("clock", 22, 32, "=")),
        ("8:00-20:30", "zh", ("clock", 8, 20.5, "=")),
        ("by 30 June", "en", ("date", 182, 182, "<=")),
        ("the deadline is March 31", "en", ("date", 91, 91, "<=")),
        ("between 9 and 5 pm", "en", ("clock", 9, 17, "=")),
        ("before 8 am", "en", ("clock", 8, 8, "<=")),
        ("the pH should sit between 7.2 and 7.6", "en", ("ph", 7.2, 7.6, "=")),
        ("you must be at least 17 to give blood", "en", ("age", 17, 17, ">=")),
        ("the minimum age for donors is 21", "en", ("age", 21, 21, ">=")),
        ("保持器要戴一辈子", "zh", ("duration", 36500, 36500, "=")),
        ("keep it for life", "en", ("duration", 36500, 36500, "=")),
        ("乙肝疫苗终身只需打一次", "zh", ("frequency", 0, 0, "=")),
        ("三个月只需要换一次", "zh", ("frequency", 0.01, 0.01, "=")),
        ("洗牙一年一次", "zh", ("frequency", 0, 0, "=")),
        ("不得低于转正工资的80%", "zh", ("rate", 80, 80, ">=")),
        ("只刷一遍", "zh", ("count:次", 1, 1, "=")),
        ("剩菜最多放2天", "zh", ("duration", 2, 2, "<=")),
        ("六个月大就能绝育", "zh", ("age", 0.49, 0.49, "=")),
        ("一岁以后可以喝", "zh", ("age", 1, 1, ">=")),
        ("体温一到37.3度就吃药", "zh", ("temperature", 37.3, 37.3, "=")),
        ("每天吃三顿", "zh", ("frequency", 3, 3, "=")),
        ("半个月浇一回", "zh", ("frequency", 0.07, 0.07, "=")),
        ("三月下旬播种", "zh", ("date", 81, 91, "=")),
        ("押金要全额退", "zh", ("rate", 100, 100, "=")),
        ("当天就能领走", "zh", ("duration", 0, 1, "=")),
        ("no later than two days before the trip", "en", ("duration", 2, 2, ">=")),
        ("plant them in late March", "en", ("date", 81, 91, "=")),
        ("ten tax years", "en", ("duration", 3650, 3650, "=")),
        ("a single coat will do", "en", ("count:coat", 1, 1, "=")),
        ("never before the age of 60", "en", ("age", 60, 60, "<=")),
        ("pay half the deposit", "en", ("rate", 50, 50, "=")),
    ],
)
def test_what_no_unit_names_is_a_measure_too(text, language, wanted):
    assert wanted in read(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("一回家就洗手", "zh"),
        ("一点都不疼", "zh"),
        ("有3点建议", "zh"),
        ("月月红", "zh"),
        ("the ratio is 3:20", "en"),
        ("you may leave", "en"),
    ],
)
def test_what_only_looks_like_a_date_or_a_time_is_none(text, language):
    assert [row for row in read(text, language) if row[0] in ("date", "clock", "count:次")] == []


@pytest.mark.parametrize(
    ("left", "right", "language", "agree"),
    [
        ("6月30日前", "3月31日前", "zh", False),
        ("6月30日前", "7月1日前", "zh", True),
        ("8点到20点", "8点到22点", "zh", False),
        ("晚上10点前", "8点到20点", "zh", False),
        ("ph 7.2 to 7.6", "ph 8.2 to 8.6", "en", False),
        ("ph 7.2 to 7.6", "ph 7.4", "en", True),
    ],
)
def test_windows_and_deadlines_are_compared_by_their_ends(left, right, language, agree):
    mine, other = (quantities(fold(text), language)[0].quantity for text in (left, right))
    assert compatible(mine, other, ratio=1.4) is agree
