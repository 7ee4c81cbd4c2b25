"""Pages from files, folders, archives and lines of JSON."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest

from counterspin import to_dict
from counterspin.errors import InputError
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.store import Store, documents
from crawler.archive import WarcWriter
from crawler.foreign import scan

HTML = "<html><head><title>题目</title></head><body><p>{}</p></body></html>"
LONG = "反渗透膜的寿命较长,一般可以使用两到三年,可以通过检测笔等方式判断是否需要更换。" * 3


def record(
    url: str, body: bytes, *, kind: str = "response", status: int = 200, content_type: str = "text/html"
) -> bytes:
    http = f"HTTP/1.1 {status} OK\r\nContent-Type: {content_type}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(path: Path, *records: bytes) -> Path:
    path.write_bytes(b"".join(gzip.compress(one) for one in records))
    return path


@pytest.fixture
def store(project):
    with Store.open(project.database) as opened:
        yield opened


def urls(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT url FROM page ORDER BY url")]


def test_a_folder_of_pages_gets_addresses_below_the_base(store, project, tmp_path):
    folder = tmp_path / "site" / "deep"
    folder.mkdir(parents=True)
    (folder / "页 面.html").write_text(HTML.format(LONG), encoding="utf-8")
    (folder.parent / "note.txt").write_text(LONG, encoding="utf-8")
    (folder.parent / "picture.png").write_bytes(b"\x89PNG")
    done = import_files(store, project, [tmp_path / "site"], base_url="http://a.test/x")
    assert (done.captures, done.unchanged, done.refused) == (2, 0, {"no_page": 1})
    assert done.notes == ("picture.png: not a kind of file that holds pages",)
    assert urls(store) == ["http://a.test/x/deep/%E9%A1%B5%20%E9%9D%A2.html", "http://a.test/x/note.txt"]
    assert extract_all(store, project).documents == 2


def test_a_page_saved_by_a_browser_keeps_its_address(store, project, tmp_path):
    saved = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://www.example.test/a?b=1 -->\n" + HTML.format(LONG)
    (tmp_path / "saved.html").write_text(saved, encoding="utf-8")
    import_files(store, project, [tmp_path / "saved.html"])
    assert urls(store) == ["https://www.example.test/a?b=1"]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<!--\n Page saved with SingleFile \n url: https://a.test/租房?a=1 \n saved date: Mon -->",
         "https://a.test/%E7%A7%9F%E6%88%BF?a=1"),
        ("<!-- Mirrored from a.test/tips/1.html by HTTrack Website Copier/3.x -->", "http://a.test/tips/1.html"),
        ('<link rel="canonical" href="https://a.test/2?a=1&amp;b=2">', "https://a.test/2?a=1&b=2"),
        ("<META content=https://a.test/3 property=og:url>", "https://a.test/3"),
        ('<link rel="stylesheet" href="https://a.test/style.css"><link rel="canonical" href="/no/host">', ""),
        ("<!-- saved from url=(0016)http://[bad -->", ""),
    ],
)  # fmt: skip
def test_a_file_has_the_address_that_it_names(store, project, tmp_path, head, address):
    file = tmp_path / "saved.html"
    file.write_text(HTML.replace("<head>", f"<head>{head}").format(LONG), encoding="utf-8")
    import_files(store, project, [file])
    assert urls(store) == [address or file.as_uri()]


def test_two_files_that_give_themselves_one_address_stay_two_pages(store, project, tmp_path):
    head = '<head><link rel="canonical" href="https://a.test/">'
    for name in "ab":
        text = HTML.replace("<head>", head).format(LONG + name)
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    import_files(store, project, [tmp_path])
    both = [(tmp_path / "b.html").as_uri(), "https://a.test/"]
    assert urls(store) == both
    (tmp_path / "b.html").write_text(text.replace(LONG, LONG * 2), encoding="utf-8")
    import_files(store, project, [tmp_path / "b.html"])
    assert urls(store) == both


def test_a_file_is_one_page_however_its_path_is_written(store, project, tmp_path, monkeypatch):
    (tmp_path / "deep").mkdir()
    (tmp_path / "plain.html").write_text(HTML.format(LONG), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "deep")
    counts = [import_files(store, project, [path]) for path in (tmp_path, Path(".."), Path("../plain.html"))]
    assert [done.captures for done in counts] == [1, 0, 0]


def test_frames_and_pictures_that_a_browser_put_beside_a_page_are_no_pages(store, project, tmp_path):
    saved = tmp_path / "saved"
    for folder in (saved / "page_files", saved / "my_files"):
        folder.mkdir(parents=True)
        (folder / "frame.html").write_text(HTML.format(LONG + folder.name), encoding="utf-8")
    (saved / "page.html").write_text(HTML.format(LONG), encoding="utf-8")
    (saved / "page_files" / "style.css").write_text("p {}")
    done = import_files(store, project, [saved])
    assert (done.captures, done.refused, done.notes) == (2, {"part_of_page": 1}, ())


def test_the_reports_of_the_project_are_no_pages_of_it(store, project):
    for folder in (project.reports / "3", project.folder / "pages"):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(HTML.format(LONG), encoding="utf-8")
    import_files(store, project, [project.folder])
    assert urls(store) == [(project.folder / "pages" / "index.html").as_uri()]


def test_a_page_without_an_address_is_its_file(store, project, tmp_path):
    (tmp_path / "plain.html").write_text(HTML.format(LONG), encoding="utf-8")
    import_files(store, project, [tmp_path / "plain.html"])
    assert [(tmp_path / "plain.html").as_uri()] == urls(store)
    assert extract_all(store, project).documents == 1


def test_an_archive_gives_its_answers_and_counts_the_rest(store, project, tmp_path):
    page = HTML.format(LONG).encode()
    file = archive(
        tmp_path / "a.warc.gz",
        record("http://a.test/1", page), record("http://a.test/1", b"", kind="request"),
        record("http://a.test/2", page, status=404), record("http://a.test/3", b"\x89PNG", content_type="image/png"),
        record("http://a.test/4", HTML.format(LONG + "四").encode()),
    )  # fmt: skip
    done = import_files(store, project, [file])
    assert (done.captures, done.refused) == (2, {"bad_type": 1, "status_404": 1})
    assert urls(store) == ["http://a.test/1", "http://a.test/4"]
    again = import_files(store, project, [file])
    assert (again.captures, again.unchanged) == (0, 2)


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_short_gives_what_stands_before_the_cut(store, project, tmp_path, packed):
    records = [record(f"http://a.test/{number}", HTML.format(LONG + str(number)).encode()) for number in range(3)]
    raw = b"".join(gzip.compress(one) for one in records) if packed else b"".join(records)
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    file.write_bytes(raw[:-150])
    done = import_files(store, project, [file])
    assert (done.captures, done.refused) == (2, {"cut_archive": 1})
    assert "cut short or damaged after 2 records" in done.notes[0]
    assert store.value("SELECT status FROM run") == "partial"


def test_a_file_that_only_looks_like_an_archive_is_named(store, project, tmp_path):
    (tmp_path / "a.warc").write_bytes(b"<html>" * 100)
    done = import_files(store, project, [tmp_path / "a.warc"])
    assert (done.captures, done.refused) == (0, {"cut_archive": 1})
    assert "no WARC record" in done.notes[0]


def test_lines_of_json_are_pages_texts_or_documents(store, project, tmp_path):
    from counterspin import document_from_text

    whole = document_from_text(LONG, url="http://a.test/3", title="题目")
    lines = [
        {"url": "http://a.test/1", "html": HTML.format(LONG)},
        {"url": "http://a.test/2", "text": LONG},
        to_dict(whole),
        {"text": "no address"},
        {"url": "http://a.test/5"},
        ["no object"],
    ]
    file = tmp_path / "pages.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines) + "\n{cut", encoding="utf-8")
    done = import_files(store, project, [file])
    assert (done.captures, done.refused) == (3, {"bad_line": 4})
    assert f"{file}:4" in done.notes[0]
    assert extract_all(store, project).documents == 3
    assert whole in list(documents.current(store))


def test_a_document_whose_offsets_lie_is_refused(store, project, tmp_path):
    from counterspin import document_from_text

    values = to_dict(document_from_text(LONG, url="http://a.test/3"))
    values["passages"][0]["start"] += 1
    (tmp_path / "pages.jsonl").write_text(json.dumps(values), encoding="utf-8")
    import_files(store, project, [tmp_path / "pages.jsonl"])
    assert extract_all(store, project).refused == {"bad_document": 1}


def test_an_empty_page_is_counted_and_a_missing_one_refused(store, project, tmp_path):
    (tmp_path / "empty.html").touch()
    assert import_files(store, project, [tmp_path / "empty.html"]).refused == {"empty": 1}
    with pytest.raises(InputError, match="no such file"):
        import_files(store, project, [tmp_path / "none.html"])


def test_a_base_that_is_no_web_address_is_refused(store, project, tmp_path):
    (tmp_path / "a.html").write_text(HTML.format(LONG), encoding="utf-8")
    with pytest.raises(InputError, match="no web address"):
        import_files(store, project, [tmp_path / "a.html"], base_url="nonsense")
    assert urls(store) == []


def test_an_older_version_of_a_page_stands_behind_the_newer_one_and_is_counted(store, project, tmp_path):
    for day, text in enumerate((LONG, LONG + "每年。"), start=1):
        file = tmp_path / str(day) / "a.html"
        file.parent.mkdir()
        file.write_text(HTML.format(text), encoding="utf-8")
        os.utime(file, (day * 86_400, day * 86_400))
    first = import_files(store, project, [tmp_path / "2"], base_url="http://a.test/")
    second = import_files(store, project, [tmp_path / "1"], base_url="http://a.test/")
    assert [(done.captures, done.older) for done in (first, second)] == [(1, 0), (1, 1)]
    assert store.value("SELECT fetched_at FROM page p JOIN capture k ON k.id=p.capture_id") == "1970-01-03T00:00:00Z"


def test_a_missing_archive_file_costs_its_pages_and_no_others(store, project, tmp_path):
    for number in (1, 2):
        (tmp_path / "p.html").write_text(HTML.format(LONG + str(number)), encoding="utf-8")
        import_files(store, project, [tmp_path / "p.html"], base_url=f"http://a.test/{number}/")
    next(iter(sorted(project.warc.glob("*.warc.gz")))).unlink()
    done = extract_all(store, project)
    assert (done.documents, done.refused) == (1, {"no_archive": 1})


def common_crawl(path: Path, count: int) -> Path:
    """An archive like Common Crawl's: each answer between its request and its metadata."""
    parts = []
    for number in range(count):
        url = f"http://host{number % 7}.test/{number}.html"
        parts += [record(url, b"", kind="request"), record(url, HTML.format(f"{LONG}{number}").encode()),
                  record(url, b"fetchTimeMs: 3", kind="metadata")]  # fmt: skip
    return archive(path, *parts)


def test_an_import_killed_at_any_time_goes_on_and_stores_nothing_twice(project, tmp_path, monkeypatch):
    monkeypatch.setattr("counterspin.pipeline.importing.MARK_EVERY", 10)
    file = common_crawl(tmp_path / "cc.warc.gz", 60)
    draws = random.Random(3)
    for _ in range(4):
        child = os.fork()
        if not child:
            killed_at(draws.randrange(5, 16), project, file)
        os.waitpid(child, 0)
    with Store.open(project.database) as store:
        done = import_files(store, project, [file])
        assert any("goes on at byte" in note for note in done.notes)
        assert store.value("SELECT count(*) FROM capture") == store.value("SELECT count(*) FROM page") == 60
        assert import_files(store, project, [file]).unchanged == 60
    answers = [one for path in project.warc.glob("*.warc.gz") for one in scan(path) if one.capture()]
    assert len(answers) == 60
    assert not Path(f"{project.database}.import.json").exists()


def killed_at(records: int, project, file: Path) -> None:
    """Import in a child that ends, without any goodbye, after so many pages were archived and before one is stored."""
    write, count = WarcWriter.write, iter(range(records))

    def mortal(self, exchange):
        place = write(self, exchange)
        if next(count, None) is None:
            os._exit(9)
        return place

    WarcWriter.write = mortal
    with Store.open(project.database) as store:
        import_files(store, project, [file])
    os._exit(0)


def test_a_text_archive_is_imported_and_a_page_kept_in_part_is_counted(store, project, tmp_path):
    text = record("http://a.test/w", b"").replace(b"WARC-Type: response", b"WARC-Type: conversion")
    part = record("http://a.test/p", HTML.format(LONG).encode()).replace(
        b"WARC-Date", b"WARC-Truncated: length\r\nWARC-Date"
    )
    file = archive(tmp_path / "a.wet.gz", text, part)
    done = import_files(store, project, [file])
    assert (done.captures, done.refused) == (1, {"truncated": 1})
