"""The spinner's dictionary, learnt from which words stand for which between pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from counterspin.model import Evidence, Swap
from counterspin.text.words import is_word

Pair = tuple[str, str]
LONGEST_WORD = 8  # characters of a word that spinners replace; longer stretches are runs of several
MIN_HITS = 2  # rewrites that must show a pair
MIN_BACK = 0.25  # sources of the rarer way of a pair against those of the other, for both to be rules, 0 to 1
MOST_CONTEXTS = 3  # places kept as proof


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
    seen: dict[frozenset[str], list[Sighting]] = defaultdict(list)
    for sighting in _apart(tuple(sightings), least):
        left, right = sighting.pair
        if left != right and max(len(left), len(right)) <= _longest(sighting.pair):
            seen[frozenset(sighting.pair)].append(sighting)
    rejected = {frozenset(pair) for pair, said in decisions.items() if said == "rejected"}
    confirmed = {frozenset(pair): pair for pair, said in decisions.items() if said == "confirmed"}
    found = [
        entry
        for key, shown in seen.items()
        if key not in rejected and (key in confirmed or len({one.link for one in shown}) >= least)
        for entry in _entries(shown, confirmed.get(key), least)
    ]
    found += [Swap(*pair, 0, 0, 0, 1.0) for key, pair in confirmed.items() if key not in seen]
    found = _consistent(found)
    groups = _groups(found)
    ordered = sorted(found, key=lambda swap: (-swap.hits, swap.source, swap.target))
    return tuple(_numbered(swap, groups) for swap in ordered)


def _apart(sightings: Sequence[Sighting], least: int) -> Iterator[Sighting]:
    """The sightings, those of several words taken apart where a pair at an end is seen alone often enough."""
    links: dict[Pair, set[tuple[int, int]]] = defaultdict(set)
    for sighting in sightings:
        links[sighting.pair].add(sighting.link)
    known: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(links):
        if len(links[pair]) >= least:
            known[pair[0]].append(pair)
    for sighting in sightings:
        for pair in _parts(sighting.pair, known):
            yield sighting if pair == sighting.pair else replace(sighting, pair=pair)


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
