"""A small database, filled through the store, with honest and hostile text."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from counterspin.identity import new_flag
from counterspin.model import Capture, Cluster, Counterpart, Document, Evidence, Flag, Member, Passage, Slot, Swap
from counterspin.settings import Settings
from counterspin.store import Store, documents, findings, flags, pages, runs
from reports.review.app import create_app
from reports.review.guard import Access

CLUSTER = "http://host0.test/a.html#0"  # as analyses name them: page and place of the first member
TOKEN = "token-of-the-test"
HOST = "127.0.0.1:8765"
SAME_ORIGIN = {"host": HOST, "origin": f"http://{HOST}", "sec-fetch-site": "same-origin"}
HOSTILE = "滤芯<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202eabc\u200b\x07 javascript:alert(3)"
URLS = tuple(f"http://host{n}.test/a.html" for n in range(4))
TEXTS = (
    "更换滤芯前请先关闭进水阀,并放掉管路中的余压,以免漏水。",
    "调换滤芯前请先关闭进水阀,并放掉管路中的余压,以防漏水。",
    "反渗透膜一般可以使用两到三年,请按时检查水质。",
    HOSTILE,
)


def page(url: str, text: str) -> Document:
    passage = Passage("paragraph", 0, 0, len(text), text)
    return Document(url, "article", "滤芯", None, None, "2026-01-05", None, "zh-Hans", "utf-8", text, (passage,))


def flag_on(
    number: int,
    *,
    rule: str = "rewrite",
    other: int | None = None,
    score: float = 0.9,
    category: str = "spun",
    key: str = "",
) -> Flag:
    text = TEXTS[number]
    whole = Passage("paragraph", 0, 0, len(text), text)
    counterpart = Counterpart(URLS[other], TEXTS[other], 0, len(TEXTS[other])) if other is not None else None
    evidence = (Evidence("subject", URLS[number], 0, 4, text[:4], "first words"),)
    return new_flag(
        category, rule, URLS[number], whole, key=key, score=score, reason=f"The passage resembles another: {text[:9]}",
        evidence=evidence, counterpart=counterpart, swaps=(("更换", "调换"),), severity=3,
    )  # fmt: skip


FLAGS = (flag_on(0, rule="swap", score=0.5), flag_on(1, other=0), flag_on(2, score=0.7), flag_on(3, score=0.8))


def fill(store: Store, found: tuple[Flag, ...] = FLAGS) -> None:
    crawl = runs.start(store, "crawl")
    for url, text in zip(URLS, TEXTS, strict=True):
        with store.transaction() as connection:
            number = pages.page_id(connection, url, crawl)
            capture = Capture(url, "2026-01-06T00:00:00Z", 200, "text/html", text.encode(), (), "a.warc.gz", 10)
            pages.put_capture(connection, capture, page=number, run=crawl)
    runs.finish(store, crawl)
    texts = dict(zip(URLS, TEXTS, strict=True))
    extract = runs.start(store, "extract")
    for task in documents.pending(store, "1"):
        documents.put(store, task, run=extract, extractor="1", document=page(task.url, texts[task.url]))
    runs.finish(store, extract)
    analyse(store, found)


def analyse(store: Store, found: tuple[Flag, ...], slots: tuple[Slot, ...] = ()) -> None:
    run = runs.start(store, "analyse")
    places = flags.Places(store)
    flags.put_all(store, found, run=run, places=places, rules={}, before=flags.Known())
    members = tuple(Member(URLS[n], 0, len(TEXTS[n]), TEXTS[n], 1.0 - n / 10) for n in (0, 1))
    cluster = Cluster(CLUSTER, "spun", members, 0, 0, ("fewer swaps",))
    findings.put_clusters(store, [cluster], run=run, places=places)
    findings.put_slots(store, slots, run=run, places=places)
    findings.put_swaps(store, [Swap("更换", "调换", 4, 3, 3, 0.9)], run=run, places=places)
    runs.finish(store, run)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "counterspin.db"
    with Store.open(path) as store:
        fill(store)
    return path


@pytest.fixture
def access() -> Access:
    return Access(hosts=frozenset({HOST}), token=TOKEN)


@pytest.fixture
def client(database: Path, access: Access):
    app = create_app(database, access=access, settings=Settings(), reviewer="rin")
    with TestClient(app, base_url=f"http://{HOST}", follow_redirects=False, raise_server_exceptions=True) as client:
        client.get(f"/?token={TOKEN}")
        yield client


def form_of(html: str, name: str) -> str:
    return html.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]
