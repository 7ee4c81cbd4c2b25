"""The web in memory: its shape, its determinism, and the reference orders on it."""

from __future__ import annotations

import time
from collections import Counter
from itertools import islice

import pytest

from crawler.simweb.memory import PRESETS, memory_web
from crawler.simweb.orderings import (
    breadth_first,
    harvest,
    host_breadth_first,
    newest_first,
    recall,
    shark_search,
)  # fmt: skip
from crawler.simweb.prose import words_of


def _small(preset="deposit", seed=1):
    return memory_web(preset, seed=seed, pages=2500, hosts=80)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_web_has_the_shape_that_was_measured(preset):
    web = memory_web(preset)
    assert 20_000 <= web.size <= 22_000
    assert len(web.hosts) == 300
    assert 0.055 <= len(web.relevant) / web.size <= 0.08
    assert len(web.seeds) == len({url.split("/")[2] for url in web.seeds}) == 4
    assert set(web.seeds) <= web.relevant


def test_the_same_seed_gives_the_same_web_and_another_another():
    one, two, other = _small(), _small(), _small(seed=2)
    assert one == two
    assert [one.fetch(url) for url in one.seeds] == [two.fetch(url) for url in two.seeds]
    assert one.relevant != other.relevant


def test_every_link_of_a_web_leads_to_a_page():
    web = _small()
    for url in islice(sorted(web.relevant), 30):
        assert all(web.fetch(link.url) is not None for link in web.fetch(url).links)


@pytest.mark.parametrize("url", ["http://elsewhere.test/", "http://www.site000.test/x/1.html", "http://site1.test/"])
def test_what_is_not_of_the_web_is_no_page(url):
    assert _small().fetch(url) is None


def test_list_pages_end():
    web = _small()
    host = next(host for host in web.hosts if max(channel.lists for channel in host.channels) > 1)
    channel = max(host.channels, key=lambda channel: channel.lists)
    assert web.fetch(f"http://{host.name}/{channel.path}/p{channel.lists}.html") is not None
    assert web.fetch(f"http://{host.name}/{channel.path}/p{channel.lists + 1}.html") is None


def test_all_pages_but_a_few_are_reached_by_links():
    web = _small()
    reached = breadth_first(web, 100_000)
    assert recall(web, reached) > 0.97


def test_links_carry_their_zone_and_some_anchors_say_nothing():
    web = _small()
    links = [link for url in islice(sorted(web.relevant), 200) for link in web.fetch(url).links]
    assert {"main", "navigation", "link_farm", "footer"} == {link.zone for link in links}
    stubs = Counter(link.anchor in words_of("zh")["stubs"] for link in links if link.zone == "main")
    assert 0.05 < stubs[True] / stubs.total() < 0.25


@pytest.mark.parametrize("preset", ["deposit", "mould"])
def test_topics_share_words_so_that_no_classifier_is_perfect(preset):
    web = memory_web(preset, pages=4000, hosts=80)
    own = words_of(web.language)["topics"][web.topic]["n"]

    def density(url):
        text = web.fetch(url).text
        return sum(text.count(word) for word in own) / len(text)

    relevant = sorted(density(url) for url in islice(sorted(web.relevant), 200))
    others = sorted(density(url) for topic in web.targets if topic != web.topic for url in web.targets[topic][:60])
    assert relevant[len(relevant) // 2] > others[-len(others) // 10]  # they differ as a rule
    assert others[-1] > relevant[len(relevant) // 10]  # and overlap at the edge


def test_the_reference_orders_stand_as_they_should():
    web = memory_web("deposit", pages=6000, hosts=120)
    budget = len(web.relevant) * 3 // 2
    figures = {
        order.__name__: harvest(web, order(web, budget)) for order in (breadth_first, host_breadth_first, newest_first)
    }
    shark = harvest(web, shark_search(web, budget))
    assert shark > 1.2 * max(figures.values())
    assert figures["host_breadth_first"] < figures["breadth_first"]


def test_no_order_fetches_a_page_twice_or_beyond_its_budget():
    web = _small()
    for order in (breadth_first, host_breadth_first, newest_first, shark_search):
        urls = order(web, 120)
        assert len(urls) == len(set(urls)) == 120


def test_harvest_and_recall_of_nothing_are_nought():
    web = _small()
    assert (harvest(web, ()), recall(web, ())) == (0.0, 0.0)
    assert recall(web, tuple(web.relevant)) == 1.0


def test_a_page_is_made_in_well_under_a_millisecond():
    web = _small()
    urls = sorted(web.relevant)[:100]
    started = time.process_time()
    for url in urls:
        web.fetch(url)
    assert (time.process_time() - started) / len(urls) < 0.003
