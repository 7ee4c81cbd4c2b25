"""A web in memory: some 20,000 pages on 300 hosts, for trying out orders of fetching without a network.

Portals with a channel for each subject, farms with a rented folder, small sites on one subject, hubs that list
good pages, and decoys whose vocabulary overlaps with the topic's. Pages are made when they are fetched, from the
seed and the URL alone; only the plan (which page lies where, on what topic) is kept. On-topic pages differ in how
many words of the topic they hold, and every subject shares words with its neighbour, so that no classifier of
pages is perfect.
"""

from __future__ import annotations

import bisect
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from counterspin.model import Link
from crawler.simweb.plan import PER_LIST, Channel, MemoryHost, choose_seeds, plan
from crawler.simweb.prose import body_on, title_on, words_of

PRESETS: Mapping[str, tuple[str, str]] = {
    "deposit": ("zh", "deposit"), "filter": ("zh", "filter"), "cat": ("zh", "cat"), "licence": ("zh", "licence"),
    "mould": ("en", "mould"), "garden": ("en", "garden"),
}  # fmt: skip
"""A web of each name: its language and the topic that counts as relevant."""


@dataclass(frozen=True, slots=True)
class MemoryPage:
    """A fetched page: its title, its main text, and its links with anchor and zone."""

    url: str
    title: str
    text: str
    links: tuple[Link, ...]
    status: int = 200


@dataclass(frozen=True, slots=True)
class MemoryWeb:
    """The plan of a web. ``relevant`` holds the URLs on the topic, ``seeds`` a few of them, on different hosts."""

    preset: str
    language: str
    topic: str
    seed: int
    hosts: tuple[MemoryHost, ...]
    relevant: frozenset[str]
    seeds: tuple[str, ...]
    size: int
    targets: Mapping[str, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def fetch(self, url: str) -> MemoryPage | None:
        """The page at a URL, or None if there is none."""
        host, _, path = url.removeprefix("http://").partition("/")
        index = _number(host)
        if index is None or index >= len(self.hosts) or self.hosts[index].name != host:
            return None
        return _page(self, index, path)


def memory_web(preset: str = "deposit", *, seed: int = 1, pages: int = 20_700, hosts: int = 300) -> MemoryWeb:
    """The web of a preset. About ``pages`` pages, 6 to 7 per cent of them on the topic.

    Raises KeyError for an unknown preset.
    """
    language, topic = PRESETS[preset]
    draws = random.Random(f"{preset}/{seed}")
    planned = plan(draws, language, topic, pages=pages, hosts=hosts)
    targets = {
        name: tuple(url for host in planned for url in host.articles(name)) for name in words_of(language)["topics"]
    }
    size = sum(2 + sum(channel.lists + len(channel.topics) for channel in host.channels) for host in planned)
    seeds = choose_seeds(draws, planned, topic)
    return MemoryWeb(preset, language, topic, seed, planned, frozenset(targets[topic]), seeds, size, targets)


def _number(host: str) -> int | None:
    label = host.split(".")[-2] if host.count(".") == 2 else ""
    return int(label[4:]) if label.startswith("site") and label[4:].isdigit() else None


def _page(web: MemoryWeb, index: int, path: str) -> MemoryPage | None:
    host = web.hosts[index]
    folder, _, name = path.partition("/")
    if not folder or folder == "about.html":
        return _home(web, host) if not folder else _about(web, host)
    channel = next((item for item in host.channels if item.path == folder), None)
    if channel is None:
        return None
    if not name or name.startswith("p"):
        number = int(name[1:].removesuffix(".html")) if name[1:].removesuffix(".html").isdigit() else 1
        return _list(web, host, channel, number) if number <= channel.lists else None
    stem = name.removesuffix(".html")
    if not stem.isdigit() or int(stem) >= len(channel.topics):
        return None
    return _article(web, host, channel, int(stem))


def _home(web: MemoryWeb, host: MemoryHost) -> MemoryPage:
    newest = [
        _link(web, host, channel, number, "main")
        for channel in host.channels
        for number in range(min(4, len(channel.topics)))
    ]
    return _made(web, host, f"http://{host.name}/", (host.title, ""), newest)


def _about(web: MemoryWeb, host: MemoryHost) -> MemoryPage:
    about = words_of(web.language)["about"]
    return _made(web, host, f"http://{host.name}/about.html", (about, f"{host.title} {about}"), [])


def _list(web: MemoryWeb, host: MemoryHost, channel: Channel, number: int) -> MemoryPage:
    first = (number - 1) * PER_LIST
    shown = range(first, min(first + PER_LIST, len(channel.topics)))
    links = [_link(web, host, channel, item, "main") for item in shown]
    if number < channel.lists:
        links.append(Link("main", _list_url(host, channel, number + 1), words_of(web.language)["pager"]))
    url = _list_url(host, channel, number)
    words = (f"{channel.label} {host.title}", " ".join(link.anchor for link in links))
    return _made(web, host, url, words, links)


def _list_url(host: MemoryHost, channel: Channel, number: int) -> str:
    return f"http://{host.name}/{channel.path}/" + (f"p{number}.html" if number > 1 else "")


def _article(web: MemoryWeb, host: MemoryHost, channel: Channel, number: int) -> MemoryPage:
    url = f"http://{host.name}/{channel.path}/{number}.html"
    topic = channel.topics[number]
    draws = random.Random(f"{web.seed}/{url}")
    text = "".join(body_on(draws, web.language, topic, sought=web.topic)).strip()
    return _made(web, host, url, (title_of(web, url, topic), text), list(_related(draws, web, host, (channel, number))))


def title_of(web: MemoryWeb, url: str, topic: str) -> str:
    """The title of an article, which lists show before it is fetched."""
    return title_on(random.Random(f"{web.seed}/title/{url}"), web.language, topic)


def _link(web: MemoryWeb, host: MemoryHost, channel: Channel, number: int, zone: str) -> Link:
    url = f"http://{host.name}/{channel.path}/{number}.html"
    return Link(zone, url, _anchor(web, url, channel.topics[number]))


def _anchor(web: MemoryWeb, url: str, topic: str) -> str:
    draws = random.Random(f"{web.seed}/anchor/{url}")
    draw = draws.random()
    if draw < 0.12:
        chosen: str = draws.choice(words_of(web.language)["stubs"])
        return chosen
    title = title_of(web, url, topic)
    return f"{title[: len(title) // 2]}…" if draw < 0.3 else title


def _related(draws: random.Random, web: MemoryWeb, host: MemoryHost, place: tuple[Channel, int]) -> Iterator[Link]:
    channel, number = place
    topic = channel.topics[number]
    for neighbour in (number - 1, number + 1):
        if 0 <= neighbour < len(channel.topics):
            yield _link(web, host, channel, neighbour, "main")
    for _ in range(4):
        yield _link(web, host, channel, draws.randrange(len(channel.topics)), "main")
    if draws.random() < 0.35:
        yield _elsewhere(draws, web, topic)
    if host.hub and draws.random() < 0.2:
        for _ in range(draws.randint(8, 16)):
            yield _elsewhere(draws, web, topic)


def _elsewhere(draws: random.Random, web: MemoryWeb, topic: str) -> Link:
    """A link in the text to another site's article, four times in five on the same topic."""
    wanted = topic if draws.random() < 0.8 else draws.choice(list(web.targets))
    url = draws.choice(web.targets[wanted] or web.targets[topic])
    return Link("main", url, _anchor(web, url, wanted))


def _made(web: MemoryWeb, host: MemoryHost, url: str, words: tuple[str, str], links: Sequence[Link]) -> MemoryPage:
    draws = random.Random(f"{web.seed}/frame/{url}")
    return MemoryPage(url, *words, (*_menu(web, host), *links, *_hot(draws, web, host), *_foot(web, host)))


def _menu(web: MemoryWeb, host: MemoryHost) -> Iterator[Link]:
    words = words_of(web.language)
    yield Link("navigation", f"http://{host.name}/", words["home"])
    for channel in host.channels:
        yield Link("navigation", _list_url(host, channel, 1), channel.label)


def _hot(draws: random.Random, web: MemoryWeb, host: MemoryHost) -> Iterator[Link]:
    """The box of popular articles, drawn from the whole host."""
    ends = _ends(host)
    for _ in range(min(8, ends[-1])):
        draw = draws.randrange(ends[-1])
        place = bisect.bisect_right(ends, draw)
        channel = host.channels[place]
        yield _link(web, host, channel, draw - (ends[place - 1] if place else 0), "navigation")


def _ends(host: MemoryHost) -> list[int]:
    ends: list[int] = []
    for channel in host.channels:
        ends.append((ends[-1] if ends else 0) + len(channel.topics))
    return ends


def _foot(web: MemoryWeb, host: MemoryHost) -> Iterator[Link]:
    for friend in host.friends:
        yield Link("link_farm", f"http://{web.hosts[friend].name}/", web.hosts[friend].title)
    yield Link("footer", f"http://{host.name}/about.html", words_of(web.language)["about"])
