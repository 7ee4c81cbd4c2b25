"""Which claims are worth comparing: an inverted index on their words, never all pairs.

A claim is filed under its words in the buckets of what it could contradict: a measure under its dimension, a
statement under its polarity, and under actor, order, opposites or exclusivity if it has them. It is held against the
claims filed under its rarest words in the rival bucket.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from counterspin.claims.match import Profile

MAX_GROUP = 60  # claims under one word that a claim is held against; bounds the work of a word in every claim
MAX_CANDIDATES = 8  # claims compared with one claim
MAX_KEYS = 4  # rarest words by which a claim finds others
LIGHT = 0.5  # weight below which a word brings no claims together
_RIVAL = {"+": "-", "-": "+", "only": "may", "may": "only"}

Key = tuple[str, str]


def candidates(profiles: list[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, whose claims share rare words; in order, each once."""
    words = [_words(profile) for profile in profiles]
    buckets = [_buckets(profile) for profile in profiles]
    sizes = Counter((bucket, word) for at, each in enumerate(words) for bucket in buckets[at] for word in each)
    groups: dict[Key, list[int]] = defaultdict(list)
    for at, each in enumerate(words):
        votes: Counter[int] = Counter()
        for bucket in buckets[at]:
            rival = _RIVAL.get(bucket, bucket)
            least = 2 if rival == bucket else 1  # the claim itself is filed there too
            keys = sorted((sizes[rival, word], word) for word in each if sizes.get((rival, word), 0) >= least)
            for _, word in keys[:MAX_KEYS]:
                votes.update(groups[rival, word][-MAX_GROUP:])
        yield from ((other, at) for other in _most_voted(votes, len(profiles)))
        for bucket in buckets[at]:
            for word in each:
                groups[bucket, word].append(at)


def _most_voted(votes: Counter[int], claims: int) -> list[int]:
    """The ``MAX_CANDIDATES`` claims with most votes, the earlier one first; ``claims`` is more than any position."""
    # Votes and position in one number each: sorting numbers is several times faster than sorting by a function.
    ranked = sorted([other - count * claims for other, count in votes.items()])
    return [rank % claims for rank in ranked[:MAX_CANDIDATES]]


def _buckets(profile: Profile) -> list[str]:
    claim = profile.claim
    if claim.slot_kind == "numeric":
        return [claim.values[0].dimension.partition(":")[0]]  # what is free has no currency
    found = ["+" if claim.polarity > 0 else "-"]
    found += ["actor"] if claim.actor else []
    found += ["order"] if claim.order else []
    found += ["opposite"] if profile.opposites else []
    if claim.polarity > 0:
        found += ["only"] if claim.quantifier == "only" else ["may"] if claim.modality == "may" else []
    return found


def _words(profile: Profile) -> list[str]:
    found = {word for word, weight in profile.own if weight >= LIGHT}
    if profile.claim.language == "zh":
        found.update(char for word in tuple(found) if len(word) == 2 for char in word)
    else:
        found.update(word[:5] for word in tuple(found))
    return sorted(found)
