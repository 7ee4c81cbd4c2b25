"""One network of sites for each spinner: sites whose rewrites replace the same words by the same words.

A dictionary is the spinner's own. Two sites with one spinner share replacements, and where both replace a word they
choose alike; two spinners share a few usual synonyms and choose apart. Sites that share broken places, and spun
sites with one licence number, belong together as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from counterspin.model import Network
from counterspin.text.boundary import stranded
from counterspin.text.groups import groups
from counterspin.text.operators import MAX_URLS, Operator

Words = tuple[str, str]
MIN_SHARED = 5  # replacements that two sites must share
MIN_ERRORS = 2  # shared replacements that leave a broken place (采使用者), enough of themselves
MIN_AGREED = 0.45  # share of them among the words that both sites replace, 0 to 1: two spinners stay near 0.2
MOST_SITES = 200  # sites that show one replacement; more say nothing of a spinner
SHOWN = 5  # replacements named


@dataclass(slots=True)
class _Site:
    pairs: Counter[Words] = field(default_factory=Counter)
    urls: set[str] = field(default_factory=set)


def networks(uses: Iterable[tuple[str, str, Words]], operators: Iterable[Operator]) -> tuple[Network, ...]:
    """The networks, the largest first. ``uses`` are (site, URL, replacement) of rewrites whose source is known."""
    sites: dict[str, _Site] = defaultdict(_Site)
    for name, url, words in uses:
        sites[name].pairs[words] += 1
        sites[name].urls.add(url)
    edges = dict(_same_dictionary(sites))
    for operator in operators:
        if operator.kind == "licence":
            spun = [name for name in operator.sites if name in sites]
            edges |= {pair: "licence" for pair in combinations(spun, 2) if pair not in edges}
    found = [_network(members, sites, edges) for members in groups(edges)]
    return tuple(sorted(found, key=lambda network: (-len(network.sites), network.sites)))


def _same_dictionary(sites: Mapping[str, _Site]) -> Iterable[tuple[tuple[str, str], str]]:
    """The pairs of sites that share replacements, or errors that no writer makes, and which of the two."""
    holders: dict[Words, list[str]] = defaultdict(list)
    for name in sorted(sites):
        for words in sites[name].pairs:
            holders[words].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    errors: Counter[tuple[str, str]] = Counter()
    for words, names in holders.items():
        if 1 < len(names) <= MOST_SITES:
            shared.update(combinations(names, 2))
            errors.update(combinations(names, 2) if stranded(words[1]) > stranded(words[0]) else ())
    for pair, count in sorted(shared.items()):
        if count >= MIN_SHARED and count >= MIN_AGREED * _both(sites[pair[0]], sites[pair[1]]):
            yield pair, "dictionary"
        elif errors[pair] >= MIN_ERRORS:
            yield pair, "errors"


def _both(one: _Site, other: _Site) -> int:
    """How many different words both sites replace."""
    return len({word for word, _ in one.pairs} & {word for word, _ in other.pairs})


def _network(members: Iterable[str], sites: Mapping[str, _Site], edges: Mapping[tuple[str, str], str]) -> Network:
    held = tuple(members)
    uses = Counter(words for name in held for words in sites[name].pairs)
    shared = sorted((words for words, count in uses.items() if count > 1), key=lambda words: (-uses[words], words))
    urls = sorted({url for name in held for url in sites[name].urls})
    reasons = Counter(edges[pair] for pair in combinations(held, 2) if pair in edges)
    return Network(held, tuple(urls[:MAX_URLS]), tuple(shared), tuple(sorted(reasons.items())))


def as_operator(network: Network) -> Operator:
    """The network as a key that its pages share."""
    key = ", ".join(f"{original}→{target}" for original, target in network.swaps[:SHOWN])
    return Operator("dictionary", key, network.sites, network.urls)
