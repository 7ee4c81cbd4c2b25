from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import find_date, normal_date

FETCHED = "2024-05-20T10:00:00+08:00"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年11月06日", "2023-11-06"),
        ("2023年1月6日 9时05分", "2023-01-06T09:05"),
        ("2025 01/ 12 15:45:29", "2025-01-12T15:45:29"),
        ("２０２３年１１月６日", "2023-11-06"),
        ("二〇二四年三月十二日", "2024-03-12"),
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("2023.7.4", "2023-07-04"),
        ("20220211", "2022-02-11"),
        ("2021-03-18T09:12:00+08:00", "2021-03-18T09:12:00+08:00"),
        ("2009-4-2 来源：中原人才报", "2009-04-02"),
        ("2023年8月5日 下午3:20", "2023-08-05T15:20"),
        ("Nov. 20, 2019 1:35 pm", "2019-11-20T13:35"),
        ("14 March 2020", "2020-03-14"),
        ("31.12.2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("13-03-2021 22:01", "2021-03-13"),
        ("08-19-2014, 09:12 PM", "2014-08-19T21:12"),
        ("9/17/2004 5:54:13 AM", "2004-09-17T05:54:13"),
        ("Tue Mar 14 09:12:44 GMT 2017", "2017-03-14T09:12:44"),
        ("28. März 2022 von Jens", "2022-03-28"),
        ("le 1er août 2019", "2019-08-01"),
        ("3 de febrero de 2021", "2021-02-03"),
        ("12 dicembre 2020", "2020-12-12"),
    ],
)
def test_a_written_date_is_read_as_it_stands(text, iso):
    assert iso == find_date(text).iso


@pytest.mark.parametrize("text", ["2004年12月", "二〇〇四年十二月"])
def test_a_month_stays_a_month(text):
    assert find_date(text).iso == "2004-12"


@pytest.mark.parametrize(
    "text", ["2023年", "2023", "3/4/2024", "3-4-2024", "2023年13月45日", "第2023号", "1.2.3", "电话 02-5550-0199"]
)
def test_what_is_no_date_gives_none_and_never_the_first_of_january(text):
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("昨天 18:30", "2024-05-19T18:30"),
        ("3天前", "2024-05-17"),
        ("5小时前", "2024-05-20"),
        ("2 weeks ago", "2024-05-06"),
        ("05-18", "2024-05-18"),
        ("12月30日", "2023-12-30"),
    ],
)
def test_a_relative_date_needs_the_time_of_the_fetch(text, iso):
    assert iso == find_date(text, FETCHED).iso
    assert find_date(text) is None


@pytest.mark.parametrize(
    ("text", "since", "iso"),
    [
        ("3月20日 17:02", "2024-03-20T16:45", "2024-03-20T17:02"),
        ("01-05 08:11", "2023-12-28", "2024-01-05T08:11"),
        ("12月30日", "2022-11-08", "2022-12-30"),
        ("06-18", "2024-05-20", None),
    ],
)
def test_a_day_without_a_year_is_the_first_one_since_a_known_day_and_none_after_the_fetch(text, since, iso):
    found = find_date(text, FETCHED, since)
    assert (found.iso if found else None) == iso


def test_the_time_of_day_is_read_as_other_languages_write_it():
    assert find_date("Le 14 mars 2021 à 18:22").iso == "2021-03-14T18:22"
    assert find_date("14 mars 2021 à 18h22").iso == "2021-03-14T18:22"
    assert find_date("8. November 2022 um 07:30").iso == "2022-11-08T07:30"


def test_a_unix_time_in_a_meta_element_is_read():
    assert normal_date("1700000000") == "2023-11-14T22:13:20Z"


@given(st.dates(min_value=__import__("datetime").date(1990, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)))
def test_every_day_survives_each_way_of_writing_it(day):
    forms = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month}-{day.day}",
        day.isoformat(),
        f"{day:%Y/%m/%d}",
    )
    assert {day.isoformat()} == {find_date(form).iso for form in forms}


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_and_places_are_true(text):
    found = find_date(text, FETCHED)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("text", ["99999-12-31", "1234/06-18"])
def test_the_end_of_a_longer_number_is_no_day_of_this_year(text):
    assert find_date(text, FETCHED) is None
