"""A web in memory unlike those that the crawler was developed on: other topics, two languages, other shapes.

Two seeds, one in each language. Relevant pages lie in one section of a giant host, on many small hosts that only
directories without text lead to, in the rented folders of a network of farms that copy each other, and on hosts whose
home and archive pages say nothing of the topic (two irrelevant hops). A neighbouring topic shares a third of the words.
"""

# ruff: noqa: E501, SIM905 - word lists and recipes of hosts, one a line
from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterspin.model import Link
from crawler.simweb.memory import MemoryPage

WORDS = {
    "zh": {
        "battery": "电瓶 鼓包 续航 充电桩 电芯 电压 充满 断电 保护板 容量 衰减 低温 电动车 换电 自燃 充电器 锂电 铅酸 浮充 保养".split(),
        "scooter": "刹车 轮胎 车把 头盔 限速 上牌 减震 电动车 充电器 换电 大灯 转把 脚踏 车架 保养 骑行 续航".split(),
        "wedding": "婚纱 跟拍 精修 底片 化妆 外景 礼服 定金 摄影师 档期 相册 修图 套系 迎亲 伴娘".split(),
        "tea": "白毫 回甘 茶汤 紫砂 发酵 存放 山头 古树 冲泡 叶底 杀青 审评 茶饼 水温".split(),
        "visa": "签证 护照 面签 在职 流水 行程 酒店 拒签 预约 使馆 出境 照片 表格 保险".split(),
        "any": "如果 因为 大家 时候 一般 可以 需要 注意 问题 建议 情况 选择 了解 方法 经验 今天 朋友 比较 其实 首先 然后 最后".split(),
    },
    "en": {
        "battery": (
            "battery swollen range charger cell voltage charged cutoff capacity fading cold lithium pack swap fire "
            "overcharge bms storage cycle terminals"
        ).split(),
        "scooter": (
            "brakes tyre handlebar helmet speed plate suspension charger swap headlight throttle deck frame riding range"
        ).split(),
        "wedding": (
            "gown photographer retouch negatives makeup venue deposit booking album package bridesmaid veil portrait"
        ).split(),
        "tea": "leaf aroma brew teapot fermented storage mountain steep bitter oolong harvest roasting tasting water".split(),
        "visa": "visa passport interview employer statement itinerary hotel refused embassy appointment photo form".split(),
        "any": (
            "people often should when because first then usually need advice problem choose simple better today friend "
            "careful long short before after really keep never always"
        ).split(),
    },
}  # fmt: skip
TOPIC = "battery"
OTHERS = ("scooter", "wedding", "tea", "visa")


@dataclass(slots=True)
class MixedWeb:
    """Pages by URL, made when the web is. ``relevant`` are those on the topic, in either language."""

    seeds: tuple[str, ...] = ()
    relevant: frozenset[str] = frozenset()
    pages: dict[str, MemoryPage] = field(default_factory=dict)
    language: str = "zh"  # how the reference orders cut text: pairs of characters serve both

    def fetch(self, url: str) -> MemoryPage | None:
        """The page at a URL, or None if there is none."""
        return self.pages.get(url)


def words(draws: random.Random, language: str, topic: str, count: int, strength: float) -> str:
    """So many words, ``strength`` of them on the topic."""
    own, general = WORDS[language][topic], WORDS[language]["any"]
    chosen = [draws.choice(own if draws.random() < strength else general) for _ in range(count)]
    return ("，" if language == "zh" else " ").join(chosen)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.draws = random.Random(f"mixed/{seed}")
        self.topics: dict[str, str] = {}
        self.pages: dict[str, MemoryPage] = {}
        self.titles: dict[str, str] = {}
        self.links: dict[str, list[Link]] = {}
        self.texts: dict[str, str] = {}

    def article(self, url: str, language: str, topic: str, *, text: str = "") -> str:
        self.topics[url] = topic
        self.titles[url] = words(self.draws, language, topic, 5, 0.6)
        self.texts[url] = text or words(
            self.draws, language, topic, self.draws.randint(60, 160), self.draws.uniform(0.2, 0.6)
        )
        self.links[url] = []
        return url

    def listing(self, url: str, title: str, targets: Sequence[str], *, plain: bool = False) -> str:
        self.titles[url], self.texts[url] = title, title
        self.links[url] = [self.link(target, plain=plain) for target in targets]
        return url

    def link(self, url: str, zone: str = "main", *, plain: bool = False) -> Link:
        return Link(zone, url, url.split("/")[2] if plain else self.titles.get(url, url))

    def home(self, host: str, language: str, sections: dict[str, Sequence[str]]) -> str:
        """A home page that names sections by number, each section a list of its articles."""
        lists = [
            self.listing(f"http://{host}/{name}/", f"{host} {number}", urls)
            for number, (name, urls) in enumerate(sections.items())
        ]
        word = {"zh": "栏目", "en": "section"}[language]
        home = self.listing(f"http://{host}/", host, ())
        self.links[home] = [Link("navigation", url, f"{word} {number}") for number, url in enumerate(lists)]
        for url in (url for urls in sections.values() for url in urls):
            self.links[url] += [
                Link("navigation", home, "首页"),
                Link("navigation", url.rpartition("/")[0] + "/", word),
            ]
        for urls in sections.values():
            for url in urls:
                self.links[url] += [self.link(self.draws.choice(urls)) for _ in range(3)]
        return home

    def host(self, host: str, language: str, counts: dict[str, int], *, mixed: float = 0.0) -> str:
        """A host with one section a topic; ``mixed``: share of a section that is on any topic."""
        sections = {}
        for number, (topic, count) in enumerate(counts.items()):
            topics = [self.draws.choice(OTHERS) if self.draws.random() < mixed else topic for _ in range(count)]
            made = [self.article(f"http://{host}/s{number}/{n}.html", language, its) for n, its in enumerate(topics)]
            sections[f"s{number}"] = made
        return self.home(host, language, sections)


def mixed_web(seed: int = 1) -> MixedWeb:
    """The web of a seed: about 8,500 pages on 250 hosts, a tenth of them relevant."""
    make = _Maker(seed)
    draws = make.draws
    language = {"mall.example": "zh"}

    def tongue(host: str) -> str:
        return language.setdefault(host, "zh" if draws.random() < 0.6 else "en")

    others = [
        make.host(f"site{n}.example", tongue(f"site{n}.example"), dict.fromkeys(draws.sample(OTHERS, 2), 22))
        for n in range(60)
    ]
    giant = make.home("mall.example", "zh", {
        f"q{n}": [make.article(f"http://mall.example/q{n}/{i}.html", "zh", (TOPIC if draws.random() < 0.7 else draws.choice(OTHERS))
                               if n == 17 else draws.choice(OTHERS)) for i in range(150 if n == 17 else 100)]
        for n in range(30)
    })  # fmt: skip
    small = [
        make.host(
            f"shop{n}.example",
            tongue(f"shop{n}.example"),
            {TOPIC if draws.random() < 0.45 else draws.choice(OTHERS): draws.randint(2, 6)},
        )
        for n in range(150)
    ]
    copies = {name: [words(draws, name, TOPIC, 120, 0.4) for _ in range(12)] for name in ("zh", "en")}
    farms = []
    for n in range(25):
        host = f"farm{n}.example"
        rented = []
        for i in range(16):
            base = draws.choice(copies[tongue(host)])
            text = "，".join(base.split("，")[draws.randint(0, 3) :]) + words(draws, tongue(host), TOPIC, 8, 0.5)
            rented.append(make.article(f"http://{host}/zt/{i}.html", tongue(host), TOPIC, text=text))
        rest = [make.article(f"http://{host}/news/{i}.html", tongue(host), draws.choice(OTHERS)) for i in range(44)]
        farms.append(make.home(host, tongue(host), {"zt": rented, "news": rest}))
    tunnels = [
        make.host(f"deep{n}.example", tongue(f"deep{n}.example"), {draws.choice(OTHERS): 12, TOPIC: 14})
        for n in range(10)
    ]
    directories = [
        make.listing(f"http://dir{n}.example/", f"dir{n}", draws.sample(small, 30), plain=True) for n in range(8)
    ]
    _connect(make, farms, [*farms, *draws.sample(others, 20)], 6)
    _connect(make, small, [*directories, *small, *tunnels], 2)
    _connect(make, others, [giant, *others, *directories], 3)
    _connect(make, tunnels, [*tunnels, *directories], 2)
    _connect(make, [giant], [*others, *directories], 10)
    relevant = [url for url, topic in make.topics.items() if topic == TOPIC]
    for url in relevant:  # one in five names another page on the topic somewhere else
        if draws.random() < 0.2:
            make.links[url].append(make.link(draws.choice(relevant)))
        if draws.random() < 0.05:
            make.links[url].append(make.link(draws.choice(directories), plain=True))
    pages = {url: MemoryPage(url, make.titles[url], make.texts[url], tuple(make.links[url])) for url in make.titles}
    seeds = tuple(next(url for url in draws.sample(relevant, len(relevant)) if "farm" not in url and tongue(url.split("/")[2]) == name)
                  for name in ("zh", "en"))  # fmt: skip
    return MixedWeb(seeds, frozenset(relevant), pages)


def _connect(make: _Maker, homes: Sequence[str], friends: Sequence[str], count: int) -> None:
    """A block of friend links on every page of these hosts."""
    for home in homes:
        host = home.split("/")[2]
        chosen = make.draws.sample(friends, min(count, len(friends)))
        block = [make.link(url, "link_farm", plain=True) for url in chosen if url != home]
        for url in [url for url in make.links if url.split("/")[2] == host]:
            make.links[url] += block
