"""Hosts of one registered domain: versions of one page, or sites of their own."""

from __future__ import annotations

import pytest

from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.example import document_of

SOURCE = (
    "收到催款短信之后不要紧张，只要及时沟通，大部分问题都可以解决，银行一般会根据收入情况决定是否同意分期。\n"
    "如果短期之内没有能力还清全部欠款，应该主动说明原因，并且提供收入证明，争取延长还款的期限。"
)
SPUN = SOURCE.replace("紧张", "慌乱").replace("解决", "化解").replace("同意", "赞同").replace("提供", "给出")
OTHER_TITLE = ("收到催款短信怎么办", "接到催款短信怎样应对")
SAME_TITLE = ("收到催款短信怎么办", "收到催款短信怎么办")


def relation(left, right, titles=OTHER_TITLE, marks=("", ""), texts=(SOURCE, SPUN)):
    pages = [
        document_of("\n".join(filter(None, (f"@title: {title}", mark, text))), url=url)
        for url, title, mark, text in zip((left, right), titles, marks, texts, strict=True)
    ]
    found = run(pages, Settings())
    return {flag.rule for flag in found.flags} & {"rewrite", "near_copy"}, {reuse.reason for reuse in found.reuses}


def licence(number):
    return f"@mark: licence:粤ICP备{number}号-1"


def test_a_rewrite_on_another_sub_domain_is_flagged():
    assert relation("http://bank.farm.test/a.html", "http://loan.farm.test/7.html")[0] == {"rewrite"}


@pytest.mark.parametrize(
    ("left", "right", "titles"),
    [
        ("http://www.site.test/a.html", "http://m.site.test/b.html", OTHER_TITLE),
        ("http://one.site.test/a.html", "http://two.site.test/a.html", OTHER_TITLE),
        ("http://one.site.test/a.html", "http://one.site.test/b.html", OTHER_TITLE),
    ],
)
def test_versions_of_one_page_keep_their_exit(left, right, titles):
    assert relation(left, right, titles) == (set(), {"version"})


def test_few_changed_words_under_one_title_are_a_version_and_many_are_none():
    hosts = "http://one.site.test/a.html", "http://two.site.test/b.html"
    few = SOURCE.replace("紧张", "慌乱").replace("解决", "化解")
    assert relation(*hosts, SAME_TITLE, texts=(SOURCE, few)) == (set(), {"version"})
    assert relation(*hosts, SAME_TITLE)[0] == {"rewrite"}


def test_one_layout_makes_sub_domains_one_site():
    mark = "@mark: template:e05c8e8ca3a7f13a"
    found = relation("http://bj.site.test/a.html", "http://sh.site.test/b.html", marks=(mark, mark))
    assert found == (set(), {"version"})


def test_copies_within_a_domain_are_versions_until_licences_tell_the_sites_apart():
    hosts = "http://one.site.test/a.html", "http://two.site.test/b.html"
    assert relation(*hosts, texts=(SOURCE, SOURCE)) == (set(), {"version"})
    marks = licence("2021009096"), licence("2019001234")
    assert relation(*hosts, marks=marks, texts=(SOURCE, SOURCE)) == ({"near_copy"}, {"copy"})


def test_users_of_a_hosting_domain_are_sites_of_their_own():
    hosts = "http://one.blogspot.com/a.html", "http://two.blogspot.com/a.html"
    assert relation(*hosts, SAME_TITLE)[0] == {"rewrite"}


def test_files_whose_address_nobody_knows_are_no_versions_of_each_other():
    assert relation("file:///pages/a.html", "file:///pages/b.html")[0] == {"rewrite"}
