"""Speed of the document rules: CPU milliseconds for a page of 1,500 characters, by rule: python -m tests.bench.rules

The pages are our honest ones, joined to 1,500 characters; three rounds, the median counts. The unit beside the
milliseconds is the time that Python needs to lower and split the same text into characters: a machine half as fast
has the same ratio. The last lines grow a page sixteen-fold, to show that the cost grows with its length.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from counterspin.detect import DocumentDetector, built_in, of_kind
from counterspin.model import Document
from counterspin.text.corpus import Corpus, build
from counterspin.text.example import document_of
from tests.gate.test_rules import OURS, examples

SIZE = 1500  # characters of a page
ROUNDS = 3
PAGES = 24


def long_pages(size: int, count: int) -> list[Document]:
    """Pages of about ``size`` characters, each begun at another of our texts."""
    texts = [text for _, text in examples("clean_zh") if not text.startswith("@")]
    pages = []
    for first in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < size:
            parts.append(texts[(first + len(parts)) % len(texts)])
        pages.append(document_of("\n".join(parts), url=f"http://bench{first}.test/a.html"))
    return pages


def milliseconds(work: Callable[[Document], object], pages: Sequence[Document]) -> float:
    """Median CPU time of a page over the rounds, in ms."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for page in pages:
            work(page)
        spent.append((time.process_time() - start) / len(pages) * 1000)
    return statistics.median(spent)


def scanner(detector: DocumentDetector, corpus: Corpus) -> Callable[[Document], object]:
    return lambda page: list(detector.scan(page, corpus))


def main() -> None:
    pages = long_pages(SIZE, PAGES)
    corpus = build(passage.text for page in pages for passage in page.passages)
    unit = milliseconds(lambda page: list(page.text.lower()), pages)
    print(f"{PAGES} pages, {sum(len(page.text) for page in pages) / len(pages):.0f} characters; unit {unit:.3f} ms")
    total = 0.0
    for detector in sorted(OURS, key=lambda detector: detector.name):
        for page in pages[:2]:
            list(detector.scan(page, corpus))  # dictionaries are loaded once a process
        spent = milliseconds(scanner(detector, corpus), pages)
        total += spent
        print(f"{detector.name:20} {spent:8.3f} ms  {spent / unit:8.1f} units")
    print(f"{'all of ours':20} {total:8.3f} ms  {total / unit:8.1f} units")
    every = [detector for detector in of_kind(built_in(), DocumentDetector) if detector not in OURS]
    print(f"({len(every)} document rules of other kinds are measured elsewhere)")
    for size in (SIZE, 4 * SIZE, 16 * SIZE):
        grown = long_pages(size, 4)
        spent = sum(milliseconds(scanner(detector, corpus), grown) for detector in OURS)
        print(f"{size:8} characters {spent:8.2f} ms, {spent / size * 1000:6.3f} ms for 1,000 characters")


if __name__ == "__main__":
    main()
