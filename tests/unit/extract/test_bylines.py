from __future__ import annotations

import pytest

from extract.page import extract

PROSE = "先与银行联系，说明原因，再商量还款的办法，并且留下沟通的记录，以备日后查看。"


def facts(line: str, tail: str = ""):
    body = f"<h1>逾期以后怎么办</h1><div>{line}</div><p>{PROSE}</p><p>{PROSE}{tail}</p>"
    document = extract(f'<meta charset="utf-8"><body>{body}</body>'.encode())
    return document.byline, document.source, document.published


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2024-01-31 16:45:12 来源：民生晚报 作者：周文 点击：120", ("周文", "民生晚报", "2024-01-31T16:45:12")),
        ("工商银行 2024-01-31 16:45:12", ("工商银行", None, "2024-01-31T16:45:12")),
        ("民生晚报记者 周文 通讯员 李明", ("周文", None, None)),
        ("赵延明、钱笑天", ("赵延明、钱笑天", None, None)),
        ("本贴由老周于2005年8月12日16:12:21在〖心灵〗发表", ("老周", None, "2005-08-12T16:12:21")),
        ("转载自饮水安全科普网,作者陈以宁,有删节", ("陈以宁", "饮水安全科普网", None)),
        ("發佈日期：2019年7月5日 來源：豐宜居家", (None, "豐宜居家", "2019-07-05")),
        ("By Maren Holt | May 4, 2023", ("Maren Holt", None, "2023-05-04")),
        ("（责任编辑：方敏）", ("方敏", None, None)),
        ("点击：120 字体：大 中 小", (None, None, None)),
        ("来 信 人：吴** 来信日期：2022-04-11", (None, None, "2022-04-11")),
        ("Margaret Oakes &lt;m.oakes@greenacre.test&gt;", ("Margaret Oakes", None, None)),
        ("E-mail info@greenacre.test", (None, None, None)),
        ("Stand: 08.11.2022", (None, None, "2022-11-08")),
        ("文：孟晴　更新于 2021-08-30", ("孟晴", None, "2021-08-30")),
        ("vendredi 12 mars 2021, par Claire Besson", ("Claire Besson", None, "2021-03-12")),
        ("<time>April 11, 2023</time><span>Jonah Pike</span>", ("Jonah Pike", None, "2023-04-11")),
        ("<span class='author vcard'><a class='fn' href='/a'>سلمى حداد</a></span>", ("سلمى حداد", None, None)),
        ("<b itemprop='author'><i itemprop='name'>By Ruth Abara</i></b>", ("Ruth Abara", None, None)),
        ("江城晚报2022年4月11日讯", (None, "江城晚报", "2022-04-11")),
        ("On 13 March 2017 Peter Lyle wrote:", (None, None, None)),
        ('作者： size="20" 发布日期： 2004年', (None, None, None)),
    ],
)
def test_a_line_under_the_title_says_who_and_when(line, found):
    assert found == facts(line)


def test_a_reporter_who_signs_at_the_end_is_the_author():
    assert facts("2024-01-31", "（总台记者 张倩）") == ("张倩", None, "2024-01-31")


def test_such_lines_are_no_text():
    head, tail = "<div>2024-01-31 来源：民生晚报</div>", "<div>（责任编辑：方敏）</div>"
    body = f"<h1>题目甲乙</h1>{head}<p>{PROSE}</p><p>{PROSE}</p>{tail}"
    document = extract(f'<meta charset="utf-8"><body>{body}</body>'.encode())
    assert document.text == f"{PROSE}\n{PROSE}"
    assert "editor:方敏" in document.marks


def test_the_one_person_whose_page_is_linked_at_the_title_is_the_author():
    document = extract(
        "<meta charset=utf-8><title>怎么磨刀</title><a href='/u/7'>老铁匠</a><h1>怎么磨刀</h1>"
        "<span>2021-03-04 江苏</span>"
        "<p>磨刀石要先泡水，泡到不再冒泡为止，然后刀面与石面成十五度，推出去用力，收回来不用力。</p>".encode()
    )
    assert document.byline == "老铁匠"


def test_what_stands_under_the_line_that_dates_a_page_is_no_text():
    prose = "磨刀石要先泡水，泡到不再冒泡为止，然后刀面与石面成十五度，推出去用力，收回来不用力。"
    document = extract(
        f"<meta charset=utf-8><title>怎么磨刀</title><h1>怎么磨刀</h1><p>{prose}</p><p>{prose}再来一遍。</p>"
        "<p>This page was last updated on March 7, 2003.</p><p>You are visitor no. 1203 since 1998.</p>".encode()
    )
    assert document.text.splitlines() == [prose, f"{prose}再来一遍。"]
    assert document.published == "2003-03-07"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("<p><time>2021-11-26</time> · <span>蒋一舟</span> · <span>约 1800 字 · 4 分钟</span></p>", "蒋一舟"),
        ("<div><img src=d.jpg><span>方秀兰</span><span>主任医师</span><span>市妇幼保健院 产科</span></div>", "方秀兰"),
        ("<p><span>发布时间：2021-10-18</span><span>供稿：孟晓岚</span><span>审核：宣传科</span></p>", "孟晓岚"),
        ("<div class=author><a href=/kitchen/88><img src=m.png> ももんが亭</a></div>", "ももんが亭"),
    ],
)
def test_the_pieces_of_a_line_are_read_one_by_one(line, name):
    page = (
        f"<meta charset=utf-8><title>线上磁盘写满的那一夜</title><h1>线上磁盘写满的那一夜</h1>{line}<p>{PROSE * 3}</p>"
    )
    assert extract(page.encode()).byline == name


def test_the_author_of_the_question_is_told_from_those_of_its_answers():
    person = "<span itemprop=author itemscope><a href=/users/1><span itemprop=name>{}</span></a></span>"
    page = (
        f"<meta charset=utf-8><title>磁盘为什么会满</title><h1>磁盘为什么会满</h1><p>{PROSE}</p><p>标签</p><p>分享</p>"
        f"<div>{person.format('crumbly')}</div>"
        f"<div itemprop=acceptedAnswer><p>{PROSE}</p>{person.format('Levain Lee')}</div>"
        f"<div class=comment><b class=author>Marta</b><p>{PROSE}</p></div>"
    )
    assert extract(page.encode()).byline == "crumbly"
