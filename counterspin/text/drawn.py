"""Whether the words of a page were drawn by a spinner whose swaps are known, or chosen by a writer.

A writer uses a word, and not the one that a spinner puts it for, as often as it is usual; a spinner with a rate puts it
that much oftener, and leaves fewer originals. Each place speaks a little for one or the other; the page is what they
say together. So a page needs no source in the crawl, only a dictionary learnt elsewhere; and rare wording alone says
nothing, because the usual words that stand beside it speak for a writer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from counterspin.text.source import usual

Pair = tuple[str, str]
RATES = (0.2, 0.4, 0.7, 0.95)  # shares of the originals that a spinner replaces, each as likely, 0 to 1
LEAST_SHARE, MOST_SHARE = 0.05, 0.95  # share of a replacement among both words that a writer may have, 0 to 1
MOST_TIMES = 3  # places of one word that count: a topic repeats its words


def writers_shares(pairs: Iterable[Pair]) -> dict[Pair, float]:
    """How often a writer uses the replacement of each pair where either word would do, 0 to 1."""
    return {(original, target): usual(target) / (usual(target) + usual(original)) for original, target in pairs}


def spun_odds(used: Mapping[Pair, int], originals: Mapping[str, int], shares: Mapping[Pair, float]) -> float:
    """The log-odds, in natural logarithms, that a spinner drew the words of a page; the rate is not known.

    ``used`` counts the places of each replacement, ``originals`` those of every word that the dictionary replaces.
    """
    replaced: dict[str, int] = defaultdict(int)
    natural: dict[str, float] = defaultdict(float)
    for (original, target), times in used.items():
        replaced[original] += min(times, MOST_TIMES)
        natural[original] += shares[original, target]
    put = {target for _, target in used}
    stays = {word: min(times, MOST_TIMES) for word, times in originals.items() if word not in put}
    odds = [_odds_at(rate, replaced, natural, stays) for rate in RATES]
    most = max(odds)
    return most + math.log(sum(math.exp(one - most) for one in odds) / len(odds))


def _odds_at(rate: float, replaced: Mapping[str, int], natural: Mapping[str, float], stays: Mapping[str, int]) -> float:
    odds = 0.0
    for word in {**stays, **replaced}:
        writer = min(MOST_SHARE, max(LEAST_SHARE, natural[word])) if word in replaced else 0.0
        spinner = rate + (1.0 - rate) * writer
        odds += stays.get(word, 0) * math.log((1.0 - spinner) / (1.0 - writer))
        if word in replaced:
            odds += replaced[word] * math.log(spinner / writer)
    return odds
