"""Which claims are worth comparing: an inverted index on their words, never all pairs.

A claim is filed under its words in the buckets of what it could contradict: a measure under its dimension, a
statement under its polarity, and under actor, order, opposites or exclusivity if it has them. It is held against the
claims filed under its rarest words in the rival bucket.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from counterspin.claims.exclusive import says_also
from counterspin.claims.profile import Profile

MAX_GROUP = 60  # claims under one word that a claim is held against; bounds the work of a word in every claim
MAX_CANDIDATES = 8  # claims compared with one claim
MAX_KEYS = 4  # rarest words by which a claim finds others
LIGHT = 0.5  # weight below which a word brings no claims together
_RIVAL = {"+": "-", "-": "+", "only": "may", "may": "only"}

Filed = dict[str, dict[str, list[int]]]  # bucket, word, positions


def candidates(profiles: list[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, whose claims share rare words; in order, each once."""
    sizes = _sizes(profiles)
    filed: Filed = {bucket: defaultdict(list) for bucket in sizes}
    for at, profile in enumerate(profiles):
        each, buckets = _words(profile), _buckets(profile)  # again: held for all claims they take more than the claims
        votes: Counter[int] = Counter()
        for bucket in buckets:
            rival = _RIVAL.get(bucket, bucket)
            held, groups = sizes.get(rival), filed.get(rival)
            if held and groups:
                least = 2 if rival == bucket else 1  # the claim itself is filed there too
                for _, word in sorted([(held[word], word) for word in each if held[word] >= least])[:MAX_KEYS]:
                    if word in groups:
                        votes.update(groups[word][-MAX_GROUP:])
        yield from ((other, at) for other in _most_voted(votes, len(profiles)))
        for bucket in buckets:
            groups = filed[bucket]
            for word in each:
                groups[word].append(at)


def _sizes(profiles: list[Profile]) -> dict[str, Counter[str]]:
    """How many claims are filed under each word of each bucket."""
    sizes: dict[str, Counter[str]] = defaultdict(Counter)
    for profile in profiles:
        each = _words(profile)
        for bucket in _buckets(profile):
            sizes[bucket].update(each)
    return sizes


def _most_voted(votes: Counter[int], claims: int) -> list[int]:
    """The ``MAX_CANDIDATES`` claims with most votes, the earlier one first; ``claims`` is more than any position."""
    if len(votes) > MAX_CANDIDATES:
        least = sorted(votes.values())[-MAX_CANDIDATES]
        ranked = [other - count * claims for other, count in votes.items() if count >= least]
    else:
        ranked = [other - count * claims for other, count in votes.items()]
    # Votes and position stand in one number each: numbers sort several times faster than pairs.
    return [rank % claims for rank in sorted(ranked)[:MAX_CANDIDATES]]


def _buckets(profile: Profile) -> list[str]:
    claim = profile.claim
    if claim.slot_kind == "numeric":
        return [claim.values[0].dimension.partition(":")[0]]  # what is free has no currency
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
