"""Any bytes, any text: every reader of what strangers wrote answers with a value or with an error of ours.

Bounded and without coverage feedback: Hypothesis draws from pieces that once broke a parser, and mutates them. The
number of examples is raised by ``COUNTERSPIN_TEST_EXAMPLES`` for a night.
"""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counterspin import extract_page, urls
from counterspin.configuration import load
from counterspin.errors import CounterspinError, RefusedPageError
from counterspin.model import Document
from counterspin.pipeline.extracting import document_from_dict
from crawler import robots
from crawler.archive import capture_from_block, read_capture
from crawler.cdxj import cdxj
from crawler.guard import Guard, is_public
from crawler.manners import retry_after
from crawler.members import members
from crawler.reading import Job, Reading, read
from crawler.seeds import read_seeds
from crawler.sitemaps import Listed, read_list
from crawler.transport import decoded
from crawler.traps import static_refusal
from extract.dates import find_date, normal_date
from extract.decode import decode
from extract.overrides import read_overrides
from tests.reliability.fuzz import RECORD

EXAMPLES = int(os.environ.get("COUNTERSPIN_TEST_EXAMPLES", "40"))
bounded = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip

MARKUP = st.sampled_from(
    ["<p>", "</p>", "<div", " class=", "<table><tr><td>", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>",
     "<title>", "&#x110000;", "&amp", "<a href='", "'>", '"', "\x00", "\ufffe", "<?xml", "?>", "<!DOCTYPE", "<base href=",
     "更换滤芯前请先关闭进水阀。", "2024-13-45", "<h1>", "<li>", "<svg>", "<math>", "<template>", "<frameset>", "<plaintext>"]
)  # fmt: skip
PAGES = st.one_of(
    st.lists(st.one_of(MARKUP, st.text(max_size=20)), max_size=60).map(lambda parts: "".join(parts).encode("utf-8", "replace")),
    st.binary(max_size=600),
    st.lists(MARKUP, max_size=30).flatmap(
        lambda parts: st.sampled_from(["utf-16", "gbk", "big5", "utf-32", "shift_jis", "utf-7"]).map(
            lambda codec: "".join(parts).encode(codec, "replace")
        )
    ),
)  # fmt: skip
KINDS = st.one_of(
    st.none(), st.sampled_from(["text/html", "text/html; charset=gbk", "text/plain"]), st.text(max_size=60)
)
ADDRESSES = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            ["http", "https", ":", "//", "/", "\\", "@", "[", "]", "%", "?", "#", "&", "=", ";", ".", "..", "127", "0x7f", "localhost",
             "::1", "xn--", "a", "例", "\u3002", "\uff0e", "\x00", "\t", " ", "%00", "%2e", "%zz", "65536", "١", "\ud800", "\u00ad"]
        ),
        max_size=14,
    ).map("".join),
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@bounded
@given(PAGES, KINDS)
def test_any_bytes_are_a_document_or_refused(raw, kind):
    with suppress(RefusedPageError):
        document = extract_page(raw, url="http://a.test/x", content_type=kind)
        assert all(document.text[passage.start : passage.end] == passage.text for passage in document.passages)
        document.text.encode()


@bounded
@given(PAGES, KINDS)
def test_any_bytes_are_text_or_refused(raw, kind):
    with suppress(RefusedPageError):
        decode(raw, kind).text.encode()


@bounded
@given(
    PAGES,
    st.lists(
        st.tuples(st.sampled_from(["Content-Type", "Content-Encoding", "X-Robots-Tag"]), st.text(max_size=30)),
        max_size=4,
    ).map(tuple),
)
def test_any_answer_is_a_reading(body, headers):
    reading = read(Job("http://a.test/", body, headers, 1 << 20, 200))
    assert isinstance(reading, Reading)


@bounded
@given(
    st.binary(max_size=400), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "x"]), st.integers(0, 400)
)
def test_any_encoded_body_is_undone_or_its_problem_is_told(body, name, cut):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress}.get(name, bytes)
    for sent in (body, pack(body), pack(body)[:cut], pack(body) + body):
        plain = decoded(sent, (("Content-Encoding", name),), limit=10_000)
        assert len(plain.body) <= 10_000
        assert plain.problem in (None, "too_large", "truncated", "bad_http")


@bounded
@given(ADDRESSES, ADDRESSES)
@example("http://[::1%eth0]:80/", "http://a.test/")
@example("http://\u2488.2.3.4/", "//")
def test_any_text_is_an_address_or_none_and_never_a_forbidden_one(text, base):
    for url in (urls.fetch_url(text), urls.fetch_url(text, base)):
        if url is not None:
            assert urls.fetch_url(url) == url
            assert urls.url_key(urls.url_key(url)) is not None
            refusal = Guard().refusal(url)
            assert refusal is not None or "127.0.0.1" not in urls.host_of(url)
            static_refusal(url, 2026)
    Guard().refusal(text)
    is_public(text)
    for of in (urls.url_key, urls.host_of, urls.authority_of, urls.channel_of, urls.shape_of):
        assert isinstance(of(text), str)


RULES = st.lists(
    st.one_of(st.text(max_size=30), st.sampled_from(["User-agent: *", "Disallow: /", "Disallow: /*a*$", "Allow:", "Crawl-delay: nan", "Crawl-delay: 1e999", "Request-rate: 1/0", "Sitemap: :", "\ufeff", "\x00", "Crawl-delay: ٣"])),
    max_size=20,
).map("\n".join)  # fmt: skip


@bounded
@given(RULES, st.one_of(st.none(), st.integers(-1, 1000)), ADDRESSES)
def test_any_robots_txt_gives_rules(text, status, url):
    rules = robots.rules_of(status, text)
    assert rules.delay is None or rules.delay >= 0
    assert rules.allows(urls.fetch_url(url) or "http://a.test/") in (True, False)


ENTRIES = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["<urlset>", "<url>", "<loc>", "</loc>", "</url>", "http://a.test/1", "<sitemapindex>", "<sitemap>", "<item>", "<link href='x'/>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "<?xml version='1.0' encoding='utf-16'?>"])),
    max_size=30,
).map(lambda parts: "".join(parts).encode("utf-8", "replace"))  # fmt: skip


@bounded
@given(st.one_of(ENTRIES, st.binary(max_size=300), ENTRIES.map(gzip.compress)))
def test_any_list_of_addresses_is_read(body):
    listed = read_list(body, "http://a.test/s.xml")
    assert isinstance(listed, Listed)
    assert all(urls.fetch_url(url) == url for url, _ in listed.pages)


@bounded
@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"\d{1,9}[-/年.]\d{1,3}[-/月.]\d{1,3}[日T ]?\d{0,3}:?\d{0,3}(Z|[+-]\d{1,4})?"),
    ),
    st.one_of(st.none(), st.text(max_size=25)),
)
def test_any_text_has_a_date_or_none(text, fetched):
    for found in (normal_date(text, fetched), getattr(find_date(text, fetched), "iso", None)):
        assert found is None or found[:4].isdigit()
    retry_after(text, 0.0)


@pytest.fixture(scope="module")
def place():
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@bounded
@given(st.integers(0, len(RECORD)), st.binary(max_size=12), st.booleans(), st.integers(-5, 300))
def test_any_damaged_archive_is_read_as_far_as_it_goes(place, at, junk, packed, offset):
    raw = RECORD[:at] + junk + RECORD[at + len(junk) :]
    file = place / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(gzip.compress(RECORD) + gzip.compress(raw)[: 400 - len(junk)] if packed else RECORD + raw)
    for reader in (cdxj, members):
        with suppress(CounterspinError):
            list(reader(file))
    with suppress(CounterspinError):
        read_capture(place, file.name, offset)
    with suppress(CounterspinError):
        capture_from_block("http://a.test/", "2026", raw, file=None, offset=None)


TABLES = st.lists(
    st.one_of(st.text(max_size=15), st.sampled_from(["[crawl]", "[detect.swap]", "contact = ", '"a@b.test"', "\n", "delay = 1e999", "max_pages = -1", "[[crawl]]", "x.y = {a=1}", "'''", "allow_private = [1]", "[sites.'a.test']", "main = 'p['", "date = 1979-05-27", "\ufeff"])),
    max_size=15,
).map("".join)  # fmt: skip


@bounded
@given(st.one_of(TABLES.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=80)))
def test_any_configuration_is_read_or_refused(place, raw):
    for name, reader in (("counterspin.toml", lambda file: load(file.parent, environment={})), ("extract.toml", read_overrides)):  # fmt: skip
        (place / name).write_bytes(raw)
        with suppress(CounterspinError):
            reader(place / name)


@bounded
@given(st.dictionaries(st.sampled_from([*Document.__dataclass_fields__, "x"]), VALUES, max_size=8))
def test_any_line_of_documents_is_a_document_or_refused(values):
    with suppress(RefusedPageError):
        document = document_from_dict({"url": "http://a.test/", "text": "a", **json.loads(json.dumps(values))})
        assert isinstance(document, Document)


@bounded
@given(st.one_of(st.binary(max_size=200), ADDRESSES.map(lambda text: text.encode("utf-8", "replace"))))
def test_any_file_of_seeds_is_read_or_refused(place, raw):
    file = place / "seeds.txt"
    file.write_bytes(raw)
    with suppress(CounterspinError):
        read_seeds((str(file),), guard=Guard())
