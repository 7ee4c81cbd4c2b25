"""Speed of near-copy and rewrite search against its peers, all in one run, on pages that this program makes.

``python -m tests.bench.spun [PAGES] [--growth | --only-growth | --only-copies]``; peers that are not installed are
named and skipped. Times are CPU seconds of one core.
"""

from __future__ import annotations

import hashlib
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np

from counterspin.detect import near_copy, rewrite
from counterspin.engine import aligning, pairs
from counterspin.engine.flags import Finds
from counterspin.engine.shelf import Shelf, pack
from counterspin.text import columns
from counterspin.text.corpus import Corpus
from tests.spinner.crawl import crawl

PAGES = 20_000
SLOW_PEER = 300  # pages given to a peer that would take minutes; figures are per page
ROUNDS = 3
SHINGLE = 5
GROWTH = (20_000, 100_000, 400_000)  # pages
PARTS, PART = 12, 62  # parts of a text that is made quickly, and words of two characters in each
DETECTORS = (near_copy.DETECTOR, rewrite.DETECTOR)


def seconds(task: Callable[[], Any]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    task()
    return time.process_time() - start


def shingles(text: str) -> set[str]:
    """Character shingles of a cleaned text, as the peers take them."""
    clean = re.sub(r"\W+", "", text)
    return {clean[at : at + SHINGLE] for at in range(len(clean) - SHINGLE + 1)}


def limit(texts: list[str]) -> None:
    """The physical limit: every byte hashed once."""
    for text in texts:
        hashlib.blake2b(text.encode()).digest()


def gaoya(texts: list[str]) -> None:
    """gaoya: MinHash of character shingles, signed and inserted."""
    index = import_module("gaoya.minhash").MinHashStringIndex(
        hash_size=32, jaccard_threshold=0.7, num_bands=32, band_size=4, analyzer="char", ngram_range=(5, 5)
    )
    for at, text in enumerate(texts):
        index.insert_document(at, text)


def rensa(texts: list[str]) -> None:
    """rensa: RMinHash of a set of shingles."""
    signature = import_module("rensa").RMinHash
    for text in texts:
        made = signature(num_perm=128, seed=42)
        made.update(list(shingles(text)))
        made.digest()


def datasketch(texts: list[str]) -> None:
    """datasketch: MinHash in bulk."""
    minhash = import_module("datasketch").MinHash
    for text in texts:
        minhash(num_perm=128).update_batch([one.encode() for one in shingles(text)])


def text_dedup(texts: list[str]) -> None:
    """The recipe of text-dedup, written anew: 64-bit hashes times 128 permutations in numpy, then bands."""
    draw = np.random.default_rng(42)
    prime = np.uint64((1 << 61) - 1)
    first = draw.integers(1, 1 << 61, size=128, dtype=np.uint64)
    second = draw.integers(0, 1 << 61, size=128, dtype=np.uint64)
    for text in texts:
        hashed = np.array(
            [int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "little") for one in shingles(text)],
            dtype=np.uint64,
        )  # fmt: skip
        signed = ((hashed[:, None] * first + second) % prime).min(axis=0)
        [signed[at : at + 4].byteswap().tobytes() for at in range(0, 128, 4)]


def datatrove(texts: list[str]) -> None:
    """datatrove's signature on our shingles' hashes."""
    module = import_module("datatrove.pipeline.dedup.minhash")
    stage = module.MinhashDedupSignature(output_folder="/tmp", config=module.MinhashConfig())
    for text in texts:
        hashed = np.array([[hash(one) & 0xFFFFFFFF] for one in shingles(text)], dtype=np.uint64)
        stage.get_signature(hashed)


PEERS = {
    "gaoya": gaoya,
    "rensa": rensa,
    "datasketch": datasketch,
    "text-dedup recipe": text_dedup,
    "datatrove": datatrove,
}


def row(name: str, pages: int, spent: float, ours: float, note: str = "") -> None:
    """One line of the table: pages a second, and how many times our band keys are faster."""
    rate = pages / spent
    print(f"| {name} | {rate:,.0f} | {ours / rate:.1f} | {note} |", flush=True)


def main(count: int, *, growth: bool) -> None:
    """Print the table."""
    pages = [made.document for made in crawl(count)]
    texts = [page.text for page in pages]
    print(f"{count} pages of {sum(map(len, texts)) / count:.0f} characters, one core, CPU seconds\n")
    columns.near_copies(texts[:200], least=0.7, cap=400)
    analyse(pages[:600])
    ours = count / min(seconds(lambda: columns.band_keys(texts)) for _ in range(3))
    print("| what | pages/s | ours is so many times faster | note |\n|---|---|---|---|")
    row("limit: hash the bytes once", count, seconds(lambda: limit(texts)), ours, "blake2b over UTF-8")
    row("counterspin, raw text to band keys", count, count / ours, ours, "128 bytes a page")
    joined = seconds(lambda: columns.near_copies(texts, least=0.7, cap=400))
    row("counterspin, near-copy self-join, verified exactly", count, joined, ours)
    row("counterspin, rewrite analysis", count, seconds(lambda: analyse(pages)), ours, "candidates, alignment, mining")
    for name, peer in PEERS.items():
        some = texts[: min(count, SLOW_PEER)]
        try:
            peer(some[:3])
            print(
                f"| {name} | {paired(peer, some)} | median of {ROUNDS} paired rounds, {len(some)} pages |", flush=True
            )
        except (ImportError, AttributeError, TypeError, ValueError, OSError) as error:
            print(f"| {name} | - | - | skipped: {type(error).__name__}: {str(error)[:60]} |")
    index(pages)
    if growth:
        for size in GROWTH:
            grown(size)


def paired(peer: Callable[[list[str]], None], texts: list[str]) -> str:
    """Pages a second of a peer, and how many times our band keys are faster: medians of rounds, each ours then its."""
    spent, ratios = [], []
    for _ in range(ROUNDS):
        ours = seconds(partial(columns.band_keys, texts))
        spent.append(seconds(partial(peer, texts)))
        ratios.append(spent[-1] / ours)
    return f"{len(texts) / statistics.median(spent):,.0f} | {statistics.median(ratios):.1f}"


def analyse(pages: Sequence[Any]) -> Any:
    """The whole rewrite analysis on one core."""
    return pairs.find(pages, Corpus(), DETECTORS, map, {}, Finds({}).add)


def index(pages: list[Any]) -> None:
    """Print the bytes of both indexes and the peak memory."""
    texts = aligning.texts_of(pages)
    keys = len(texts.codes) * columns.MOST_KEYS * 8 / len(pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nnear-copy index {columns.BANDS * 4} bytes a page, rewrite index {keys:,.0f}; peak memory {peak:,.0f} MB")


def grown(size: int) -> None:
    """Print the cost of one page in a crawl of ``size`` pages, held packed as the engine holds them."""
    shelf = Shelf([pack(made.document) for made in crawl(size)])
    spent = seconds(lambda: analyse(shelf))
    texts = [page.text for page in shelf]
    bands = seconds(lambda: columns.near_copies(texts, least=0.7, cap=400))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = f"near copies {1e6 * bands / size:.0f} us a page, rewrites {1e6 * spent / size:.0f} us"
    print(f"{size:>8,} pages: {cost}, peak {peak:,.0f} MB", flush=True)


def texts_of_numbers(size: int) -> list[str]:
    """``size`` texts of 1,488 characters, made quickly: a tenth with a part of another replaced, a tenth rewritten."""
    draw = np.random.default_rng(1)
    characters = [chr(0x4E00 + at) for at in range(3000)]
    words = np.array(["".join(draw.choice(characters, 2)) for _ in range(8000)], dtype=object)
    heaped = (1 / (np.arange(len(words)) + 20.0)).cumsum()
    heaped /= heaped[-1]
    made = np.empty((size, PARTS * PART), dtype=np.uint16)
    for at, kind in enumerate(draw.random(size)):
        fresh = np.searchsorted(heaped, draw.random(PARTS * PART))
        if at and kind < 0.2:
            part = np.arange(PARTS * PART) // PART
            kept = draw.random(PARTS * PART) > 0.3 if kind > 0.1 else part != draw.integers(PARTS)
            fresh[kept] = made[draw.integers(at)][kept]
        made[at] = fresh
    return ["".join(words[row].tolist()) for row in made]


def copies(size: int) -> None:
    """Print the cost of a text in the near-copy join of ``size`` texts, and its parts."""
    texts = texts_of_numbers(size)
    columns.near_copies(texts[:200], least=0.7, cap=400)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found: list[Any] = []
    join = partial(columns.near_copies, texts, least=0.7, cap=400)
    spent = 1e6 * min(seconds(lambda: found.extend(join())) for _ in range(ROUNDS)) / size
    keys = 1e6 * min(seconds(lambda: columns.band_keys(texts)) for _ in range(ROUNDS)) / size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cost = f"{spent:.1f} us a text, {keys:.1f} of it for keys; {len(found[0]) / size:.3f} pairs a text"
    print(f"{size:>8,} texts: {cost}; {held:,.0f} MB before, peak {peak:,.0f}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    if numbers and "--only-copies" in sys.argv:
        copies(numbers[0])
    elif numbers and "--only-growth" in sys.argv:
        grown(numbers[0])
    else:
        main(numbers[0] if numbers else PAGES, growth="--growth" in sys.argv)
