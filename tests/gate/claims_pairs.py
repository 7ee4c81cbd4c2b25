"""The labelled pairs of texts and the measures on them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.detect import SlotDetector, built_in, of_kind
from counterspin.model import Document, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts (or one page), labelled with the kind of conflict or ``none``."""

    language: str
    subject: str
    kind: str
    why: str
    texts: tuple[str, ...]


@cache
def pairs(name: str) -> tuple[Pair, ...]:
    """The pairs of the table ``claims_<name>.tsv``, in which `` // `` ends a line of a text."""
    lines = (DATA / f"claims_{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.replace(" // ", "\n").split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(Pair(*row[:4], tuple(text for text in row[4:] if text != "page")) for row in rows)


def clean_pages() -> list[Document]:
    """Statute-like and official pages in which nothing contradicts anything."""
    texts = (DATA / "claims_clean.txt").read_text(encoding="utf-8").split("====\n")
    pages = []
    for at, text in enumerate(texts):
        title, _, body = text.partition("\n")
        pages.append(document_of(f"@title: {title}\n{body}", url=f"http://clean{at}.test/a.html"))
    return pages


def flags_of(documents: Iterable[Document], corpus: Corpus | None = None) -> list[Flag]:
    """The flags of the slot rules on these documents."""
    facts = corpus or Corpus()
    claims = tuple(claim for document in documents for claim in claims_of(document, facts))
    detectors = tuple(of_kind(built_in(), SlotDetector))
    return [flag for slot in gather(claims, facts) for rule in detectors for flag in rule.judge(slot, claims)]


def documents_of(pair: Pair, at: int) -> list[Document]:
    """The documents of a pair: one of two texts each a page of its own, or the one page."""
    return [document_of(text, url=f"http://{at}-{side}.test/") for side, text in enumerate(pair.texts)]


_MARK = re.compile(r"\{(\w+?)([ab])\d?\|([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Site:
    """A whole page of a site, with the answers that it gives: question, side (``a`` or ``b``) and the sentence."""

    language: str
    subject: str
    document: Document
    answers: tuple[tuple[str, str, str], ...]


@cache
def sites() -> tuple[Site, ...]:
    """Whole pages on ten subjects, as several sites write of them; rival answers are marked in the text."""
    found = []
    for block in (DATA / "claims_pages.txt").read_text(encoding="utf-8").split("==== ")[1:]:
        head, body = block.split("\n", 1)
        language, subject, name = head.split()
        text = f"@language: {language}\n" + _MARK.sub(lambda match: match[3], body)
        answers = tuple((match[1], match[2], match[3]) for match in _MARK.finditer(body))
        found.append(Site(language, subject, document_of(text, url=f"http://{name}/{subject}.html"), answers))
    return tuple(found)


@cache
def told() -> dict[str, Measure]:
    """Rival answers of the sites found or missed, and flags that no marked question explains, over all subjects."""
    flags = flags_of([site.document for site in sites()])
    spots = [_spots(flag) for flag in flags]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    right: set[int] = set()
    for language, sides in _questions():
        hits = [at for at, spot in enumerate(spots) if all(_touches(spot, side) for side in sides)]
        right.update(hits)
        for key in ("all", language):
            counts[key]["found" if hits else "missed"] += 1
    counts["all"]["wrong"] = len(flags) - len(right)
    return {key: Measure(**count) for key, count in counts.items()}


def _questions() -> Iterator[tuple[str, list[list[tuple[str, str]]]]]:
    """The language of each question on which the sites differ, and the (URL, sentence) of either side."""
    sides: dict[tuple[str, str, str], dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for site in sites():
        for question, side, sentence in site.answers:
            sides[site.language, site.subject, question][side].append((site.document.url, sentence))
    for (language, _, _), both in sorted(sides.items()):
        if len(both) > 1:
            yield language, list(both.values())


def _spots(flag: Flag) -> list[tuple[str, str]]:
    return [
        (flag.url, flag.passage),
        (flag.counterpart.url, flag.counterpart.passage),
        *((row.url, row.text) for row in flag.evidence),
    ]


def _touches(spots: list[tuple[str, str]], side: list[tuple[str, str]]) -> bool:
    return any(
        url == other and (sentence in text or text in sentence) for url, text in spots for other, sentence in side
    )


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of right and wrong answers."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0


@cache
def measured(name: str) -> dict[str, Measure]:
    """Precision and recall of a table: ``all``, by language, by kind, for pages on their own; each pair run alone."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for at, pair in enumerate(pairs(name)):
        flagged = bool(flags_of(documents_of(pair, at)))
        wanted = pair.kind != "none"
        if flagged or wanted:
            answer = "found" if flagged and wanted else "wrong" if flagged else "missed"
            for key in ("all", pair.language, pair.kind, "page" if len(pair.texts) == 1 else "pair"):
                counts[key][answer] += 1
    return {key: Measure(**count) for key, count in counts.items()}


def clusters(name: str) -> Iterator[tuple[list[Document], dict[tuple[str, ...], str]]]:
    """All texts of one subject and language as one crawl, with the label of each labelled pair of URLs."""
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs(name):
        groups[pair.language, pair.subject].append(pair)
    for _, members in sorted(groups.items()):
        documents, labels = [], {}
        for at, pair in enumerate(members):
            pages = documents_of(pair, at)
            documents += pages
            labels[tuple(sorted({page.url for page in pages}))] = pair.kind
        yield documents, labels


def everything(name: str) -> tuple[list[Document], dict[str, tuple[str, str]]]:
    """All texts of all subjects as one crawl, and the subject of each URL."""
    documents, subjects = [], {}
    for pair in pairs(name):
        for text in pair.texts:
            url = f"http://{len(documents)}.test/"
            documents.append(replace(document_of(text), url=url))
            subjects[url] = (pair.language, pair.subject)
    return documents, subjects
