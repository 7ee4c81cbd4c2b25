"""The spinner's dictionary, learnt from which words stand for which between pages."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

from counterspin.model import Evidence, Swap
from counterspin.text.packed import dumps, loads
from counterspin.text.spool import Spool
from counterspin.text.words import is_word

Pair = tuple[str, str]
LONGEST_WORD = 8  # characters of a word that spinners replace; longer stretches are runs of several
MIN_HITS = 2  # rewrites that must show a pair
MIN_BACK = 0.25  # sources of the rarer way of a pair against those of the other, for both to be rules, 0 to 1
MOST_CONTEXTS = 3  # places kept as proof
_context = attrgetter(*(field.name for field in fields(Evidence)))


@dataclass(frozen=True, slots=True)
class Sighting:
    """A pair of words seen in one rewrite: which pages and sites, whether the left is known to be the original.

    ``source`` numbers the text that the rewrite was made from.
    """

    pair: Pair
    link: tuple[int, int]
    pages: tuple[str, str]
    sites: tuple[str, str]
    directed: bool
    source: int = 0
    contexts: tuple[Evidence, ...] = ()


def trimmed(pair: Pair) -> Pair:
    """The pair without words that both sides share at an end (弄清楚, 弄明白 -> 清楚, 明白)."""
    left, right = pair
    for cut in range(min(len(left), len(right)) - 2, 0, -1):
        if left[:cut] == right[:cut] and is_word(left[cut:]) and is_word(right[cut:]):
            return left[cut:], right[cut:]
        if left[-cut:] == right[-cut:] and is_word(left[:-cut]) and is_word(right[:-cut]):
            return left[:-cut], right[:-cut]
    return pair


def unordered(pair: Pair) -> Pair:
    """The pair trimmed, the same whichever side is given first."""
    one, other = sorted(trimmed(pair))
    return one, other


def learn(sightings: Iterable[Sighting], decisions: Mapping[Pair, str], least: int = MIN_HITS) -> tuple[Swap, ...]:
    """The dictionary: pairs seen in at least ``least`` rewrites, most seen first.

    Runs of swapped words are taken apart by pairs that are seen alone. A pair that several sources show each way
    gives two entries.

    ``decisions`` (pair to ``confirmed`` or ``rejected``) are obeyed: a rejected pair is left out in either
    direction, a confirmed one is kept however rare.
    """
    seen = _Seen(sightings, least)
    rejected = {frozenset(pair) for pair, said in decisions.items() if said == "rejected"}
    confirmed = {frozenset(pair): pair for pair, said in decisions.items() if said == "confirmed"}
    found: list[Swap] = []
    for key in sorted(seen.keys - rejected, key=sorted):
        if key in confirmed or seen.times(key) >= least:
            shown = seen.of(key)
            if key in confirmed or len({one.link for one in shown}) >= least:
                found.extend(_entries(shown, confirmed.get(key), least))
    found += [Swap(*pair, 0, 0, 0, 1.0) for key, pair in confirmed.items() if key not in seen.keys]
    found = _consistent(found)
    groups = _groups(found)
    ordered = sorted(found, key=lambda swap: (-swap.hits, swap.source, swap.target))
    return tuple(_numbered(swap, groups) for swap in ordered)


class _Seen:
    """Sightings by their two words, held small: a dictionary is seen in every rewrite.

    Those of several words are taken apart where a pair at an end is seen alone often enough.
    """

    def __init__(self, sightings: Iterable[Sighting], least: int) -> None:
        self._spool = Spool()
        pairs: list[Pair] = []
        links: Counter[Pair] = Counter()
        last: dict[Pair, tuple[int, int]] = {}  # the sightings of a link come one after the other
        for sighting in sightings:
            pair, link = sighting.pair, sighting.link
            pairs.append(pair)
            self._spool.add(_packed(sighting))
            links[pair] += 1 if last.get(pair) != link else 0
            last[pair] = link
        known: dict[str, list[Pair]] = defaultdict(list)
        for pair in sorted(links):
            if links[pair] >= least:
                known[pair[0]].append(pair)
        self._numbers: dict[Pair, array[int]] = defaultdict(lambda: array("I"))
        for number, pair in enumerate(pairs):
            for left, right in _parts(pair, known):
                if left != right and max(len(left), len(right)) <= _longest((left, right)):
                    self._numbers[left, right].append(number)
        self.keys = frozenset(map(frozenset, self._numbers))

    def times(self, key: frozenset[str]) -> int:
        """How many sightings there are of two words, whichever was put for the other."""
        return sum(len(self._numbers.get(pair, ())) for pair in _ways(key))

    def of(self, key: frozenset[str]) -> list[Sighting]:
        """These sightings."""
        return [
            _unpacked(pair, self._spool.get(number)) for pair in _ways(key) for number in self._numbers.get(pair, ())
        ]


def _ways(key: frozenset[str]) -> tuple[Pair, Pair]:
    one, other = sorted(key)
    return (one, other), (other, one)


def _packed(one: Sighting) -> bytes:
    contexts = tuple(map(_context, one.contexts))
    return dumps((one.link, one.pages, one.sites, one.directed, one.source, contexts))


def _unpacked(pair: Pair, content: bytes) -> Sighting:
    link, pages, sites, directed, source, contexts = loads(content)
    shown = tuple(Evidence(*context) for context in contexts)
    return Sighting(pair, link, pages, sites, directed, source, shown)


def _parts(pair: Pair, known: Mapping[str, Sequence[Pair]]) -> tuple[Pair, ...]:
    """The known pairs that a run of two begins or ends with, and what is left of it."""
    left, right = pair
    gap = " " if left.isascii() else ""
    for at in range(1, len(left)):
        for first, second in known.get(left[:at].rstrip(), ()):
            if right.startswith(second + gap) and left.startswith(first + gap):
                rest = left[len(first + gap) :], right[len(second + gap) :]
                if all(rest):
                    return ((first, second), *_parts(rest, known)) if rest[0] != rest[1] else ((first, second),)
        for first, second in known.get(left[at:].lstrip(), ()):
            if right.endswith(gap + second) and left.endswith(gap + first):
                rest = left[: -len(gap + first)], right[: -len(gap + second)]
                if all(rest):
                    return (*_parts(rest, known), (first, second)) if rest[0] != rest[1] else ((first, second),)
    return (pair,)


def _entries(shown: Sequence[Sighting], confirmed: Pair | None, least: int) -> Iterator[Swap]:
    """The entry of a pair, or two where several sources show each way: the spinner puts either for the other."""
    ways: dict[Pair, list[Sighting]] = defaultdict(list)
    for one in shown:
        if one.directed:
            ways[one.pair].append(one)
    sources = sorted(len({one.source for one in held}) for held in ways.values())
    if not confirmed and len(ways) == 2 and sources[0] >= max(least, MIN_BACK * sources[1]):
        yield from (_entry(held, None) for _, held in sorted(ways.items()))
    else:
        yield _entry(shown, confirmed)


def _longest(pair: Pair) -> int:
    return 40 if pair[0].isascii() and pair[1].isascii() else LONGEST_WORD


def _entry(shown: Sequence[Sighting], confirmed: Pair | None) -> Swap:
    votes: Counter[Pair] = Counter()
    for one in shown:
        votes[one.pair] += 2 if one.directed else 0
    pairs = {one.pair for one in shown} | {one.pair[::-1] for one in shown}
    source, target = confirmed or max(sorted(pairs), key=lambda pair: votes[pair])
    ahead, behind = votes[source, target], votes[target, source]
    links = {one.link for one in shown}
    pages = {page for one in shown for page in one.pages}
    sites = {site for one in shown for site in one.sites}
    agreed = (ahead + 1) / (ahead + behind + 2)
    return Swap(
        source,
        target,
        hits=len(links),
        pages=len(pages),
        sites=len(sites),
        score=1.0 if confirmed else round(agreed * (1.0 - 0.5 ** len(links)), 4),
        directed=confirmed is not None or ahead > 2 * behind,
        contexts=_contexts(shown),
    )


def _contexts(shown: Sequence[Sighting]) -> tuple[Evidence, ...]:
    every = sorted({context for one in shown for context in one.contexts}, key=lambda c: (c.url, c.start or 0, c.text))
    return tuple(every[:MOST_CONTEXTS])


def _consistent(swaps: Sequence[Swap]) -> list[Swap]:
    """Without runs of words whose parts are entries themselves, seen more often."""
    hits = {(swap.source, swap.target): swap.hits for swap in swaps}
    return [swap for swap in swaps if not swap.hits or not _is_run(swap, hits)]


def _is_run(swap: Swap, hits: Mapping[Pair, int]) -> bool:
    left, right = swap.source, swap.target
    for at in range(1, len(left)):
        for cut in range(1, len(right)):
            first, second = (left[:at], right[:cut]), (left[at:], right[cut:])
            one, other = hits.get(first, 0), hits.get(second, 0)
            if (one >= swap.hits and (second[0] == second[1] or other >= swap.hits)) or (
                other >= swap.hits and first[0] == first[1]
            ):
                return True
    return False


def _groups(swaps: Sequence[Swap]) -> dict[str, int]:
    """Numbers of the groups of words that stand for one original, from 1, by first word."""
    members: dict[str, set[str]] = defaultdict(set)
    for swap in swaps:
        if swap.directed:
            members[swap.source] |= {swap.source, swap.target}
    return {source: number for number, source in enumerate(sorted(members), 1)}


def _numbered(swap: Swap, groups: Mapping[str, int]) -> Swap:
    return Swap(
        swap.source, swap.target, swap.hits, swap.pages, swap.sites, swap.score,
        groups.get(swap.source, 0), swap.directed, swap.contexts,
    )  # fmt: skip
