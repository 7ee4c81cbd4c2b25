"""The topic: seeds, texts that are not looked for, and what reviewers confirmed."""

from __future__ import annotations

import random

import numpy as np

from counterspin.model import Link
from crawler.focus import Focus
from crawler.found import found_links
from crawler.grams import gram_ids_of_each, grams_of
from crawler.promise import Features, Promises
from crawler.sides import Topic
from crawler.simweb.prose import body_on
from crawler.sketches import Sketches
from crawler.topic import TopicModel


def prose(topic: str, number: int) -> str:
    return "".join(body_on(random.Random(f"{topic}/{number}"), "zh", topic))


def text(topic: str, number: int):
    return grams_of(prose(topic, number))


def model(*, mixed: bool = False, against: str = "", reviewed: str = "") -> TopicModel:
    """A model of one topic; ``mixed``: its seeds speak of cats as well."""
    made = TopicModel()
    for number in (1, 2):
        made.add_seed(grams_of(prose("deposit", number) + (prose("cat", number) if mixed else "")))
        if against:
            made.add_against(text(against, number))
    if reviewed:
        made.add_reviewed(text(reviewed, 3))
    for number in range(40):
        made.meet(text(("cat", "licence", "filter", "deposit")[number % 4], 100 + number))
    return made


def mean(made: TopicModel, topic: str) -> float:
    return sum(made.relevance(text(topic, number)) for number in range(50, 70)) / 20


def test_what_is_not_looked_for_counts_less_and_the_topic_as_before():
    plain, told = model(mixed=True), model(mixed=True, against="cat")
    assert mean(plain, "cat") > 0.4
    assert mean(told, "cat") < 0.7 * mean(plain, "cat")
    assert mean(told, "deposit") > 0.8 * mean(plain, "deposit")


def test_a_page_that_reviewers_confirmed_stands_for_the_topic():
    plain, taught = model(), model(reviewed="filter")
    assert mean(taught, "filter") > mean(plain, "filter") + 0.2


def test_a_model_comes_back_as_it_was_and_a_seed_named_twice_counts_once():
    made = model(against="cat")
    made.add_seed(text("deposit", 1))
    again = TopicModel.from_bytes(made.to_bytes())
    assert (len(again.seeds), len(again.against)) == (2, 2)
    assert [list(one.ids) for one in again.against] == [list(one.ids) for one in made.against]


def test_the_friends_of_a_confirmed_farm_promise_more():
    focus = Focus()
    focus.topic.add_seed(text("deposit", 1))
    names = (("friend", "link_farm"), ("other", "main"))
    links = [Link(zone, f"http://{name}.test/", "首页") for name, zone in names]
    friends, _ = found_links("http://farm.test/a", links, 10)
    before = focus.links.scores(focus.promises("http://farm.test/a", 0.0, friends))
    focus.farms = frozenset({"farm.test"})
    after = focus.links.scores(focus.promises("http://farm.test/a", 0.0, friends))
    assert after[0] > before[0]
    assert after[1] == before[1]


def test_seeds_of_two_languages_are_two_sides_and_come_back_so():
    topic = Topic()
    for language in ("zh", "en"):
        topic.add_seed(
            grams_of("".join(body_on(random.Random(1), language, "deposit" if language == "zh" else "mould")))
        )
    again = Topic.from_bytes(topic.to_bytes())
    assert [len(side.seeds) for side in again.sides] == [1, 1]
    assert again.meet(topic.sides[1].seeds[0]) > 0.5


def test_a_link_over_an_irrelevant_page_is_credited_with_what_it_led_to():
    focus = Focus()
    way = Features(0.2, 0.0, "link_farm", 0, np.arange(5, dtype=np.uint32))
    for _ in range(30):
        focus.links.learn(way, 0.0)
    before = focus.links.scores(Promises.from_bytes([way.to_bytes()]))[0]
    for _ in range(30):
        focus.credit([(way.to_bytes(), 0.0), (way.to_bytes(), 0.9)])
    assert focus.links.scores(Promises.from_bytes([way.to_bytes()]))[0] > before + 0.1


def test_seeds_that_have_little_in_common_still_tell_their_topic_from_others():
    draws = random.Random(5)
    words = [chr(draws.randint(0x4E00, 0x9000)) + chr(draws.randint(0x4E00, 0x9000)) for _ in range(1200)]

    def page(own: list[str]):
        return grams_of("".join(draws.choice(own if draws.random() < 0.2 else words[:800]) for _ in range(90)))

    topic, other = words[800:860], words[860:]
    made = TopicModel()
    for _ in range(4):
        made.add_seed(page(topic))
    for number in range(120):
        made.meet(page(topic if number % 6 == 0 else other))
    assert sum(made.relevance(page(topic)) > 0.5 for _ in range(40)) >= 32
    assert sum(made.relevance(page(other)) > 0.5 for _ in range(40)) <= 4


def test_the_line_stays_where_it_was_when_no_more_of_the_topic_is_met():
    made = model()
    before = made.line
    for number in range(400):
        made.meet(text(("cat", "licence")[number % 2], 500 + number))
    assert made.line > 0.7 * before


def test_an_anchor_with_words_of_the_topic_promises_more_than_one_that_says_nothing():
    made = model()
    anchors = gram_ids_of_each(["押金怎么退", "查看更多", prose("licence", 300)[:12]])
    topical, plain, other = made.anchor_nearness([ids.tobytes() for ids in anchors])
    assert topical > plain >= other


def test_a_short_page_is_as_relevant_as_a_long_one():
    made = model()
    long = "".join(prose("deposit", number) for number in range(60, 64))
    near = [made.nearness(grams_of(long[first : first + 100])) for first in range(0, 600, 100)]
    assert 0.7 < (sum(near) / len(near)) / made.nearness(grams_of(long)) < 1.4


def test_one_seed_finds_most_pages_of_its_topic_and_few_others():
    made = TopicModel()
    made.add_seed(text("deposit", 1))
    for number in range(60):
        made.meet(text("deposit" if number % 6 == 5 else ("cat", "licence", "filter")[number % 3], 100 + number))
    assert mean(made, "deposit") > 0.7
    assert max(mean(made, topic) for topic in ("cat", "licence", "filter")) < 0.2


def test_a_side_does_not_see_pages_of_the_language_of_another():
    topic = Topic()
    topic.add_seed(text("deposit", 1))
    topic.add_seed(grams_of("".join(body_on(random.Random(1), "en", "mould"))))
    for number in range(20):
        topic.meet(text("cat", 100 + number))
    assert [side.pages for side in topic.sides] == [20, 0]


def test_a_copy_of_a_page_is_no_second_example():
    sketches = Sketches()
    assert sketches.add(text("deposit", 1))
    assert not sketches.add(grams_of(prose("deposit", 1) + prose("cat", 2)[:40]))
    assert sketches.add(text("deposit", 2))


def test_what_one_site_prints_on_all_its_pages_does_not_become_the_topic():
    frame = prose("filter", 7) + prose("filter", 8)
    made = TopicModel()
    for number in (1, 2):
        made.add_seed(text("deposit", number))
    for number in range(90):
        made.meet(grams_of(prose("deposit", 100 + number) + frame), "framed.test")
        made.meet(text(("cat", "licence")[number % 2], 300 + number), f"other{number}.test")
    assert made.lessons <= 10
    assert mean(made, "deposit") > 0.7


def spun(text: str, number: int) -> str:
    """The text with every fifth character of its kind swapped for another, the same everywhere."""
    signs = sorted(set(text))
    swapped = random.Random(number).sample(signs, len(signs) // 5)
    return text.translate({ord(one): ord(one) + 1 for one in swapped})


def test_seeds_that_copy_each_other_are_one_seed():
    one = prose("deposit", 1)
    lone, copied = TopicModel(), TopicModel()
    for made, seeds in ((lone, (one,)), (copied, (one, spun(one, 1)))):
        for seed in seeds:
            made.add_seed(grams_of(seed))
        for number in range(40):
            made.meet(text(("cat", "licence", "filter", "deposit")[number % 4], 100 + number))
    assert mean(lone, "deposit") > 0.5
    assert mean(copied, "deposit") > 0.8 * mean(lone, "deposit")
    assert mean(copied, "cat") < 0.3
