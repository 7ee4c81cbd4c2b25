"""Whether one page is the work of a spinner, by what it shows itself and by the swaps that the crawl has taught.

A list of words alone never proves a page. What counts is: swaps across a word border; lines that the page says twice
with other words for the same thing; swaps learnt elsewhere, when their replacements stand here and their originals
hardly do, or when a spinner would draw such words far sooner than a writer would choose them; several names for one
thing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from counterspin.claims.kinds import are_rivals
from counterspin.model import Document, Swap
from counterspin.text.boundary import Borders, BoundarySwap, crossable
from counterspin.text.corpus import Corpus
from counterspin.text.drawn import spun_odds, writers_shares
from counterspin.text.families import pairs as listed_pairs
from counterspin.text.inside import inside_swaps
from counterspin.text.lookup import LEFT, Lookup, Pair
from counterspin.text.memo import same
from counterspin.text.normal import fold
from counterspin.text.parallels import Parallel, comment_swaps, parallels, title_swaps
from counterspin.text.words import find, word_starts
from counterspin.wording import Wording

BOUNDARY_POINTS = 3.0  # one swap across a border proves a page; see PROVEN
TITLE_POINTS = 1.5  # one swap between the title and the heading under it
PARALLEL_POINTS = 1.0  # each other swap between lines that the page says twice
LEARNT_POINTS = 0.5  # each class of learnt swaps from the third on
PROVEN = 2.5  # points that make a page spun
LEARNT_FREE = 2  # classes of learnt swaps that any page may show
LEARNT_SHARE = 0.6  # least share of replacements among originals and replacements of the learnt swaps, 0 to 1
DRAWN_CLASSES = 4  # classes of learnt swaps, at least, from which the odds are looked at
# Least log-odds for a spinner, in all and for each 1,000 words: none of 149 honest pages beside 24 crawls, nor of 102
# honest pages of the same topics, reached both.
DRAWN_ODDS = 4.0
DRAWN_DENSITY = 20.0

_BORDER = Wording(
    en="{count} swaps across a word border, such as {first}", zh="有 {count} 处跨词边界的替换，例如“{first}”"
)
_OWN_WORDS = Wording(
    en="{count} words of its own {role} replaced, such as {old} by {new}",
    zh="自己{role}里的 {count} 个词被替换，例如“{old}”换成“{new}”",
)
_ROLES = {"title": Wording(en="title", zh="标题"), "comment": Wording(en="comment", zh="评论")}
_LEARNT = Wording(
    en="replacements of {count} swaps that the crawl has taught", zh="出现了从采集中学到的 {count} 组替换词"
)
_DRAWN = Wording(
    en="the replacements of {count} swaps that the crawl has taught stand where a writer would use the usual words",
    zh="出现了从采集中学到的 {count} 组替换词，而作者通常会用原来的词",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A replacement that stands in the page: ``document.text[start:end]``, for ``original``, known by ``origin``.

    ``origin`` is ``page`` (the page says the line with both words), ``learnt`` (from the crawl) or ``list``.
    """

    start: int
    end: int
    original: str
    target: str
    origin: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What speaks for a page being spun. ``points`` of ``PROVEN`` or more make it so.

    ``parallels`` are those that show swaps: of the title with a heading, of a comment with the body.
    """

    points: float
    reasons: tuple[str, ...]
    hits: tuple[Hit, ...]
    boundary: tuple[BoundarySwap, ...]
    parallels: tuple[Parallel, ...]

    @property
    def holds(self) -> bool:
        return self.points >= PROVEN


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the crawl has taught, made ready to be looked for in one page after the other.

    ``known`` are its pairs and those of the list; ``targets`` and ``borders`` find them by their replacements,
    ``originals`` the learnt ones by the other side; ``origin_of`` gives the first original of each replacement, and
    whether it was ``learnt`` or stands in the ``list``; ``shares`` is how often a writer uses the replacement.
    """

    pairs: tuple[Pair, ...]
    known: frozenset[Pair]
    targets: Lookup
    originals: Lookup
    borders: Borders
    origin_of: Mapping[str, tuple[str, str]]
    shares: Mapping[Pair, float]


@same(2)
def learnt_of(swaps: tuple[Swap, ...]) -> Learnt:
    """The learnt dictionary of a corpus, with the list; worked out once for all of its pages."""
    pairs = tuple((swap.source, swap.target) for swap in swaps if swap.directed)
    listed = tuple(listed_pairs())
    origin_of: dict[str, tuple[str, str]] = {}
    for origin, some in (("learnt", pairs), ("list", listed)):
        for original, target in some:
            origin_of.setdefault(target, (original, origin))
    return Learnt(
        pairs,
        frozenset((*pairs, *listed)),
        Lookup((*pairs, *listed)),
        Lookup(pairs, LEFT),
        Borders(crossable(pairs), crossable(listed)),
        origin_of,
        writers_shares(pairs),
    )


@same(4)
def proof_of(document: Document, corpus: Corpus) -> Proof:
    """The proof that ``document`` gives; worked out once for the detectors that ask for it one after the other."""
    learnt = learnt_of(corpus.swaps)
    every = parallels(document)
    found = title_swaps(document, every, learnt.known) + comment_swaps(every)
    found = tuple(parallel for parallel in found if not _says_another_thing(parallel, document.language, learnt))
    own = page_pairs(found)
    boundary = learnt.borders.beside(crossable(own)).crossings(document.text)
    boundary += inside_swaps(document.text, _standing_in(document.text, own, learnt))
    hits = _hits(document.text, own, learnt)
    points, reasons = _points(found, boundary, hits, document.text, learnt)
    return Proof(points, tuple(reasons), hits, boundary, found)


def _says_another_thing(parallel: Parallel, language: str, learnt: Learnt) -> bool:
    """Whether a word says the opposite of the one in its place, or names another kind, and no spinner puts it there."""
    pairs = ((island.left, island.right) for island in parallel.swaps)
    return any(pair not in learnt.known and are_rivals(*pair, language) for pair in pairs)


def _standing_in(text: str, own: Iterable[Pair], learnt: Learnt) -> Iterator[Pair]:
    """The page's own pairs and the known ones whose replacements stand in it, worked out only if they are asked for."""
    yield from own
    yield from learnt.targets.standing_in(fold(text))


def page_pairs(found: Iterable[Parallel]) -> tuple[Pair, ...]:
    """The distinct (original, replacement) that the parallel lines of a page show, the title's or comment's first."""
    return _unique((island.left, island.right) for parallel in found for island in parallel.swaps)


def _unique(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(pairs))


def _hits(text: str, own: Iterable[Pair], learnt: Learnt) -> tuple[Hit, ...]:
    folded = fold(text)
    known = {target: learnt.origin_of[target] for target in learnt.targets.words_in(folded)}
    for original, target in reversed(tuple(own)):
        known[target] = original, "page"
    found = []
    for start, end, word in find(folded, frozenset(known)):
        original, origin = known[word]
        found.append(Hit(start, end, original, word, origin))
    return tuple(found)


def _points(
    found: tuple[Parallel, ...],
    boundary: tuple[BoundarySwap, ...],
    hits: tuple[Hit, ...],
    text: str,
    learnt: Learnt,
) -> tuple[float, list[str]]:
    points = 0.0
    reasons: list[str] = []
    if boundary:
        points += BOUNDARY_POINTS * len(boundary)
        reasons.append(_BORDER(count=len(boundary), first=boundary[0].text))
    for role, worth in (("title", TITLE_POINTS), ("comment", PARALLEL_POINTS)):
        shown = _unique((i.left, i.right) for p in found if p.left.role == role for i in p.swaps)
        if shown:
            points += worth * len(shown)
            old, new = shown[0]
            reasons.append(_OWN_WORDS(count=len(shown), role=_ROLES[role](), old=old, new=new))
    learnt_points, why = _learnt_points(hits, text, learnt)
    return points + learnt_points, [*reasons, *why]


def _learnt_points(hits: tuple[Hit, ...], text: str, learnt: Learnt) -> tuple[float, list[str]]:
    """Points for the replacements of learnt swaps; none where the originals stand as a writer would have them."""
    used = Counter((hit.original, hit.target) for hit in hits if hit.origin == "learnt")
    classes = len({original for original, _ in used})
    if classes <= LEARNT_FREE:
        return 0.0, []
    folded = fold(text)
    originals = frozenset(learnt.originals.words_in(folded))
    if _is_drawn(used, folded, originals, learnt):
        return PROVEN, [_DRAWN(count=classes)]
    left = sum(map(folded.count, originals))
    if used.total() < LEARNT_SHARE * (used.total() + left):
        return 0.0, []
    return LEARNT_POINTS * (classes - LEARNT_FREE), [_LEARNT(count=classes)]


def _is_drawn(used: Mapping[Pair, int], folded: str, originals: Iterable[str], learnt: Learnt) -> bool:
    """Whether a spinner would draw these words far sooner than a writer would choose them."""
    if len({original for original, _ in used}) < DRAWN_CLASSES:
        return False
    stand = Counter(word for _, _, word in find(folded, frozenset(originals)))
    odds = spun_odds(used, stand, learnt.shares)
    return odds >= DRAWN_ODDS and odds >= DRAWN_DENSITY * len(word_starts(folded)) / 1000
