"""Numbers with units, in Chinese and English."""

from __future__ import annotations

import pytest

from counterspin.claims.numerals import english_number
from counterspin.claims.quantities import compatible, quantities
from counterspin.text.normal import fold
from counterspin.text.numerals import number


def read(text: str, language: str = "zh") -> list[tuple[str, float, float, str]]:
    found = [item.quantity for item in quantities(fold(text), language) if not item.period]
    return [(q.dimension, round(q.low, 3), round(q.high, 3), q.operator) for q in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("半个月内", ("duration", 15, 15, "<=")),
        ("3-5个工作日", ("duration", 3, 5, "=")),
        ("三至五天", ("duration", 3, 5, "=")),
        ("万分之五", ("rate", 0.05, 0.05, "=")),
        ("百分之三十", ("rate", 30, 30, "=")),
        ("两成", ("rate", 20, 20, "=")),
        ("两成半", ("rate", 25, 25, "=")),
        ("两年半", ("duration", 912.5, 912.5, "=")),
        ("一万公里", ("distance", 1e7, 1e7, "=")),
        ("1.5万元以上", ("money:cny", 15000, 15000, ">=")),
        ("不得超过一个月", ("duration", 30, 30, "<=")),
        ("至少提前20分钟", ("duration", 0.014, 0.014, ">=")),
        ("25度左右", ("temperature", 25, 25, "~")),
        ("每天喂2次", ("frequency", 2, 2, "=")),
        ("一年两次", ("frequency", 0.005, 0.005, "=")),
        ("每3个月更换一次", ("frequency", 0.011, 0.011, "=")),
        ("三个月換一次", ("frequency", 0.011, 0.011, "=")),
        ("２片", ("count:片", 2, 2, "=")),
        ("一天吃2个", ("count:个", 2, 2, "=")),
        ("两三年调一次音", ("frequency", 0.001, 0.001, "=")),
        ("下一年的保费涨了五十元", ("money:cny", 50, 50, "=")),
    ],
)
def test_chinese_measures_are_read(text, wanted):
    assert [wanted] == read(text)


def test_half_an_hour_after_a_meal_is_no_frequency():
    assert [dimension for dimension, *_ in read("饭后半小时吃一次")] == ["duration", "count:次"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("up to 14 days", ("duration", 14, 14, "<=")),
        ("within a fortnight", ("duration", 14, 14, "<=")),
        ("for two weeks", ("duration", 14, 14, "=")),
        ("twice a year", ("frequency", 0.005, 0.005, "=")),
        ("every six months", ("frequency", 0.006, 0.006, "=")),
        ("every other day", ("frequency", 0.5, 0.5, "=")),
        ("about 5%", ("rate", 5, 5, "~")),
        ("212°F", ("temperature", 100, 100, "=")),
        ("$1,200", ("money:usd", 1200, 1200, "=")),
        ("$20 billion", ("money:usd", 2e10, 2e10, "=")),
        ("half an hour", ("duration", 0.021, 0.021, "=")),
        ("a 14-day period", ("duration", 14, 14, "=")),
        ("between 70 and 80 per cent", ("rate", 70, 80, "=")),
        ("cannot exceed one month", ("duration", 30, 30, "<=")),
        ("5 hours of sleep a night", ("duration", 0.208, 0.208, "=")),
    ],
)
def test_english_measures_are_read(text, wanted):
    assert [wanted] == read(text, "en")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一个半小时", ("duration", 0.063, 0.063, "=")),
        ("两个半月以后", ("duration", 75, 75, "=")),
        ("三五天", ("duration", 3, 5, "=")),
        ("一两个小时", ("duration", 0.042, 0.083, "=")),
        ("七八十块钱", ("money:cny", 70, 80, "=")),
        ("两三百元", ("money:cny", 200, 300, "=")),
        ("十几公里", ("distance", 11000, 19000, "=")),
        ("百分之七八十", ("rate", 70, 80, "=")),
        ("百分之零点七五", ("rate", 0.75, 0.75, "=")),
        ("三点五厘米", ("distance", 0.035, 0.035, "=")),
        ("打八五折", ("rate", 85, 85, "=")),
        ("一米五", ("distance", 1.5, 1.5, "=")),
        ("37度5", ("temperature", 37.5, 37.5, "=")),
        ("零下18度以下", ("temperature", -18, -18, "<=")),
        ("-18℃", ("temperature", -18, -18, "=")),
        ("零下5到10度", ("temperature", -10, -5, "=")),
        ("比例是1比1.5", ("multiple", 1.5, 1.5, "=")),
        ("按1:3兑水", ("multiple", 3, 3, "=")),
        ("天天跑步", ("frequency", 1, 1, "=")),
        ("每天都要浇水", ("frequency", 1, 1, "=")),
        ("隔天洗头", ("frequency", 0.5, 0.5, "=")),
        ("早晚各刷一次", ("frequency", 2, 2, "=")),
        ("一天之内不超过三次", ("frequency", 3, 3, "<=")),
        ("每分钟120到140之间", ("pulse", 120, 140, "=")),
        ("不得低于转正工资的80%", ("rate", 80, 80, ">=")),
        ("十岁前后", ("age", 10, 10, "~")),
    ],
)
def test_spoken_chinese_measures_are_read(text, wanted):
    assert [wanted] == read(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("an hour and a half", ("duration", 0.063, 0.063, "=")),
        ("four and a half times your salary", ("multiple", 4.5, 4.5, "=")),
        ("a day or two", ("duration", 1, 2, "=")),
        ("a week to ten days", ("duration", 7, 10, "=")),
        ("six-to-eight weeks", ("duration", 42, 56, "=")),
        ("every single day", ("frequency", 1, 1, "=")),
        ("three times daily", ("frequency", 3, 3, "=")),
        ("two or three times a week", ("frequency", 0.286, 0.429, "=")),
        ("at least twice a week", ("frequency", 0.286, 0.286, ">=")),
        ("once every two weeks", ("frequency", 0.071, 0.071, "=")),
        ("a quarter of the strength", ("rate", 25, 25, "=")),
        ("two-thirds of your income", ("rate", 66.667, 66.667, "=")),
        ("twice the amount", ("multiple", 2, 2, "=")),
        ("one part vinegar to three parts water", ("multiple", 3, 3, "=")),
        ("two blank pages", ("count:page", 2, 2, "=")),
        ("within the last month", ("duration", 30, 30, "<=")),
        ("minus 18 degrees", ("temperature", -18, -18, "=")),
        ("£1.5m", ("money:gbp", 1.5e6, 1.5e6, "=")),
        ("between $20 and $30", ("money:usd", 20, 30, "=")),
        ("120 to 140 bpm", ("pulse", 120, 140, "=")),
    ],
)
def test_spoken_english_measures_are_read(text, wanted):
    assert [wanted] == read(text, "en")


@pytest.mark.parametrize(
    ("text", "language"), [("a few days", "en"), ("several weeks", "en"), ("一定要每天的用量", "zh"), ("第1比2", "zh")]
)
def test_what_names_no_number_is_no_measure(text, language):
    assert read(text, language) == []


@pytest.mark.parametrize(
    "text", ["2024年", "2024款车型", "第17条", "编号12345", "一只鸟", "9" * 1000 + "天", "13800138000"]
)
def test_dates_articles_codes_and_articles_of_speech_are_no_measures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "language", "dimension", "value"),
    [
        ("sand it with 120 strokes", "en", "count:stroke", 120),
        ("at least three pullovers", "en", "count:pullover", 3),
        ("you need 12 sessions", "en", "count:session", 12),
        ("电机每分钟3000转", "zh", "count:转", 3000),
        ("跳绳500下", "zh", "count:下", 500),
    ],
)
def test_whatever_a_number_counts_is_a_unit_of_its_own(text, language, dimension, value):
    (found,) = quantities(text, language)
    assert (found.quantity.dimension, found.quantity.low) == (dimension, value)


@pytest.mark.parametrize("text", ["type 2 diabetes", "section 21 notices", "by 2024 sales rose", "windows 11 users"])
def test_a_number_that_is_part_of_a_name_counts_nothing(text):
    assert quantities(text, "en") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("三十", 30), ("一百零五", 105), ("两万五千", 25000), ("半", 0.5), ("3万", 30000), ("1,500", 1500), ("二〇", 20)],
)
def test_numerals_have_their_value(text, value):
    assert value == number(text)


def test_a_numeral_of_a_thousand_digits_is_none():
    assert number("9" * 1000) is None
    assert number("九" * 1000) is None
    assert english_number("9" * 1000) is None


@pytest.mark.parametrize(
    ("left", "right", "language", "agree"),
    [
        ("3天", "72小时", "zh", True),
        ("半年", "6个月", "zh", True),
        ("3天", "30天", "zh", False),
        ("最多3天", "最多7天", "zh", False),
        ("最多60度", "至少50度", "zh", True),
        ("至少3年", "5年", "zh", True),
        ("最多3天", "5天", "zh", False),
        ("5天左右", "6天", "zh", True),
        ("18到25度", "30到35度", "zh", False),
        ("24 to 48 hours", "7 to 12 days", "en", False),
        ("90 days", "a quarter", "en", True),
        ("4°C", "39°F", "en", True),
    ],
)
def test_values_agree_when_their_intervals_meet(left, right, language, agree):
    one, two = (next(iter(quantities(fold(text), language))).quantity for text in (left, right))
    assert agree is compatible(one, two, ratio=1.4)
    assert agree is compatible(two, one, ratio=1.4)
