"""Speed of the extractor against trafilatura, in ratios: python -m tests.bench.extraction [SET ...]

Each page is extracted by both in turn (A B A B), in CPU time, so that a busy machine slows both alike; three rounds,
the median counts. trafilatura runs with comments off, once without and once with its metadata; ours always gives
metadata, language, comments, links and boilerplate as well. Needs the shared data beside the repository; the part
about growth (10 kB to 2 MB) and hostile shapes makes its own pages.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from extract.page import extract

SETS = ("aeb", "cwced", "magic_zh_article", "magic_zh_forum")
ROUNDS = 3
DATA = Path(__file__).resolve().parents[3] / "shared" / "bench" / "extraction"
PARAGRAPH = "<p>借款人逾期以后，应当先联系平台，说明原因，再商量还款的办法，<a href='/a'>保留</a>记录。第{}段。</p>\n"


def pages(names: list[str]) -> list[bytes]:
    """The pages of the sets, decompressed."""
    files = [path for name in names for path in sorted((DATA / name / "pages").glob("*.html.gz"))]
    return [gzip.decompress(path.read_bytes()) for path in files]


def cpu(run: Callable[[bytes], object], raw: bytes) -> float:
    """Seconds of CPU time for one page."""
    start = time.process_time()
    run(raw)
    return time.process_time() - start


def plain(raw: bytes) -> object:
    """trafilatura's text, comments off."""
    return trafilatura.extract(raw, include_comments=False)


def with_metadata(raw: bytes) -> object:
    """trafilatura's text and metadata, comments off."""
    return trafilatura.extract(raw, include_comments=False, with_metadata=True)


def ratios(theirs: Callable[[bytes], object], sample: list[bytes]) -> list[float]:
    """Their CPU time over ours, one figure a round."""
    found = []
    for _ in range(ROUNDS):
        sums = [0.0, 0.0]
        for raw in sample:
            sums[0] += cpu(theirs, raw)
            sums[1] += cpu(extract, raw)
        found.append(sums[0] / sums[1])
    return found


def grown(size: int) -> bytes:
    """An article of about ``size`` bytes."""
    count = size // len(PARAGRAPH.encode())
    body = "".join(PARAGRAPH.format(i) for i in range(count))
    return f"<title>逾期以后怎么办</title><body><h1>逾期以后怎么办</h1><div>{body}</div></body>".encode()


HOSTILE = {
    "100,000 attributes on one tag": b"<html><body><div "
    + b" ".join(b"a%d=1" % i for i in range(100_000))
    + b"><p>x</p></div>",
    "100,000 unclosed paragraphs": b"<html><body>" + "<p>逾期以后，应当先联系平台。".encode() * 100_000,
    "2,000 nested divs": b"<html><body>"
    + b"<div>" * 2000
    + "逾期以后，应当先联系平台。".encode() * 20
    + b"</div>" * 2000,
}


def main(names: list[str]) -> None:
    """Print the tables."""
    if DATA.is_dir():
        sample = pages(names or list(SETS))
        for run in (extract, plain, with_metadata):
            run(sample[0])
        for label, theirs in (("without metadata", plain), ("with metadata", with_metadata)):
            found = ratios(theirs, sample)
            print(f"{label:18} {' '.join(f'{one:.2f}' for one in found)}  median {statistics.median(found):.2f}")
    else:
        print(f"not measured: {DATA.name} is not beside this checkout")
    for size in (10_000, 50_000, 200_000, 500_000, 2_000_000):
        raw = grown(size)
        seconds = min(cpu(extract, raw) for _ in range(3))
        print(f"{len(raw) / 1000:8.0f} kB  {1000 * seconds:8.1f} ms  {1e9 * seconds / len(raw):6.1f} ns a byte")
    for label, raw in HOSTILE.items():
        print(f"{label:32} {cpu(extract, raw):6.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
