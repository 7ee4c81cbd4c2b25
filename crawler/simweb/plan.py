"""The plan of a web in memory: which hosts there are, with which channels, on which topics their articles are."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.simweb.prose import words_of

PER_LIST = 20  # articles on a list page
KINDS = (("farm", 0.05, 150, 8), ("specialist", 0.06, 45, 2), ("portal", 0.30, 120, 6), ("other", 0.59, 39, 2))
# Kind of host, share of hosts, pages and channels of one; after the corpus study: a few farms hold much of a topic.
ON_TOPIC = {"farm": (1.0, 0.34), "specialist": (1.0, 0.50), "portal": (0.22, 0.09), "other": (0.0, 0.0)}
# Chance that a host of the kind has a channel on the topic, and the share of its articles that lie in it.
FRIENDS = {"farm": (6, 4), "specialist": (2, 2), "portal": (3, 3), "other": (1, 1)}
# Links in the footer of a kind of host: to hosts of its kind, and to any.
IMPURITY = 0.1  # share of a topic channel's articles that are on the neighbouring topic
STRAY = 0.003  # share of other articles that are on the topic all the same
NEAR_STRAY = 0.025  # that share in a channel on the neighbouring topic
FOLDERS = ("news", "zx", "a", "wen", "info", "2024sh", "detail")


@dataclass(frozen=True, slots=True)
class Channel:
    """A folder of a host: its name on the site, its path, and the topics of its articles in order."""

    label: str
    path: str
    topics: tuple[str, ...]

    @property
    def lists(self) -> int:
        return max(1, -(-len(self.topics) // PER_LIST))


@dataclass(frozen=True, slots=True)
class MemoryHost:
    """A host of the plan. ``friends`` are the hosts in its footer; a ``hub`` has articles that list good pages."""

    name: str
    title: str
    kind: str
    channels: tuple[Channel, ...]
    friends: tuple[int, ...]
    hub: bool

    def articles(self, topic: str) -> Iterator[str]:
        """The URLs of its articles on a topic."""
        for channel in self.channels:
            for number, its in enumerate(channel.topics):
                if its == topic:
                    yield f"http://{self.name}/{channel.path}/{number}.html"


def plan(draws: random.Random, language: str, topic: str, *, pages: int, hosts: int) -> tuple[MemoryHost, ...]:
    """The hosts of a web of about so many pages."""
    outlines = _outlines(draws, pages, hosts)
    planner = _Planner(draws, words_of(language), topic, tuple(outline.kind for outline in outlines))
    return tuple(planner.host(index, outline) for index, outline in enumerate(outlines))


@dataclass(frozen=True, slots=True)
class _Outline:
    kind: str
    size: float
    channels: int


def _outlines(draws: random.Random, pages: int, hosts: int) -> list[_Outline]:
    outlines = [
        _Outline(kind, size * draws.uniform(0.6, 1.4), max(1, channels + draws.randint(-1, 1)))
        for kind, share, size, channels in KINDS
        for _ in range(max(1, round(hosts * share)))
    ]
    draws.shuffle(outlines)
    scale = pages / sum(outline.size for outline in outlines[:hosts])
    return [_Outline(outline.kind, outline.size * scale, outline.channels) for outline in outlines[:hosts]]


@dataclass(frozen=True, slots=True)
class _Planner:
    draws: random.Random
    words: Mapping[str, Any]
    topic: str
    kinds: tuple[str, ...]

    def host(self, index: int, outline: _Outline) -> MemoryHost:
        channels = list(self._channels(outline))
        self.draws.shuffle(channels)
        placed = tuple(Channel(item.label, f"{item.path}{place}", item.topics) for place, item in enumerate(channels))
        name = f"{self.draws.choice(('www', 'm', 'bbs', 'info', 'news', 'wap'))}.site{index:03d}.test"
        title = f"{self.draws.choice(self.words['general']['n'])}{self.draws.choice(self.words['sites'])}"
        return MemoryHost(name, title, outline.kind, placed, self._friends(index), self.draws.random() < 0.06)

    def _channels(self, outline: _Outline) -> Iterator[Channel]:
        chance, share = ON_TOPIC[outline.kind]
        near = self.words["topics"][self.topic]["near"]
        others = [name for name in self.words["topics"] if name != self.topic]
        subjects = self.draws.sample(others, min(outline.channels, len(others)))
        left = outline.size - outline.channels - 1
        if self.draws.random() < chance:
            if near not in subjects and self.draws.random() < 0.5:
                subjects[0] = near
            count = max(3, round(outline.size * share * self.draws.uniform(0.7, 1.3)))
            left -= count
            yield self._channel(outline.kind, self.topic, count, (near, IMPURITY))
        for subject in subjects:
            odds = NEAR_STRAY if subject == near else STRAY
            yield self._channel(outline.kind, subject, max(3, round(left / len(subjects))), (self.topic, odds))

    def _channel(self, kind: str, subject: str, count: int, stray: tuple[str, float]) -> Channel:
        other, odds = stray
        topics = tuple(other if self.draws.random() < odds else subject for _ in range(count))
        plain = self.draws.random() < (0.6 if kind == "farm" else 0.25)
        label = self.draws.choice(self.words["neutral"]) if plain else self.words["topics"][subject]["label"]
        return Channel(label, self.draws.choice(FOLDERS), topics)

    def _friends(self, index: int) -> tuple[int, ...]:
        alike, any_ = FRIENDS[self.kinds[index]]
        same = [other for other, kind in enumerate(self.kinds) if kind == self.kinds[index] and other != index]
        chosen = self.draws.sample(same, min(alike, len(same)))
        return tuple(dict.fromkeys(chosen + [self.draws.randrange(len(self.kinds)) for _ in range(any_)]))


def choose_seeds(draws: random.Random, hosts: Sequence[MemoryHost], topic: str) -> tuple[str, ...]:
    """A relevant page each of two specialists, a farm and a portal, as far as there are such."""
    chosen: list[str] = []
    for kind in ("specialist", "farm", "specialist", "portal"):
        taken = {url.split("/")[2] for url in chosen}
        pages = [url for host in hosts if host.kind == kind and host.name not in taken for url in host.articles(topic)]
        chosen += draws.sample(pages, min(1, len(pages)))
    return tuple(chosen)
