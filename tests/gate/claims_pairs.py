"""The labelled pairs of texts and the measures on them."""

from __future__ import annotations

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
    """The pairs of the table ``claims_<name>.tsv``."""
    lines = (DATA / f"claims_{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
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
