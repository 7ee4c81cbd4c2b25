from __future__ import annotations

from extract.page import extract

ASKED = "水温八度左右，坐了一下午只动了两口，蚯蚓和面都试过了，请问各位用的是什么饵？"
FIRST = "红虫最稳，三条一串，线要细，漂调钝一目，看到慢慢上送再提竿。"
SECOND = "我用商品饵，腥的多加一点，雾化要慢，半小时补一次窝，少量多次。"


def thread(*posts: str, url: str = "http://luntan.test/thread-1.html"):
    page = (
        '<meta charset="utf-8"><title>冬天钓鲫鱼用什么饵好</title><body><h1>冬天钓鲫鱼用什么饵好</h1>'
        f"<div>查看：1532 回复：3</div><div>{''.join(f'<div>{post}</div>' for post in posts)}</div></body>"
    )
    return extract(page.encode(), url=url)


def early(name: str, day: str, text: str) -> str:
    return f"<p><a href='/u'>{name}</a></p><p>初级鱼友</p><p>发表于 {day} 21:07</p><p>{text}</p>"


def late(name: str, day: str, text: str) -> str:
    return f"<p><a href='/u'>{name}</a></p><p>{text}</p><p>来自手机 2楼 {day} 19:40</p>"


def test_the_first_post_says_who_wrote_the_thread_and_when():
    document = thread(
        early("老猫钓月", "2019-4-2", ASKED), early("苔原", "2019-4-3", FIRST), early("阿峰", "2019-4-4", SECOND)
    )
    assert (document.byline, document.published) == ("老猫钓月", "2019-04-02T21:07")
    assert [(c.author, c.published[:10], c.text) for c in document.comments] == [
        ("苔原", "2019-04-03", FIRST),
        ("阿峰", "2019-04-04", SECOND),
    ]


def test_a_date_may_stand_under_what_was_written():
    document = thread(
        late("老猫钓月", "2019-4-2", ASKED), late("苔原", "2019-4-3", FIRST), late("阿峰", "2019-4-4", SECOND)
    )
    assert document.text.splitlines() == [ASKED, FIRST, SECOND]
    assert (document.byline, document.published) == ("老猫钓月", "2019-04-02T19:40")


def test_the_day_on_which_somebody_joined_is_not_the_day_of_the_post():
    panel = "<dl><dt>注册时间</dt><dd>2011-5-3</dd><dt>帖子</dt><dd>3118</dd></dl>"
    document = thread(
        panel + early("老猫钓月", "2019-4-2", ASKED), panel + early("苔原", "2019-4-3", FIRST),
        panel + early("阿峰", "2019-4-4", SECOND),
    )  # fmt: skip
    assert [c.published[:10] for c in document.comments] == ["2019-04-03", "2019-04-04"]
    assert "3118" not in document.text


def test_the_words_of_an_earlier_post_are_not_said_twice():
    quote = f"<blockquote>苔原 发表于 2019-4-3 21:07<br>{FIRST}</blockquote>"
    document = thread(
        early("老猫钓月", "2019-4-2", ASKED),
        early("苔原", "2019-4-3", FIRST),
        early("阿峰", "2019-4-4", quote + SECOND),
    )
    assert document.text.count(FIRST) == 1
    assert document.comments[1].text == SECOND


def test_a_question_under_its_title_is_kept_whatever_counts_follow_it():
    answers = "".join(
        f"<div><p>{name}</p><p>{text}</p><p>编辑于 2023-05-06 21:14</p></div>"
        for name, text in (("甲木", FIRST), ("乙火", SECOND))
    )
    page = (
        '<meta charset="utf-8"><title>冬天钓鲫鱼用什么饵好</title><body>'
        f"<h1>冬天钓鲫鱼用什么饵好</h1><p>{ASKED}</p><div>关注者</div><div>38</div><div>被浏览</div><div>5,120</div>"
        f"<h4>2 个回答</h4>{answers}</body>"
    )
    document = extract(page.encode(), url="http://wenda.test/question/77")
    assert document.text.splitlines() == [ASKED, FIRST, SECOND]


def test_what_stands_under_two_dashes_is_the_signature_of_who_wrote():
    page = (
        "<meta charset=utf-8><title>冬天钓鲫鱼用什么饵好</title><h1>冬天钓鲫鱼用什么饵好</h1>"
        f"<div><pre>{ASKED}\n\n{FIRST}\n--\n发自我的手机，欢迎来玩。</pre></div>"
    )
    assert extract(page.encode()).text.splitlines() == [ASKED, FIRST]


def test_lines_that_come_again_with_each_reply_are_no_text():
    def answer(votes: int, text: str) -> str:
        return f"<p>Lv {votes}</p><p>{text}</p><p>ナイス！{votes}</p>"

    page = (
        "<meta charset=utf-8><title>冬天钓鲫鱼用什么饵好</title><h1>冬天钓鲫鱼用什么饵好</h1>"
        f"<p>{ASKED}</p><div>{answer(12, FIRST)}</div><div>{answer(3, SECOND)}</div>"
    )
    document = extract(page.encode(), url="http://wenda.test/question/9")
    assert document.text.splitlines() == [ASKED, FIRST, SECOND]


def test_a_name_that_is_a_link_is_whole_even_if_it_ends_in_a_verb():
    document = thread(
        early("老猫钓月", "2019-4-2", ASKED), early("试了再说", "2019-4-3", FIRST), early("阿峰", "2019-4-4", SECOND)
    )
    assert [c.author for c in document.comments] == ["试了再说", "阿峰"]


def test_a_name_in_a_line_of_its_own_over_the_date_is_the_writer_of_a_comment():
    comment = "<li>#1</li><li>小鱼</li><li>於 2019/08/09 21:13</li><li>粗盐真的好用，谢谢分享！</li>"
    page = (
        "<meta charset=utf-8><title>木砧板发霉怎么办</title><h1>木砧板发霉怎么办</h1>"
        f"<p>{ASKED}</p><p>{FIRST}</p><p>{SECOND}</p><div><h3>留言列表</h3><ul>{comment}</ul></div>"
    )
    document = extract(page.encode())
    assert [(c.author, c.published[:10]) for c in document.comments] == [("小鱼", "2019-08-09")]


def unnamed(*posts: str, tag: str = "div"):
    """A page whose address and words say nothing of a forum."""
    page = f'<meta charset="utf-8"><title>冬天钓鲫鱼用什么饵好</title><h1>冬天钓鲫鱼用什么饵好</h1>{"".join(posts)}'
    return extract(page.encode(), url="http://www.diaoyou.test/topicdetail?f=1&t=2")


def post(name: str, day: str, text: str) -> str:
    panel = f"<p><a href='/u/{name}'>{name}</a></p><p>注册: 2001-02-03</p>"
    return f"<div class=post>{panel}<p>{day} 21:07</p><p>{text}</p></div>"


def test_posts_alike_from_the_title_on_by_people_whose_pages_are_linked_make_a_thread():
    first, *others = (
        post("甲鱼", "2019-4-2", ASKED),
        post("苔原", "2019-4-3", FIRST),
        post("阿峰", "2019-4-4", SECOND),
    )
    document = unnamed(f"<div>{first}</div>", *others)
    assert (document.page_type, document.byline, document.published) == ("thread", "甲鱼", "2019-04-02T21:07")
    assert [(c.author, c.published, c.text) for c in document.comments] == [
        ("苔原", "2019-04-03T21:07", FIRST),
        ("阿峰", "2019-04-04T21:07", SECOND),
    ]
    assert document.text.split("\n") == [ASKED, FIRST, SECOND]


def test_comments_under_an_article_make_no_thread():
    document = unnamed(f"<p>{ASKED * 3}</p>", post("苔原", "2019-4-3", FIRST), post("阿峰", "2019-4-4", SECOND))
    assert document.page_type == "article"


def test_articles_under_headings_of_their_own_make_no_thread():
    posts = [post(name, "2019-4-3", f"<h2>{name}的办法</h2>{FIRST}") for name in ("甲鱼", "苔原", "阿峰")]
    assert unnamed(*posts).page_type != "thread"


def test_the_day_of_an_edit_is_not_the_day_of_an_answer_and_a_sign_is_no_name():
    answer = (
        f"<p>最佳答案</p><p>edited <span>2020-03-30 8:00</span></p><p><a href='/users/9/lee'>Levain Lee</a></p>"
        f"<p>answered <span>2020-03-28 16:20</span></p><p>{FIRST}</p>"
    )
    document = thread(early("老猫钓月", "2019-4-2", ASKED), answer, early("阿峰", "2020-4-4", SECOND))
    assert [(c.author, c.published[:10]) for c in document.comments] == [
        ("Levain Lee", "2020-03-28"),
        ("阿峰", "2020-04-04"),
    ]
    assert document.comments[0].text == FIRST


def test_the_title_that_a_reply_repeats_is_no_text():
    again = "<h3>Re: 冬天钓鲫鱼用什么饵好</h3>"
    document = thread(*(f"{again}{early(name, '2019-4-3', said)}" for name, said in (("甲", ASKED), ("乙", FIRST))))
    assert "Re:" not in document.text


def shown(box: str, name: str, day: str, text: str) -> str:
    return (
        f"<div class='{box}'><a href='/user/{name}'>{name}</a></div><p>{day} 20:10</p>"
        f"<div class='said'><p>{text}</p></div>"
    )


def asked_and_answered(asker: str, answerer: str):
    answers = (shown(answerer, "苔原", "2019-4-3", FIRST), shown(answerer, "阿峰", "2019-4-4", SECOND))
    page = (
        "<meta charset='utf-8'><title>冬天钓鲫鱼用什么饵好</title><body><h1>冬天钓鲫鱼用什么饵好</h1>"
        f"<div class='top'>{shown(asker, '老猫钓月', '2019-4-2', ASKED * 4)}</div>"
        f"<div>{''.join(f'<div class=answer>{answer}</div>' for answer in answers)}</div></body>"
    )
    return extract(page.encode(), url="http://yu.test/12.html")


def test_who_asks_and_who_answers_are_shown_alike_on_a_page_of_replies():
    document = asked_and_answered("who", "who")
    assert document.page_type == "thread"
    assert all(text in document.text for text in (ASKED, FIRST, SECOND))


def test_under_an_article_readers_are_shown_in_another_way_than_its_author():
    assert asked_and_answered("author", "reader").page_type == "article"
