"""What reviewers confirmed is handed to the next crawl."""

from __future__ import annotations

from counterspin.store.confirmed import confirmed_farms, confirmed_texts

TEXT = "反渗透膜的寿命较长,一般可以使用两到三年,之后水会变浑。"


def test_the_text_of_a_page_with_a_confirmed_flag_is_an_example_and_no_other(store, site):
    site.put(TEXT)
    site.put("别的文字。", url="http://b.test/2")
    flag = site.flag(TEXT, rule="hole")
    site.analyse(flag)
    assert confirmed_texts(store, 9) == []
    site.judge(flag.id, "confirmed")
    assert confirmed_texts(store, 9) == [f"题目\n{TEXT}"]
    assert confirmed_farms(store) == frozenset()
