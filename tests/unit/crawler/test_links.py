"""Links of a page: scored as columns, offered to the frontier once, their addresses normal in one step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterspin.model import Link
from counterspin.urls import fetch_url
from crawler.found import OTHER_SITE, SAME_CHANNEL, SAME_HOST, SAME_SITE, found_links, link_features
from crawler.grams import gram_ids_of_each, grams_of
from crawler.known import GAIN, OTHERS, OWN, Known, hashes_of
from crawler.promise import PLACES, Features, LinkScorer, Promises
from crawler.tables import segment_sums, segments

ANCHORS = ("押金不退怎么办", "", "How to get a deposit back", "租房 deposit 2024", "押")


def features(anchor: float, kin: int, text: str) -> Features:
    ((_, ids),) = link_features([(f"http://a.test/{kin}/{text}.html", text)])
    return Features(0.4, anchor, "main", kin, np.frombuffer(ids, np.uint32))


def taught() -> LinkScorer:
    scorer = LinkScorer()
    for turn in range(60):
        scorer.learn(features(0.8, 2, "押金退还流程"), 1.0)
        scorer.learn(features(0.1 * (turn % 3), 0, "明星八卦新闻"), 0.0)
    return scorer


def test_a_link_that_is_like_those_that_led_to_good_pages_scores_higher():
    good, bad = features(0.8, 2, "押金退还要多久"), features(0.1, 0, "明星八卦合集")
    scores = taught().scores(Promises.from_bytes([good.to_bytes(), bad.to_bytes()]))
    assert scores[0] > 0.6
    assert scores[1] < 0.4


def test_scores_do_not_depend_on_the_links_beside():
    blobs = [features(0.1 * place, place % 4, text).to_bytes() for place, text in enumerate(ANCHORS)]
    together = taught().scores(Promises.from_bytes(blobs))
    alone = [taught().scores(Promises.from_bytes([blob]))[0] for blob in blobs]
    assert together == pytest.approx(alone)


def test_a_link_comes_back_from_the_database_as_it_went_in():
    one = features(0.25, 3, "押金 deposit")
    blobs = [features(0.5, 1, "x").to_bytes(), one.to_bytes(), features(0.1, 0, "").to_bytes()]
    assert Promises.from_bytes(blobs).to_bytes([2, 1]) == [blobs[2], blobs[1]]
    assert Promises.from_bytes(blobs).to_bytes([]) == []


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=20), max_size=6))
def test_grams_of_many_anchors_are_those_of_each(texts):
    assert [list(ids) for ids in gram_ids_of_each(texts)] == [list(grams_of(text).ids) for text in texts]


def test_an_empty_page_has_no_features():
    assert link_features([]) == []


def test_a_link_is_known_by_how_near_it_leads_and_by_where_it_stands():
    page = "http://www.a.test/news/1.html"
    names = ("http://www.a.test/news/2.html", "http://www.a.test/help/", "http://bbs.a.test/", "http://b.test/")
    links, left_out = found_links(page, [Link("main", url, "") for url in (*names, names[0], "mailto:x")], 10)
    assert (links.urls, left_out) == (names, 0)
    assert list(links.kin) == [SAME_CHANNEL, SAME_HOST, SAME_SITE, OTHER_SITE]
    block, host, channel = np.frombuffer(links.places, np.uint32).reshape(-1, PLACES).T
    assert (len(set(block)), len(set(host)), len(set(channel))) == (1, 3, 4)


def test_sums_are_those_of_each_segment_and_an_empty_one_sums_to_nothing():
    bags = [np.array(ids, np.uint32).tobytes() for ids in ([7, 9], [], [9])]
    assert list(segment_sums(np.array([3.0, 1.0, 1.0], np.float32), *segments(bags))) == [4.0, 0.0, 1.0]


def offered(known: Known, keys: str, scores: list[float], way: int = OWN) -> tuple[list[int], list[int]]:
    return known.news(hashes_of(keys), np.array(scores), np.full(len(keys), way, np.uint8))


def test_a_link_is_offered_once_and_again_when_it_promises_more():
    known = Known()
    assert offered(known, "ab", [0.2, 0.9]) == ([0, 1], [])
    assert offered(known, "abc", [0.2 + GAIN / 2, 0.1, 0.1]) == ([2], [])
    assert offered(known, "abd", [0.2 + 2 * GAIN, 0.9, 0.5]) == ([2], [0])


def test_pages_within_reach_are_estimated_from_two_ways_of_finding_them():
    draws = np.random.default_rng(4)
    known = Known()
    pages = [chr(0x4E00 + number) for number in range(1000)]
    for way, share in ((OWN, 0.5), (OTHERS, 0.4)):
        found = "".join(page for page in pages if draws.random() < share)
        offered(known, found, [0.5] * len(found), way)
        for page in found:
            known.meet(page)
    known.relevant = sorted(set(known.relevant))
    assert known.within_reach() == pytest.approx(1000, rel=0.1)


def test_nothing_is_said_of_pages_that_were_found_in_one_way_only():
    known = Known()
    offered(known, "abcdefghijkl", [0.5] * 12)
    for key in "abcdefghijkl":
        known.meet(key)
    assert known.within_reach() is None


PARTS = st.sampled_from(
    ("http://", "https://", "a.com", "A.com", "a..b", "..", ".", "/", "/./", "/../", "%2e", "?", "#", ":80", ":443",
     ":8080", ":99999", "&", "=", "汉", "[", "@", "\\", " ", "\t", "'", "|", "1", "-", "_", "~")
)  # fmt: skip


@given(st.lists(PARTS, max_size=9).map("".join))
def test_a_fetch_url_is_its_own_fetch_url(text):
    url = fetch_url(f"http://a.com/{text}")
    assert url is None or fetch_url(url) == url


@pytest.mark.parametrize(
    ("given_", "wanted"),
    [
        ("http://a.com:80/x", "http://a.com/x"),
        ("https://a.com:443/", "https://a.com/"),
        ("http://a.com/x/../y", "http://a.com/y"),
        ("http://a.com/x/%2e%2e/y", "http://a.com/y"),
        ("http://a.com./x", "http://a.com/x"),
        ("http://a.com/x?", "http://a.com/x"),
        ("http://a.com/x#top", "http://a.com/x"),
        ("http://a.com:8080/a?b=2&a=1", "http://a.com:8080/a?b=2&a=1"),
    ],
)
def test_what_looks_normal_is_made_normal_all_the_same(given_, wanted):
    assert fetch_url(given_) == wanted


def test_a_block_that_led_to_nothing_promises_less_than_one_like_it_that_was_not_tried():
    ids = np.arange(20, 26, dtype=np.uint32)
    tried, untried = (Features(0.8, 0.5, "main", 3, ids, np.array(one, np.uint32)) for one in ((1, 2, 3), (4, 5, 6)))
    scorer = LinkScorer()
    for number in range(40):
        scorer.learn(Features(0.8, 0.5, "main", 3, ids, np.array([7, 8, 9], np.uint32)), float(number % 2))
        scorer.learn(tried, 0.0)
    worn, fresh = scorer.scores(Promises.from_bytes([tried.to_bytes(), untried.to_bytes()]))
    assert worn < 0.75 * fresh
