"""What a page is worth and what its links promise: topic model, link scorer and odds of one run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from counterspin.store.frontier import Row
from counterspin.urls import authority_of, channel_of, domain_of, host_of
from crawler.order import ByOdds
from crawler.promise import Features, LinkScorer
from crawler.reading import FoundLink, Reading
from crawler.topic import TopicModel

SEED_CHARS = 120  # characters of main text that a seed must have to stand for the topic; less is a list or a shell
RELEVANT = 0.5  # relevance from which a page counts as one that was looked for


@dataclass(slots=True)
class Focus:
    """The learning parts of a crawl, apart from where pages come from: a simulated web is crawled by the same code."""

    topic: TopicModel = field(default_factory=TopicModel)
    links: LinkScorer = field(default_factory=LinkScorer)
    odds: ByOdds = field(default_factory=lambda: ByOdds(random.Random(0)))

    def judge(self, row: Row, reading: Reading) -> float:
        """Relevance of a fetched page, 0 to 1. Model and scorer learn from it."""
        grams = reading.grams
        if row.origin == "seed" and row.fetched_at is None and reading.chars >= SEED_CHARS:
            self.topic.add_seed(grams)
        relevance = self.topic.relevance(grams)
        self.topic.meet(grams)
        if row.features:
            self.links.learn(Features.from_bytes(row.features), relevance)
        return relevance

    def promises(self, url: str, relevance: float, links: Sequence[FoundLink]) -> list[tuple[float, bytes]]:
        """For each link of a page its expected relevance, 0 to 1, and the features that it rests on."""
        home = (authority_of(url), channel_of(url), domain_of(host_of(url)))
        made = [self._features(home, relevance, link) for link in links]
        return [(self.links.score(one), one.to_bytes()) for one in made]

    def rescored(self, rows: Sequence[Row]) -> list[float]:
        """The scores of waiting links by what is known now."""
        return [self.links.score(Features.from_bytes(row.features)) if row.features else row.score for row in rows]

    def _features(self, home: tuple[str, str, str], relevance: float, link: FoundLink) -> Features:
        ids = np.frombuffer(link.features, np.uint32)
        anchor = self.topic.anchor_nearness(np.frombuffer(link.anchor_ids, np.uint32))
        return Features(relevance, anchor, link.zone, _kin(home, link), ids)


def _kin(home: tuple[str, str, str], link: FoundLink) -> int:
    if link.authority != home[0]:
        return 1 if domain_of(link.authority.partition(":")[0]) == home[2] else 0
    return 3 if link.prefix == home[1] else 2
