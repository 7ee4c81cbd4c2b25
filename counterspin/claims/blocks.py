"""Which claims are worth comparing: an inverted index on their words, never all pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from counterspin.claims.match import Profile

MAX_GROUP = 200  # claims under one word that a claim is held against; bounds the work of a word in every claim
MAX_CANDIDATES = 24  # claims compared with one claim
MAX_KEYS = 5  # rarest words by which a claim finds others
LIGHT = 0.5  # weight below which a word brings no claims together


def candidates(profiles: list[Profile]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, whose claims share rare words; in order, each once."""
    keys = [_keys(profile) for profile in profiles]
    sizes = Counter(key for each in keys for key in each)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, each in enumerate(keys):
        rare = sorted((key for key in each if sizes[key] > 1), key=lambda key: (sizes[key], key))[:MAX_KEYS]
        votes: Counter[int] = Counter()
        for key in rare:
            votes.update(groups[key][-MAX_GROUP:])
        for other, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:MAX_CANDIDATES]:
            yield other, at
        for key in each:
            if sizes[key] > 1:
                groups[key].append(at)


def _keys(profile: Profile) -> list[tuple[str, str]]:
    claim = profile.claim
    kind = claim.values[0].dimension if claim.slot_kind == "numeric" else "stance"
    found = {word for word, weight in profile.own if weight >= LIGHT}
    if claim.language == "zh":
        found.update(char for word in tuple(found) if len(word) == 2 for char in word)
    else:
        found.update(word[:5] for word in tuple(found))
    return sorted((kind, word) for word in found)
