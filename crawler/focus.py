"""What a page is worth and what its links promise: topic model, link scorer and odds of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from counterspin.store.frontier import Row
from counterspin.urls import authority_of, channel_of, domain_of, host_of
from crawler.grams import word_id
from crawler.order import ByOdds
from crawler.promise import PLACES, Features, LinkScorer, Promises, zone_number
from crawler.reading import FoundLink, Reading
from crawler.sides import Topic
from crawler.tables import segments
from crawler.topic import RELEVANT

SEED_CHARS = 120  # characters of main text that a seed must have to stand for the topic; less is a list or a shell
FADING = 0.5  # of the worth of a page is left for the page before it on the way
FARM_ZONE = "link_farm"  # the block of friend links of a page


__all__ = ["RELEVANT", "Focus"]


@dataclass(slots=True)
class Focus:
    """The learning parts of a crawl, apart from where pages come from: a simulated web is crawled by the same code."""

    topic: Topic = field(default_factory=Topic)
    links: LinkScorer = field(default_factory=LinkScorer)
    odds: ByOdds = field(default_factory=ByOdds)
    farms: frozenset[str] = frozenset()  # hosts that reviewers confirmed as link farms: their friends are looked at

    def judge(self, row: Row, reading: Reading) -> float:
        """Relevance of a fetched page, 0 to 1. Model and scorer learn from it."""
        grams = reading.grams
        if row.origin == "seed" and row.fetched_at is None and reading.chars >= SEED_CHARS:
            self.topic.add_seed(grams)
        relevance = self.topic.meet(grams, domain_of(host_of(row.url)))
        if row.features:
            self.links.learn(Features.from_bytes(row.features), relevance)
        return relevance

    def credit(self, way: Sequence[tuple[bytes | None, float | None]]) -> None:
        """A page on the topic was found: the links that led to it over pages that are not were worth following.

        ``way``: features and relevance of the pages on the way, the nearest first. Without this a home page, which says
        nothing itself, would teach that links to home pages lead nowhere. Source: Rennie and McCallum 1999 (delayed
        reward).
        """
        reward = 1.0
        for features, relevance in way:
            if features is None or (relevance or 0.0) >= RELEVANT:
                return
            reward *= FADING
            self.links.learn(Features.from_bytes(features), reward)

    def promises(self, url: str, relevance: float, links: Sequence[FoundLink]) -> Promises:
        """What the links of a page promise, and what that rests on."""
        authority, channel, site = authority_of(url), channel_of(url), domain_of(host_of(url))
        features = [link.features for link in links]
        starts, ends = segments(features)
        return Promises(
            self._parents(url, relevance, links),
            self.topic.anchor_nearness([link.anchor_ids for link in links]),
            np.array([zone_number(link.zone) for link in links], np.int64),
            np.array([_kin(authority, channel, site, link) for link in links], np.int64),
            np.frombuffer(b"".join(features), np.uint32), starts, ends, _places(url, links),
        )  # fmt: skip

    def _parents(self, url: str, relevance: float, links: Sequence[FoundLink]) -> NDArray[np.float64]:
        parents = np.full(len(links), relevance)
        if host_of(url) in self.farms:
            parents[[link.zone == FARM_ZONE for link in links]] = 1.0
        return parents

    def rescored(self, rows: Sequence[Row]) -> list[float]:
        """The scores of waiting links by what is known now."""
        told = {row.id: row.features for row in rows if row.features}
        scores = (
            dict(zip(told, self.links.scores(Promises.from_bytes(list(told.values()))), strict=True)) if told else {}
        )
        return [float(scores.get(row.id, row.score)) for row in rows]


def _places(url: str, links: Sequence[FoundLink]) -> NDArray[np.uint32]:
    """Ids of the block that names each link, and of the host and the channel that it leads to."""
    names = [(f"b:{link.zone} {url}", f"h:{link.authority}", f"c:{link.authority}{link.prefix}") for link in links]
    return np.array([[word_id(name) for name in row] for row in names], np.uint32).reshape(-1, PLACES)


def _kin(authority: str, channel: str, site: str, link: FoundLink) -> int:
    if link.authority != authority:
        return 1 if domain_of(link.authority.partition(":")[0]) == site else 0
    return 3 if link.prefix == channel else 2
