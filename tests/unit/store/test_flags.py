"""The life of a flag: what machine and reviewer say of it over crawls and analyses."""

from __future__ import annotations

from counterspin.store import flags, pages, runs

FIRST = "可以通过、检测笔等方式判断是否需要更换滤芯。更换之前先关闭进水阀。"
SECOND = "活性炭滤芯通常可以使用半年左右,出水有异味时应当及时更换。"
URL = "http://a.example.com.cn/advice"
RULES = {"hole": {"version": 1}}


def test_a_flag_is_new_then_unchanged_then_absent_then_returned(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    assert [(flag.id, "new", "open")] == site.states()
    site.analyse(flag)
    assert [(flag.id, "unchanged", "open")] == site.states()
    gone = site.analyse()
    assert [(flag.id, "absent", "open")] == site.states()
    assert gone == store.value("SELECT absent_run FROM flag")
    site.analyse(flag)
    assert [(flag.id, "returned", "open")] == site.states()
    events = [row[0] for row in store.rows("SELECT event FROM flag_event ORDER BY id")]
    assert events == ["new", "absent", "returned"]


def test_an_edited_passage_keeps_its_flag_and_the_verdict_goes_stale(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    site.judge(flag.id, "confirmed")
    edited = FIRST.replace("判断", "看出")
    site.put("本站新增的一段广告文字,与旧文无关。", edited, SECOND)
    site.analyse(site.flag(edited))
    assert [(flag.id, "updated", "stale")] == site.states()
    assert store.value("SELECT cause FROM flag_event WHERE event='updated'") == "content"
    assert store.value("SELECT count(*) FROM evidence") == 2


def test_new_punctuation_and_dates_leave_a_verdict_standing(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    site.judge(flag.id, "confirmed")
    edited = FIRST.replace(",", ",").replace("。", ".") + "2026-05-01"
    site.put(edited, SECOND)
    site.analyse(site.flag(edited))
    assert [(flag.id, "unchanged", "confirmed")] == site.states()


def test_a_false_positive_that_returns_stays_closed_and_a_confirmed_one_reopens(store, site):
    site.put(FIRST, SECOND)
    one, two = site.flag(FIRST), site.flag(SECOND)
    site.analyse(one, two)
    site.judge(one.id, "false_positive")
    site.judge(two.id, "confirmed")
    site.analyse()
    site.analyse(one, two)
    assert {(one.id, "returned", "false_positive"), (two.id, "returned", "open")} == set(site.states())


def test_a_failed_fetch_never_makes_a_flag_vanish(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    crawl = runs.start(store, "crawl")
    with store.transaction() as connection:
        page = pages.page_id(connection, URL, crawl)
        pages.put_fetch(connection, run=crawl, page=page, url=URL, at=runs.now(), code="gone", http_status=404)
    runs.finish(store, crawl)
    site.analyse(site.flag(FIRST))
    assert [(flag.id, "unchanged", "open")] == site.states()
    assert crawl == store.value("SELECT gone_run FROM page")


def test_a_run_that_crashed_leaves_its_flags_new_for_the_next_one(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    crashed = runs.start(store, "analyse")
    flags.put_all(store, [flag], run=crashed, places=flags.Places(store), rules=RULES, before=flags.known(store))
    site.analyse(flag)
    assert [(flag.id, "new", "open")] == site.states()
    assert store.value("SELECT status FROM run WHERE id=?", (crashed,)) == "interrupted"
    last = store.value("SELECT max(id) FROM run")
    assert store.value("SELECT count(*) FROM flag_event WHERE run_id=? AND event='new'", (last,)) == 1


def test_joined_passages_keep_both_flags(store, site):
    site.put(FIRST, SECOND)
    one, two = site.flag(FIRST), site.flag(SECOND)
    site.analyse(one, two)
    site.put(FIRST + SECOND)
    site.analyse(site.flag(FIRST + SECOND))
    assert {(one.id, "updated"), (two.id, "updated")} == {row[:2] for row in site.states()}


def test_both_halves_of_a_split_passage_can_be_flagged(store, site):
    first, second = FIRST.split("。")[:2]
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    site.put(first + "。", second + "。", SECOND)
    site.analyse(site.flag(first + "。"), site.flag(second + "。"))
    states = site.states()
    assert len(states) == 2
    assert (flag.id, "updated") == states[0][:2]


def test_a_new_passage_with_the_words_of_an_old_one_gets_a_flag_of_its_own(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST)
    site.analyse(flag)
    edited = FIRST.replace("判断", "看出").replace("关闭", "关上")
    site.put(edited, SECOND)
    site.analyse(site.flag(edited))
    site.put(edited, FIRST, SECOND)
    site.analyse(site.flag(edited), site.flag(FIRST))
    assert len({row[0] for row in site.states()}) == 2


def test_a_changed_rule_is_named_as_the_cause(store, site):
    site.put(FIRST, SECOND)
    site.analyse(site.flag(FIRST))
    site.analyse(site.flag(FIRST), rules={"hole": {"version": 2}})
    assert store.value("SELECT cause FROM flag_event WHERE event='updated'") == "rules"
    site.analyse(rules={"hole": {"version": 2}})
    assert store.value("SELECT cause FROM flag_event WHERE event='absent'") == "corpus"


def test_flags_come_back_as_they_were_put(store, site):
    site.put(FIRST, SECOND)
    flag = site.flag(FIRST, other="另一页的一段话。", key="question")
    site.analyse(flag)
    assert [flag] == list(flags.current(store))


def test_a_page_that_goes_back_to_an_old_version_is_analysed_in_that_version(store, site):
    site.put(FIRST)
    first = store.value("SELECT document_id FROM page")
    site.put(SECOND)
    assert first != store.value("SELECT document_id FROM page")
    site.put(FIRST)
    assert first == store.value("SELECT document_id FROM page")
    assert store.value("SELECT count(*) FROM document") == 2
