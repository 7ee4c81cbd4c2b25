"""Which claims are worth comparing: an inverted index on their words, never all pairs.

A claim is filed under its words in the buckets of what it could contradict: a measure under its dimension, a
statement under its polarity, and under actor, order, opposites or exclusivity if it has them. It is held against the
claims filed under its rarest words in the rival bucket.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from counterspin.claims.exclusive import says_also
from counterspin.claims.profile import Profile

MAX_GROUP = 60  # claims under one word that a claim is held against; bounds the work of a word in every claim
MAX_CANDIDATES = 8  # claims compared with one claim
MAX_KEYS = 4  # rarest words by which a claim finds others
LIGHT = 0.5  # weight below which a word brings no claims together
_MANY = 64  # votes from which columns are counted faster than one by one
_RIVAL = {"+": "-", "-": "+", "only": "may", "may": "only"}

Sizes = Mapping[str, Counter[str]]  # bucket, word, claims


def candidates(profiles: Iterable[Profile], sizes: Sizes) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, whose claims share rare words; in order, each once.

    ``sizes`` tells how many of them :func:`count` has put under each word of each bucket.
    """
    filed: dict[str, dict[str, array[int]]] = {bucket: defaultdict(lambda: array("I")) for bucket in sizes}
    for at, profile in enumerate(profiles):
        each = _words(profile)
        buckets = [(bucket, _RIVAL.get(bucket, bucket)) for bucket in _buckets(profile)]
        met = [(bucket, rival, _met(each, sizes, bucket, rival)) for bucket, rival in buckets if rival in sizes]
        groups = [
            filed[rival][word][-MAX_GROUP:]
            for _, rival, words in met
            for _, word in sorted(words)[:MAX_KEYS]
            if word in filed[rival]
        ]
        for other in _most_voted(groups, at + 1):
            yield other, at
        for bucket, _, words in met:
            for _, word in words:
                group = filed[bucket][word]
                group.append(at)
                if len(group) > 2 * MAX_GROUP:
                    del group[:MAX_GROUP]


def _met(words: Iterable[str], sizes: Sizes, bucket: str, rival: str) -> list[tuple[int, str]]:
    """The words under which a claim of ``bucket`` meets others of ``rival``, with how many there are."""
    times, least = sizes[rival].get, 2 if rival == bucket else 1  # the claim itself is filed there too
    return [(found, word) for word in words if (found := times(word, 0)) >= least]


def count(profile: Profile, sizes: defaultdict[str, Counter[str]]) -> None:
    """Count a claim under each of its words in each of its buckets."""
    each = _words(profile)
    for bucket in _buckets(profile):
        sizes[bucket].update(each)


def _most_voted(groups: list[array[int]], claims: int) -> list[int]:
    """The ``MAX_CANDIDATES`` claims of most groups, the earlier one first; ``claims`` is more than any position."""
    # Votes and position stand in one number each: numbers sort several times faster than pairs.
    if sum(map(len, groups)) > _MANY:
        held = np.frombuffer(bytearray().join(groups), dtype=np.uint32)
        held.sort()
        at = np.concatenate(((0,), np.flatnonzero(held[1:] != held[:-1]) + 1, (len(held),)))
        ranks = held[at[:-1]] - (at[1:] - at[:-1]) * claims
        ranks.sort()
        ranked = ranks[:MAX_CANDIDATES].tolist()
    else:
        ranked_by: dict[int, int] = {}
        for group in groups:
            for other in group:
                ranked_by[other] = ranked_by.get(other, other) - claims
        ranked = sorted(ranked_by.values())[:MAX_CANDIDATES]
    return [rank % claims for rank in ranked]


def _buckets(profile: Profile) -> list[str]:
    claim = profile.claim
    if claim.slot_kind == "numeric":
        kind = claim.values[0].dimension.partition(":")[0]  # what is free has no currency
        return ["money", "pounds"] if kind in ("money", "pounds") else [kind]
    if claim.slot_kind in ("order", "actor", "choice"):
        return [claim.slot_kind]
    found = ["+" if claim.polarity > 0 else "-"]
    found += ["opposite"] if profile.opposites else []
    if claim.polarity > 0:
        found += ["only"] if claim.quantifier == "only" else ["may"] if says_also(claim) else []
    return found


def _words(profile: Profile) -> list[str]:
    found = {word for word, weight in profile.own if weight >= LIGHT}
    if profile.claim.language == "zh":
        found.update("".join([word for word in found if len(word) in (2, 3)]))
    else:
        found.update([word[:5] for word in found])
    return sorted(found)
