from __future__ import annotations

import pytest

from extract.blocks import Block
from extract.page import extract
from extract.remarks import remark_in

TITLE = "<title>柜子多久能用</title></head><h1>柜子多久能用</h1>"
ASKED = "六月底完工的柜子，味道还挺大，婆婆催着中秋前搬，大家装修完都放了多久才住进去？"
SAID = "至少过一个夏天再住。现场打的柜子，板材再好，胶也放一年才干净，开窗通风最要紧。"


def line(text: str, links: int = 0) -> Block:
    return Block(text, "list_item", 0, 0, links, 1, 1, emphasis=False, soft=False)


@pytest.mark.parametrize(
    ("text", "who", "when", "what"),
    [
        ("阿成：晚上收摊再浇一遍 2021-06-02 20:01回复", "阿成", "2021-06-02T20:01", "晚上收摊再浇一遍"),
        ("→ mossy: 我家也是這樣 05/17 22:04", "mossy", None, "我家也是這樣"),
        ("Does it drip when cold? – ruth May 4, 2019 at 9:12", "ruth", "2019-05-04T09:12", "Does it drip when cold?"),
    ],
)
def test_a_line_with_a_name_words_and_a_time_is_a_remark(text, who, when, what):
    remark = remark_in(line(text), None)
    assert (remark.author, remark.published, remark.text) == (who, when, what)


@pytest.mark.parametrize(
    "text", ["药要按时吃：一天两次，饭后半小时", "开会时间：2021-06-02 20:01", "阿成 2021-06-02 20:01"]
)
def test_a_line_without_a_name_words_or_a_time_is_no_remark(text):
    assert remark_in(line(text), None) is None


def test_a_linked_headline_with_a_colon_is_no_remark():
    assert remark_in(line("王某：我没有说过这句话 2021-06-02 20:01", links=11), None) is None


def test_remarks_on_an_answer_stand_beside_the_answers_and_not_in_them():
    answer = (
        "<div><p><a href='/u/1'>{}</a> 2021-06-02 18:30</p><p>接口处缠三圈生料带，顺着螺纹缠，再用扳手拧半圈。</p>"
        "<ul><li><a href='/u/9'>阿成</a>：缠反了会怎么样<span>2021-06-02 20:01</span></li></ul></div>"
    )
    page = (
        "<meta charset=utf-8><title>水管接口漏水怎么修</title><h1>水管接口漏水怎么修</h1>"
        "<p>厨房的角阀接口一直渗水，拧紧了也没有用，请问该怎么办？</p>"
        f"<div>{answer.format('老徐')}{answer.format('小方')}</div>"
    )
    document = extract(page.encode(), url="https://wenda.test/question/1")
    assert "缠反了" not in document.text
    assert [c.author for c in document.comments] == ["老徐", "小方", "阿成", "阿成"]


def test_a_name_that_is_linked_ends_where_its_link_does():
    posts = "".join(
        f"<div class='post'><div><a href='/u/{name}'>{name}</a><span>2023-10-0{day} 09:40</span><b>{day}</b></div>"
        f"<p>{text}</p></div>"
        for day, (name, text) in enumerate((("阿宽", ASKED), ("木匠老谭", SAID), ("小满", SAID)), 1)
    )
    page = f"<head><meta name=generator content='Discourse 3.1'>{TITLE}{posts}"
    assert [one.author for one in extract(page.encode()).comments] == ["木匠老谭", "小满"]


def test_who_wrote_a_comment_may_stand_under_it():
    comments = "".join(
        f"<li class='comment'><p>{text}</p><div class='meta'><b>{name}</b> 2020-10-2{day}<a>回复</a></div></li>"
        for day, (name, text) in enumerate((("阿宽", "视频灌满要多久啊"), ("小满", SAID)))
    )
    page = f"<head>{TITLE}<div><p>{ASKED * 3}</p></div><ol class='commentlist'>{comments}</ol>"
    found = extract(page.encode()).comments
    assert [(one.author, one.text) for one in found] == [("阿宽", "视频灌满要多久啊"), ("小满", SAID)]
