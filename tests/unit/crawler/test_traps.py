from __future__ import annotations

import pytest

from counterspin.errors import InputError, UsageError
from crawler.copies import Copies
from crawler.grams import distance, grams_of, simhash
from crawler.seeds import read_seeds
from crawler.sitemaps import read_list
from crawler.traps import Traps, static_refusal


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://a.test/a/b/a/c/a/x.html", "trap:repeat_segment"),
        ("http://a.test/" + "x/y" * 9 + "/1/2/3/4/z", "trap:depth"),
        ("http://a.test/?a=1&b=1&c=1&d=1&e=1&f=1&g=1", "trap:query"),
        ("http://a.test/calendar/2199/05/", "trap:calendar"),
        ("http://a.test/events?year=1899&month=2", "trap:calendar"),
    ],
)
def test_the_address_alone_shows_some_traps(url, code):
    refusal = static_refusal(url, 2026)
    assert refusal is not None
    assert refusal[0] == code


@pytest.mark.parametrize(
    "url",
    [
        "http://a.test/2024/05/x.html",
        "http://a.test/info/20958.html",
        "http://a.test/thread-21177-1.html",
        "http://a.test/2024shenghuo/20240226_3381.html",
        "http://a.test/a/b/a/x.html",
    ],
)
def test_honest_addresses_are_no_traps(url):
    assert static_refusal(url, 2026) is None


def test_a_shape_that_repeats_one_text_is_closed():
    traps = Traps(budget=800)
    for number in range(traps.tries):
        traps.meet(f"http://a.test/p/{number}", "same", chars=900, relevant=False, fresh=number == 0, vouched=False)
    assert traps.refusal("http://a.test/p/99") == ("trap:same_text", "a.test/p/#") or traps.tries < 10
    assert traps.refusal("http://a.test/other/99") is None


def test_a_relevant_shape_stays_open_however_long_it_is():
    traps = Traps(budget=800)
    for number in range(200):
        traps.meet(f"http://a.test/p?id={number}", str(number), chars=900, relevant=True, fresh=True, vouched=True)
    assert traps.refusal("http://a.test/p?id=999") is None


def test_a_parameter_whose_value_changes_nothing_is_learnt():
    traps = Traps()
    learnt = [traps.session_parameter(f"http://a.test/x?id=1&tok={number}", "text") for number in range(6)]
    assert learnt[-1] == "tok"
    other = [traps.session_parameter(f"http://a.test/y?id={number}", f"text {number}") for number in range(6)]
    assert set(other) == {None}


def test_a_domain_that_makes_hosts_without_end_is_refused():
    traps = Traps(budget=100)
    opened = [traps.opens(f"http://s{number}.wild.test/robots.txt") for number in range(40)]
    assert opened[0] is None
    assert opened[-1] is not None
    assert opened[-1][0] == "trap:host_wildcard"


def test_near_copies_are_seen_and_different_texts_are_not():
    text = "逾期之后银行会通过电话联系持卡人,如果仍不还款可能会上门核实情况。" * 12
    near, far = grams_of(text + "另有说明。"), grams_of("退租时房东应当在七天内退还押金,并出具收据。" * 12)
    copies = Copies()
    copies.meet("http://a.test/1", "hash", simhash(grams_of(text)))
    assert copies.is_near(simhash(near)) == (distance(simhash(near), simhash(grams_of(text))) <= 3)
    assert copies.is_near(simhash(grams_of(text)))
    assert not copies.is_near(simhash(far))


def test_hosts_with_equal_texts_under_equal_paths_are_mirrors():
    copies = Copies()
    told = [
        copies.meet(f"http://{host}/{number}", f"text {number}", number << 40)
        for number in range(12)
        for host in ("a.test", "b.test")
    ]
    assert [pair for pair in told if pair] == [("a.test", "b.test")]


def test_a_sitemap_is_read_past_its_bad_entries():
    start = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    entries = (b"javascript:x", b" http://a.test/1 ", b"http://[bad", b"/2")
    body = start + b"".join(b"<url><loc>" + entry + b"</loc></url>" for entry in entries) + b"</urlset>"
    assert [url for url, _ in read_list(body, "http://a.test/s.xml").pages] == ["http://a.test/1", "http://a.test/2"]


def test_an_index_names_lists_and_a_feed_names_titles():
    index = b"<sitemapindex><sitemap><loc>http://a.test/1.xml</loc></sitemap></sitemapindex>"
    assert read_list(index, "http://a.test/").lists == ("http://a.test/1.xml",)
    rss = "<rss><channel><item><title>怎么办</title><link>http://a.test/x</link></item></channel></rss>".encode()
    assert read_list(rss, "http://a.test/").pages == (("http://a.test/x", "怎么办"),)
    atom = b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title><link href='/y'/></entry></feed>"
    assert read_list(atom, "http://a.test/").pages == (("http://a.test/y", "t"),)


def test_a_list_that_is_cut_short_or_no_list_gives_what_there_is():
    cut = b"<urlset><url><loc>http://a.test/1</loc></url><url><loc>http://a.te"
    assert [url for url, _ in read_list(cut, "http://a.test/").pages] == ["http://a.test/1"]
    assert read_list(b"http://a.test/1\nnonsense\n", "").pages == (("http://a.test/1", ""),)
    assert read_list(b"", "").pages == ()


def test_seeds_come_from_urls_and_from_files(tmp_path):
    file = tmp_path / "seeds.txt"
    file.write_text("# mine\nhttp://a.test/1\n1. http://b.test/2, http://127.0.0.1/x\n", encoding="utf-8")
    seeds = read_seeds([str(file), "c.test/3", "http://a.test/sitemap.xml"])
    assert seeds.urls == ("http://a.test/1", "http://b.test/2", "http://c.test/3")
    assert seeds.sitemaps == ("http://a.test/sitemap.xml",)
    assert [url for url, _ in seeds.refused] == ["http://127.0.0.1/x"]


def test_a_word_that_is_neither_url_nor_file_is_refused(tmp_path):
    with pytest.raises(UsageError):
        read_seeds(["nothing"])
    empty = tmp_path / "empty.txt"
    empty.write_text("no address here")
    with pytest.raises(InputError):
        read_seeds([str(empty)])


def test_a_sitemap_of_nothing_but_empty_elements_is_left_early():
    body = b"<urlset>" + b"<x/>" * 1_000_000 + b"<url><loc>http://a.test/1</loc></url></urlset>"
    assert read_list(body, "http://a.test/s.xml").pages == ()
