"""In which order channels are asked: best first, or by the odds that they bring relevant pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np


@dataclass(slots=True)
class Channel:
    """A section of a site as the running crawl knows it. ``score`` is the best that waits in it, an upper bound."""

    id: int
    host_id: int
    prefix: str
    fetched: int = 0
    relevant: float = 0.0
    pending: int = 0
    rank: int = 0
    score: float = 0.0
    run_fetched: int = 0
    closed: bool = False
    asleep_until: float = 0.0  # its pages wait for a further attempt


class Order(Protocol):
    """Gives a channel its place: the higher the sooner."""

    def values(self, channels: Sequence[Channel]) -> list[float]:
        """The worth of asking each channel now; may be a draw."""

    def expected(self, channel: Channel) -> float:
        """The same without chance."""


class BestFirst:
    """The best score first, whatever the channel."""

    def values(self, channels: Sequence[Channel]) -> list[float]:
        return [channel.score for channel in channels]

    def expected(self, channel: Channel) -> float:
        return channel.score


PRIOR_WEIGHT = 3.0  # pages that the first guess about a channel counts as
PRIOR_RATE = 0.3  # harvest that a channel is first taken to have when nothing is known at all


@dataclass(slots=True)
class ByOdds:
    """Thompson sampling: a draw from what is known of the channel's harvest, times the score of its best page.

    The first guess of a channel is the harvest of the crawl so far. Source: Thompson 1933; Beta prior after Chapelle
    and Li 2011.
    """

    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))
    fetched: int = 0
    relevant: float = 0.0
    rate: float = PRIOR_RATE  # first guess of a channel's harvest

    def values(self, channels: Sequence[Channel]) -> list[float]:
        first = PRIOR_WEIGHT * self.rate
        good = [first + channel.relevant for channel in channels]
        bad = [PRIOR_WEIGHT - first + max(0.0, channel.fetched - channel.relevant) for channel in channels]
        draws = self.random.beta(good, bad).tolist()
        return [draw * channel.score for draw, channel in zip(draws, channels, strict=True)]

    def expected(self, channel: Channel) -> float:
        good = PRIOR_WEIGHT * self.rate + channel.relevant
        return good / (PRIOR_WEIGHT + max(channel.fetched, channel.relevant)) * channel.score

    def learn(self, relevant: float) -> None:
        """Count a fetched page."""
        self.fetched += 1
        self.relevant += relevant
        rate = (self.relevant + PRIOR_WEIGHT * PRIOR_RATE) / (self.fetched + PRIOR_WEIGHT)
        self.rate = min(0.9, max(0.05, rate))
