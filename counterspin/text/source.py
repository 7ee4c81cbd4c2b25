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
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from counterspin.text.articles import wrong_articles
from counterspin.text.basic import uses
from counterspin.text.boundary import stranded
from counterspin.text.channel import (
    Counts,
    Elsewhere,
    Pair,
    Step,
    choice_likelihood,
    original_chances,
    rate_likelihood,
    staying,
)
from counterspin.text.groups import groups
from counterspin.text.words import find, frequency, words
from counterspin.wording import Wording

USUAL = 0.35  # weight of a factor of e between how usual two words are
USUAL_MOST = 1.2  # the most that one pair of words counts by that
MIXED = 0.4  # weight of one word that only one text uses beside its replacement
BROKEN = 2.0  # weight of one wrong article or one stranded character that the other text has not
UNALIGNED = 2.0  # what a text loses for each text of its cluster that it was never aligned with
TRUST = (0.0, 0.5, 1.0, 1.0)
# weight of the dictionary in each round that clusters teach one another: in the first there is none yet
SITE = 0.25  # weight of what another cluster says of the same site; at most SITE_MOST in all
SITE_MOST = 2.5
VOTE_MOST = 4.0  # the most that one other cluster counts
GRAINS = 1 << 30  # votes are added up as whole numbers of such parts: in any order, less some again, exactly
MIN_KNOWN = 3  # swapped words that other clusters must show before a text can be told to be no source
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


@dataclass(slots=True)
class Cluster:
    """Texts that links hold together, while their source is looked for.

    ``steps[a, b]`` is what becoming ``b`` from ``a`` takes; ``marks`` what speaks for each text, by reason;
    ``originals`` which share of its swapped words the crawl knows as originals, 0 to 1.
    """

    texts: tuple[int, ...]
    pages: Mapping[int, tuple[int, ...]]
    steps: Mapping[tuple[int, int], Step]
    marks: dict[int, dict[str, float]] = field(default_factory=dict)
    originals: dict[int, float] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counts)
    others: dict[int, list[int]] = field(init=False)  # the texts that each was aligned with, in the order of ``texts``

    def __post_init__(self) -> None:
        place = {text: at for at, text in enumerate(self.texts)}
        self.others = {text: [] for text in self.texts}
        for text, other in sorted(self.steps, key=lambda pair: place[pair[1]]):
            self.others[text].append(other)

    def from_text(self, text: int) -> list[Step]:
        """The steps that begin at ``text``."""
        return [self.steps[text, other] for other in self.others[text]]

    @property
    def odds(self) -> dict[int, float]:
        """What speaks for each text, in all, against their mean."""
        total = {text: sum(marks.values()) for text, marks in self.marks.items()}
        mean = sum(total.values()) / len(total)
        return {text: value - mean for text, value in total.items()}


@lru_cache(maxsize=65_536)
def usual(word: str) -> float:
    """How usual a word or phrase is, above 0: in the segmenter's dictionary, in English by rank and length.

    A phrase is as usual as its rarest word, and less for each further word.
    """
    if word.isascii():
        parts = word.split()
        return min(map(uses, parts), default=1.0) / max(1, 2 * len(parts) - 1)
    cut = [word[span.start : span.end] for span in words(word)]
    return (min(map(frequency, cut), default=0) + 1.0) / max(1, 2 * len(cut) - 1)


def origins(
    links: Sequence[Link], texts: Sequence[str], pages: Callable[[int], tuple[int, ...]], sites: Callable[[int], str]
) -> list[Origin]:
    """The source of each cluster, when what speaks for it is clear.

    ``pages`` gives the pages that hold a text, ``sites`` the site of a page.
    """
    held = _clusters(links, texts, pages)
    for cluster in held:
        _mark_texts(cluster, texts)
    for trust in TRUST:
        every = _count(held)
        chances = original_chances(every)
        for cluster in held:
            _mark_channel(cluster, Elsewhere(every, cluster.counts, chances), trust)
        pooled = _pool(held, sites)
        for cluster, odds in zip(held, pooled, strict=True):
            cluster.counts = _own_counts(cluster, _chances({text: best.odds for text, best in odds.items()}))
    return [_origin(cluster, odds) for cluster, odds in zip(held, _pool(held, sites), strict=True)]


def _clusters(links: Sequence[Link], texts: Sequence[str], pages: Callable[[int], tuple[int, ...]]) -> list[Cluster]:
    watched = frozenset(word for link in links for pair in link.swaps for word in pair)
    by_text: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_text[link.left].append(link)
    found = []
    for members in groups((link.left, link.right) for link in links):
        counted = {text: Counter(word for _, _, word in find(texts[text], watched)) for text in members}
        own = [link for text in members for link in by_text[text]]
        steps = {}
        for link in own:
            back = tuple((right, left) for left, right in link.swaps)
            steps[link.left, link.right] = Step(link.swaps, staying(counted[link.left], link.swaps))
            steps[link.right, link.left] = Step(back, staying(counted[link.right], back))
        found.append(Cluster(tuple(members), {text: pages(text) for text in members}, steps))
    return found


def _mark_texts(cluster: Cluster, texts: Sequence[str]) -> None:
    """What each text shows by its own words."""
    broken = {text: sum(1 for _ in wrong_articles(texts[text])) for text in cluster.texts}
    for text in cluster.texts:
        others = cluster.others[text]
        usual_words = mixed = border = 0.0
        for other in others:
            swaps = cluster.steps[text, other].swaps
            usual_words += sum(map(_usual_lean, swaps))
            mixed += sum(_mixed_lean(pair, texts[text], texts[other]) for pair in set(swaps))
            border += sum(stranded(theirs) - stranded(ours) for ours, theirs in set(swaps))
            border += broken[other] - broken[text]
        shared = max(1, len(others))
        cluster.marks[text] = {
            "usual": usual_words / shared,
            "mixed": MIXED * mixed / shared,
            "broken": BROKEN * border / shared,
            "aligned": -UNALIGNED * (len(cluster.texts) - 1 - len(others)),
        }


def _usual_lean(pair: Pair) -> float:
    factor = math.log(usual(pair[0]) / usual(pair[1]))
    return max(-USUAL_MOST, min(USUAL_MOST, USUAL * factor))


def _mixed_lean(pair: Pair, left: str, right: str) -> int:
    ours, theirs = pair
    return (ours in right and theirs not in left) - (theirs in left and ours not in right)


def _mark_channel(cluster: Cluster, elsewhere: Elsewhere, trust: float) -> None:
    for text in cluster.texts:
        steps = cluster.from_text(text)
        cluster.originals[text] = _known_originals(steps, elsewhere)
        missing = (len(cluster.texts) - 1) / max(1, len(steps))
        cluster.marks[text]["rate"] = missing * rate_likelihood(steps, elsewhere)
        cluster.marks[text]["choice"] = trust * missing * choice_likelihood(steps, elsewhere)


def _known_originals(steps: Iterable[Step], elsewhere: Elsewhere) -> float:
    """Mean chance of being an original of the swapped words that other clusters show; 1.0 where they show too few."""
    swapped = {left for step in steps for left, _ in step.swaps}
    known = [word for word in sorted(swapped) if elsewhere.original(word) + elsewhere.target(word) >= 1.0]
    if len(known) < MIN_KNOWN:
        return 1.0
    return sum(elsewhere.originals(known)) / len(known)


def _count(held: Iterable[Cluster]) -> Counts:
    every = Counts()
    for cluster in held:
        for pair, weight in cluster.counts.pairs.items():
            every.pairs[pair] += weight
            every.originals[pair[0]] += weight
            every.targets[pair[1]] += weight
    return every


def _own_counts(cluster: Cluster, chances: Mapping[int, float]) -> Counts:
    counts = Counts()
    for text, chance in chances.items():
        counts.add(cluster.from_text(text), chance)
    return counts


def _chances(odds: Mapping[int, float]) -> dict[int, float]:
    most = max(odds.values())
    parts = {text: math.exp(value - most) for text, value in odds.items()}
    total = sum(parts.values())
    return {text: part / total for text, part in parts.items()}


@dataclass(frozen=True, slots=True)
class Pooled:
    """What speaks for a text with all that its likeliest page and that page's site show elsewhere."""

    odds: float
    page: int


def _pool(held: Sequence[Cluster], sites: Callable[[int], str]) -> list[dict[int, Pooled]]:
    """The odds of every cluster's texts with those of the same pages and sites in other clusters."""
    own = [cluster.odds for cluster in held]
    votes: dict[int, dict[int, int]] = defaultdict(dict)  # page to cluster to what the cluster says of it
    of_site: dict[str, Counter[int]] = defaultdict(Counter)
    for number, (cluster, odds) in enumerate(zip(held, own, strict=True)):
        for text, value in odds.items():
            vote = round(GRAINS * max(-VOTE_MOST, min(VOTE_MOST, value)))
            for page in cluster.pages[text]:
                votes[page][number] = vote
            for site in {sites(page) for page in cluster.pages[text]}:
                of_site[site][number] += vote
    in_all = {site: sum(said.values()) for site, said in of_site.items()}
    near = _neighbours(held)

    @cache
    def of_others(site: str, number: int) -> int:
        return in_all[site] - sum(of_site[site][other] for other in (number, *near[number]))

    def elsewhere(page: int, number: int) -> float:
        same_pages = sum(vote for other, vote in votes[page].items() if other in near[number])
        same_site = of_others(sites(page), number)
        return same_pages / GRAINS + max(-SITE_MOST, min(SITE_MOST, SITE * same_site / GRAINS))

    found = []
    for number, (cluster, odds) in enumerate(zip(held, own, strict=True)):
        best = {text: max((elsewhere(page, number), -page) for page in cluster.pages[text]) for text in cluster.texts}
        found.append({text: Pooled(odds[text] + most, -page) for text, (most, page) in best.items()})
    return found


def _neighbours(held: Sequence[Cluster]) -> list[set[int]]:
    """For each cluster the others that stand on two of its pages as well."""
    of_page: dict[int, set[int]] = defaultdict(set)
    for number, cluster in enumerate(held):
        for page in _pages(cluster):
            of_page[page].add(number)
    found = []
    for number, cluster in enumerate(held):
        met = Counter(other for page in _pages(cluster) for other in of_page[page])
        found.append({other for other, times in met.items() if times > 1 and other != number})
    return found


def _pages(cluster: Cluster) -> set[int]:
    return {page for pages in cluster.pages.values() for page in pages}


def _origin(cluster: Cluster, pooled: Mapping[int, Pooled]) -> Origin:
    odds = {text: found.odds for text, found in pooled.items()}
    chances = _chances(odds)
    ranked = sorted(cluster.texts, key=lambda text: (-odds[text], text))
    best = chances[ranked[0]]
    margin = math.log(best / max(1.0 - best, 1e-9))
    shares = tuple(round(chances[text], 4) for text in cluster.texts)
    if cluster.originals[ranked[0]] < MIN_ORIGINALS:
        return Origin(cluster.texts, None, (_ABSENT(),), margin, None, shares)
    if margin < SURE:
        return Origin(cluster.texts, None, (_UNTOLD(),), margin, None, shares)
    reasons = _reasons(cluster, ranked[0], ranked[1], odds)
    return Origin(cluster.texts, ranked[0], tuple(reasons), margin, pooled[ranked[0]].page, shares)


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
_WEIGHED = Wording(en="{said} (log-odds {gain:+.1f})", zh="{said}（对数优势 {gain:+.1f}）")
_ABSENT = Wording(
    en="all of them hold replacements that other pages show: the source is not among them",
    zh="各份都含有别处已知的替换词：来源不在其中",
)
_UNTOLD = Wording(en="nothing tells which was first", zh="看不出哪一份在先")


def _reasons(cluster: Cluster, best: int, second: int, odds: Mapping[int, float]) -> Iterable[str]:
    gains = {name: cluster.marks[best][name] - cluster.marks[second][name] for name in _SAID}
    gains["pooled"] = (odds[best] - odds[second]) - (cluster.odds[best] - cluster.odds[second])
    for name, gain in sorted(gains.items(), key=lambda item: (-item[1], item[0])):
        if gain >= MIXED:
            yield _WEIGHED(said=_SAID.get(name, _POOLED)(), gain=gain)
