"""Which passage of a new version of a page continues which passage of the old one.

Passages are matched whole first, by their letters; what is left is matched sentence by sentence, one to one: by
letters, then by shared character pairs. An old passage follows the majority of its characters. Measured on ten kinds
of edits (tests/unit/store/test_tracking.py): ordinals and exact texts lose or misplace 63 to 100 % of the passages,
sentences none, and 2 to 5 % when all kinds happen at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from counterspin.identity import letters
from counterspin.text.sentences import sentences

MIN_DICE = 0.6
# Dice coefficient of character pairs of two sentences, 0 to 1. 0.75 loses 4 to 20 points under many edits at once and
# gains nothing: 0 wrong of 387 at both (notes of the design, section on flag identity).
MAJORITY = 0.5  # share of a passage's characters that must have gone into another for the two to be one
MAX_PAIRS = 4_000_000  # sentence pairs compared; a page with more (hostile or huge) is matched by letters only
COMMON = 200  # sentences that hold a character pair, from which on it says nothing and is not looked up


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``passage`` indexes its version's passages; ``size`` counts letters, at least 1."""

    passage: int
    letters: str
    size: int


def follow(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """For each new passage the old ones that it continues, the one with most of its characters first; often one.

    Several where blocks were joined; one old passage may stand at several new ones where it was split.
    """
    flow: Counter[tuple[int, int]] = Counter()
    old_left, new_left = _match_whole(old, new, flow)
    sources = [sentence for index in old_left for sentence in _sentences(index, old[index])]
    targets = [sentence for index in new_left for sentence in _sentences(index, new[index])]
    sources, targets = _match_equal(sources, targets, flow)
    _match_alike(sources, targets, flow)
    return _majorities(old, new, flow)


def _match_whole(old: Sequence[str], new: Sequence[str], flow: Counter[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Pair passages with equal letters, repeats in their order; the indices of what is left on either side."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index, text in enumerate(old):
        waiting[_letters(text)].append(index)
    new_left = []
    for index, text in enumerate(new):
        key = _letters(text)
        if waiting[key]:
            flow[waiting[key].popleft(), index] += max(1, len(key))
        else:
            new_left.append(index)
    return sorted(index for rest in waiting.values() for index in rest), new_left


def _match_equal(
    sources: list[_Sentence], targets: list[_Sentence], flow: Counter[tuple[int, int]]
) -> tuple[list[_Sentence], list[_Sentence]]:
    waiting: dict[str, deque[_Sentence]] = defaultdict(deque)
    for sentence in sources:
        waiting[sentence.letters].append(sentence)
    left = []
    for sentence in targets:
        if waiting[sentence.letters]:
            found = waiting[sentence.letters].popleft()
            flow[found.passage, sentence.passage] += sentence.size
        else:
            left.append(sentence)
    return [sentence for rest in waiting.values() for sentence in rest], left


def _match_alike(sources: list[_Sentence], targets: list[_Sentence], flow: Counter[tuple[int, int]]) -> None:
    """Pair what is left, the most alike first, each sentence once."""
    if len(sources) * len(targets) > MAX_PAIRS:
        return
    taken_sources: set[int] = set()
    taken_targets: set[int] = set()
    for _, source, target in sorted(_alike(sources, targets), key=lambda pair: (-pair[0], pair[1], pair[2])):
        if source in taken_sources or target in taken_targets:
            continue
        taken_sources.add(source)
        taken_targets.add(target)
        flow[sources[source].passage, targets[target].passage] += min(sources[source].size, targets[target].size)


def _alike(sources: list[_Sentence], targets: list[_Sentence]) -> Iterable[tuple[float, int, int]]:
    pairs = [_character_pairs(sentence.letters) for sentence in sources]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, held in enumerate(pairs):
        for pair in held:
            holders[pair].append(index)
    for target, sentence in enumerate(targets):
        own = _character_pairs(sentence.letters)
        shared: Counter[int] = Counter()
        for pair in own:
            if len(holders.get(pair, ())) <= COMMON:
                shared.update(holders.get(pair, ()))
        for source in shared:
            dice = 2 * len(own & pairs[source]) / (len(own) + len(pairs[source]))
            if dice >= MIN_DICE:
                yield dice, source, target


def _majorities(old: Sequence[str], new: Sequence[str], flow: Counter[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    old_sizes = [max(1, len(_letters(text))) for text in old]
    new_sizes = [max(1, len(_letters(text))) for text in new]
    origins: list[list[tuple[int, int]]] = [[] for _ in new]
    for (source, target), size in flow.items():
        if size >= MAJORITY * old_sizes[source] or size >= MAJORITY * new_sizes[target]:
            origins[target].append((-size, source))
    return tuple(tuple(source for _, source in sorted(found)) for found in origins)


def _sentences(passage: int, text: str) -> Iterable[_Sentence]:
    for span in sentences(text):
        key = _letters(text[span.start : span.end])
        yield _Sentence(passage, key, max(1, len(key)))


def _letters(text: str) -> str:
    return letters(text) or text.strip()


def _character_pairs(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 2] for index in range(max(1, len(text) - 1)))
