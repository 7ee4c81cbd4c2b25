"""Advice that points two ways: give / withhold, open / keep shut, answer / ignore, on one object and topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from counterspin.claims.match import Likeness
from counterspin.claims.profile import Profile, found_in
from counterspin.claims.rivals import Rivalry
from counterspin.claims.suppressors import suppressors as standing_against
from counterspin.claims.tables import lexicon
from counterspin.model import Claim

MIN_TOPIC = 0.5  # share of the words of one title and heading found around the other, 0 to 1
MIN_TOPIC_WORDS = 2  # words that both topics share
MAX_FAMILY = 300  # claims of one family and direction that are compared
_COVERED = 0.7  # what such a pair scores: its objects are of one class, not of one wording


def is_directed(claim: Claim) -> bool:
    """Whether a claim advises an action that has an opposite."""
    return bool(claim.direction) and claim.slot_kind == "stance"


def directed(profiles: Sequence[Profile], wanted: Iterable[int]) -> Iterator[tuple[int, int, Rivalry, Likeness]]:
    """Pairs of positions whose claims advise opposite actions on one class of things within one topic.

    ``wanted`` are the positions, ascending, of the claims that :func:`is_directed` names.
    """
    families: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(lambda: {"+": [], "-": []})
    for at in wanted:
        profile = profiles[at]
        direction = profile.claim.direction
        for thing in _classes(profile):
            families[direction[:-1], thing][direction[-1]].append(at)
    seen: set[tuple[int, int]] = set()
    for _, ways in sorted(families.items()):
        for left in ways["+"][:MAX_FAMILY]:
            for right in ways["-"][:MAX_FAMILY]:
                pair = (min(left, right), max(left, right))
                if pair not in seen and _one_topic(profiles[left], profiles[right]):
                    seen.add(pair)
                    yield _rivalry(profiles, *pair)


def _rivalry(profiles: Sequence[Profile], left: int, right: int) -> tuple[int, int, Rivalry, Likeness]:
    one, two = profiles[left], profiles[right]
    rivalry = Rivalry("advice_direction", _way(one), _way(two))
    return left, right, rivalry, Likeness(_COVERED, tuple(standing_against(one, two)))


def _way(profile: Profile) -> str:
    return "for" if profile.claim.direction.endswith("+") else "against"


def _classes(profile: Profile) -> set[str]:
    objects = lexicon(profile.claim.language).objects
    return {objects[word] for word in profile.own_words if word in objects}


def _one_topic(left: Profile, right: Profile) -> bool:
    if left.claim.language != right.claim.language:
        return False
    if left.claim.url == right.claim.url:
        return True
    topic, other_topic = left.claim.topic or left.claim.context, right.claim.topic or right.claim.context
    mine = [word for word in topic if found_in(word, right) == 1.0]
    other = [word for word in other_topic if found_in(word, left) == 1.0]
    if min(len(mine), len(other)) < MIN_TOPIC_WORDS:
        return False
    return max(len(mine) / len(topic), len(other) / len(other_topic)) >= MIN_TOPIC
