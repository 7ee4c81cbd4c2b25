from __future__ import annotations

from extract.plain import document_from_text
from extract.quick import read

RAW = """<html><head><meta charset="utf-8"><title>题目</title>
<base href="http://c.test/x/">
<meta name="robots" content="NOINDEX, nofollow"></head><body><h1>题目</h1>
<p>先与银行联系，说明原因，再商量还款的办法，
<a href="y.html">细则</a>留下沟通的记录，以备查看。</p></body></html>""".encode()


def test_a_quick_reading_has_title_text_links_and_manners():
    quick = read(RAW, "http://a.test/", None)
    assert (quick.title, quick.robots) == ("题目", ("noindex", "nofollow"))
    assert quick.text.startswith("先与银行联系")
    assert [link.url for link in quick.links] == ["http://c.test/x/y.html"]


def test_a_quick_reading_of_a_question_holds_its_answers():
    asked = "空调滤网多久洗一次？南方潮湿，开机有霉味，上个月才洗过，现在又有灰了。" * 4
    said = (
        "两周洗一次，潮湿的地方要勤一些。",
        "我家一个月洗一次，也没有味道。",
        "看灰有多厚，厚了就拆下来洗，不必照日子算。",
    )
    answer = "<div class='answer'><b>读者{0}</b> <span>2024-05-0{0} 08:30</span><p>{1}</p></div>"
    answers = "".join(answer.format(number, text) for number, text in enumerate(said, 1))
    raw = f"<meta charset='utf-8'><title>滤网多久洗一次</title><h1>滤网多久洗一次</h1><p>{asked}</p>{answers}".encode()
    text = read(raw, "http://a.test/wenda/12.html").text
    assert [one for one in (asked, *said) if one not in text] == []


def test_plain_text_becomes_passages_line_by_line():
    document = document_from_text(
        "题目\n一、先联系\n说明原因，再商量还款的办法。\n\n好。",
        url="http://a.test/",
        title="题目",
        published="2024年1月2日",
    )
    assert [(p.kind, p.text) for p in document.passages] == [
        ("heading", "一、先联系"), ("paragraph", "说明原因，再商量还款的办法。"), ("paragraph", "好。"),
    ]  # fmt: skip
    assert document.published == "2024-01-02"
    assert all(document.text[p.start : p.end] == p.text for p in document.passages)


def test_no_text_is_an_empty_document():
    assert document_from_text(" \n ", url="http://a.test/").page_type == "empty"
