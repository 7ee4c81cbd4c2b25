from __future__ import annotations

from extract.plain import document_from_text
from extract.template import without_templates

COPIED = "这一整段在三个页面上一模一样，是互相抄来的，找出它是分析的事。"


def documents(*texts):
    return [document_from_text(text, url=f"http://a.test/{n}") for n, text in enumerate(texts)]


def pages(first="欢迎收藏本站以便下次阅读", last="更多内容请继续关注"):
    return [
        f"{first}\n" + "\n".join(f"第{n}页的第{k}段，讲的是不同的事情，文字也不同。" for k in range(9)) + f"\n{last}"
        for n in range(4)
    ]


def test_lines_that_a_site_prints_on_its_pages_become_template():
    cleaned = without_templates(documents(*pages()))
    assert all("欢迎收藏" not in d.text and "继续关注" not in d.text for d in cleaned)
    assert all(d.boilerplate[-1].reason == "template" for d in cleaned)
    assert all(d.text[p.start : p.end] == p.text for d in cleaned for p in d.passages)


def test_nothing_is_lost():
    before = documents(*pages())
    for old, new in zip(before, without_templates(before), strict=True):
        assert sorted(old.text.split("\n")) == sorted(new.text.split("\n") + new.boilerplate[-1].text.split("\n"))


def test_copied_articles_are_not_taken_for_a_template():
    copy = "\n".join([COPIED] * 3 + [f"后面的话也一样，第{k}句。" for k in range(8)])
    before = documents(copy, copy, copy, copy)
    assert before == without_templates(before)


def test_two_pages_are_too_few_to_say():
    before = documents(*pages()[:2])
    assert before == without_templates(before)
