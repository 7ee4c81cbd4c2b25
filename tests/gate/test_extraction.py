"""Quality floors of the extractor: on the shared sets of real pages, and on the pages in tests/pages.

The floors only rise. Third-party pages stay beside the repository; without them these tests are skipped and say so.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
import statistics
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from counterspin.model import Document
from extract.decode import decode
from extract.page import extract

pytestmark = pytest.mark.gate
HERE = Path(__file__).resolve().parent
PAGES = sorted(path for path in (HERE.parent / "pages").iterdir() if (path / "document.json").is_file())
FLOORS = json.loads((HERE / "floors" / "extraction.json").read_text(encoding="utf-8"))
SETS = ("aeb", "cwced", "magic_zh_article", "magic_zh_forum")
MAX_FALL = 0.025  # F1 that hashed class names may cost on one set
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_NAMES = re.compile(r"""(\s(?:class|id)\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)""", re.IGNORECASE)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four tokens; a token is one CJK character or one run of other letters."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def f1(gold: str, found: str) -> float:
    wanted, got = shingles(gold), shingles(found)
    hit = sum((wanted & got).values())
    return 2 * hit / (sum(wanted.values()) + sum(got.values()))


@cache
def own(name: str) -> tuple[dict, Document]:
    """The wanted document of one of our pages, and the one that the extractor makes."""
    folder = HERE.parent / "pages" / name
    wanted = json.loads((folder / "document.json").read_text(encoding="utf-8"))
    return wanted, extract((folder / "page.html").read_bytes(), url=wanted["url"])


def hashed_names(text: str) -> str:
    """``text`` with every class and id replaced: equal names stay equal, no name says anything."""

    def hide(match: re.Match[str]) -> str:
        words = (hashlib.md5(word.encode()).hexdigest()[:7] for word in match[2].strip("\"'").split())
        return f'{match[1]}"{" ".join(f"c{word}" for word in words)}"'

    return _NAMES.sub(hide, text)


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    """The scorer that came with the shared sets."""
    spec = importlib.util.spec_from_file_location("bench_score", shared / "bench" / "extraction" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(scorer: ModuleType, folder: Path, change=lambda raw: raw) -> tuple[float, list[str]]:
    """F1 of a set by the formula of its scorer, and the ids of the pages under 0.5."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {}
    for row in rows:
        raw = change(gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes()))
        found[row["id"]] = scorer.page_score(row["text"], extract(raw, url=row.get("url")).text, row["lang"])
    values = list(found.values())
    precision = statistics.mean([scorer.precision(*v) for v in values if v[0] + v[1] > 0] or [0.0])
    recall = statistics.mean([scorer.recall(*v) for v in values if v[0] + v[2] > 0] or [0.0])
    misses = [key for key, v in found.items() if scorer.f1(scorer.precision(*v), scorer.recall(*v)) < 0.5]
    return scorer.f1(precision, recall), misses


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_the_main_text_of_real_pages_is_found_at_least_as_well_as_before(name, shared, scorer):
    quality, misses = score(scorer, shared / "bench" / "extraction" / name)
    assert FLOORS["f1"][name] <= quality
    assert len(misses) <= FLOORS["pages_under_half"][name]


@pytest.mark.shared
@pytest.mark.parametrize("name", SETS)
def test_quality_does_not_live_off_class_names(name, shared, scorer):
    quality, _ = score(
        scorer, shared / "bench" / "extraction" / name, lambda raw: hashed_names(decode(raw).text).encode()
    )
    assert FLOORS["f1"][name] - MAX_FALL <= quality


@pytest.mark.shared
def test_dates_and_authors_of_real_chinese_pages_are_right(shared):
    folder = shared / "bench" / "extraction" / "cwced"
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    dates, authors = [], []
    for row in rows:
        document = extract(gzip.decompress((folder / "pages" / f"{row['id']}.html.gz").read_bytes()))
        day = re.match(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", row["date"])
        if day:
            wanted = "-".join(part.zfill(2) for part in day.groups() if part)
            dates.append((document.published or "")[:10].startswith(wanted))
        if row["author"].strip() not in ("", "UNKNOWN"):
            names = re.split(r"[\s、]+", re.sub(r"\(.*?\)", "", row["author"]).strip())
            authors.append(all(name in (document.byline or "") for name in names))
    assert FLOORS["cwced_dates"] <= statistics.mean(dates)
    assert FLOORS["cwced_authors"] <= statistics.mean(authors)


@pytest.mark.parametrize("name", [path.name for path in PAGES])
def test_a_page_of_ours_becomes_the_document_beside_it(name):
    wanted, document = own(name)
    kinds = wanted["page_type"] if isinstance(wanted["page_type"], list) else [wanted["page_type"]]
    assert document.page_type in kinds
    for field in ("title", "byline", "source", "published", "encoding"):
        assert getattr(document, field) == wanted[field], field
    assert wanted["language"] in (None, document.language)
    assert [text for text in wanted["absent"] if text in document.text] == []
    assert list(document.toc) == wanted.get("toc", [])
    if wanted["text"]:
        assert FLOORS["own_page_f1"] <= f1(wanted["text"], document.text)


@pytest.mark.parametrize(
    "name", [path.name for path in PAGES if '"comments"' in (path / "document.json").read_text("utf-8")]
)
def test_comments_and_replies_come_with_who_when_and_what(name):
    wanted, document = own(name)
    assert len(wanted["comments"]) == len(document.comments)
    for (author, day, beginning, *role), comment in zip(wanted["comments"], document.comments, strict=True):
        assert (author, day) == (comment.author, (comment.published or "")[:10])
        assert comment.text.startswith(beginning)
        assert role in ([], [comment.role])


def test_headings_after_the_first_paragraph_are_kept_as_headings():
    wanted = [(heading, own(path.name)[1]) for path in PAGES for heading in own(path.name)[0]["headings"]]
    kept = [any(p.kind == "heading" and p.text == heading for p in document.passages) for heading, document in wanted]
    assert len(wanted) >= 30
    assert FLOORS["headings_kept"] <= statistics.mean(kept)


def test_hidden_text_link_farms_and_licences_are_evidence_and_no_text():
    _, stuffed = own("hidden_stuffing")
    wanted, farm = own("farm_linkfarm")
    assert any(b.reason == "hidden" and "普洱茶多少钱一斤" in b.text for b in stuffed.boilerplate)
    assert sum(link.zone == "link_farm" for link in farm.links) == wanted["link_farm"]
    assert f"licence:{wanted['licence']}" in farm.marks


def test_our_pages_do_not_live_off_class_names_either():
    values = []
    for path in PAGES:
        wanted, _ = own(path.name)
        if wanted["text"]:
            raw = hashed_names(decode((path / "page.html").read_bytes()).text)
            raw = re.sub(r"charset=[\w-]+", "charset=utf-8", raw)
            values.append(f1(wanted["text"], extract(raw.encode(), url=wanted["url"]).text))
    assert FLOORS["own_pages_hashed_f1"] <= statistics.mean(values)
