"""Tabs, folds, fields and buttons of a page."""

from __future__ import annotations

from extract.page import extract

ADVICE = "保修期内坏了，先打电话登记，再带发票和机器去维修点，不要自己拆。修好以后，保修期从取件那天起重新算三个月。"
MORE = "过了保修期也可以修，只收零件的钱。先问清楚价钱再动手，换下来的旧件要拿回来看一看，免得被换了别的。"


def document(body: str):
    page = f"<html><head><title>保修怎么办</title></head><body><h1>保修怎么办</h1>{body}</body></html>"
    return extract(page.encode(), url="https://site.test/baoxiu")


def test_boxes_that_tabs_open_are_text_though_all_but_one_are_hidden_and_their_names_speak_against_them():
    hidden = (
        '<div class="tab" id="b" style="display:none"><h3>材料</h3><p>发票原件，保修卡，身份证复印件一份。</p></div>'
    )
    tabs = '<ul class="tabs"><li><a href="#a">办法</a></li><li><a href="#b">材料</a></li></ul>'
    found = document(f'<div>{tabs}<div class="tab" id="a"><p>{ADVICE}</p><p>{MORE}</p></div>{hidden}</div>')
    assert "发票原件，保修卡" in found.text


def test_hidden_text_that_no_tab_opens_stays_out():
    hidden = '<div class="tab" id="b" style="display:none"><p>黑户贷款秒下款，加微信办理，不看征信。</p></div>'
    found = document(f'<div><div class="tab" id="a"><p>{ADVICE}</p><p>{MORE}</p></div>{hidden}</div>')
    assert "黑户" not in found.text
    assert any(part.reason == "hidden" and "黑户" in part.text for part in found.boilerplate)


def test_a_heading_that_links_to_itself_is_a_heading():
    found = document(f'<p>{ADVICE}</p><h2 id="later"><a href="#later">过了保修期</a></h2><p>{MORE}</p>')
    assert [p.text for p in found.passages if p.kind == "heading"] == ["过了保修期"]


def test_a_question_on_a_button_that_unfolds_its_answer_is_a_heading():
    fold = f"<h3><button aria-expanded='false'>过了保修期还能修吗？</button></h3><div><p>{MORE}</p></div>"
    found = document(f"<p>{ADVICE}</p>{fold}<div><button>在线报修</button></div>")
    assert [p.text for p in found.passages if p.kind == "heading"] == ["过了保修期还能修吗？"]
    assert "在线报修" not in found.text


def test_a_small_box_around_a_field_is_no_text():
    form = "<div class='x1'><h4>免费领取维修报价，已有九千人</h4><p><input placeholder='电话'><a>立即领取</a></p></div>"
    found = document(f"<div><p>{ADVICE}</p>{form}<p>{MORE}</p></div>")
    assert found.text == f"{ADVICE}\n{MORE}"


def test_a_field_beside_the_text_takes_no_text_with_it():
    found = document(f"<div><form><input name='q'></form><p>{ADVICE}</p><p>{MORE}</p></div>")
    assert found.text == f"{ADVICE}\n{MORE}"


def test_a_question_about_the_page_that_a_click_answers_is_no_text():
    for answers in ("<a>有</a> <a>没有</a>", "<button>Yes</button><button>No</button>"):
        poll = f"<div class='x2'><p>这一页有帮助吗？</p>{answers}</div>"
        assert document(f"<div><p>{ADVICE}</p><p>{MORE}</p>{poll}</div>").text == f"{ADVICE}\n{MORE}"


def test_a_question_that_ends_the_text_stays_though_links_follow_it():
    asked = "你家的热水器过了保修期都是怎么修的？"
    found = document(f"<div><p>{ADVICE}</p><p>{MORE}</p><p>{asked}</p><div><a>赞</a> <a>打赏</a></div></div>")
    assert found.text.endswith(asked)


def test_a_form_says_as_much_as_its_fields_ask_for():
    label = "<p>需要填写，不会公开，我们只用它来通知您有了新的回复，您随时可以退订。</p><input>"
    form = f"<form><h2>您的回答</h2><textarea></textarea>{label * 8}<p>点击提交即表示您同意服务条款。</p></form>"
    found = document(f"<p>{ADVICE}</p><p>{MORE}</p>" * 40 + form)
    assert "随时可以退订" not in found.text
    assert "服务条款" not in found.text
