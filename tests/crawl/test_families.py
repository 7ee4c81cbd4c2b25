"""The crawl on the families of the simulated web; the access log is the judge."""

from __future__ import annotations

from collections import Counter

import pytest
from warcio.archiveiterator import ArchiveIterator

from counterspin.store import Store
from crawler.replay import replay
from crawler.run import crawl
from crawler.seeds import Seeds
from crawler.simweb import judge, serve
from crawler.simweb.pages import Table, articles, page_reply
from crawler.simweb.web import Web, text_reply

CAPTURED = "SELECT page.url FROM page JOIN capture ON capture.page_id=page.id"


def captured(crawls) -> set[str]:
    return {row[0] for row in crawls.rows(CAPTURED)}


def labelled(running, label: str) -> set[str]:
    return {url for url, given in running.web.facts.items() if given == label}


def test_no_trap_takes_more_than_a_fiftieth_and_honest_pages_beside_them_are_fetched(crawls, web):
    running = web("traps:good=20")
    outcome = crawls.run(running, max_pages=1000)
    hits = Counter(hit.note for hit in running.hits if hit.note.startswith("trap:"))
    assert max(hits.values()) <= 20
    assert labelled(running, "good") <= captured(crawls)
    assert outcome.reason == "finished"


@pytest.mark.slow
def test_robots_txt_is_obeyed_whatever_the_host_answers(crawls, web):
    running = web("robots")
    crawls.run(running, timeout=6.0)
    assert judge.forbidden(running.hits) == ()
    assert labelled(running, "allowed") <= captured(crawls)


@pytest.mark.slow
def test_no_request_before_a_retry_after_and_all_pages_in_the_end(crawls, web):
    running = web("load")
    crawls.run(running)
    assert judge.too_early(running.hits) == ()
    assert labelled(running, "good") <= captured(crawls)


@pytest.mark.slow
def test_failures_are_coded_and_the_good_pages_are_had(crawls, web):
    running = web("failures")
    crawls.run(running, timeout=6.0)
    codes = {row[0] for row in crawls.rows("SELECT DISTINCT code FROM fetch")}
    assert {"timeout", "truncated", "bad_http", "too_large"} <= codes
    assert labelled(running, "good") <= captured(crawls)


def test_unchanged_pages_cost_no_body_and_no_new_version(crawls, web):
    running = web("change")
    crawls.run(running)
    before = len(crawls.rows("SELECT id FROM capture"))
    running.forget()
    outcome = crawls.run(running, fresh=True)
    repeated = [hit for hit in running.hits if hit.if_none_match and hit.status == 304]
    assert repeated
    assert all(hit.sent == 0 for hit in repeated)
    assert outcome.tally.unchanged >= len(repeated)
    assert len(crawls.rows("SELECT id FROM capture")) - before == outcome.tally.captures


def test_a_second_run_asks_nothing_that_is_not_due(crawls, web):
    running = web("mirrors")
    crawls.run(running)
    running.forget()
    outcome = crawls.run(running)
    assert running.hits == ()
    assert outcome.tally.pages == 0


def test_the_archive_is_sound_and_holds_a_response_for_each_capture(crawls, web):
    running = web("mirrors")
    crawls.run(running)
    kinds: Counter[str] = Counter()
    for file in sorted((crawls.folder / "warc").glob("*.warc.gz")):
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                kinds[record.rec_type] += 1
                record.content_stream().read()
    assert kinds["response"] == kinds["request"] == len(crawls.rows("SELECT id FROM capture"))
    assert kinds["warcinfo"] == 1


def test_a_replay_makes_the_same_pages_and_versions_without_network(crawls, web, tmp_path):
    running = web("demo")
    crawls.run(running)
    running.forget()
    with Store.open(tmp_path / "again.db") as store:
        replay(store, crawls.settings(""), crawls.folder / "warc")
        again = {tuple(row) for row in store.rows("SELECT url,raw_sha256,warc_file,warc_offset FROM capture")}
        states = {tuple(row) for row in store.rows("SELECT url_key,state FROM frontier WHERE zone<>'list'")}
    assert again == set(crawls.rows("SELECT url,raw_sha256,warc_file,warc_offset FROM capture"))
    assert states == set(crawls.rows("SELECT url_key,state FROM frontier WHERE zone<>'list'"))
    assert running.hits == ()


def test_a_contact_is_asked_for(crawls, web):
    from counterspin.errors import UsageError

    with pytest.raises(UsageError, match=r"crawl\.contact"):
        crawls.run(web("mirrors"), contact="")


def test_a_seed_that_may_not_be_asked_is_named_once_with_its_reason(crawls):
    seeds = Seeds(urls=("http://shop.test/",), refused=(("http://127.0.0.2/", "forbidden_address 127.0.0.2"),))
    with serve(scripted_site()) as running, crawls.store() as store:
        settings = crawls.settings(running.proxy, focus=False)
        outcome = crawl(store, settings, seeds, warc=crawls.folder / "warc")
    told = [note for note in outcome.notes if "127.0.0.2/" in note]
    assert len(told) == 1
    assert "crawl.allow_private" in told[0]


def scripted_site() -> Web:
    """Articles, and pages of which only the mount point of a script is sent."""
    shell = text_reply(
        '<html><head><title>x</title></head><body><div id="app"></div><script src="a.js"></script></body>'
    )
    paths = articles(1, "shop.test", 6)
    links = [("/", "shop")] + [(f"/app/{number}", f"app {number}") for number in range(3)]
    paths |= {f"/app/{number}": shell for number in range(3)}
    paths["/more.html"] = page_reply("more", ("正文" * 90,), links)
    return Web({"shop.test": Table(paths)}, seeds=("http://shop.test/", "http://shop.test/more.html"))


def test_pages_that_scripts_would_make_are_counted_and_named(crawls):
    with serve(scripted_site()) as running:
        outcome = crawls.run(running, focus=False)
    assert outcome.tally.scripted == 3
    assert any("3 pages" in note and "browser" in note for note in outcome.notes)
    rows = crawls.rows("SELECT url FROM frontier WHERE code='needs_browser' ORDER BY url")
    assert rows == [(f"http://shop.test/app/{number}",) for number in range(3)]
