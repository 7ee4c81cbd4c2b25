from __future__ import annotations

import pytest

from extract.page import extract

PROSE = "借款人逾期以后，应当先联系平台，说明原因，再商量还款的办法，并且保留好记录。"


def page(head: str = "", line: str = "", after: str = "", title: str = "逾期以后怎么办") -> bytes:
    return (
        f"<head><title>{title}</title>{head}</head><body><h1>逾期以后怎么办</h1>{line}<div>"
        f"{''.join(f'<p>{PROSE}第{i}段。</p>' for i in range(4))}{after}</div></body>"
    ).encode()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("来源：晨报<a href='/r'>举报</a>", "晨报"),
        ("来源：晨报网 返回首页", "晨报网"),
        ("来源: 来源：晨报网", "晨报网"),
    ],
)
def test_a_source_ends_before_the_button_beside_it(written, name):
    assert extract(page(line=f"<p>2023-03-04 12:01 {written}</p>")).source == name


def test_the_staff_number_of_an_editor_is_no_part_of_the_name():
    assert extract(page(after="<p>责任编辑：王小明_NN1650</p>")).byline == "王小明"


def test_a_name_on_the_page_is_a_better_author_than_the_site():
    head = '<meta name="author" content="晨报">'
    document = extract(page(head, "<p>作者：李丽</p>", title="逾期以后怎么办_晨报网"))
    assert document.byline == "李丽"
    assert extract(page(head, title="逾期以后怎么办_晨报网")).byline == "晨报"


@pytest.mark.parametrize("nobody", ["name", "author", "系统管理员", "admin"])
def test_placeholders_are_no_authors(nobody):
    assert extract(page(f'<meta name="author" content="{nobody}">')).byline is None


def test_the_word_article_is_no_byline():
    assert extract(page(after="<p>（原题为《今天的重要文章谈了啥》）</p>")).byline is None


def test_a_label_in_one_cell_has_its_value_in_the_next():
    table = (
        "<table><tr><td>发文机关：</td><td>某某市人民政府</td><td>成文日期：</td><td>2022年01月27日</td></tr>"
        "<tr><td>发布日期：</td><td>2022年01月28日</td></tr></table>"
    )
    document = extract(page(line=table))
    assert (document.byline, document.published) == ("某某市人民政府", "2022-01-28")


def test_the_day_of_signing_stands_in_where_no_other_is_known():
    document = extract(page(line="<table><tr><td>成文日期：</td><td>2022年01月27日</td></tr></table>"))
    assert document.published == "2022-01-27"


@pytest.mark.parametrize(
    ("data", "day"),
    [
        ('window.page = {"publish_time": "2023-03-04 12:01"}', "2023-03-04T12:01"),
        ('var ct = "1580000000";', "2020-01-26T00:53:20Z"),
        ('var product = "1580000000";', None),
    ],
)
def test_pages_that_a_script_draws_say_their_date_in_its_data(data, day):
    assert extract(page(f"<script>{data}</script>")).published == day


def test_an_element_marked_as_the_date_of_publication_is_read():
    line = '<p>浏览 12 次 <span itemprop="datePublished" content="2023-03-04T08:00:00+08:00">三月</span></p>'
    assert extract(page(line=line)).published == "2023-03-04T08:00:00+08:00"


def test_a_short_article_among_many_links_is_an_article():
    links = "".join(f'<li><a href="/{i}">另一条新闻的标题，编号是{i}</a></li>' for i in range(120))
    document = extract(
        page(line="<p>2023-03-04 12:01</p>", after="").replace(b"</body>", f"<ul>{links}</ul></body>".encode())
    )
    assert (document.page_type, document.published) == ("article", "2023-03-04T12:01")
