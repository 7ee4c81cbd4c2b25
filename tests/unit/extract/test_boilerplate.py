from __future__ import annotations

import pytest

from extract.page import extract

PROSE = "借款人逾期以后，应当先联系平台，说明原因，再商量还款的办法，并且保留好记录。"
TITLE = "<title>逾期以后怎么办</title><h1>逾期以后怎么办</h1>"
COMMENTS = "".join(
    f'<div class="x"><span>读者{i}</span> <span>2023-03-{i + 1:02d} 12:01</span>'
    f"<p>第{i}位读者说：这件事我也遇到过，后来慢慢谈好了，大家不要着急。</p></div>"
    for i in range(30)
)


def text_of(body: str, **known: str) -> str:
    return extract(f"<body>{TITLE}{body}</body>".encode(), **known).text


@pytest.mark.parametrize(
    "label",
    [
        "post-12 post type-post status-publish hentry category-news tag-loan has-sidebar",
        "field field--name-body field--label-hidden",
        "article mg-bottom-38px",
        "col-9 hidden-xs",
        "tab-pane tab-content active",
        "promo-article",
    ],
)
def test_a_class_name_does_not_take_the_main_text_away_from_a_page_full_of_comments(label):
    article = "".join(f"<p>{PROSE}第{i}段。</p>" for i in range(5))
    text = text_of(f'<div class="{label}">{article}</div><div id="k">{COMMENTS}</div>')
    assert text.count(PROSE) == 5
    assert "位读者说" not in text


def test_a_heading_is_not_judged_by_the_id_made_of_its_words():
    text = text_of(
        f'<p>{PROSE * 3}</p><h2 id="tips">注意事项</h2><p>{PROSE * 2}</p>'
        f'<h2 id="related">相关规定说明</h2><p>{PROSE}</p>'
    )
    assert "注意事项" in text
    assert "相关规定说明" in text


def test_further_articles_after_the_one_of_the_title_are_left_out():
    later = "".join(
        f"<article><h2>另一篇文章{i}</h2><p>{f'这是另一篇文章的内容，和这里说的没有关系，第{i}篇。' * 20}</p></article>"
        for i in range(3)
    )
    text = text_of(f"<article><p>{PROSE * 6}</p></article>{later}")
    assert text == PROSE * 6


def test_posts_of_a_front_page_are_no_comments():
    posts = "".join(
        f'<div class="b"><div>2023-03-0{i + 1} 12:01</div>'
        f'<h2><a href="/{i}">第{i}篇的标题</a></h2><p>{PROSE}第{i}篇。</p></div>'
        for i in range(6)
    )
    assert text_of(posts).count(PROSE) == 6


def test_verses_broken_by_hand_are_text():
    verses = "<br>".join(f"第{i}行短短的诗没有标点" for i in range(20))
    menu = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(30))
    text = text_of(f"<div>{verses}</div><div><p>关于本站，欢迎来信。</p><ul>{menu}</ul></div>")
    assert text.count("短短的诗") == 20


def test_a_short_line_that_leads_to_the_login_of_the_site_is_no_text():
    gate = "<p>您需要<a href='member.php?mod=logging&action=login'>登录</a>才可以下载或查看，没有帐号？</p>"
    step = "<p>打开<a href='https://etax.test/login'>电子税务局</a>，输入密码，点完税证明。</p>"
    prose = "<p>完税证明可以在网上开，也可以到大厅的自助机上打，两种的效力是一样的。</p>"
    text = extract(
        f"<meta charset=utf-8><title>怎么开完税证明</title><h1>怎么开完税证明</h1>{prose}{step}{gate}{prose}".encode()
    ).text
    assert "电子税务局" in text
    assert "才可以下载" not in text


def test_links_to_other_pages_amid_the_text_end_where_the_links_end():
    rows = "<tr><td>满一年</td><td>12个月</td></tr><tr><td>满五年</td><td>18个月</td></tr>"
    text = text_of(
        f"<div><p>{PROSE}</p><p>相关阅读</p><p><a href='/1'>征信花了几年能恢复</a></p><p><a href='/2'>会坐牢吗</a></p>"
        f"<h2>能分多久</h2><table>{rows}</table><h2>怎么办理</h2><p>{PROSE}</p></div>"
    )
    assert text.split("\n") == [PROSE, "能分多久", "满一年", "12个月", "满五年", "18个月", "怎么办理", PROSE]


@pytest.mark.parametrize("cut", ["……", "...", "…[详细]", "...<a href='/0'>查看全文&gt;&gt;</a>"])
def test_two_linked_titles_over_texts_that_break_off_lead_to_other_pages(cut):
    cards = "".join(
        f"<div><a href='/{i}'><b>第{i}个别的问题怎么办</b></a><p>这件事要看情况，一般来说可以，但是不能{cut}</p></div>"
        for i in range(2)
    )
    assert text_of(f"<div><p>{PROSE * 3}</p></div><div>{cards}</div>") == PROSE * 3


def test_a_page_of_texts_that_break_off_is_a_list_of_others():
    cards = "".join(
        f"<dl><dt><a href='/{i}'>第{i}个别的问题怎么办</a></dt><dd>结婚八个月，给了彩礼，现在她提离婚，第{i}…</dd></dl>"
        for i in range(3)
    )
    document = extract(f"<body>{TITLE}<div>{cards}</div></body>".encode())
    assert (document.page_type, document.text) == ("list", "")


def test_a_box_behind_the_foot_of_an_article_stands_apart_whatever_it_says():
    article = f"<main>{f'<p>{PROSE}</p>' * 5}</main>"
    foot = "<div><a href='/1'>上一篇：征信花了几年能恢复</a></div>"
    hire = "<section><h3>加入我们</h3><p>本团队正在招聘后端工程师，简历请投到邮箱，三天以内答复。</p></section>"
    assert text_of(f"{article}{foot}{hire}").split("\n") == [PROSE] * 5


def test_text_behind_an_advertisement_in_the_box_of_the_article_is_text():
    article = (
        f"<main>{f'<p>{PROSE}</p>' * 5}<div><a href='/1'>上一篇：征信花了几年能恢复</a></div><p>{PROSE}</p></main>"
    )
    assert text_of(article).split("\n") == [PROSE] * 6
