"""What was purged is found in no file any more."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from counterspin.errors import UsageError
from counterspin.model import Verdict
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.pipeline.purging import Wish, purge
from counterspin.store import Store, verdicts
from counterspin.store.backup import problems
from counterspin.store.search import find

NAME, PHONE = "王小明", "13912345678"


def bytes_of(folder: Path) -> bytes:
    """Everything in the project's folder, archives unpacked; the source pages are not part of it."""
    whole = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "pages" not in path.parts:
            raw = path.read_bytes()
            whole += raw + (gzip.decompress(raw) if path.name.endswith(".gz") else b"")
    return whole


@pytest.mark.parametrize("wish", [Wish(urls=("http://advice.test/b.html",)), Wish(match=NAME), Wish(match=PHONE)])
def test_no_byte_of_a_purged_page_is_left(analysed, wish):
    assert NAME.encode() in bytes_of(analysed.folder)
    with Store.open(analysed.database) as store:
        done = purge(store, analysed, wish)
        assert done.pages == ("http://advice.test/b.html",)
        assert problems(store) == []
        assert find(store, NAME) == []
        assert find(store, "活性炭滤芯") != []
    left = bytes_of(analysed.folder)
    for text in (NAME.encode(), PHONE.encode(), b"advice.test/b.html", "王 小 明".encode()):
        assert text not in left


def test_a_purged_host_is_named_nowhere_in_the_database(analysed):
    link = '<a href="http://other.test/x">友情链接</a>'
    page = analysed.folder / "pages" / "c.html"
    page.write_text(
        (analysed.folder / "pages" / "a.html").read_text("utf-8").replace("</body>", f"{link}</body>"), "utf-8"
    )
    with Store.open(analysed.database) as store:
        import_files(store, analysed, [page], base_url="http://third.test/")
        extract_all(store, analysed)
        analyse_all(store, analysed)
        assert store.value("SELECT count(*) FROM run_stat WHERE scope_key='advice.test'") > 0
        done = purge(store, analysed, Wish(hosts=("advice.test", "other.test")))
        assert len(done.pages) == 2
        assert problems(store) == []
        assert store.value("SELECT count(*) FROM tombstone WHERE scope='host'") == 2
    raw = analysed.database.read_bytes()
    assert b"advice.test" not in raw
    assert b"other.test" not in raw
    assert b"third.test" in raw


def test_a_dry_run_changes_nothing(analysed):
    before = bytes_of(analysed.folder)
    with Store.open(analysed.database) as store:
        done = purge(store, analysed, Wish(hosts=("advice.test",)), dry_run=True)
    assert len(done.pages) == 2
    assert NAME.encode() in before
    assert NAME.encode() in bytes_of(analysed.folder)


def test_the_pages_that_stay_can_still_be_read_from_the_archive(analysed):
    from crawler.archive import read_capture

    with Store.open(analysed.database) as store:
        purge(store, analysed, Wish(match=NAME))
        row = store.row("SELECT warc_file,warc_offset,raw_sha256 FROM capture")
    assert "多久换一次".encode() in read_capture(analysed.warc, row[0], row[1]).body


def test_a_purged_page_is_not_taken_in_again(analysed, pages):
    with Store.open(analysed.database) as store:
        purge(store, analysed, Wish(urls=("http://advice.test/b.html",)))
        again = import_files(store, analysed, [pages], base_url="http://advice.test/")
    assert again.refused == {"purged": 1}
    assert (again.captures, again.unchanged) == (0, 1)


def test_a_note_that_names_somebody_is_blanked_and_the_chain_still_holds(analysed):
    with Store.open(analysed.database, durable=True) as store:
        flag = store.value("SELECT fingerprint FROM flag WHERE page_id=(SELECT id FROM page WHERE url LIKE '%a.html')")
        verdicts.add(store, Verdict("flag", flag, "confirmed", "one", "2026-01-01T00:00:00Z", note=f"{NAME}打过电话"))
        verdicts.add(store, Verdict("flag", flag, "unsure", "two", "2026-01-02T00:00:00Z", note="looks fine"))
        purge(store, analysed, Wish(match=NAME))
        assert [row[0] for row in store.rows("SELECT note FROM verdict ORDER BY id")] == ["[purged]", "looks fine"]
        assert verdicts.verify(store).broken is None
        with pytest.raises(Exception, match="append-only"):
            store.connection.execute("UPDATE verdict SET note='x'")
    assert NAME.encode() not in bytes_of(analysed.folder)


def test_pages_can_be_purged_by_age_and_come_back(analysed, pages):
    with Store.open(analysed.database) as store:
        store.connection.execute("UPDATE fetch SET at='2020-01-01T00:00:00Z' WHERE url LIKE '%b.html'")
        assert purge(store, analysed, Wish(days=180)).pages == ("http://advice.test/b.html",)
        assert import_files(store, analysed, [pages], base_url="http://advice.test/").captures == 1


def test_opinions_of_judges_go_and_copies_elsewhere_are_named(analysed):
    opinion = analysed.database.parent / "judge/ab/abc.json"
    opinion.parent.mkdir(parents=True)
    opinion.write_text(NAME, encoding="utf-8")
    named = [analysed.folder / "export/a.wacz", analysed.database.with_name("counterspin.db.old-20260101T000000Z")]
    for path in named:
        path.parent.mkdir(exist_ok=True)
        path.write_text(NAME, encoding="utf-8")
    with Store.open(analysed.database) as store:
        assert set(named) <= set(purge(store, analysed, Wish(match=NAME), dry_run=True).left)
        assert opinion.exists()
        done = purge(store, analysed, Wish(match=NAME))
    assert set(named) <= set(done.left)
    assert not opinion.exists()


# Columns of text that hold no words of a page: names of ours, digests, times, and what goes with the page's own row.
_NO_WORDS = {
    "answer": "slot_id", "claim": "modality attribution polarity", "cluster": "cluster_key kind source_reasons_json",
    "evidence": "role", "fetch": "at code", "frontier_channel": "prefix", "frontier_model": "name value",
    "flag": "fingerprint category rule counterpart_url machine_state evidence_hash state state_by state_at",
    "flag_event": "event cause evidence_hash", "frontier_host": "host domain code owner dropped",
    "frontier": "url_key state origin zone features code etag last_modified raw_sha256 text_sha256",
    "network": "links_json network_key kind", "note": "target_type target_key author at", "reuse": "reason kind",
    "run": "kind started_at ended_at status tool_version config_sha thresholds_json",
    "run_stat": "scope scope_key metric", "site": "host domain icp_no", "slot": "kind outcome suppressors_json",
    "swap": "swap_key", "swap_context": "role", "tombstone": "sha256 scope at reason", "track": "track_key",
    "uncompared": "measures_json",
}  # fmt: skip
_OF_THE_PAGE = {"document", "boilerplate", "comment", "link", "passage", "page", "capture", "cluster_member", "verdict"}


def test_no_column_that_may_repeat_a_page_is_unknown_to_the_purge(analysed):
    from counterspin.store.purging import _LOOSE

    known = {table: {*columns, *_NO_WORDS.get(table, "").split()} for table, columns in _LOOSE}
    known |= {table: set(words.split()) for table, words in _NO_WORDS.items() if table not in known}
    with Store.open(analysed.database) as store:
        query = (
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE '%sqlite%' AND name NOT LIKE '%_fts%'"
        )
        for table in (row[0] for row in store.rows(query)):
            columns = {row[1] for row in store.rows(f"PRAGMA table_info({table})") if row[2] in ("TEXT", "BLOB")}
            assert table in _OF_THE_PAGE or columns <= known.get(table, set()), (
                table,
                columns - known.get(table, set()),
            )


def test_a_purge_without_a_condition_is_refused(analysed):
    with Store.open(analysed.database) as store, pytest.raises(UsageError, match="--url, --host"):
        purge(store, analysed, Wish())
