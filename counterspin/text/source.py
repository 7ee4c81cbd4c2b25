"""Which of two rewrites was there first, and which words the spinner puts for which.

No date decides. What counts: where both texts of a pair use a word and its replacement, the one that uses both was
made from the one that uses one; spinners put rare words for usual ones; a text with several rewrites lies nearest
to all of them; a swap whose direction other pages have shown.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterspin.text.basic import basic_words
from counterspin.text.words import frequency
from counterspin.wording import Wording

Pair = tuple[str, str]
MIXED = 0.4  # weight of one word that only one text uses beside its replacement
USUAL = 0.35  # weight of a factor of e between how usual two words are
USUAL_MOST = 1.2  # the most that one pair of words counts by that
TAUGHT = 1.5  # weight of a swap whose direction other page pairs agree on
ROUNDS = 4  # how often page pairs teach one another
SPACED = 0.4  # trust in how usual a word of a spaced script is: no dictionary tells its uses
SPARING = 2.5  # weight of each replacement that a source must explain
CLEARLY = 1.2  # how many times more replacements the second best source must need
MOST_LEAN = 12.0  # the most that the words of one page pair count
BASIC_USES = 2000  # uses that a basic word is taken to have
UNKNOWN_USES = 2  # uses of a word that is no basic one, doubled for each letter that it is shorter than the next
UNKNOWN_LENGTH = 9  # letters
SURE = 1.0  # least sum that names a source

_USUAL_WORDS = Wording(
    en="{count} usual words here have rarer ones in their place there, such as {usual}: {rare}",
    zh="此处的 {count} 个常用词在那边换成了较少见的词，例如“{usual}”：“{rare}”",
)
_FEWEST = Wording(
    en="fewest replacements explain the {count} others from it", zh="以它为源，解释其余 {count} 份所需的替换最少"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Two rewrites: numbers of their texts and pages, their likeness, and the words put for one another."""

    left: int
    right: int
    left_page: int
    right_page: int
    similarity: float
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Of a cluster of texts: the source (a text, or ``None``) and why, most telling first."""

    texts: tuple[int, ...]
    source: int | None
    reasons: tuple[str, ...]
    margin: float


def lean(pair: Pair, left: str, right: str, usual: Callable[[str], int]) -> tuple[float, float]:
    """How much one swap speaks for the left text being the source: by mixed use, by how usual the words are."""
    ours, theirs = pair
    mixed = MIXED * ((ours in right and theirs not in left) - (theirs in left and ours not in right))
    factor = math.log((usual(ours) + 1.0) / (usual(theirs) + 1.0))
    trust = SPACED if ours.isascii() else 1.0
    return mixed, trust * max(-USUAL_MOST, min(USUAL_MOST, USUAL * factor))


def usual_in(counts: Mapping[str, int]) -> Callable[[str], int]:
    """How usual a word is: in the segmenter's dictionary; in a spaced script among the basic words, and in ``counts``.

    Of words that are no basic ones the shorter is taken for the more usual.
    """

    def usual(word: str) -> int:
        if not word.isascii():
            return frequency(word)
        known = BASIC_USES if word in basic_words() else UNKNOWN_USES * 2 ** max(0, UNKNOWN_LENGTH - len(word))
        return known + counts.get(word, 0)

    return usual


def page_leans(
    links: Sequence[Link], texts: Sequence[str], usual: Callable[[str], int]
) -> dict[tuple[int, int], float]:
    """For each pair of pages (low, high): how much speaks for the low one being the source; negative for the other.

    Page pairs teach one another: each round knows which way a swap went in the others, the surer ones counting more.
    """
    ordered = sorted(links, key=lambda link: (link.left, link.right))
    base: dict[tuple[int, int], float] = defaultdict(float)
    swaps: dict[tuple[int, int], set[Pair]] = defaultdict(set)
    for link in ordered:
        pages, sign = _pages(link)
        for pair in link.pairs:
            swaps[pages].add(pair if sign > 0 else pair[::-1])
            base[pages] += sign * sum(lean(pair, texts[link.left], texts[link.right], usual))
    leans = dict(base)
    for _ in range(ROUNDS):
        votes: dict[Pair, float] = defaultdict(float)
        for pages in sorted(leans):
            surety = math.tanh(leans[pages] / SURE)
            for pair in swaps[pages]:
                votes[pair if surety > 0 else pair[::-1]] += abs(surety)
        leans = {
            pages: score + TAUGHT * sum(_taught(pair, votes) for pair in sorted(swaps[pages]))
            for pages, score in base.items()
        }
    return leans


def _pages(link: Link) -> tuple[tuple[int, int], int]:
    if link.left_page <= link.right_page:
        return (link.left_page, link.right_page), 1
    return (link.right_page, link.left_page), -1


def _taught(pair: Pair, votes: Mapping[Pair, float]) -> float:
    ours, theirs = votes.get(pair, 0.0), votes.get(pair[::-1], 0.0)
    return (ours - theirs) / (ours + theirs + 1.0)


def clusters(links: Sequence[Link]) -> list[list[int]]:
    """The texts that links hold together, each cluster ascending, ordered by first text."""
    parent: dict[int, int] = {}

    def root(text: int) -> int:
        while parent.setdefault(text, text) != text:
            parent[text] = parent[parent[text]]
            text = parent[text]
        return text

    for link in links:
        low, high = sorted((root(link.left), root(link.right)))
        parent[high] = low
    found: dict[int, list[int]] = defaultdict(list)
    for text in sorted(parent):
        found[root(text)].append(text)
    return [found[key] for key in sorted(found)]


def origins(links: Sequence[Link], leans: Mapping[tuple[int, int], float]) -> list[Origin]:
    """The source of each cluster, when what speaks for it is clear.

    A text that is the source needs fewest replacements to explain all others (each rewrite changes other words, so
    two rewrites differ in the words of both); to this comes how the words lean.
    """
    by_text: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_text[link.left].append(link)
        by_text[link.right].append(link)
    swapped: Counter[tuple[int, int]] = Counter()
    for link in links:
        swapped[_pages(link)[0]] += len(link.pairs)  # a page's passages have one source: they speak together
    return [_origin(texts, by_text, leans, swapped) for texts in clusters(links)]


def _origin(
    texts: list[int],
    by_text: Mapping[int, Sequence[Link]],
    leans: Mapping[tuple[int, int], float],
    swapped: Mapping[tuple[int, int], int],
) -> Origin:
    between = {text: [swapped[_pages(link)[0]] for link in by_text[text]] for text in texts}
    most = max(max(counts) for counts in between.values())
    needed = {text: sum(between[text]) + (most + 1) * _missing(text, texts, by_text) for text in texts}
    spared = _spared(needed)
    scores = {
        text: sum(max(-MOST_LEAN, min(MOST_LEAN, _lean_for(text, link, leans))) for link in by_text[text])
        / len(by_text[text])
        + (spared if needed[text] == min(needed.values()) else 0.0)
        for text in texts
    }
    ranked = sorted(texts, key=lambda text: (-scores[text], text))
    margin = scores[ranked[0]] - scores[ranked[1]]
    if margin < SURE:
        return Origin(tuple(texts), None, ("nothing tells which was first",), margin)
    return Origin(tuple(texts), ranked[0], tuple(_reasons(ranked[0], texts, by_text, leans)), margin)


def _spared(needed: Mapping[int, int]) -> float:
    """What the text that needs fewest replacements gains; nothing unless it is clearly the only one.

    Where nearly every word of a dictionary was replaced, rewrites are nearer to each other than to their source, and
    several need about equally few.
    """
    least, second = sorted(needed.values())[:2]
    return SPARING * (second - least) if len(needed) > 2 and second >= CLEARLY * least else 0.0


def _missing(text: int, texts: Sequence[int], by_text: Mapping[int, Sequence[Link]]) -> int:
    """How many texts of the cluster were never aligned with this one."""
    return len(texts) - 1 - len({other for link in by_text[text] for other in (link.left, link.right)} - {text})


def _lean_for(text: int, link: Link, leans: Mapping[tuple[int, int], float]) -> float:
    pages, sign = _pages(link)
    return (sign if text == link.left else -sign) * leans.get(pages, 0.0)


def _reasons(
    source: int, texts: Sequence[int], by_text: Mapping[int, Sequence[Link]], leans: Mapping[tuple[int, int], float]
) -> Iterable[str]:
    swapped = {pair if link.left == source else pair[::-1] for link in by_text[source] for pair in link.pairs}
    leaning = sum(_lean_for(source, link, leans) for link in by_text[source])
    if leaning > 0:
        first = min(swapped, default=("", ""))
        yield _USUAL_WORDS(count=len(swapped), usual=first[0], rare=first[1])
    if len(texts) > 2:
        yield _FEWEST(count=len(texts) - 1)
