"""In which order channels are asked: best first, or by the odds that they bring relevant pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Protocol


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
    cold: bool = False  # it brought nothing: left alone until a link from elsewhere scores high
    asleep_until: float = 0.0  # its pages wait for a further attempt


class Order(Protocol):
    """Gives a channel its place: the higher the sooner."""

    def value(self, channel: Channel) -> float:
        """The worth of asking this channel now; may be a draw."""

    def expected(self, channel: Channel) -> float:
        """The same without chance."""


class BestFirst:
    """The best score first, whatever the channel."""

    def value(self, channel: Channel) -> float:
        return channel.score

    def expected(self, channel: Channel) -> float:
        return channel.score


PRIOR_WEIGHT = 3.0  # pages that the first guess about a channel counts as
PRIOR_RATE = 0.3  # harvest that a channel is first taken to have when nothing is known at all
COOL_AFTER = 25  # pages of a channel
COOL_RATE = 0.03  # harvest under which a channel is left alone, until a link to it scores high
WARM_SCORE = 0.8  # the score of a link from elsewhere that opens a cooled channel again


def is_cold(channel: Channel) -> bool:
    """Whether a channel has had its chance and brought nothing."""
    return channel.fetched >= COOL_AFTER and channel.relevant < COOL_RATE * channel.fetched


@dataclass(slots=True)
class ByOdds:
    """Thompson sampling: a draw from what is known of the channel's harvest, times the score of its best page.

    The first guess of a channel is the harvest of the crawl so far. Source: Thompson 1933; Beta prior after Chapelle
    and Li 2011.
    """

    random: random.Random = field(default_factory=lambda: random.Random(0))
    fetched: int = 0
    relevant: float = 0.0

    def value(self, channel: Channel) -> float:
        good, bad = self._odds(channel)
        return self.random.betavariate(good, bad) * channel.score

    def expected(self, channel: Channel) -> float:
        good, bad = self._odds(channel)
        return good / (good + bad) * channel.score

    def _odds(self, channel: Channel) -> tuple[float, float]:
        rate = (self.relevant + PRIOR_WEIGHT * PRIOR_RATE) / (self.fetched + PRIOR_WEIGHT)
        rate = min(0.9, max(0.05, rate))
        good = PRIOR_WEIGHT * rate + channel.relevant
        return good, PRIOR_WEIGHT * (1 - rate) + max(0.0, channel.fetched - channel.relevant)

    def learn(self, relevant: float) -> None:
        """Count a fetched page."""
        self.fetched += 1
        self.relevant += relevant
