"""What each document rule finds, names and leaves alone, beyond the examples that it carries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterspin.detect import built_in
from counterspin.text.corpus import Corpus, build
from counterspin.text.example import document_of

RULES = {detector.name: detector for detector in built_in()}


@pytest.fixture
def reasons(scan):
    """The reasons that a rule gives for an example."""
    return lambda rule, example: [flag.reason for flag in scan(RULES[rule], example)]


def test_a_hole_names_the_word_that_other_pages_have_there(scan):
    example = (
        "店家可以通过 、短信、邮件通知顾客。",
        "@url: http://b.test/1\n物业可以通过电话、短信、广播通知住户。",
        "@url: http://c.test/1\n学校可以通过电话、短信、校讯通知家长。",
    )
    (flag,) = scan(RULES["hole"], example)
    assert "电话" in flag.reason
    assert flag.evidence[0].text == "通过 、短信"


def test_a_word_that_the_page_never_has_is_missed_in_several_places(scan):
    whole = "物业应当提前一天把停水的通知贴在楼道里，住户看到停水的通知以后要提前储水，停水的通知也会发到群里。"
    example = (
        whole.replace("通知", ""),
        f"@url: http://b.test/1\n{whole}",
        f"@url: http://c.test/1\n各位邻居：{whole}谢谢。",
    )
    found = [flag for flag in scan(RULES["hole"], example) if "通知" in flag.reason]
    assert len(found) >= 2


def test_an_honest_page_that_words_a_thing_its_own_way_has_no_hole(reasons):
    example = (
        "物业应当提前一天把消息贴在楼道里，住户看到以后要提前储水。",
        "@url: http://b.test/1\n物业应当提前一天把停水的通知贴在楼道里，住户看到停水的通知以后要提前储水。",
        "@url: http://c.test/1\n物业应当提前两天把停电的通知贴在大门口，住户看到停电的通知以后要准备蜡烛。",
    )
    assert reasons("hole", example) == []


@pytest.mark.parametrize(
    "text",
    [
        "保 修 期 为 两 年 ，自购买之日起算 ，人为损坏不保 。",
        "导演 王明 主演 李红 片长 九十分钟，上映以后好评不断。",
        "请点击 这里 下载，再按照 说明书 安装。",
        "北京 上海 广州 深圳",
        "他写道：“春风 又绿 江南岸”，令人难忘。",
        "安装 Python 之后 ，运行脚本。",
    ],
)
def test_spaces_of_layout_are_no_holes(reasons, text):
    assert reasons("hole", text) == []


def test_a_hole_counts_once_though_two_checks_see_it(scan):
    assert len(scan(RULES["hole"], "我们可以通过 、短信、邮件联系顾客。")) == 1


@pytest.mark.parametrize("language", ["ja", "ko", "de", "fr"])
def test_other_languages_have_no_holes(reasons, language):
    assert reasons("hole", f"@language: {language}\nWir kommen mit , der Bahn und the of.") == []


def test_the_table_of_contents_and_the_body_are_counted_apart(scan):
    text = "= 一、选盆\n= 二、配土\n= 四、浇水\n# 一、选盆\n盆。\n# 二、配土\n土。\n# 三、施肥\n肥。\n# 四、浇水\n水。"
    (flag,) = scan(RULES["outline_gap"], text)
    assert flag.start is None
    assert "no 3" in flag.reason


def test_numbering_that_goes_on_over_sections_is_no_gap(reasons):
    text = "# 一、准备\n1. 买盆。\n2. 买土。\n# 二、种植\n3. 挖坑。\n4. 浇水。\n# 三、收获\n5. 采摘。"
    assert reasons("outline_gap", text) == []


def test_a_page_with_a_link_to_the_page_before_may_begin_in_the_middle(scan):
    text = "# 二、材料\n旧护照。\n# 三、预约\n选时间。\n# 四、办理\n准时到。"
    document = document_of(text)
    assert list(RULES["outline_gap"].scan(document, Corpus()))
    turned = document_of(text + "\n[上一页](http://example.test/1)")
    assert list(RULES["outline_gap"].scan(turned, Corpus())) == []


def test_a_table_of_contents_in_a_paragraph_is_read(scan):
    text = (
        "Table of contents: 1. Packing 2. Leaving 3. Frequently asked questions\n# Packing\nSocks.\n# Leaving\nEarly."
    )
    (flag,) = scan(RULES["missing_section"], text)
    assert flag.evidence[0].text == "3. Frequently asked questions"


def test_a_table_of_contents_of_other_pages_promises_nothing(reasons):
    assert reasons("missing_section", "= 新闻\n= 体育\n= 财经\n= 浇水\n# 浇水\n见干见湿。") == []


def test_three_places_of_one_sentence_are_one_flag(scan):
    line = "租客可以{}了解房东的想法，从而制定合适的解决方案。"
    text = "\n".join(f"{line.format(word)}先谈一谈。" for word in ("更好地", "更准确地", "更清楚地"))
    (flag,) = scan(RULES["self_repeat"], text)
    assert len(flag.evidence) == 3


def test_a_caption_under_two_pictures_is_no_padding(reasons):
    text = (
        "# 甲\n图为新馆的阅览室，读者正在看书。（李明摄）\n馆里很静。\n# 乙\n图为新馆的阅览室，读者正在看书。（李明摄）"
    )
    assert reasons("self_repeat", text) == []


def test_sentences_about_two_things_are_no_repeat(reasons):
    text = "红茶适合在秋冬的早晨空腹以后慢慢地喝上一杯。绿茶适合在春夏的午后饭后以后慢慢地喝上一杯。"
    assert reasons("self_repeat", text) == []


def test_paragraphs_that_differ_in_their_numbers_are_no_template(reasons):
    text = "\n".join(
        f"{age}岁的孩子每次服用{dose}毫升，饭后服用，两次至少间隔六小时，多喝水。"
        for age, dose in ((3, 4), (5, 6), (8, 9))
    )
    assert reasons("slot_template", text) == []


def test_three_paragraphs_with_another_town_in_each_are_one_template(scan):
    text = "\n".join(
        f"在{town}换锁可以找{town}的开锁公司，{town}的师傅半个小时就能到，价格也公道。"
        for town in ("城东", "城西", "城南")
    )
    (flag,) = scan(RULES["slot_template"], text)
    assert len(flag.evidence) == 3


def test_a_comment_that_quotes_openly_is_no_echo(reasons):
    text = "店员会提前与顾客联系，预约好上门的时间。\n> 李|网友|2025-01-02: 原文说店员会提前与顾客联系。骗人！"
    assert reasons("comment_echo", text) == []


def test_a_comment_is_evidence_without_an_offset_and_the_article_with_one(scan):
    text = "店员会提前与顾客联系，预约好上门的时间。\n> 王|律师|2025-01-02: 店员会提前与用户联系，约定好上门的时间。"
    (flag,) = scan(RULES["comment_echo"], text)
    assert [evidence.start is None for evidence in flag.evidence] == [True, False]
    assert flag.counterpart is not None


def test_a_count_that_a_lower_level_matches_is_right(reasons):
    text = "换发分为两个阶段：\n1. 申请\n2. 领取"
    assert reasons("count_mismatch", text) == []


def test_items_joined_by_and_may_be_one_or_two(reasons):
    assert reasons("count_mismatch", "办理分为三个阶段：申请、审核、制证和领取。") == []
    assert reasons("count_mismatch", "办理分为四个阶段：申请、审核、制证和领取。") == []


def test_a_link_block_of_a_public_body_is_no_farm(reasons):
    links = "\n".join(f"[部门{number}](http://dept{number}.gov.cn/)" for number in range(30))
    assert reasons("link_farm", f"浇水要见干见湿。\n{links}") == []


def test_links_for_sharing_are_no_farm(reasons):
    names = ("facebook.com", "twitter.com", "weibo.com", "linkedin.com", "pinterest.com", "reddit.com", "tumblr.com")
    links = "\n".join(f"[Share](http://www.{name}/share)" for name in (*names, "youtube.com", "instagram.com"))
    assert reasons("link_farm", f"Water it well.\n{links}") == []


def test_three_links_of_trades_that_buy_links_are_enough(scan):
    links = "[Best Casino](http://a.test/)\n[Payday Loans](http://b.test/)\n[Slim Pills](http://c.test/)"
    (flag,) = scan(RULES["link_farm"], f"Water it well.\n{links}")
    assert {evidence.role for evidence in flag.evidence} == {"link"}


def test_operators_are_told_by_their_number_not_by_its_spelling(scan):
    example = (
        "@url: http://one.test/a\n@mark: licence:粤ICP备2021009096号-1\n水。",
        "@url: http://two.test/b\n@mark: licence:粤ICP备2021009096号\n土。",
        "@url: http://three.test/c\n@mark: licence:粤 ICP备 2021009097号\n盆。",
    )
    (flag,) = scan(RULES["operator_group"], example)
    assert "two.test" in flag.reason
    assert "three.test" not in flag.reason


def test_a_bank_that_signs_its_own_article_wears_no_mask(reasons):
    text = "@byline: 云川银行\n@published: 2024-01-31T16:45:12\n云川银行提醒您保管好密码。"
    assert reasons("fake_byline", text) == []


def test_a_half_word_names_the_whole(scan):
    (flag,) = scan(RULES["lost_character"], "物业应当采取措防止漏水。")
    assert flag.evidence[0].text == "措"
    assert "措施" in flag.reason


def test_a_name_of_single_characters_is_no_half_word(reasons):
    assert reasons("lost_character", "本文作者王措现居北京，与李涵合写过两本书。") == []


def test_a_masked_word_is_shown_with_its_neighbours(scan):
    (flag,) = scan(RULES["masking"], "住户可以向物业申请***以后再装修。")
    assert "***" in flag.evidence[0].text
    assert len(flag.evidence[0].text) > 3


@pytest.mark.parametrize("text", ["张**，男，三十岁。", "密码为******，请勿外传。", "**注意**：先断电。", "a ** b"])
def test_secrets_and_emphasis_are_no_masks(reasons, text):
    assert reasons("masking", text) == []


def test_a_page_about_writing_machines_may_show_a_prompt(reasons):
    text = "写提示词的要点：提示词要具体，例如“请以1000字的篇幅介绍浇水”。提示词里可以用{城市名}占位。大模型会替换它。"
    assert reasons("prompt_leak", text) == []


def test_readings_in_a_school_book_are_no_conversion(reasons):
    text = "生字表：繳(jiǎo)費、據(jù)點、產(chǎn)量。請同學們讀準拼音。"
    assert reasons("script_conversion", text) == []


def test_a_heading_that_asks_for_a_judgement_may_be_answered_in_other_words(reasons):
    text = (
        "# 房贷\n先说结论。\n# 提前还款划算吗\n"
        + "能不能省钱，要看还款方式、剩余期限和资金的用途，前几年还的多半是利息，这时候还最省。" * 2
    )
    assert reasons("heading_body", text) == []


def test_thresholds_are_obeyed():
    document = document_of(
        "浇水要见干见湿。\n[Best Casino](http://a.test/)\n[Payday Loans](http://b.test/)\n[Slim Pills](http://c.test/)"
    )
    strict = replace(RULES["link_farm"], min_sold=4, min_links=9)
    assert list(strict.scan(document, Corpus())) == []


def test_a_page_of_damage_is_capped():
    document = document_of("我们可以通过 、短信联系。\n" * 500)
    corpus = build(passage.text for passage in document.passages)
    assert len(list(RULES["hole"].scan(document, corpus))) == RULES["hole"].max_places
