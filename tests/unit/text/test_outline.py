"""Numbers at the start of lines, series of them, and sections."""

from __future__ import annotations

import pytest

from counterspin.text.example import document_of
from counterspin.text.outline import bare, items, label_of, number, sections, series, squeezed, toc_lines


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("１２", 12),
        ("iv", 4),
        ("③", 3),
        ("好", 0),
        ("", 0),
    ],
)
def test_numbers_are_read_in_all_spellings(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("line", "style", "value", "words"),
    [
        ("一、选盆", "han", 1, "选盆"),
        ("十二、其他", "han", 12, "其他"),
        ("（三）配土", "han_bracket", 3, "配土"),
        ("1. 浇水", "digit", 1, "浇水"),
        ("2、施肥", "digit", 2, "施肥"),
        ("3) Rinse", "digit_paren", 3, "Rinse"),
        ("(4) Dry", "digit_bracket", 4, "Dry"),
        ("第二步：拧紧", "ordinal:步", 2, "拧紧"),
        ("第十七条 用人单位应当申请", "ordinal:条", 17, "用人单位应当申请"),
        ("步骤三：装回", "step:步骤", 3, "装回"),
        ("Step 2: Drain", "step:step", 2, "Drain"),
        ("1.2 Scope", "multi:1", 2, "Scope"),
        ("⑤ 晾干", "circled", 5, "晾干"),
    ],
)
def test_a_label_has_a_style_a_value_and_an_end(line, style, value, words):
    label = label_of(line)
    assert label is not None
    assert (label.style, label.value, line[label.end :].strip()) == (style, value, words)
    assert bare(line) == words


@pytest.mark.parametrize(
    "line", ["1.5公斤面粉", "2024年3月", "一个好办法", "三国演义", "A cup of tea", "", "二〇二四年"]
)
def test_a_number_that_counts_something_is_no_label(line):
    assert label_of(line) is None


def test_inner_lists_start_anew_and_the_outer_one_goes_on():
    text = "# 一、准备\n1. 盆。\n2. 土。\n# 二、种植\n1. 挖坑。\n2. 浇水。\n# 三、养护\n看天气。"
    runs = [[(item.label.style, item.label.value) for item in run] for run in series(items(document_of(text)))]
    assert runs == [
        [("han", 1), ("han", 2), ("han", 3)],
        [("digit", 1), ("digit", 2)],
        [("digit", 1), ("digit", 2)],
    ]


def test_a_numbered_paragraph_has_a_head_and_a_body():
    (item,) = items(document_of("2. 现场采集：带上身份证和照片。"))
    assert (item.head, item.body) == ("现场采集", "带上身份证和照片。")


def test_the_offsets_of_an_item_are_those_of_its_line():
    document = document_of("前言。\n1. 买盆。")
    (item,) = items(document)
    assert document.text[item.start : item.end] == item.text == "1. 买盆。"


def test_a_section_holds_the_passages_up_to_the_next_heading():
    found = sections(document_of("开头。\n# 甲\n一段。\n两段。\n# 乙\n三段。"))
    assert [(section.heading.text, section.text) for section in found] == [("甲", "一段。\n两段。"), ("乙", "三段。")]


def test_a_table_of_contents_may_be_a_paragraph():
    document = document_of("目录：一、选盆 二、配土 三、浇水\n# 选盆\n盆。")
    assert toc_lines(document) == ("一、选盆", "二、配土", "三、浇水")


def test_headings_are_compared_by_letters_and_digits_alone():
    assert squeezed("【重点】 如何　ＤＩＹ？") == "重点如何diy"
