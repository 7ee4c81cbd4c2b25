"""What other clusters say of a text: those on the same pages as well, and those elsewhere on the same sites."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from counterspin.text.channel import Floats, Longs, summed

SITE = 0.25  # weight of what another cluster says of the same site; at most SITE_MOST in all
SITE_MOST = 2.5
VOTE_MOST = 4.0  # the most that one other cluster counts
GRAINS = 1 << 30  # votes are added up as whole numbers of such parts: in any order, less some again, exactly


class Votes:
    """Which texts are asked about which: worked out once, for all rounds."""

    def __init__(self, pages: Sequence[Sequence[int]], clusters: Sequence[int], sites: Callable[[int], str]) -> None:
        """``pages`` are those that hold each text, ``clusters`` the cluster of each text, ascending."""
        places = [(text, page) for text, held in enumerate(pages) for page in sorted(held)]
        on_page: dict[int, dict[int, int]] = defaultdict(dict)  # to each cluster there its text
        on_site: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))  # to each cluster its texts
        for text, page in places:
            on_page[page][clusters[text]] = text
            on_site[sites(page)][clusters[text]].add(text)
        near = _neighbours(on_page)
        self._texts, self._pages = np.array(places, dtype=np.int64).reshape(-1, 2).T
        self._fellows = _Lists(_beside(on_page[page], near[clusters[text]]) for text, page in places)
        # Of a site every cluster asks those that are neither itself nor beside it.
        asked: dict[tuple[str, int], int] = {}
        self._asked = np.array([asked.setdefault((sites(page), clusters[text]), len(asked)) for text, page in places])
        numbers = {site: number for number, site in enumerate(on_site)}
        self._sites = np.array([numbers[site] for site, _ in asked])
        self._all = _Lists(_texts(held, held) for held in on_site.values())
        self._own = _Lists(_texts(on_site[site], (cluster, *near[cluster])) for site, cluster in asked)

    def pooled(self, odds: Floats) -> tuple[Floats, Longs]:
        """The odds of each text with what is said of its likeliest page, and that page, the first of equal ones."""
        votes = np.rint(GRAINS * np.clip(odds, -VOTE_MOST, VOTE_MOST)).astype(np.int64)
        of_site = self._all.sums(votes)[self._sites] - self._own.sums(votes)
        said = self._fellows.sums(votes) / GRAINS
        said += np.clip(SITE * of_site / GRAINS, -SITE_MOST, SITE_MOST)[self._asked]
        order = np.lexsort((self._pages, -said, self._texts))
        _, first = np.unique(self._texts, return_index=True)
        best = order[first]
        return odds + said[best], self._pages[best]


class _Lists:
    """Lists of texts, one after the other."""

    def __init__(self, lists: Iterable[Iterable[int]]) -> None:
        texts, bounds = array("i"), array("q", (0,))
        for held in lists:
            texts.extend(held)
            bounds.append(len(texts))
        self._texts, self._bounds = np.asarray(texts), np.asarray(bounds)

    def sums(self, votes: Longs) -> Longs:
        """The sum of the votes of each list's texts."""
        found: Longs = summed(votes[self._texts], self._bounds)
        return found


def _neighbours(on_page: Mapping[int, Iterable[int]]) -> dict[int, set[int]]:
    """For each cluster the others that stand on two of its pages as well."""
    pages: dict[int, list[int]] = defaultdict(list)
    for page, clusters in on_page.items():
        for cluster in clusters:
            pages[cluster].append(page)
    found = {}
    for cluster, held in pages.items():
        met = Counter(other for page in held for other in on_page[page])
        found[cluster] = {other for other, times in met.items() if times > 1 and other != cluster}
    return found


def _beside(on_page: Mapping[int, int], near: set[int]) -> Iterator[int]:
    """The texts of the near clusters on a page."""
    return (text for cluster, text in on_page.items() if cluster in near)


def _texts(held: Mapping[int, Iterable[int]], clusters: Iterable[int]) -> Iterator[int]:
    return (text for cluster in clusters for text in held.get(cluster, ()))
