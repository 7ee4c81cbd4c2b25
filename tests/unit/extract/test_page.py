from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterspin.errors import RefusedPageError
from extract.blocks import layout_of
from extract.decode import decode
from extract.page import extract
from extract.parse import parse

PROSE = "信用卡逾期以后，应当先与银行联系，说明原因，再商量分期还款的办法，并保留沟通的记录。"


def page(body: str, head: str = "<title>逾期以后怎么办</title>") -> bytes:
    return f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def test_every_passage_is_where_it_says():
    document = extract(
        page(f"<h1>逾期以后怎么办</h1><p>{PROSE}</p><h2>第一步</h2><p>{PROSE}</p><ul><li>{PROSE}</li></ul>")
    )
    assert [p.kind for p in document.passages] == ["paragraph", "heading", "paragraph", "list_item"]
    assert all(document.text[p.start : p.end] == p.text for p in document.passages)


_TAGS = st.sampled_from(
    ["p", "div", "h2", "li", "td", "span", "b", "a href='/x'", "ul", "table", "tr", "br", "blockquote", "/p", "/div"]
)
_WORDS = st.one_of(
    st.sampled_from([PROSE, "一、", "2024-01-02", "评论", "上一篇", " ", "\n", "&nbsp;", "&#0;", "<", "\ud800"]),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_TAGS, _WORDS), max_size=40))
def test_offsets_hold_on_any_soup_of_tags(parts):
    soup = "".join(f"<{tag}>{word}" for tag, word in parts).encode("utf-8", "surrogatepass")
    try:
        document = extract(b"<body>" + soup)
    except RefusedPageError:
        return
    assert all(document.text[p.start : p.end] == p.text for p in document.passages)
    assert document.text == "\n".join(p.text for p in document.passages)


def outcome(raw: bytes) -> str:
    """``document``, or the code under which the page is refused."""
    try:
        return "document" if extract(raw) else ""
    except RefusedPageError as refusal:
        return refusal.code


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_coded_refusal(raw):
    assert outcome(raw) in {"document", "empty", "bad_type", "bad_encoding", "too_large", "too_complex"}


def test_the_same_page_gives_the_same_document_in_any_order():
    texts = [page(f"<h1>题目{i}</h1>" + f"<p>{PROSE}第{i}条。</p>" * 8) for i in range(6)]
    texts += [page("<h1>How to fix it</h1>" + "<p>The tap drips because the washer is worn out and has to go.</p>" * 8)]
    first = {raw: extract(raw) for raw in texts}
    order = texts * 3
    random.Random(7).shuffle(order)
    assert all(first[raw] == extract(raw) for raw in order)


def test_a_paragraph_said_twice_is_kept_twice():
    document = extract(page(f"<h1>题目</h1><p>{PROSE * 2}</p><p>{PROSE * 2}</p><p>{PROSE}</p>"))
    assert document.text.count(PROSE * 2) == 2


def test_holes_between_characters_stay_and_line_ends_go():
    document = extract(page(f"<h1>题目</h1><p>可以通过 、短信等\n方式联系，{PROSE}</p>"))
    assert "可以通过 、短信等方式联系" in document.text


def test_the_text_of_a_script_never_stands_in_for_what_a_reader_sees():
    facts = '{"@type":"Article","articleBody":"只在脚本里的话，读者看不到。","datePublished":"2024-01-02"}'
    head = f'<script type="application/ld+json">{facts}</script>'
    document = extract(page(f"<h1>题目</h1><p>{PROSE}</p>", head))
    assert "只在脚本里的话" not in document.text
    assert document.published == "2024-01-02"


def test_links_carry_their_zone_and_an_absolute_address():
    menu = '<nav><a href="/">首页</a><a href="/b">频道</a></nav>'
    body = f'{menu}<h1>题目</h1><p>{PROSE}<a href="x.html">细则</a>{PROSE}</p>'
    links = extract(page(body), url="http://a.test/d/p.html").links
    assert [(link.zone, link.url) for link in links] == [
        ("navigation", "http://a.test/"), ("navigation", "http://a.test/b"), ("main", "http://a.test/d/x.html"),
    ]  # fmt: skip


def test_more_links_than_the_limit_are_counted():
    links = "".join(f'<a href="/{i}">第{i}页</a> ' for i in range(1500))
    document = extract(page(f"<h1>题目</h1><p>{PROSE}</p><div>{links}</div>"), url="http://a.test/")
    assert len(document.links) == 1000
    assert "cut:links 500" in document.marks


def test_relative_dates_use_the_time_of_the_fetch():
    raw = page(f"<h1>题目</h1><div>昨天 08:15</div><p>{PROSE}</p>")
    assert extract(raw, fetched_at="2024-05-20T10:00:00").published == "2024-05-19T08:15"
    assert extract(raw).published is None


def test_a_year_alone_is_not_turned_into_the_first_of_january():
    assert extract(page(f"<h1>题目</h1><div>2023年度</div><p>{PROSE}</p>")).published is None


@pytest.mark.parametrize("depth", [300, 1000, 2500])
def test_text_below_many_elements_is_kept_or_its_loss_is_marked(depth):
    document = extract(page("<div>" * depth + f"<p>{PROSE}</p>" + "</div>" * depth))
    assert PROSE in document.text or "cut:too_deep" in document.marks


def test_a_tag_with_a_hundred_thousand_attributes_loses_them():
    attributes = " ".join(f"a{i}=1" for i in range(100_000))
    document = extract(page(f"<h1>题目</h1><div {attributes}><p>{PROSE}</p></div>"))
    assert PROSE in document.text
    assert "cut:attributes 1" in document.marks


def test_a_page_of_nothing_but_tags_is_refused_when_there_are_too_many():
    with pytest.raises(RefusedPageError, match="too_complex"):
        extract(b"<i>" * 500_000)


def test_a_long_title_is_cut_and_marked():
    document = extract(page(f"<p>{PROSE}</p>", f"<title>{'长' * 5000}</title>"))
    assert len(document.title) == 500
    assert "cut:title" in document.marks


def test_control_characters_do_not_reach_the_document():
    document = extract(page(f"<h1>题目\x1b]52;c;x\x07</h1><p>{PROSE}\u202e\u200b&#0;&#27;</p>"))
    shown = document.title + document.text
    assert not any(c in shown for c in "\x00\x07\x1b\u202e\u200b")


def test_account_numbers_of_trackers_are_marks():
    head = f"<script>var s='https://hm.baidu.com/hm.js?{string.hexdigits[:16].lower() * 2}';</script>"
    marks = extract(page(f"<h1>题目</h1><p>{PROSE}</p>", head)).marks
    assert f"tracker:baidu={string.hexdigits[:16].lower() * 2}" in marks


def test_empty_lines_in_a_text_part_its_paragraphs():
    document = extract(page(f"<h1>逾期以后怎么办</h1><div><span>{PROSE}\n\n第一步：\n{PROSE}\n\n{PROSE}</span></div>"))
    assert document.text.splitlines() == [PROSE, "第一步：", PROSE, PROSE]


def test_what_a_page_says_again_for_programs_is_no_text():
    machine = (
        f"<div><div>逾期以后怎么办</div><div>2021-03-04T08:00:00+08:00</div><div>{PROSE}</div>"
        "<div>https://a.test/p.jpg</div></div>"
    )
    document = extract(page(f"<h1>逾期以后怎么办</h1><div><p>{PROSE}</p><p>{PROSE[:30]}。</p></div>{machine}"))
    assert document.text.splitlines() == [PROSE, f"{PROSE[:30]}。"]


LISTED = (
    "<html><body><h1>包饺子</h1><p>需要准备以下材料：</p><ul><li>面粉<ul><li>中筋面粉</li></ul></li><li>肉馅</li></ul>"
    "<p>准备好之后先和面，再醒面，然后擀皮，最后包馅下锅。记得水要宽，火不要太大，不然容易糊锅底，影响味道。</p>"
    "<div><p>本站首页</p></div></body></html>"
)


def test_what_stands_before_the_only_paragraph_is_kept():
    document = extract(LISTED.encode())
    assert document.title == "包饺子"
    assert [passage.text for passage in document.passages][:4] == ["需要准备以下材料：", "面粉", "中筋面粉", "肉馅"]


@pytest.mark.parametrize("name", ["guanxian.html", "szhome.html"])
def test_no_block_of_a_page_is_lost_without_a_reason(shared, name):
    raw = (shared / "seeds" / "pages" / name).read_bytes()
    document = extract(raw)
    kept = "\n".join((
        document.title or "", document.text, *(part.text for part in document.boilerplate),
        *(comment.text for comment in document.comments), *(comment.author or "" for comment in document.comments),
    ))  # fmt: skip
    shown = [block.text for block in layout_of(parse(decode(raw).text).root).blocks]
    lost = [text for text in shown if text not in kept]
    assert sum(map(len, lost)) <= 0.01 * sum(map(len, shown)), lost


def test_a_heading_of_two_characters_is_the_title_of_a_page_without_a_title_element():
    prose = "磨刀石要先泡水，泡到不再冒泡为止，然后刀面与石面成十五度，推出去用力，收回来不用力。"
    assert extract(f"<body><h1>磨刀</h1><p>{prose}</p></body>".encode()).title == "磨刀"
    assert extract(f"<title>磨刀</title><body><h1>磨刀</h1><p>{prose}</p></body>".encode()).title == "磨刀"


def test_what_a_page_of_frames_says_to_readers_without_them_is_read_and_no_markup():
    told = "本站用框架排版，您的浏览器不支持，请从目录进入各章，第一章讲怎样选苗，第二章讲怎样施肥。"
    frames = f"<frameset><frame src=a.htm><noframes><body><p>{told}</p></body></noframes></frameset>"
    found = extract(f"<html><title>种瓜</title>{frames}".encode())
    assert found.text == told
    assert "<" not in "".join(part.text for part in found.boilerplate)


@pytest.mark.parametrize("inner", ['<?xml version="1.0" encoding="utf-8"?><p>{0}</p>', "{0}<", "<!-- {0} -->"])
def test_whatever_stands_for_readers_without_frames_the_page_is_read(inner):
    told = "第一章讲怎样选苗，第二章讲怎样施肥，第三章讲怎样浇水，都要照着季节来做，不可心急，也不可偷懒。"
    frames = f"<frameset><frame src=a.htm><noframes>{inner.format(told)}</noframes></frameset>"
    assert extract(f"<html><title>种瓜</title>{frames}".encode()).title == "种瓜"


def test_the_titles_of_other_questions_after_a_text_are_no_authors():
    prose = "有火花说明电池和点火针是好的，多半是气没过来，先看总阀和灶前阀是不是被人关了。"
    other = "<ul><li><a href='/q/1'>火苗发红怎么调</a><span>2013-08-01</span></li></ul>"
    page = f"<title>打不着火怎么办</title><h1>打不着火怎么办</h1><div><p>{prose}</p><p>{prose}再看表。</p></div>{other}"
    assert extract(page.encode()).byline is None
