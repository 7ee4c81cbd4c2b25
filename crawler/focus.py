"""What a page is worth and what its links promise: topic model, link scorer and odds of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from counterspin.store.frontier import Row
from counterspin.urls import domain_of, host_of
from crawler.found import FoundLinks
from crawler.order import ByOdds
from crawler.promise import PLACES, Features, LinkScorer, Promises, zone_number
from crawler.reading import Reading
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
        grams, site = reading.grams, domain_of(host_of(row.url))
        if row.origin == "seed" and row.fetched_at is None and reading.chars >= SEED_CHARS:
            self.topic.add_seed(grams, site)
        relevance = self.topic.meet(grams, site)
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

    def promises(self, url: str, relevance: float, links: FoundLinks) -> Promises:
        """What the links of a page promise, and what that rests on."""
        starts, ends = segments(links.features)
        return Promises(
            self._parents(url, relevance, links),
            self.topic.anchor_nearness(links.anchor_ids),
            np.array([zone_number(zone) for zone in links.zones], np.int64),
            np.frombuffer(links.kin, np.uint8).astype(np.int64),
            np.frombuffer(b"".join(links.features), np.uint32), starts, ends,
            np.frombuffer(links.places, np.uint32).reshape(-1, PLACES),
        )  # fmt: skip

    def _parents(self, url: str, relevance: float, links: FoundLinks) -> NDArray[np.float64]:
        parents = np.full(len(links), relevance)
        if host_of(url) in self.farms:
            parents[[zone == FARM_ZONE for zone in links.zones]] = 1.0
        return parents

    def rescored(self, rows: Sequence[Row]) -> list[float]:
        """The scores of waiting links by what is known now."""
        told = {row.id: row.features for row in rows if row.features}
        scores = (
            dict(zip(told, self.links.scores(Promises.from_bytes(list(told.values()))), strict=True)) if told else {}
        )
        return [float(scores.get(row.id, row.score)) for row in rows]
