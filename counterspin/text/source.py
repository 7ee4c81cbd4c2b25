"""Which of several rewrites was there first: log-odds over all that the texts show, never a date alone.

What counts, in natural logarithms of odds, so that it adds up:

* the channel: from which text the others follow by one dictionary at one rate (:mod:`counterspin.text.channel`);
* spinners put rare words for usual ones, and leave broken places: characters stranded at a word border, *a* before a
  vowel;
* where both texts use a word and its replacement, the one that uses both was made from the one that uses one;
* what the other passages of the same pages show, and the other pages of the same sites.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from counterspin.text.articles import wrong_articles
from counterspin.text.basic import uses
from counterspin.text.boundary import stranded
from counterspin.text.channel import Channel, Floats, Longs, Pair, Text
from counterspin.text.groups import groups
from counterspin.text.votes import Votes
from counterspin.text.words import bounds, find, frequency
from counterspin.wording import Wording

USUAL = 0.35  # weight of a factor of e between how usual two words are
USUAL_MOST = 1.2  # the most that one pair of words counts by that
MIXED = 0.4  # weight of one word that only one text uses beside its replacement
BROKEN = 2.0  # weight of one wrong article or one stranded character that the other text has not
UNALIGNED = 2.0  # what a text loses for each text of its cluster that it was never aligned with
TRUST = (0.0, 0.5, 1.0, 1.0)
# weight of the dictionary in each round that clusters teach one another: in the first there is none yet
MIN_ORIGINALS = 0.4  # share of originals among them, 0 to 1, below which no text of the cluster is the source
SURE = 1.0  # least log-odds that name a source


@dataclass(frozen=True, slots=True)
class Link:
    """Two rewrites: numbers of their texts, their likeness, and the words put for one another, each time."""

    left: int
    right: int
    similarity: float
    swaps: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Of a cluster of texts: the source (a text, or ``None``), why, most telling first, and its log-odds.

    ``page`` is, of the pages that hold the source word for word, the one that is the likeliest source. ``chances``
    gives each text's chance, 0 to 1, of being the source, in the order of ``texts``.
    """

    texts: tuple[int, ...]
    source: int | None
    reasons: tuple[str, ...]
    margin: float
    page: int | None = None
    chances: tuple[float, ...] = ()


class Clusters:
    """Texts that links hold together, numbered cluster after cluster: ``texts`` are what they are called outside."""

    def __init__(self, links: Sequence[Link]) -> None:
        held = groups((link.left, link.right) for link in links)
        self.texts = [text for members in held for text in members]
        self.sizes = np.array([len(members) for members in held], dtype=np.int64)
        self.first: Longs = np.cumsum(self.sizes) - self.sizes
        self.of: Longs = np.repeat(np.arange(len(held)), self.sizes)  # the cluster of each text
        self.links = links
        self.number = {text: number for number, text in enumerate(self.texts)}
        self._others: list[list[tuple[int, Link]]] = [[] for _ in self.texts]
        for link in links:
            self._others[self.number[link.left]].append((self.number[link.right], link))
            self._others[self.number[link.right]].append((self.number[link.left], link))

    def steps(self, text: int) -> list[tuple[Pair, ...]]:
        """What becoming each text that it was aligned with takes, in their order."""
        links = (link for _, link in sorted(self._others[text], key=lambda other: other[0]))
        return [link.swaps if link.left == self.texts[text] else _backwards(link.swaps) for link in links]

    def chances(self, odds: Floats) -> Floats:
        """The chance of each text, 0 to 1, of being the source of its cluster."""
        parts = np.exp(odds - np.maximum.reduceat(odds, self.first)[self.of])
        found: Floats = parts / np.add.reduceat(parts, self.first)[self.of]
        return found

    def centred(self, odds: Floats) -> Floats:
        """The odds of each text against the mean of its cluster."""
        found: Floats = odds - (np.add.reduceat(odds, self.first) / self.sizes)[self.of]
        return found


def _backwards(swaps: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple((right, left) for left, right in swaps)


@lru_cache(maxsize=65_536)
def usual(word: str) -> float:
    """How usual a word or phrase is, above 0: in the segmenter's dictionary, in English by rank and length.

    A phrase is as usual as its rarest word, and less for each further word.
    """
    if word.isascii():
        parts = word.split()
        return min(map(uses, parts), default=1.0) / max(1, 2 * len(parts) - 1)
    cut = [word[start:end] for start, end in bounds(word)]
    return (min(map(frequency, cut), default=0) + 1.0) / max(1, 2 * len(cut) - 1)


def origins(
    links: Sequence[Link], texts: Sequence[str], pages: Callable[[int], tuple[int, ...]], sites: Callable[[int], str]
) -> list[Origin]:
    """The source of each cluster, when what speaks for it is clear.

    ``pages`` gives the pages that hold a text, ``sites`` the site of a page.
    """
    if not links:
        return []
    clusters = Clusters(links)
    votes = Votes([pages(text) for text in clusters.texts], clusters.of.tolist(), sites)
    channel = Channel(_read(clusters, texts))
    steps = channel.steps()
    missing = np.asarray(clusters.sizes[clusters.of] - 1, dtype=np.float64)
    marks = _own_marks(clusters, texts, steps)
    marks["aligned"] = -UNALIGNED * (missing - steps)
    chances = np.zeros(len(clusters.texts))
    for trust in TRUST:
        told = channel.likelihoods(chances)
        marks["rate"] = missing / steps * told.rate
        marks["choice"] = trust * missing / steps * told.choice
        odds = clusters.centred(np.sum([*marks.values()], axis=0))
        pooled, likeliest = votes.pooled(odds)
        chances = clusters.chances(pooled)
    found = _Found(clusters, marks, odds, pooled, chances, told.originals, likeliest)
    return [
        _origin(found, first, size)
        for first, size in zip(clusters.first.tolist(), clusters.sizes.tolist(), strict=True)
    ]


def _read(clusters: Clusters, texts: Sequence[str]) -> Iterator[Text]:
    watched = frozenset(word for link in clusters.links for pair in link.swaps for word in pair)
    for number, (text, cluster) in enumerate(zip(clusters.texts, clusters.of.tolist(), strict=True)):
        yield Text(cluster, [word for _, _, word in find(texts[text], watched)], clusters.steps(number))


def _own_marks(clusters: Clusters, texts: Sequence[str], steps: Longs) -> dict[str, Floats]:
    """What each text shows by its own words against those that it was aligned with."""
    broken = [sum(1 for _ in wrong_articles(texts[text])) for text in clusters.texts]
    found = np.zeros((len(broken), 3))
    for link in clusters.links:
        left, right = clusters.number[link.left], clusters.number[link.right]
        lean = _lean(link, texts)
        lean[2] += broken[right] - broken[left]
        found[left] += lean
        found[right] -= lean
    usual_words, mixed, border = (found / steps[:, None]).T
    return {"usual": usual_words, "mixed": MIXED * mixed, "broken": BROKEN * border}


def _lean(link: Link, texts: Sequence[str]) -> Floats:
    """How much more the left text of a link has of usual words, of words used apart, and of whole ones."""
    different = set(link.swaps)
    left, right = texts[link.left], texts[link.right]
    return np.array([
        sum(map(_usual_lean, link.swaps)),
        sum(_mixed_lean(pair, left, right) for pair in different),
        sum(stranded(theirs) - stranded(ours) for ours, theirs in different),
    ])  # fmt: skip


def _usual_lean(pair: Pair) -> float:
    factor = math.log(usual(pair[0]) / usual(pair[1]))
    return max(-USUAL_MOST, min(USUAL_MOST, USUAL * factor))


def _mixed_lean(pair: Pair, left: str, right: str) -> int:
    ours, theirs = pair
    return (ours in right and theirs not in left) - (theirs in left and ours not in right)


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known of each text at the end: ``marks`` speak for it, by reason; ``odds`` are theirs in all.

    ``pooled`` are the odds with those of its likeliest page elsewhere, ``originals`` which share of its swapped words
    the crawl knows as originals, 0 to 1.
    """

    clusters: Clusters
    marks: Mapping[str, Floats]
    odds: Floats
    pooled: Floats
    chances: Floats
    originals: Floats
    pages: Longs


def _origin(found: _Found, first: int, size: int) -> Origin:
    texts = tuple(found.clusters.texts[first : first + size])
    best, second = sorted(range(first, first + size), key=lambda text: -found.pooled[text])[:2]
    chance = float(found.chances[best])
    margin = math.log(chance / max(1.0 - chance, 1e-9))
    shares = tuple(round(share, 4) for share in found.chances[first : first + size].tolist())
    if found.originals[best] < MIN_ORIGINALS:
        return Origin(texts, None, (_ABSENT(),), margin, None, shares)
    if margin < SURE:
        return Origin(texts, None, (_UNTOLD(),), margin, None, shares)
    reasons = tuple(_reasons(found, best, second))
    return Origin(texts, found.clusters.texts[best], reasons, margin, int(found.pages[best]), shares)


_SAID = {
    "usual": Wording(
        en="usual words here have rarer ones in their place there", zh="此处的常用词在那边换成了较少见的词"
    ),
    "rate": Wording(
        en="one rate of replacing explains the other texts from it", zh="以它为源，用同一个替换比例就能解释其余文本"
    ),
    "choice": Wording(
        en="the swaps from it are those that other pages show as well", zh="从它出发的替换，别的网页也有同样的"
    ),
    "mixed": Wording(en="the other uses words beside their replacements", zh="另一份把原词和替换词混着用"),
    "broken": Wording(en="the other has places that blind replacement broke", zh="另一份有盲目替换弄坏的地方"),
}
_POOLED = Wording(en="other passages of its page and site are sources as well", zh="同一页、同一网站的其他段落也是来源")
_WEIGHED = Wording(en="{said} (log-odds {gain})", zh="{said}（对数优势 {gain}）")
_ABSENT = Wording(
    en="all of them hold replacements that other pages show: the source is not among them",
    zh="各份都含有别处已知的替换词：来源不在其中",
)
_UNTOLD = Wording(en="nothing tells which was first", zh="看不出哪一份在先")


def _reasons(found: _Found, best: int, second: int) -> Iterator[str]:
    gains = {name: float(found.marks[name][best] - found.marks[name][second]) for name in _SAID}
    odds, pooled = (float(one[best] - one[second]) for one in (found.odds, found.pooled))
    gains["pooled"] = pooled - odds
    for name, gain in sorted(gains.items(), key=lambda item: (-item[1], item[0])):
        if gain >= MIXED:
            yield _weighed(name, f"{gain:+.1f}")


@lru_cache(maxsize=4096)
def _weighed(name: str, gain: str) -> str:
    return _WEIGHED(said=_SAID.get(name, _POOLED)(), gain=gain)
