"""The analysis on this machine: the same flags in whatever order the documents come and on however many processes."""

from __future__ import annotations

import os
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from typing import Any

from counterspin.claims.coverage import uncompared
from counterspin.claims.held import Claims
from counterspin.claims.held import pack as pack_claims
from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.detect import DocumentDetector, PairDetector, SlotDetector, configured, floors, of_kind
from counterspin.engine.deadline import OutOfTimeError, time_limit
from counterspin.engine.flags import Finds, Packed
from counterspin.engine.flags import pack as pack_flag
from counterspin.engine.pairs import Found, Keep, decided, find
from counterspin.engine.processes import Hand, apart, can_fork, mapped
from counterspin.engine.shelf import Shelf, pack, unpack
from counterspin.model import Analysis, Claim, Cluster, Document, Flag, Passage, Reuse, Slot, Uncompared
from counterspin.settings import Settings
from counterspin.text.corpus import Corpus, build
from counterspin.text.operators import fold_operators
from counterspin.text.spool import Pieces, Spool, spooled
from counterspin.urls import url_key

_FORK_FROM = 64  # documents from which starting processes costs less than it saves
_APART_FROM = 500  # documents from which what comparing their passages takes is worth a process of its own
PAGE_SECONDS = 20.0  # processor time for the rules of one page; honest pages take 0.01 to 0.3
MAX_PASSAGE = 10_000  # characters of a passage that are looked at; the longest of 149 real pages has 2,567
Scanned = tuple[list[Packed], str, bytes]  # the flags of one page, its URL and its claims, packed


def run(documents: Iterable[Document], settings: Settings, *, decisions: Sequence[Any] = ()) -> Analysis:
    """Analyse these documents; two with one URL are one page, and the first by content is kept.

    ``decisions`` are the reviewed swaps, as pairs (:class:`Swap`, ``confirmed`` or ``rejected``), that the
    dictionary obeys.
    """
    pages, counts = _read(documents, settings)
    detectors = configured(settings)
    corpus = build(passage.text for page in pages for passage in page.passages)
    corpus = replace(corpus, operators=fold_operators(pages))
    workers = _workers(settings, len(pages))
    finds = Finds(floors(settings))
    is_apart = len(pages) >= _APART_FROM and can_fork()
    compare = partial(
        find,
        pages,
        corpus,
        tuple(of_kind(detectors, PairDetector)),
        lambda task, values: mapped(task, values, workers),
        decided(decisions),
    )
    compared = _compared(compare, finds) if is_apart else compare(finds.add)
    corpus = compared.taught(corpus)
    scan = Scan(tuple(of_kind(detectors, DocumentDetector)), corpus)
    claims = taken(mapped(scan.packed, pages.packed, workers), finds)
    del scan
    corpus = replace(corpus, grams={})  # nobody looks at single pages any more
    questions = partial(_questions, claims, corpus, tuple(of_kind(detectors, SlotDetector)))
    asked = _by_kind(apart(lambda hand: _all(hand, questions())) if is_apart else questions(), finds)
    return Analysis(
        flags=finds.in_order(),
        swaps=corpus.swaps,
        clusters=compared.clusters,
        slots=asked[Slot],
        uncompared=tuple(asked[Uncompared]),
        reuses=compared.reuses,
        networks=compared.networks,
        counts={**counts, **compared.counts, "below_min_score": finds.below},
    )


def _compared(compare: Callable[[Keep], Found], finds: Finds) -> Found:
    """What comparing passages gives, worked out in a process of its own; the flags go to ``finds``."""

    def step(hand: Hand) -> None:
        found = compare(partial(_all, hand))
        _all(hand, chain(found.reuses, found.clusters, (replace(found, reuses=(), clusters=()),)))

    held = _by_kind(apart(step), finds)
    found: Found = held[Found][0]
    return replace(found, reuses=held[Reuse], clusters=held[Cluster])


def _questions(claims: Claims, corpus: Corpus, detectors: tuple[SlotDetector, ...]) -> Iterator[Any]:
    """The questions that claims answer, the flags on them, and the measures that stand in none."""
    slots = gather(claims, corpus)
    yield from slots
    yield from map(pack_flag, judge(detectors, slots))
    yield from uncompared(claims, slots)


def _all(hand: Hand, values: Iterable[Any]) -> None:
    for value in values:
        hand(value)


def _by_kind(values: Iterable[Any], finds: Finds) -> defaultdict[type, Sequence[Any]]:
    """Values by their type, those of one type coming one after the other; flags go to ``finds``."""
    held: defaultdict[type, Sequence[Any]] = defaultdict(tuple)
    for kind, group in groupby(values, key=type):
        if kind is Packed:
            finds.add(group)
        else:
            held[kind] = spooled(group)
    return held


class Scan:
    """Document detectors and claims of one page; picklable, so that it runs in worker processes."""

    def __init__(self, detectors: tuple[DocumentDetector, ...], corpus: Corpus) -> None:
        self.detectors = detectors
        self.corpus = corpus

    def __call__(self, page: Document) -> Scanned:
        flags: list[Packed] = []
        claims: tuple[Claim, ...] = ()
        try:
            with time_limit(PAGE_SECONDS):
                for detector in self.detectors:
                    flags += map(pack_flag, self._of(detector, page))
                claims = tuple(claims_of(page, self.corpus))
        except OutOfTimeError:
            said = f"{page.url}: not done after {PAGE_SECONDS:g} s; some rules did not look at this page"
            warnings.warn(said, RuntimeWarning, stacklevel=2)
        return flags, page.url, pack_claims(claims)

    def packed(self, page: bytes) -> Scanned:
        """The same for a packed page (see :mod:`counterspin.engine.shelf`)."""
        return self(unpack(page))

    def _of(self, detector: DocumentDetector, page: Document) -> list[Flag]:
        try:
            return list(detector.scan(page, self.corpus))
        except Exception as error:  # noqa: BLE001 - one page that a rule trips over must not cost the whole crawl
            warnings.warn(f"{detector.name} failed on {page.url}: {error!r}", RuntimeWarning, stacklevel=2)
            return []


def taken(scanned: Iterable[Scanned], finds: Finds) -> Claims:
    """Give the flags of scanned pages to ``finds``; their claims."""
    claims = Claims()
    for flags, url, packed in scanned:
        finds.add(flags)
        claims.add(url, packed)
    return claims


def _read(documents: Iterable[Document], settings: Settings) -> tuple[Shelf, dict[str, int]]:
    """The pages by URL, packed as they come, and how many documents there were and were cut."""
    spool = Spool()
    found: dict[str, int] = {}
    counts = {"documents": 0, "refused": 0, "same_url": 0, "documents_cut": 0, "characters_cut": 0}
    for document in documents:
        counts["documents"] += 1
        counts["refused"] += is_refused(document)
        page = cut(document, settings.analyse.max_chars)
        counts["documents_cut"] += page is not document
        counts["characters_cut"] += characters(document) - characters(page)
        key = url_key(page.url)
        counts["same_url"] += key in found
        found[key] = spool.add(pack(first_of((page, unpack(spool.get(found[key])))) if key in found else page))
    return Shelf(Pieces(spool, (found[key] for key in sorted(found)))), counts


def first_of(rivals: Iterable[Document]) -> Document:
    """Of documents with one URL the one that is kept: the first by its content, one without any last."""
    return min(rivals, key=lambda rival: (not rival.text, rival.text, repr(rival)))


def is_refused(document: Document) -> bool:
    """Whether it stands for a page that could not be read, with the mark ``refused:CODE``."""
    return any(mark.startswith("refused:") for mark in document.marks)


def cut(document: Document, longest: int) -> Document:
    """``document`` with at most ``longest`` characters of text and :data:`MAX_PASSAGE` in a passage.

    Marked ``cut:max_chars`` and ``cut:max_passage`` where it had more: text that nobody would read in one piece is
    there to keep the rules busy.
    """
    if any(len(passage.text) > MAX_PASSAGE for passage in document.passages):
        short = tuple(_shortened(passage) for passage in document.passages)
        document = replace(document, passages=short, marks=(*document.marks, "cut:max_passage"))
    if len(document.text) <= longest:
        return document
    kept = tuple(
        passage
        if passage.end <= longest
        else replace(passage, end=longest, text=document.text[passage.start : longest])
        for passage in document.passages
        if passage.start < longest
    )
    return replace(document, text=document.text[:longest], passages=kept, marks=(*document.marks, "cut:max_chars"))


def _shortened(passage: Passage) -> Passage:
    if len(passage.text) <= MAX_PASSAGE:
        return passage
    return replace(passage, text=passage.text[:MAX_PASSAGE], end=passage.start + MAX_PASSAGE)


def characters(document: Document) -> int:
    """The characters of its passages."""
    return sum(len(passage.text) for passage in document.passages)


def judge(detectors: tuple[SlotDetector, ...], slots: Iterable[Slot]) -> Iterator[Flag]:
    """The flags of the slot detectors."""
    for slot in slots:
        claims = tuple(claim for answer in slot.answers for claim in answer.claims)
        for detector in detectors:
            yield from detector.judge(slot, claims)


def _workers(settings: Settings, pages: int) -> int:
    wanted = settings.analyse.workers or os.cpu_count() or 1
    return wanted if settings.analyse.workers > 1 or pages >= _FORK_FROM else 1
