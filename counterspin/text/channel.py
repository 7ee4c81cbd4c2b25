"""How likely one text is to have become others by a spinner: the noisy channel behind the search for a source.

A spinner has a dictionary and a rate: each original is replaced with one chance, by replacements that the dictionary
names again and again, in every text. So of two texts the one is the likelier source from which the other needs words
put for others that this crawl shows put for others elsewhere, at one rate, words that are originals and stay counted.
Nothing is known of the dictionary before: counts come from the other clusters, weighted by how sure their sources are.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]
FRESH = 0.05  # sightings that a replacement is taken to have before it is seen
TARGETS = 1.0  # sightings that the dictionary is taken to have of any original
EVEN = 0.5  # sightings that a word is taken to have as an original, and as a replacement


@dataclass(frozen=True, slots=True)
class Step:
    """What becoming one text from another takes: words put for others, each time; words of the first that stay."""

    swaps: tuple[Pair, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sightings of pairs, originals and replacements; fractions where a source is not sure."""

    pairs: dict[Pair, float] = field(default_factory=lambda: defaultdict(float))
    originals: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    targets: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, steps: Iterable[Step], weight: float) -> None:
        """Count the swaps of these steps."""
        for step in steps:
            for pair in step.swaps:
                self.pairs[pair] += weight
                self.originals[pair[0]] += weight
                self.targets[pair[1]] += weight


class Elsewhere:
    """What the crawl shows without one cluster: no cluster may prove itself."""

    def __init__(self, every: Counts, own: Counts, chances: Mapping[str, float]) -> None:
        """``chances`` are the :func:`original_chances` of ``every``."""
        self.every, self.own = every, own
        self._chances = chances
        self._own_chances = {
            word: _chance(self.original(word), self.target(word)) for word in {**own.originals, **own.targets}
        }

    def originals(self, words: Iterable[str]) -> list[float]:
        """The chance, 0 to 1, that the dictionary holds each of these words as an original."""
        chances, own = self._chances, self._own_chances  # of most words they are those of the whole crawl
        return [own[word] if word in own else chances.get(word, UNSEEN) for word in words]

    def pair(self, pair: Pair) -> float:
        return max(0.0, self.every.pairs.get(pair, 0.0) - self.own.pairs.get(pair, 0.0))

    def original(self, word: str) -> float:
        return max(0.0, self.every.originals.get(word, 0.0) - self.own.originals.get(word, 0.0))

    def target(self, word: str) -> float:
        return max(0.0, self.every.targets.get(word, 0.0) - self.own.targets.get(word, 0.0))


def original_chances(counts: Counts) -> dict[str, float]:
    """The chance, 0 to 1, that the dictionary holds a word as an original, of each word that was counted."""
    seen = {**counts.originals, **counts.targets}
    return {word: _chance(counts.originals.get(word, 0.0), counts.targets.get(word, 0.0)) for word in seen}


def _chance(ahead: float, behind: float) -> float:
    return (ahead + EVEN) / (ahead + behind + 2 * EVEN)


UNSEEN = _chance(0.0, 0.0)  # of a word that nothing shows


def rate_likelihood(steps: Iterable[Step], elsewhere: Elsewhere) -> float:
    """The log-likelihood that originals were replaced with one chance, in each step its own or in all the same.

    Beta-binomial with an even prior: of the originals in the source some were replaced and some stay.
    """
    counts = [(float(len(step.swaps)), sum(elsewhere.originals(step.stays))) for step in steps]
    apart = sum(_beta_binomial(*count) for count in counts)
    together = _beta_binomial(sum(replaced for replaced, _ in counts), sum(stayed for _, stayed in counts))
    return max(apart, together) + math.log1p(math.exp(-abs(apart - together)))


def _beta_binomial(replaced: float, stayed: float) -> float:
    return math.lgamma(replaced + 1) + math.lgamma(stayed + 1) - math.lgamma(replaced + stayed + 2)


def choice_likelihood(steps: Iterable[Step], elsewhere: Elsewhere) -> float:
    """The log-likelihood that just these replacements were drawn for the originals that were replaced.

    A Pólya urn for each original: what was drawn before, here or in another cluster, is drawn again.
    """
    drawn: Counter[Pair] = Counter()
    held: Counter[str] = Counter()
    total = 0.0
    for step in steps:
        for pair in step.swaps:
            total += math.log(elsewhere.pair(pair) + drawn[pair] + FRESH)
            total -= math.log(elsewhere.original(pair[0]) + held[pair[0]] + TARGETS)
            drawn[pair] += 1
            held[pair[0]] += 1
    return total


def swap_words(steps: Iterable[Step]) -> frozenset[str]:
    """Every word that some step replaces or puts."""
    return frozenset(word for step in steps for pair in step.swaps for word in pair)


def staying(words: Mapping[str, int], swaps: Iterable[Pair]) -> tuple[str, ...]:
    """Of the counted words of a source those that no swap replaced, each time they stand."""
    gone = Counter(left for left, _ in swaps)
    return tuple(word for word, times in words.items() for _ in range(times - gone[word]))
