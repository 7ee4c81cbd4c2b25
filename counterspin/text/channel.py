"""How likely one text is to have become others by a spinner: the noisy channel behind the search for a source.

A spinner has a dictionary and a rate: each original is replaced with one chance, by replacements that the dictionary
names again and again, in every text. So of two texts the one is the likelier source from which the other needs words
put for others that this crawl shows put for others elsewhere, at one rate, words that are originals and stay counted.
Nothing is known of the dictionary before: counts come from the other clusters, weighted by how sure their sources are.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

Pair = tuple[str, str]
Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
FRESH = 0.05  # sightings that a replacement is taken to have before it is seen
TARGETS = 1.0  # sightings that the dictionary is taken to have of any original
EVEN = 0.5  # sightings that a word is taken to have as an original, and as a replacement
MIN_KNOWN = 3  # swapped words that other clusters must show before a text can be told to be no source
SHOWN = 1.0  # sightings from which another cluster shows a word
_LOW = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a cluster: its words that some step replaces or puts, each time they stand, and its steps.

    A step is what becoming another text of the cluster takes: words put for others, each time.
    """

    cluster: int
    words: Sequence[str]
    steps: Sequence[Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Likelihoods:
    """Of each text, f64[n]: the log-likelihoods of the rate and of the choice of words at which the others followed.

    ``originals`` is the mean chance, 0 to 1, that the dictionary holds its swapped words as originals, of those that
    other clusters show; 1.0 where they show too few.
    """

    rate: Floats
    choice: Floats
    originals: Floats


class Channel:
    """The texts of all clusters, in columns."""

    def __init__(self, texts: Iterable[Text]) -> None:
        """``texts`` stand in the order of their clusters."""
        read = _Read(texts)
        clusters = _whole(read.clusters)
        self._count = len(clusters)
        self._texts = _whole(read.texts)  # of each step
        self._sizes = _whole(read.sizes)  # swaps of each step
        self._swaps = np.repeat(self._texts, self._sizes)  # the text of each swap
        self._drawn, self._held = np.asarray(read.drawn), np.asarray(read.held)
        left, right = _whole(read.left), _whole(read.right)
        self._pairs = _Tally(clusters[self._swaps], _whole(read.pairs))
        self._words = _Tally(np.tile(clusters[self._swaps], 2), np.concatenate((left, right)))
        self._left, self._right = np.split(self._words.places, 2)
        swapped = np.unique(self._swaps << 32 | self._left)
        self._swapped = np.stack((swapped >> 32, swapped & _LOW))  # of each text the different words
        self._bounds = _whole(read.bounds)
        held = np.repeat(clusters, np.diff(self._bounds))
        self._stays = self._words.find(held, _whole(read.words)).astype(np.uint32)
        self._gone_steps, self._gone_times = _whole(read.gone_steps), _whole(read.gone_times)
        self._gone = self._words.find(clusters[self._texts[self._gone_steps]], _whole(read.gone))

    def steps(self) -> Longs:
        """How many steps begin at each text."""
        return np.bincount(self._texts, minlength=self._count)

    def likelihoods(self, chances: Floats) -> Likelihoods:
        """What speaks for each text when these are the chances, 0 to 1, of the texts that they are sources.

        No cluster proves itself: what counts is what the crawl shows without it.
        """
        weights = chances[self._swaps]
        _, pairs = self._pairs.elsewhere(self._pairs.places, weights)
        every_ahead, ahead = self._words.elsewhere(self._left, weights)
        every_behind, behind = self._words.elsewhere(self._right, weights)
        own = _chance(ahead, behind)
        stay = np.concatenate((own, _chance(every_ahead, every_behind)))
        return Likelihoods(self._rate(stay), self._choice(pairs, ahead), self._originals(ahead + behind, own))

    def _rate(self, chances: Floats) -> Floats:
        """The log-likelihood that originals were replaced with one chance, in each step its own or in all the same.

        Beta-binomial with an even prior: of the originals in the source some were replaced and some stay.
        """
        gone = _added(self._gone_steps, self._gone_times * chances[self._gone], len(self._texts))
        stayed = summed(chances[self._stays], self._bounds)[self._texts] - gone
        apart = self._by_text(_beta_binomial(self._sizes, stayed))
        together = _beta_binomial(self._by_text(self._sizes), self._by_text(stayed))
        found: Floats = np.logaddexp(apart, together)
        return found

    def _choice(self, pairs: Floats, originals: Floats) -> Floats:
        """The log-likelihood that just these replacements were drawn for the originals that were replaced.

        A Pólya urn for each original: what was drawn before, here or in another cluster, is drawn again.
        """
        drawn = np.log(pairs[self._pairs.places] + self._drawn + FRESH)
        drawn -= np.log(originals[self._left] + self._held + TARGETS)
        return _added(self._swaps, drawn, self._count)

    def _originals(self, shown: Floats, chances: Floats) -> Floats:
        texts, words = self._swapped[:, shown[self._swapped[1]] >= SHOWN]
        known = np.bincount(texts, minlength=self._count)
        mean = _added(texts, chances[words], self._count) / np.maximum(known, 1)
        return np.where(known < MIN_KNOWN, 1.0, mean)

    def _by_text(self, values: Any) -> Floats:
        """Values of steps, added up for the text that they begin at."""
        return _added(self._texts, values, self._count)


class _Tally:
    """Things that are counted by cluster: ``things`` tells what each is in the crawl, ``places`` which were given."""

    def __init__(self, clusters: Longs, things: Longs) -> None:
        self._keys, self.places = np.unique(clusters << 32 | things, return_inverse=True)
        self.things = self._keys & _LOW

    def elsewhere(self, places: Longs, weights: Floats) -> tuple[Floats, Floats]:
        """Sightings, with their weights, of each thing in all clusters, and of each one here in the others."""
        own = _added(places, weights, len(self.things))
        every = _added(self.things, own, 0)
        return every, np.maximum(0.0, every[self.things] - own)

    def find(self, clusters: Longs, things: Longs) -> Longs:
        """The places of these things; of one that its cluster does not count, its number past all of the places."""
        keys = clusters << 32 | things
        found = np.searchsorted(self._keys, keys)
        known = self._keys[np.minimum(found, len(self._keys) - 1)] == keys
        return np.where(known, found, len(self._keys) + things)


class _Read:
    """The columns of texts, as they come: words and pairs as numbers in the order in which they are met."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.clusters, self.texts, self.sizes = array("i"), array("i"), array("i")
        self.left, self.right, self.pairs = array("i"), array("i"), array("i")
        self.drawn, self.held = array("i"), array("i")  # how often pair and original stand before, from the same text
        self.words, self.bounds = array("i"), array("q", (0,))
        self.gone_steps, self.gone, self.gone_times = array("i"), array("i"), array("i")
        self._word: dict[str, int] = defaultdict(count().__next__)
        self._pair: dict[Pair, int] = defaultdict(count().__next__)
        for text in texts:
            drawn: Counter[Pair] = Counter()
            held: Counter[str] = Counter()
            for swaps in text.steps:
                self._add_gone(Counter(left for left, _ in swaps), text.words)
                self._add_swaps(swaps, drawn, held)
            self.clusters.append(text.cluster)
            self.words.extend(map(self._word.__getitem__, text.words))
            self.bounds.append(len(self.words))

    def _add_gone(self, gone: Counter[str], words: Sequence[str]) -> None:
        """Words of the text that a step replaces: as often as they stand in it at most."""
        for word, times in gone.items():
            self.gone_steps.append(len(self.texts))
            self.gone.append(self._word[word])
            self.gone_times.append(min(times, words.count(word)))

    def _add_swaps(self, swaps: Sequence[Pair], drawn: Counter[Pair], held: Counter[str]) -> None:
        for pair in swaps:
            self.left.append(self._word[pair[0]])
            self.right.append(self._word[pair[1]])
            self.pairs.append(self._pair[pair])
            self.drawn.append(drawn[pair])
            self.held.append(held[pair[0]])
            drawn[pair] += 1
            held[pair[0]] += 1
        self.texts.append(len(self.clusters))
        self.sizes.append(len(swaps))


def summed(values: Any, bounds: Longs) -> Any:
    """The sums of ``values[bounds[i]:bounds[i + 1]]``."""
    found = np.zeros(len(bounds) - 1, dtype=values.dtype)
    full = np.flatnonzero(bounds[:-1] < bounds[1:])
    if len(full):
        found[full] = np.add.reduceat(values, bounds[full])
    return found


def _added(places: Longs, values: Any, count: int) -> Floats:
    """The sum of the values of each place, of ``count`` places at least."""
    return np.bincount(places, values, count).astype(np.float64, copy=False)


def _whole(column: array[int]) -> Longs:
    return np.array(column, dtype=np.int64)


def _chance(ahead: Floats, behind: Floats) -> Floats:
    """The chance, 0 to 1, that the dictionary holds a word as an original, from its sightings as one and as none."""
    return (ahead + EVEN) / (ahead + behind + 2 * EVEN)


def _beta_binomial(replaced: Any, stayed: Floats) -> Floats:
    return _lgamma(replaced + 1.0) + _lgamma(stayed + 1.0) - _lgamma(replaced + stayed + 2.0)


def _lgamma(values: Floats) -> Floats:
    return np.fromiter(map(math.lgamma, values.tolist()), dtype=np.float64, count=len(values))
