"""Search finds what a plain scan finds, whatever the length of the word."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.store import search
from counterspin.store.connection import Store

TEXTS = (
    "催收人员上门核实情况,倘若无人在家会留下联系方式。", "支付宝催收不会上门。", "倘若支付宝催收来电,请保持冷静。",
    "一", "共199999元,一次付清。",
    "The filter, Filters and FILTER 3M.", "e-mail: help@example.test", "かな漢字とハングル한국어", "1999", "上。门",
    "𠮷野家", "",
)  # fmt: skip
QUERIES = (
    "上门", "倘若", "一", "支付宝催收 倘若", "199999", "1999", "filter", "3m", "help", "漢字", "한국", "𠮷", "不存在",
    "催收 来电", '"支付宝催收"', "example test", "上门核实",
)  # fmt: skip


def fill(store: Store, texts: list[str]) -> None:
    """Put passages into the current document of one page, without the detour of an extraction."""
    with store.transaction() as c:
        c.execute("INSERT INTO run(id,kind,started_at,tool_version) VALUES(1,'import','t','0')")
        c.execute("INSERT INTO site(id,host,domain,first_run) VALUES(1,'a.test','a.test',1)")
        c.execute(
            "INSERT INTO page(id,site_id,url,url_key,first_run,last_run) VALUES(1,1,'http://a.test/','a.test/',1,1)"
        )
        c.execute(
            "INSERT INTO capture(id,page_id,run_id,url,fetched_at,http_status,raw_sha256)"
            " VALUES(1,1,1,'http://a.test/','t',200,'0')"
        )
        c.execute("INSERT INTO document(id,capture_id,run_id,extractor) VALUES(1,1,1,'1')")
        c.execute("UPDATE page SET document_id=1")
        for number, text in enumerate(texts, start=1):
            c.execute(
                'INSERT INTO passage(id,document_id,ord,kind,start,"end",passage_key,text) VALUES(?,1,?,?,0,?,?,?)',
                (number, number, "paragraph", len(text), "k", text),
            )
            search.index(c, number, text)


def scan(texts: list[str], query: str) -> list[int]:
    """The passages that hold every term, by looking at each: the plain twin of the index."""
    return scan_tokens([search.spaced(text).split() for text in texts], query)


def scan_tokens(tokens: list[list[str]], query: str) -> list[int]:
    wanted = [search.spaced(term).split() for term in search.terms(query)]
    return [
        number for number, words in enumerate(tokens, start=1) if wanted and all(_holds(words, term) for term in wanted)
    ]


def _holds(words: list[str], term: list[str]) -> bool:
    return any(words[at : at + len(term)] == term for at in range(len(words) - len(term) + 1))


@pytest.mark.parametrize("query", QUERIES)
def test_the_index_finds_what_a_scan_finds(store, query):
    fill(store, list(TEXTS))
    assert scan(list(TEXTS), query) == [hit.passage for hit in search.find(store, query)]


def test_a_chinese_word_is_found_wherever_the_text_has_it(store):
    fill(store, list(TEXTS))
    for query in ("上门", "倘若", "一", "支付宝催收"):
        plain = [number for number, text in enumerate(TEXTS, start=1) if query in text.replace("。", "")]
        assert plain == [hit.passage for hit in search.find(store, query)]


def test_the_places_of_the_words_are_told(store):
    fill(store, list(TEXTS))
    (hit,) = search.find(store, "支付宝催收 倘若")
    assert [hit.text[start:end] for start, end in hit.spans] == ["倘若", "支付宝催收"]
    (hit,) = search.find(store, "1999")
    assert [hit.text[start:end] for start, end in hit.spans] == ["1999"]


@pytest.mark.parametrize(
    "query", ['"', "a AND", "NEAR(", "*", "(", "^", "text:", "-", "'", "\x00", "OR OR", '"a" "', "、。"]
)
def test_no_query_is_read_as_an_operator(store, query):
    fill(store, [*TEXTS, "a and or near text"])
    found = [hit.passage for hit in search.find(store, query)]
    assert found == scan([*TEXTS, "a and or near text"], query)


@given(st.text())
def test_every_text_can_be_spaced_and_asked_for(text):
    assert search.spaced(text) == search.spaced(search.spaced(text))
    assert all(search.spaced(term) for term in search.terms(text))


def test_pages_of_hits_follow_one_another(store):
    fill(store, ["上门"] * 25)
    first = search.find(store, "上门", limit=10)
    second = search.find(store, "上门", limit=20, after=first[-1].passage)
    assert list(range(1, 26)) == [hit.passage for hit in (*first, *second)]
    assert search.count(store, "上门") == 25
    assert search.count(store, "上门", most=5) == 5


def test_only_current_versions_are_found(store, site):
    site.put("催收人员不会上门。")
    site.put("催收人员不会到访。")
    assert search.find(store, "上门") == []
    assert [hit.text for hit in search.find(store, "到访")] == ["催收人员不会到访。"]


def test_the_index_can_be_built_anew(store, site):
    site.put("催收人员不会上门。", "倘若来电,请保持冷静。")
    store.connection.execute("INSERT INTO passage_fts(passage_fts) VALUES('delete-all')")
    assert search.find(store, "上门") == []
    assert search.rebuild(store) == 2
    assert len(search.find(store, "上门")) == 1


@pytest.mark.slow
def test_two_hundred_thousand_passages_are_searched_in_fifty_milliseconds_of_work(store):
    chance = random.Random(1)
    words = re.findall(
        "..", "催收人员上门核实情况倘若无人在家会留下联系方式支付宝来电请保持冷静净水器滤芯更换押金合同房东退还法律"
    )
    texts = ["".join(chance.choices(words, k=20)) + str(chance.randrange(300_000)) for _ in range(200_000)]
    fill(store, texts)
    tokens = [search.spaced(text).split() for text in texts]
    for query in ("上门", "倘若", "一", "支付宝来电 倘若", "199999", "上门核实情况"):
        took = []
        for _ in range(5):
            began = time.thread_time()
            hits = search.find(store, query)
            took.append(time.thread_time() - began)
        assert scan_tokens(tokens, query)[: search.LIMIT] == [hit.passage for hit in hits]
        assert min(took) < 0.05, query
