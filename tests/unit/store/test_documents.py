"""Documents come out of the database as they went in."""

from __future__ import annotations

from dataclasses import replace

from counterspin.model import Boilerplate, Comment, Document, Link, Passage
from counterspin.store import documents, runs
from counterspin.store.documents import Pending

TEXT = "标题一\n正文第一段,含有😀和𠮷。\n问"
FULL = Document(
    "http://a.example.com.cn/advice", "qa", "标题", "作者", "来源", "2026-01-01", "2026-01-02", "zh-CN", "gb18030",
    TEXT,
    (
        Passage("heading", 2, 0, 3, TEXT[:3]), Passage("paragraph", 0, 4, 18, TEXT[4:18]),
        Passage("answer", 0, 19, 20, "问"),
    ),
    (Boilerplate("ad", "广告"), Boilerplate("navigation", "")),
    (Comment(None, None, None, "好"), Comment("网友", "律师", "2026-01-03", "不好")),
    (
        Link("main", "http://b.example.org/x", "更多"), Link("link_farm", "http://[bad", ""),
        Link("footer", "javascript:x", "y"),
    ),
    ("一", "二"), ("cut:links", "licence:粤ICP备1号"),
)  # fmt: skip


def test_a_document_with_everything_is_read_back_as_it_was(store, site):
    site.put("x")
    with store.transaction() as connection:
        connection.execute("DELETE FROM capture WHERE 0")
    task = Pending(1, 1, FULL.url, "text/html", runs.now(), None, None)
    documents.put(store, task, run=1, extractor="2", document=FULL)
    assert list(documents.current(store)) == [FULL]
    assert store.value("SELECT icp_no FROM site") == "粤ICP备1号"


def test_a_site_has_the_licence_that_its_pages_show_now(store, site):
    site.put("x")
    task = Pending(1, 1, FULL.url, "text/html", runs.now(), None, None)
    for number, extractor in ((1, "2"), (2, "3")):
        documents.put(
            store, task, run=1, extractor=extractor, document=replace(FULL, marks=(f"licence:粤ICP备{number}号",))
        )
    assert store.value("SELECT icp_no FROM site") == "粤ICP备2号"


def test_putting_a_document_twice_changes_nothing(store, site):
    site.put("第一段话在这里。", "第二段话在这里。")
    before = store.rows("SELECT * FROM passage")
    task = Pending(1, 1, FULL.url, "text/html", runs.now(), None, None)
    documents.put(store, task, run=1, extractor="1", document=FULL)
    assert [tuple(row) for row in before] == [tuple(row) for row in store.rows("SELECT * FROM passage")]


def test_a_refused_version_leaves_the_document_before_in_its_place(store, site):
    site.put("第一段话在这里。")
    before = store.value("SELECT document_id FROM page")
    task = Pending(1, 1, FULL.url, "text/html", runs.now(), None, None)
    documents.put_refusal(store, task, run=1, extractor="2", code="extract_timeout", detail="20 s")
    documents.settle(store, "2")
    assert before == store.value("SELECT document_id FROM page")
    assert documents.pending(store, "2") == []
    assert documents.forget_failures(store, "2") == 1
    assert [task.capture for task in documents.pending(store, "2")] == [1]


def test_versions_wait_in_the_order_in_which_they_were_fetched(store, site):
    site.put("第一段话在这里。")
    with store.transaction() as connection:
        for number in (2, 3):
            connection.execute(
                "INSERT INTO capture(id,page_id,run_id,url,fetched_at,http_status,raw_sha256)"
                " VALUES(?,1,1,'u','t',200,?)",
                (number, str(number)),
            )
        connection.execute("UPDATE page SET capture_id=3")
    assert [task.capture for task in documents.pending(store, "1")] == [2]
    documents.put_refusal(store, documents.pending(store, "1")[0], run=1, extractor="1", code="empty")
    assert [task.capture for task in documents.pending(store, "1")] == [3]
    # A new extractor reads again what is current, not the history.
    documents.put_refusal(store, documents.pending(store, "1")[0], run=1, extractor="1", code="empty")
    assert [task.capture for task in documents.pending(store, "2")] == [3]


def test_more_links_than_are_kept_lose_the_rest(store, site):
    site.put("x")
    many = replace(FULL, links=tuple(Link("main", f"http://b.example.org/{number}", "") for number in range(3000)))
    task = Pending(1, 1, FULL.url, "text/html", runs.now(), None, None)
    documents.put(store, task, run=1, extractor="2", document=many)
    assert len(next(documents.current(store)).links) == documents.MAX_LINKS
