"""A store with one page, and documents and flags to put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from counterspin.identity import new_flag
from counterspin.model import Capture, Counterpart, Document, Evidence, Flag, Passage
from counterspin.store import Store, documents, flags, pages, runs
from counterspin.store.documents import Pending

URL = "http://a.example.com.cn/advice"
RULES = {"hole": {"version": 1}, "masking": {"version": 1}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data" / "counterspin.db") as opened:
        yield opened


def document(*texts: str, url: str = URL) -> Document:
    """A document of paragraphs."""
    passages, at = [], 0
    for text in texts:
        passages.append(Passage("paragraph", 0, at, at + len(text), text))
        at += len(text) + 1
    return Document(
        url, "article", "题目", None, None, None, None, "zh-CN", "utf-8", "\n".join(texts), tuple(passages),
        marks=("licence:粤ICP备1号",),
    )  # fmt: skip


class Site:
    """A page whose versions, flags and verdicts a test puts into a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def put(self, *texts: str, url: str = URL) -> int:
        """Fetch and extract a version of the page; the run of the extraction."""
        crawl = runs.start(self.store, "crawl")
        with self.store.transaction() as connection:
            page = pages.page_id(connection, url, crawl)
            capture, _ = pages.put_capture(
                connection,
                Capture(url, runs.now(), 200, "text/html", "\n".join(texts).encode()),
                page=page,
                run=crawl,
            )
            pages.put_fetch(connection, run=crawl, page=page, url=url, at=runs.now(), code="ok", capture=capture)
        runs.finish(self.store, crawl)
        run = runs.start(self.store, "extract")
        task = Pending(capture, page, url, "text/html", runs.now(), None, None)
        documents.put(self.store, task, run=run, extractor="1", document=document(*texts, url=url))
        documents.settle(self.store, "1")
        runs.finish(self.store, run)
        return run

    def flag(self, text: str, *, rule: str = "hole", other: str = "", url: str = URL, key: str = "") -> Flag:
        """A flag on the passage of the page's current document that is ``text``."""
        found = next(one for one in documents.current(self.store) if one.url == url)
        passage = next(passage for passage in found.passages if passage.text == text)
        return new_flag(
            "damaged", rule, url, passage, score=0.8, reason="a word is missing", key=key,
            evidence=(Evidence("subject", url, passage.start, passage.end, text),),
            counterpart=Counterpart("http://b.example.org/", other, 0, len(other)) if other else None,
        )  # fmt: skip

    def analyse(self, *found: Flag, rules: Mapping[str, object] = RULES) -> int:
        """Store what an analysis found; its run."""
        run = runs.start(self.store, "analyse", thresholds=rules)
        flags.put_all(
            self.store, found, run=run, places=flags.Places(self.store), rules=rules, before=flags.known(self.store)
        )
        newest = max((row for _, row in documents.versions(self.store)), default=0)
        runs.finish(self.store, run, stats={"newest_document": newest})
        return run

    def states(self) -> list[tuple[str, str, str]]:
        """Fingerprint, machine state and human state of every flag."""
        rows = self.store.rows("SELECT fingerprint,machine_state,state FROM flag ORDER BY id")
        return [tuple(row) for row in rows]

    def judge(self, fingerprint: str, verdict: str) -> None:
        """A verdict on the evidence as it stands."""
        evidence = self.store.value("SELECT evidence_hash FROM flag WHERE fingerprint=?", (fingerprint,))
        self.store.connection.execute(
            "INSERT INTO verdict(target_type,target_key,verdict,reviewer,at,evidence_hash)"
            " VALUES('flag',?,?,'r','t',?)",
            (fingerprint, verdict, evidence),
        )


@pytest.fixture
def site(store: Store) -> Site:
    return Site(store)
