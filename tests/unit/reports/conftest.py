"""A small database with one of everything that a report shows, filled by hand: no detector runs here."""

from __future__ import annotations

import shutil

import pytest

from counterspin.identity import new_flag
from counterspin.model import (
    Analysis,
    Answer,
    Capture,
    Claim,
    Cluster,
    Comment,
    Counterpart,
    Document,
    Evidence,
    Flag,
    Link,
    Member,
    Passage,
    Slot,
    Swap,
)
from counterspin.store import Store, documents, figures, findings, flags, pages, runs
from counterspin.store.documents import Pending

PHONE = "13912345678"
SOURCE = "如果用户暂时无法取回押金,平台会提前联系用户,约定好上门的时间,并进行处理。"
SPUN = f"倘若使用者暂时无法取回押金,平台会事先联系使用者,预约好上门的时间,并实施应对。电话{PHONE}。"
NO = "押金不能抵扣最后一个月的房租。"
YES = "押金可以抵扣最后一个月的房租。"
HOLE = "租客可以通过 、短信等方式与房东协商。"
HOSTILE = "<script>alert(1)</script>=cmd|'/c calc'!A1\u202egpj.exe\u200b\x07"
RULES = {"rewrite": {"version": 1, "category": "spun", "min_similarity": 0.6}, "hole": {"version": 1}}
NEW_RULES = {"rewrite": {"version": 2, "category": "spun", "min_similarity": 0.6}, "hole": {"version": 1, "least": 0.5}}
URLS = {
    "source": "http://honest.test/deposit.html",
    "spun": "http://farm.test/a/1.html",
    "second": "http://farm.test/a/2.html",
    "hostile": "http://evil.test/%3Cb%3E?q=1&r=2",
}


def document(url: str, texts: list[str], **facts) -> Document:
    """A document whose passages are ``texts``, one a line."""
    passages, at = [], 0
    for text in texts:
        passages.append(Passage("paragraph", 0, at, at + len(text), text))
        at += len(text) + 1
    values = {"title": texts[0][:12], "published": "2024-05-01", "language": "zh-Hans", **facts}
    return Document(
        url=url, page_type="article", byline=None, source=None, modified=None, encoding="utf-8",
        text="\n".join(texts), passages=tuple(passages), **values,
    )  # fmt: skip


def sample_documents() -> dict[str, Document]:
    link = Link("link_farm", "http://friend.test/", "友情链接")
    comment = Comment("王小明-律师", None, "2024-05-02", "平台会提前联系用户")
    return {
        "source": document(URLS["source"], [SOURCE, NO], marks=("licence:云ICP备1号",)),
        "spun": document(
            URLS["spun"], [SPUN, YES, HOLE], links=(link,), comments=(comment,), marks=("licence:云ICP备1号",)
        ),
        "second": document(URLS["second"], [SPUN + "请注意。", YES]),
        "hostile": document(URLS["hostile"], [HOSTILE, "王小明-律师说过同样的话。"], title=HOSTILE),
    }


SWAPS = (("用户", "使用者"), ("如果", "倘若"), ("进行", "实施"), ("处理", "应对"))


def question(source: Document, spun: Document, second: Document) -> tuple[Slot, Flag]:
    """May the deposit pay the last rent: two pages say yes, one no."""
    claims = [
        Claim(
            page.url, page.passages[1].start, page.passages[1].end, page.passages[1].text, "押金", "抵扣", way, modality
        )
        for page, way, modality in ((spun, 1, "may"), (second, 1, "may"), (source, -1, "mustnot"))
    ]
    slot = Slot(
        "slot-1", "押金 抵扣 房租", "deontic",
        (Answer("may", "may", tuple(claims[:2]), 1), Answer("mustnot", "mustnot", (claims[2],), 1)), "conflict",
    )  # fmt: skip
    rival = new_flag(
        "contradictory", "deontic", spun.url, spun.passages[1], score=0.8, severity=3, key="slot-1",
        reason="The pages give two answers.",
        evidence=(Evidence("subject", spun.url, spun.passages[1].start, spun.passages[1].end, YES),),
        counterpart=Counterpart(source.url, NO, source.passages[1].start, source.passages[1].end),
    )  # fmt: skip
    return slot, rival


def sample_analysis(found: dict[str, Document]) -> Analysis:
    source, spun, second, hostile = (found[name] for name in ("source", "spun", "second", "hostile"))
    made = [
        new_flag(
            "spun", "rewrite", page.url, page.passages[0], score=0.9, severity=4, swaps=SWAPS,
            reason="The passage resembles another with words replaced.",
            evidence=(
                Evidence("subject", page.url, 0, page.passages[0].end, page.passages[0].text),
                Evidence("counterpart", source.url, 0, len(SOURCE), SOURCE),
            ),
            counterpart=Counterpart(source.url, SOURCE, 0, len(SOURCE)),
        )
        for page in (spun, second)
    ]  # fmt: skip
    hole = spun.passages[2]
    made.append(
        new_flag(
            "damaged", "hole", spun.url, hole, score=0.7, reason="A word is missing.",
            evidence=(Evidence("subject", spun.url, hole.start + 4, hole.start + 8, hole.text[4:8], "电话"),),
        )
    )  # fmt: skip
    page = hostile.passages[0]
    made.append(
        new_flag(
            "padded", "self_repeat", hostile.url, page, score=0.5, reason=HOSTILE,
            evidence=(Evidence("subject", hostile.url, page.start, page.end, page.text, HOSTILE),),
        )
    )  # fmt: skip
    slot, rival = question(source, spun, second)
    made.append(rival)
    members = tuple(
        Member(page.url, 0, page.passages[0].end, page.passages[0].text, near)
        for page, near in ((source, 1.0), (spun, 0.7), (second, 0.68))
    )
    return Analysis(
        flags=tuple(made),
        swaps=tuple(
            Swap(left, right, 4, 2, 1, 0.9 - place / 10, contexts=(Evidence("subject", spun.url, 0, len(SPUN), SPUN),))
            for place, (left, right) in enumerate(SWAPS)
        ),
        clusters=(Cluster("cluster-1", "spun", members, source=0, source_reasons=("it is dated first",)),),
        slots=(slot,),
        counts={"pages": len(found)},
    )


def crawl(store: Store, found: dict[str, Document]) -> None:
    """One crawl and extraction of the documents."""
    run = runs.start(store, "crawl")
    for number, page in enumerate(found.values()):
        body = page.text.encode("utf-8", "replace")
        capture = Capture(
            page.url, f"2026-11-20T08:{number:02d}:00Z", 200, "text/html", body, (), "c-1.warc.gz", number
        )
        with store.transaction() as connection:
            row = pages.page_id(connection, page.url, run)
            captured, _ = pages.put_capture(connection, capture, page=row, run=run)
            pages.put_fetch(
                connection, run=run, page=row, url=page.url, at=capture.fetched_at, code="ok", http_status=200,
                detail="", size=len(body), seconds=0.1, capture=captured,
            )  # fmt: skip
        task = Pending(captured, row, page.url, "text/html", capture.fetched_at, "c-1.warc.gz", number)
        documents.put(store, task, run=run, extractor="test", document=page)
    runs.finish(store, run)


def analyse(store: Store, analysis: Analysis, rules: dict) -> int:
    """Store ``analysis`` as a finished run, the way the pipeline does."""
    before = flags.known(store)
    run = runs.start(store, "analyse", config_sha="abc123", thresholds=rules)
    places = flags.Places(store)
    flags.put_all(store, analysis.flags, run=run, places=places, rules=rules, before=before)
    findings.put_swaps(store, analysis.swaps, run=run, places=places)
    findings.put_clusters(store, analysis.clusters, run=run, places=places)
    findings.put_slots(store, analysis.slots, run=run, places=places)
    with store.transaction() as connection:
        figures.freeze(connection, run)
    newest = store.value("SELECT max(document_id) FROM page")
    runs.finish(store, run, stats={"counts": dict(analysis.counts), "newest_document": newest})
    return run


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Two analyses of four pages; the second run finds one flag more and has a new version of a rule."""
    path = tmp_path_factory.mktemp("made") / "counterspin.db"
    found = sample_documents()
    analysis = sample_analysis(found)
    with Store.open(path) as opened:
        crawl(opened, found)
        fewer = Analysis(analysis.flags[1:], analysis.swaps[:3], analysis.clusters, analysis.slots, analysis.counts)
        analyse(opened, fewer, RULES)
        analyse(opened, analysis, NEW_RULES)
        opened.connection.execute("VACUUM INTO ?", (str(path.with_name("copy.db")),))
    return path.with_name("copy.db")


@pytest.fixture
def store(made_once, tmp_path):
    """A copy of the sample of its own for each test."""
    shutil.copy(made_once, tmp_path / "counterspin.db")
    with Store.open(tmp_path / "counterspin.db") as opened:
        yield opened


@pytest.fixture
def report(store):
    """The report of the sample, in English, at a fixed time."""
    from reports.quality import build

    return build(figures.read(store.connection), project="Deposits", made_at="2026-11-22T08:00:00Z", language="en")


@pytest.fixture
def judged(store):
    """The sample with every spun flag confirmed and the padded one rejected; gives the store."""
    from counterspin.model import Verdict
    from counterspin.store import verdicts

    rows = store.rows("SELECT fingerprint,category,evidence_hash FROM flag WHERE category IN('spun','padded')")
    for row in rows:
        said = "confirmed" if row["category"] == "spun" else "false_positive"
        verdicts.add(
            store,
            Verdict(
                "flag", row["fingerprint"], said, "ann", "2026-11-22T09:00:00Z", evidence_hash=row["evidence_hash"]
            ),
        )
    return store
