"""Passages against passages: who rewrote or copied whom, and with which dictionary."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations, islice
from typing import Any

from counterspin.engine.aligning import Mapped, aligned, texts_of
from counterspin.engine.company import company, kin
from counterspin.engine.copies import Copies
from counterspin.engine.flags import Packed, pack
from counterspin.engine.losses import losses
from counterspin.engine.near import likeness, nearest
from counterspin.engine.networks import as_operator, networks
from counterspin.engine.page_copies import page_copies
from counterspin.engine.phrases import as_phrases, set_phrases
from counterspin.engine.relations import Relations
from counterspin.engine.shown import Shown
from counterspin.engine.sides import Sides, Strings, Texts, context, member, reuse, turned
from counterspin.model import Cluster, Document, Network, Reuse, Swap
from counterspin.text.corpus import Corpus, Loss
from counterspin.text.edited import edited_odds
from counterspin.text.facts import other_facts
from counterspin.text.groups import groups
from counterspin.text.mining import Sighting, learn, trimmed, unordered
from counterspin.text.relation import (
    EXITS,
    MIN_COPY,
    MIN_SWAPS,
    Pair,
    Relation,
    Side,
    is_unlike,
    kind_of_copy,
    relate,
    verdict,
)
from counterspin.text.source import Link, Origin, origins
from counterspin.text.spool import spooled

MOST_KIN = 12  # texts of a cluster that are aligned each with each
MOST_REUSES = 20_000  # explained likenesses kept; more are counted
Keep = Callable[[Iterable[Packed]], None]
Words = tuple[str, str]
TextPair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """What comparing passages gave."""

    swaps: tuple[Swap, ...] = ()
    clusters: Sequence[Cluster] = ()
    reuses: Sequence[Reuse] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    losses: Mapping[str, tuple[Loss, ...]] = field(default_factory=dict)
    networks: tuple[Network, ...] = ()

    def taught(self, corpus: Corpus) -> Corpus:
        """The corpus with what comparing its passages has taught."""
        return corpus.taught(self.swaps, self.losses, map(as_operator, self.networks))


def find(  # noqa: PLR0917 - what the analysis has ready for it
    pages: Sequence[Document],
    corpus: Corpus,
    detectors: Sequence[Any],
    mapped: Mapped,
    decisions: Mapping[Words, str],
    keep: Keep,
) -> Found:
    """Compare all passages; the flags go to ``keep``.

    ``detectors`` are the pair detectors; ``mapped`` maps a function in processes, in order.
    """
    texts = texts_of(pages)
    counts: Counter[str] = Counter(passages_compared=sum(map(len, texts.holders)), texts_compared=len(texts.codes))
    rewrite = next(detector for detector in detectors if detector.name == "rewrite")
    pairs, cut = rewrite.candidates(texts.codes, [texts.page(text) for text in range(len(texts.codes))])
    counts.update(rare_keys_capped=cut, candidates=len(pairs))
    near = nearest(pairs, likeness(texts.codes, pairs))
    return conclude(texts, aligned(texts, near, mapped), corpus, detectors, decisions, counts, keep)


def conclude(  # noqa: PLR0917 - called by both engines, with what they found
    texts: Texts,
    measured: Iterable[tuple[TextPair, Relation]],
    corpus: Corpus,
    detectors: Sequence[Any],
    decisions: Mapping[Words, str],
    counts: Mapping[str, int],
    keep: Keep,
) -> Found:
    """What follows from all aligned pairs together, the same in every engine: dictionary, sources; flags to ``keep``.

    ``measured`` are the pairs, sorted, with their differences.
    """
    related = _Related(texts, measured, decisions)
    flags = (flag for pair in related.pairs() for detector in detectors if (flag := detector.compare(pair, corpus)))
    keep(map(pack, flags))
    every = related.reuses()
    reuses = spooled(islice(every, MOST_REUSES))
    total = {**counts, "aligned": related.aligned, **related.counts, "reuses_cut": sum(1 for _ in every)}
    return Found(
        related.swaps,
        spooled(chain(page_copies(texts, related.sides, related.kinds, related.phrases), related.clusters())),
        reuses,
        total,
        losses(texts, related.sides, related.relations, related.kinds, related.origins, related.shown.support),
        networks(related.uses(), corpus.operators),
    )


class _Related:
    """The verdict on every aligned pair, and what follows from all of them together."""

    def __init__(
        self, texts: Texts, measured: Iterable[tuple[TextPair, Relation]], decisions: Mapping[Words, str]
    ) -> None:
        self.texts = texts
        self.sides = Sides(texts)
        self.relations = Relations()
        self._words: dict[Words, Words] = {}  # those of a dictionary come again and again
        self.dropped = array("Q")  # pairs that nothing can make alike, packed and sorted: they are most
        self.shown = self._read(measured)
        self.aligned = len(self.relations) + len(self.dropped)
        self.company: Mapping[tuple[int, int], frozenset[Words]] = {}
        self.kinds = {pair: self._kind(pair) for pair in self.relations}
        self.company = company(texts, self.relations, self.kinds)
        self.kinds |= {pair: self._kind(pair) for pair in self.company}
        self.kinds |= kin(self.kinds)
        self.phrases = set_phrases(texts, self.sides, self.kinds)
        self.kinds |= as_phrases(self.kinds, self.phrases)
        self.links = self._linked()
        spun = (pair for pair, kind in self.kinds.items() if kind == "rewrite")
        self.moved = [self._link(pair) for pair in spun if self.relations[pair].moved]
        self.origins, self.apart = self._origins()
        self.rivals: dict[int, list[int]] = defaultdict(list)
        for link in sorted(self.links, key=lambda link: (-link.similarity, link.left, link.right)):
            if self.kinds[link.left, link.right] in ("rewrite", "copy"):
                self.rivals[link.left].append(link.right)
                self.rivals[link.right].append(link.left)
        self.origin_of = {text: origin for origin in self.origins for text in origin.texts}
        # Each link with what is known of its source.
        self.judged = [
            *((link, self.origin_of[link.left]) for link in self.links if link.left in self.origin_of),
            *zip(self.moved, self.apart, strict=True),
        ]
        self.swaps = learn(self._sightings(), decisions)
        self.counts = Counter({f"relation_{kind}": n for kind, n in Counter(self.kinds.values()).items()})
        if dropped := sum(1 for packed in self.dropped if (packed >> 32, packed & 0xFFFFFFFF) not in self.kinds):
            self.counts["relation_unlike"] += dropped

    def _linked(self) -> list[Link]:
        """The links of the clusters that hold a rewrite; in a cluster of few texts, between all of them."""
        every = (pair for pair in self.kinds if not self.relations[pair].moved)
        related = [pair for pair in every if self.kinds[pair] in ("rewrite", "copy")]
        spun = {text for pair in related if self.kinds[pair] == "rewrite" for text in pair}
        found: set[TextPair] = set()
        large: set[int] = set()
        for cluster in groups(related):
            if spun.isdisjoint(cluster):
                continue
            if len(cluster) <= MOST_KIN:
                found.update(combinations(cluster, 2))
            else:
                large.update(cluster)
        found.update(pair for pair in related if pair[0] in large)
        for low, high in sorted(found.difference(self.relations)):
            self.relations.add((low, high), relate(self.sides[low].tokens, self.sides[high].tokens))
            self.kinds[low, high] = self._kind((low, high))
        return [self._link(pair) for pair in sorted(found) if not self.relations[pair].moved]

    def _origins(self) -> tuple[list[Origin], list[Origin]]:
        """The sources of clusters, and of each pair whose clauses have moved.

        Such a pair is a cluster of its own: of what else one of its texts holds, the other may know nothing.
        """
        strings = Strings(self.sides, self.relations, self.moved)
        first = strings.first
        moved = [replace(link, left=first + 2 * at, right=first + 2 * at + 1) for at, link in enumerate(self.moved)]
        found = origins(
            [*self.links, *moved], strings, lambda text: self.texts.pages_of(strings.text(text)), self.sides.site
        )
        whole = [origin for origin in found if origin.texts[0] < first]
        apart = {origin.texts[0]: origin for origin in found if origin.texts[0] >= first}
        return whole, [_real(apart[link.left], strings) for link in moved]

    def _read(self, measured: Iterable[tuple[TextPair, Relation]]) -> Shown:
        """Keep the differences that can matter, and what all of them show."""
        shown = Shown()
        for (low, high), relation in measured:
            facts = edited = 0.0
            if is_unlike(relation) and relation.similarity < MIN_COPY:
                self.dropped.append(low << 32 | high)
            else:
                self.relations.add((low, high), relation)
                facts = other_facts(relation, self.sides[low].tokens, self.sides[high].tokens)
                edited = edited_odds(relation)
            shown.add((self.texts.page(low), self.texts.page(high)), relation.pairs, facts, edited)
        shown.end()
        return shown

    def _kind(self, pair: tuple[int, int]) -> str:
        low, high = pair
        pages = self.texts.page(low), self.texts.page(high)
        return verdict(
            self.sides[low],
            self.sides[high],
            self.relations[pair],
            lambda left, right: self.shown.support[unordered((left, right))] - 1,
            self.company.get(pair, frozenset()),
            facts=self.shown.facts.get(pages, 0.0),
            edited=self.shown.edited.get(pages, 0.0),
        )

    def _link(self, pair: tuple[int, int]) -> Link:
        relation = self.relations[pair]
        swaps = (trimmed((island.left, island.right)) for island in relation.swaps)
        return Link(*pair, relation.similarity, tuple(self._words.setdefault(words, words) for words in swaps))

    def _sightings(self) -> Iterator[Sighting]:
        for link, origin in self.judged:
            source = origin.source
            if source is not None and source not in (link.left, link.right):
                continue  # two rewrites of one source: what stands for what there is no rule of the dictionary
            left, right = self.sides[link.left], self.sides[link.right]
            for island in self.relations[link.left, link.right].swaps:
                pair = trimmed((island.left, island.right))
                if self.sides.is_struck(link.right, *pair) or self.sides.is_struck(link.left, *pair[::-1]):
                    continue
                yield Sighting(
                    pair[::-1] if source == link.right else pair,
                    (link.left, link.right),
                    (left.url, right.url),
                    (left.site, right.site),
                    source is not None,
                    source or 0,
                    (
                        context(left, island.left_first, island.left_last),
                        context(right, island.right_first, island.right_last),
                    ),
                )

    def uses(self) -> Iterator[tuple[str, str, Words]]:
        """Site, URL and replacement of the swaps in rewrites whose source is known."""
        for link, origin in self.judged:
            source = origin.source
            if source in (link.left, link.right):
                copy, swaps = (link.right, link.swaps) if source == link.left else (link.left, _backwards(link.swaps))
                for holder in self.texts.holders[copy][:MOST_KIN]:
                    side = self.sides.of(holder)
                    yield from ((side.site, side.url, words) for words in set(swaps))

    def pairs(self) -> Iterator[Pair]:
        """The related pairs, the copy's side as its source known or guessed; each copy with its best counterpart."""
        proven = frozenset((swap.source, swap.target) for swap in self.swaps if swap.hits > 2)
        for origin, assigned in self._all_assigned():
            for copy, source in assigned:
                source_side = self._side_of(source, origin)
                relation = self.relations.get((source, copy)) or turned(self.relations[copy, source])
                kind = self.kinds[min(source, copy), max(source, copy)]
                for holder in self.texts.holders[copy]:
                    side = self.sides.of(holder)
                    if side.url != source_side.url:
                        yield Pair(
                            source_side, side, relation, kind, origin.source is not None,
                            origin.reasons if origin.source is not None else (), len(origin.texts), proven,
                            len(self.company.get((min(source, copy), max(source, copy)), ())),
                        )  # fmt: skip
        yield from self._copies()

    def _all_assigned(self) -> Iterator[tuple[Origin, Iterable[TextPair]]]:
        yield from ((origin, self._assigned(origin)) for origin in self.origins)
        for link, origin in zip(self.moved, self.apart, strict=True):
            ways = (link.left, link.right), (link.right, link.left)
            yield origin, tuple(way for way in ways if way[0] != origin.source)

    def _side_of(self, text: int, origin: Origin) -> Side:
        """The side of a text, of the source on the page that is the likeliest source."""
        units = self.texts.holders[text]
        chosen = (unit for unit in units if text == origin.source and self.texts.units.page(unit) == origin.page)
        return self.sides.of(next(chosen, units[0]))

    def _assigned(self, origin: Origin) -> Iterator[tuple[int, int]]:
        """Each rewritten text of a cluster with the text it is shown against: the source, or the nearest one."""
        for text in origin.texts:
            if text == origin.source:
                continue
            rivals = self.rivals[text]
            spun = [other for other in rivals if self._swaps_between(text, other) >= MIN_SWAPS]
            yield text, origin.source if origin.source in rivals else (spun or rivals)[0]

    def _swaps_between(self, text: int, other: int) -> int:
        pair = min(text, other), max(text, other)
        own = len(self.relations[pair].pairs) + len(self.company.get(pair, ()))
        return own if self.kinds[pair] == "rewrite" else 0

    def _copies(self) -> Iterator[Pair]:
        """One pair for each two pages that share text, of their longest common passage, with the others in it."""
        found: dict[tuple[str, str], Copies] = defaultdict(Copies)
        for pair in self._single_copies():
            if pair.kind == "copy":
                found[pair.source.url, pair.copy.url].add(pair)
        yield from (copies.in_one() for copies in found.values())

    def _single_copies(self) -> Iterator[Pair]:
        for text, holders in enumerate(self.texts.holders):
            if len(holders) > 1 and text not in self.phrases:
                first = self.sides.of(holders[0])
                same = Relation(1.0, (), len(self.texts.codes[text]), 1.0)
                for holder in holders[1:]:
                    yield self._copy(first, self.sides.at_once(holder), same)
        for (low, high), kind in self.kinds.items():
            if kind == "copy" and low not in self.origin_of:
                yield self._copy(self.sides[low], self.sides[high], self.relations[low, high])

    def _copy(self, left: Side, right: Side, relation: Relation) -> Pair:
        kind = "version"
        if left.url != right.url:
            kind = verdict(left, right, relation, lambda *_: 0) if relation.islands else kind_of_copy(left, right)
        later = bool(left.published and right.published and left.published > right.published)
        if later:
            return Pair(right, left, relation, kind, known=False)
        return Pair(left, right, relation, kind, known=False)

    def reuses(self) -> Iterator[Reuse]:
        """The likenesses that have a reason of their own."""
        for (low, high), kind in self.kinds.items():
            if kind in EXITS:
                yield reuse(kind, self.sides[low], self.sides[high], self.relations[low, high].similarity)
        for text, holders in enumerate(self.texts.holders):
            if len(holders) == 1:
                continue
            first = self.sides.of(holders[0])
            for holder in holders[1:]:
                other = self.sides.at_once(holder)
                if other.url != first.url:
                    kind = kind_of_copy(first, other)
                    yield reuse("set_phrase" if kind == "copy" and text in self.phrases else kind, first, other, 1.0)

    def clusters(self) -> Iterator[Cluster]:
        """One cluster for each origin of rewrites, its members by URL and place."""
        for origin in self.origins:
            members = []
            middle = origin.source if origin.source is not None else origin.texts[0]
            for text in origin.texts:
                relation = self.relations.get((min(text, middle), max(text, middle)))
                near = 1.0 if text == middle else relation.similarity if relation else 0.0
                members += [member(self.sides.of(holder), near) for holder in self.texts.holders[text]]
            members.sort(key=lambda member: (member.url, member.start))
            shown = member(self._side_of(middle, origin), 1.0)
            place = members.index(shown)
            yield Cluster(
                f"{shown.url}#{shown.start}", "spun", tuple(members), place,
                place if origin.source is not None else None, origin.reasons,
            )  # fmt: skip


def _real(origin: Origin, strings: Strings) -> Origin:
    """The origin of a pair of parts, with the numbers of the texts that they are parts of."""
    source = None if origin.source is None else strings.text(origin.source)
    return replace(origin, texts=tuple(map(strings.text, origin.texts)), source=source)


def _backwards(swaps: Iterable[Words]) -> tuple[Words, ...]:
    return tuple((right, left) for left, right in swaps)


def decided(decisions: Iterable[tuple[Swap, str]]) -> dict[Words, str]:
    """Reviewed swaps as pairs of words: ``confirmed`` or ``rejected``."""
    return {(swap.source, swap.target): said for swap, said in decisions}
