"""Coverage-guided fuzzing of every reader of what strangers wrote, for a night. ``test_fuzz.py`` is its short form.

usage: python -m tests.reliability.fuzz [SECONDS] [READER ...]       (needs atheris: `make fuzz`)

Each reader gets SECONDS (600) in a process of its own, beginning with pieces that once broke a parser. A traceback,
an answer that takes more than 20 s and a process above 2.5 GB end it; the bytes that did it are kept in
artefacts/fuzz/ and the command ends with 1.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOUND = ROOT / "artefacts" / "fuzz"  # what broke a reader
SECONDS = 600
SLOWEST = 20  # s for one input
MEMORY = 2500  # MB of the process
LONGEST = 4096  # bytes of an input

HONEST = (
    '<html><head><title>滤芯更换</title></head><body><h1>滤芯多久换一次</h1><p>PP棉滤芯每3至6个月更换一次。</p>'
    '<p>RO膜可以使用2至3年，不需要每年更换。</p><a href="/b?id=1">下一页</a></body></html>'
).encode()  # fmt: skip
RECORD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    b"Content-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>text</p>\r\n\r\n\r\n"
)
BEGINNINGS = (
    HONEST, HONEST.decode().encode("gbk"), b"\xff\xfe" + HONEST.decode().encode("utf-16-le"), RECORD,
    b"<p>x" * 40, b"<table><tr><td>" * 30, b"<![CDATA[ x ]]><!-- ", b"<script type='application/ld+json'>[[{\"a\":",
    b"http://[::1%25eth0]:80/%2e%2e/?a=1;b#c", "http://例.test/\u3002".encode(),
    b"User-agent: *\nDisallow: /*a*$\nCrawl-delay: 1e999", b"<urlset><url><loc>http://a.test/1</loc></url></urlset>",
    "2023年11月06日 10:20 昨天 3小时前".encode(), b"[crawl]\ncontact = 'a@b.test'\n[sites.'a.test']\nmain = 'p['",
    "滤芯最少3年换一次。\n滤芯不能超过半个月换一次，否则罚款万分之五。\nDo not change it within 14 days.".encode(),
)  # fmt: skip


def page(raw: bytes) -> None:
    from counterspin import extract_page
    from counterspin.errors import RefusedPageError

    with suppress(RefusedPageError):
        document = extract_page(raw, url="http://a.test/x")
        assert all(document.text[part.start : part.end] == part.text for part in document.passages)
        document.text.encode()


def answer(raw: bytes) -> None:
    from crawler.reading import Job, read

    read(Job("http://a.test/", raw, (("Content-Type", "text/html"),), 1 << 20, 200))


def coding(raw: bytes) -> None:
    from crawler.transport import decoded

    for name in ("gzip", "deflate", "br", "zstd"):
        assert len(decoded(raw, (("Content-Encoding", name),), limit=10_000).body) <= 10_000


def address(raw: bytes) -> None:
    from counterspin import urls
    from crawler.guard import Guard

    text = raw.decode("utf-8", "surrogateescape")
    url = urls.fetch_url(text, "http://a.test/b/")
    assert url is None or (urls.fetch_url(url) == url and isinstance(urls.url_key(url), str))
    Guard().refusal(text)


def rules_for_robots(raw: bytes) -> None:
    from crawler import robots

    rules = robots.rules_of(200, raw.decode("utf-8", "replace"))
    assert rules.delay is None or rules.delay >= 0
    rules.allows("http://a.test/a/b?c=1")


def listed_addresses(raw: bytes) -> None:
    from counterspin import urls
    from crawler.sitemaps import read_list

    assert all(urls.fetch_url(url) == url for url, _ in read_list(raw, "http://a.test/s.xml").pages)


def date(raw: bytes) -> None:
    from extract.dates import find_date, normal_date

    text = raw.decode("utf-8", "replace")
    for found in (normal_date(text, "2026-01-01T00:00:00Z"), getattr(find_date(text, None), "iso", None)):
        assert found is None or found[:4].isdigit()


def archive(raw: bytes) -> None:
    from counterspin.errors import CounterspinError
    from crawler.members import members

    with tempfile.NamedTemporaryFile(suffix=".warc") as file:
        file.write(RECORD + raw)
        file.flush()
        with suppress(CounterspinError):
            list(members(Path(file.name)))


def configuration(raw: bytes) -> None:
    from counterspin.configuration import load
    from counterspin.errors import CounterspinError

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "counterspin.toml").write_bytes(raw)
        with suppress(CounterspinError):
            load(Path(folder), environment={})


def advice(raw: bytes) -> None:
    from counterspin import analyse, document_from_text

    halves = raw.decode("utf-8", "surrogateescape").split("\n\n", 1)
    analyse([document_from_text(half, url=f"http://{place}.test/") for place, half in enumerate(halves)])


READERS: dict[str, Callable[[bytes], None]] = {
    reader.__name__: reader
    for reader in (
        page, answer, coding, address, rules_for_robots, listed_addresses, date, archive, configuration, advice
    )
}  # fmt: skip


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one reader in this process, which ends with it."""
    import atheris  # type: ignore[import-not-found, unused-ignore] # in an environment of its own, see the Makefile

    with atheris.instrument_imports(include=["counterspin", "crawler", "extract"]):
        READERS[name](b"")
    with tempfile.TemporaryDirectory() as corpus:
        for place, piece in enumerate(BEGINNINGS):
            (Path(corpus) / str(place)).write_bytes(piece)
        limits = (f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}")
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={FOUND}/{name}-", corpus], READERS[name])
        atheris.Fuzz()


def main(words: list[str]) -> int:
    """Exit code: 0 when no reader broke, 1 when one did, 2 for a reader that is not there."""
    seconds = int(words.pop(0)) if words and words[0].isdigit() else SECONDS
    if unknown := set(words) - set(READERS):
        print(f"no reader {', '.join(sorted(unknown))}; there are {', '.join(READERS)}", file=sys.stderr)
        return 2
    FOUND.mkdir(parents=True, exist_ok=True)
    broken = [name for name in words or READERS if not _holds(name, seconds)]
    print(f"broken: {', '.join(broken)}; see {FOUND.relative_to(ROOT)}" if broken else "no reader broke")
    return int(bool(broken))


def _holds(name: str, seconds: int) -> bool:
    program = f"from tests.reliability.fuzz import fuzz; fuzz({name!r}, {seconds})"
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True)
    log = ended.stderr.splitlines()
    done = next((line for line in reversed(log) if line.startswith("Done ")), "\n".join(log[-30:]))
    print(f"{name:18} {done}", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
