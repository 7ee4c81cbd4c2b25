"""A web in memory of forums, questions and answers, blogs and small sites, in a made-up language.

Threads have numbers for addresses and lie on boards of other subjects; questions name others, half of them on their
own subject; each blog has a subject that it keeps three times in four; anchors are titles, cut titles or say nothing.
Two neighbouring topics share words with the one that is looked for. Seeds have little in common but the topic.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from mixed_web import MixedWeb

from counterspin.model import Link
from crawler.simweb.memory import MemoryPage

TOPIC, NEAR = "sought", ("near1", "near2")
TOPICS = (TOPIC, *NEAR, *(f"other{number}" for number in range(10)))
STUBS = ("详情", "查看更多", "点击进入", "阅读全文")


class _Words:
    """Words of two or three characters drawn at random: general ones, and those of each topic; rare ones are many."""

    def __init__(self, draws: random.Random) -> None:
        self.draws = draws
        self.general = [self._word() for _ in range(350)]
        self.topics = {topic: [self._word() for _ in range(45)] for topic in TOPICS}
        for topic in NEAR:
            for word in draws.sample(self.topics[TOPIC], 13):
                self.topics[topic][draws.randrange(45)] = word

    def _word(self) -> str:
        return "".join(chr(self.draws.randint(0x4E00, 0x59FF)) for _ in range(self.draws.choice((2, 2, 2, 3))))

    def some(self, topic: str, count: int, strength: float) -> str:
        """So many words, ``strength`` of them on the topic."""
        own = sum(self.draws.random() < strength for _ in range(count))
        chosen = self._drawn(self.topics[topic], own) + self._drawn(self.general, count - own)
        self.draws.shuffle(chosen)
        return "".join(chosen)

    def _drawn(self, words: Sequence[str], count: int) -> list[str]:
        return self.draws.choices(words, [1 / (place + 4) ** 0.8 for place in range(len(words))], k=count)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.draws = random.Random(f"forums/{seed}")
        self.words = _Words(self.draws)
        self.topics: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.links: dict[str, list[Link]] = {}

    def article(self, url: str, topic: str, *, longest: int = 200) -> str:
        self.topics[url] = topic
        self.titles[url] = self.words.some(topic, self.draws.randint(4, 7), 0.5)
        strength = self.draws.triangular(0.1, 0.55, 0.25)
        self.texts[url] = self.words.some(topic, self.draws.randint(30, longest), strength)
        self.links[url] = []
        return url

    def link(self, url: str, zone: str = "main") -> Link:
        draw, title = self.draws.random(), self.titles.get(url, url)
        return Link(zone, url, title if draw < 0.7 else f"{title[:5]}…" if draw < 0.88 else self.draws.choice(STUBS))

    def lists(self, base: str, title: str, urls: Sequence[str], back: Sequence[Link] = ()) -> list[str]:
        """Pages of 25 links, each with one to the next."""
        pages = [f"{base}?page={number}" if number else base for number in range(max(1, -(-len(urls) // 25)))]
        for number, page in enumerate(pages):
            self.titles[page] = self.texts[page] = title
            after = [Link("navigation", after, "下一页") for after in pages[number + 1 : number + 2]]
            self.links[page] = [*back, *map(self.link, urls[25 * number : 25 * number + 25]), *after]
        return pages

    def other(self, but: float, topic: str) -> str:
        return topic if self.draws.random() < but else self.draws.choice(TOPICS[1:])


def forum_web(seed: int = 1, size: float = 1.0) -> MixedWeb:
    """The web of a seed: about 6,000 pages times ``size``, one in twenty relevant."""
    make = _Maker(seed)
    homes = [_forum(make, f"bbs{n}.test", size) for n in range(4)] + [_questions(make, "ask.test", int(700 * size))]
    blogs = [_site(make, f"http://blog.test/u{n:03d}/", 0.75, 0.09) for n in range(int(50 * size))]
    sites = [_site(make, f"http://s{n}.test/", 0.92, 0.12) for n in range(int(50 * size))]
    known = [*homes, *(home for home, _ in [*blogs, *sites])]
    for home, urls in [*blogs, *sites]:
        friends = [make.link(friend, "link_farm") for friend in make.draws.sample(known, 5)]
        for url in [home, *urls]:
            make.links[url] += friends
    by_topic = {topic: [url for url, its in make.topics.items() if its == topic] for topic in TOPICS}
    for url, topic in make.topics.items():
        if make.draws.random() < 0.15:
            make.links[url].append(make.link(make.draws.choice(by_topic[make.other(0.7, topic)])))
    pages = {url: MemoryPage(url, make.titles[url], make.texts[url], tuple(make.links[url])) for url in make.titles}
    return MixedWeb(tuple(make.draws.sample(by_topic[TOPIC], 5)), frozenset(by_topic[TOPIC]), pages)


def _forum(make: _Maker, host: str, size: float) -> str:
    """Boards of one subject each; the first is half about what is looked for on every other forum."""
    boards = []
    for number in range(8):
        topic = make.draws.choice(TOPICS[1:])
        share = 0.3 if number == 0 and host in ("bbs0.test", "bbs2.test") else 0.01
        threads = [
            make.article(
                f"http://{host}/thread-{make.draws.randint(10_000, 999_999)}-1-1.html",
                TOPIC if make.draws.random() < share else make.other(0.7, topic), longest=140,
            )
            for _ in range(int(make.draws.randint(60, 110) * size))
        ]  # fmt: skip
        base = f"http://{host}/forum-{number + 1}.html"
        make.lists(base, make.words.some(topic, 1, 1.0), threads, [Link("navigation", f"http://{host}/", "首页")])
        boards.append((base, threads))
    menu = [Link("navigation", base, make.titles[base]) for base, _ in boards]
    for _, threads in boards:
        for url in threads:
            make.links[url] += [*menu, *(make.link(make.draws.choice(threads)) for _ in range(3))]
    return make.lists(f"http://{host}/", host, [], menu)[0]


def _questions(make: _Maker, host: str, count: int) -> str:
    by_topic: dict[str, list[str]] = {topic: [] for topic in TOPICS}
    for _ in range(count):
        topic = make.other(0.05, TOPIC)
        by_topic[topic].append(
            make.article(f"http://{host}/q/{make.draws.randint(10**5, 10**7)}.html", topic, longest=90)
        )
    every = [url for urls in by_topic.values() for url in urls]
    for topic, urls in by_topic.items():
        tag = f"http://{host}/tag/{TOPICS.index(topic)}"
        make.lists(tag, make.words.topics[topic][0], urls)
        for url in urls:
            alike = [make.draws.choice(urls if make.draws.random() < 0.55 else every) for _ in range(8)]
            make.links[url] += [make.link(tag), *map(make.link, alike)]
    return make.lists(f"http://{host}/", host, make.draws.sample(every, min(40, len(every))))[0]


def _site(make: _Maker, base: str, pure: float, share: float) -> tuple[str, list[str]]:
    topic = make.other(share, TOPIC)
    urls = [
        make.article(f"{base}{2000 + 7 * n}.html", make.other(pure, topic)) for n in range(make.draws.randint(6, 36))
    ]
    home = make.lists(base, base.split("/")[-2], urls)[0]
    for place, url in enumerate(urls):
        make.links[url] += [Link("navigation", base, "首页"), make.link(urls[place - 1])]
    return home, urls
