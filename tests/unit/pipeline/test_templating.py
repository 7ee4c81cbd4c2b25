"""What a site prints on its pages, through import, extraction and analysis."""

from __future__ import annotations

import pytest

from counterspin.model import Boilerplate
from counterspin.pipeline import templating
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.store import Store, documents, flags

PROMISE = "以上内容由本站特邀顾问整理，更多咨询请通过 、电话联系我们的顾问。"  # with a hole, which is a flag
SUBJECTS = ("滤芯", "水箱", "风扇", "车锁", "雨伞", "台灯", "书架", "鱼缸")


def page(subject: str, last: str = PROMISE, body: str = "") -> str:
    body = body or "".join(
        f"<p>{subject}的第{k}个部位每{k + 2}个月看一次，看见松动就拧紧，看见破损就换新的{subject}零件。</p>"
        for k in range(1, 8)
    )
    return f"<meta charset=utf-8><title>{subject}保养</title><h1>{subject}保养</h1><div>{body}<p>{last}</p></div>"


@pytest.fixture
def store(project):
    with Store.open(project.database) as opened:
        yield opened


@pytest.fixture
def fill(store, project, tmp_path):
    """Import pages into one host and extract them."""

    def add(pages: dict[str, str]):
        folder = tmp_path / "site"
        folder.mkdir(exist_ok=True)
        for name, text in pages.items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
        import_files(store, project, [folder], base_url="http://one.test/")
        return extract_all(store, project)

    return add


def state(store) -> list[tuple]:
    """Everything that a second pass could change."""
    tables = ("page", "document", "passage", "boilerplate", "track", "run")
    return [tuple(row) for table in tables for row in store.rows(f"SELECT * FROM {table} ORDER BY 1,2")]


def test_a_line_on_three_pages_of_a_host_becomes_template_and_nothing_is_lost(store, fill):
    done = fill({name: page(name) for name in SUBJECTS[:3]})
    assert (done.documents, done.templates) == (3, 3)
    for document in documents.current(store):
        assert PROMISE not in document.text
        assert document.boilerplate[-1] == Boilerplate("template", PROMISE)
        assert "template_lines:1" in document.marks
        assert all(document.text[p.start : p.end] == p.text for p in document.passages)
    assert store.value("SELECT count(*) FROM document WHERE text LIKE ?", (f"%{PROMISE}%",)) == 3


def test_no_flag_comes_from_a_line_of_the_template(store, fill, project):
    fill({name: page(name) for name in SUBJECTS[:2]})
    analyse_all(store, project)
    assert any(flag.rule == "hole" for flag in flags.current(store))
    fill({name: page(name) for name in SUBJECTS[2:4]})
    analyse_all(store, project)
    assert not any(flag.rule == "hole" for flag in flags.current(store))


def test_the_pass_is_done_once_and_again_only_for_new_pages(store, fill, project):
    fill({name: page(name) for name in SUBJECTS[:4]})
    before = state(store)
    assert extract_all(store, project).run is None
    assert state(store) == before
    done = fill({SUBJECTS[4]: page(SUBJECTS[4])})
    assert (done.documents, done.templates) == (1, 1)


def test_a_line_that_most_new_pages_do_not_have_is_text_again(store, fill):
    fill({name: page(name) for name in SUBJECTS[:3]})
    others = {f"n{i}": page(f"{SUBJECTS[i % 8]}{i}号", last=f"第{i}页到这里就结束了，下一页再见。") for i in range(40)}
    assert fill(others).templates == 3
    assert sum(PROMISE in document.text for document in documents.current(store)) == 3


def test_an_article_that_pages_share_is_no_template(store, fill):
    shared = "".join(f"<p>同一段话的第{k}句，在几个页面上一模一样，是互相抄来的。</p>" for k in range(12))
    assert fill({name: page(name, body=shared) for name in SUBJECTS[:4]}).templates == 0


def test_a_pass_that_was_killed_is_done_by_the_next_start(store, fill, project, monkeypatch):
    calls = []

    def killed(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return put(*args, **kwargs)

    put = documents.put_variant
    monkeypatch.setattr(templating.documents, "put_variant", killed)
    with pytest.raises(KeyboardInterrupt):
        fill({name: page(name) for name in SUBJECTS[:4]})
    assert sum(PROMISE in document.text for document in documents.current(store)) == 3
    assert extract_all(store, project).templates == 3
    assert not any(PROMISE in document.text for document in documents.current(store))
    assert store.rows("SELECT capture_id FROM document GROUP BY capture_id,extractor HAVING count(*)>1") == []


def test_pages_of_another_host_are_not_touched(store, fill, project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.html").write_text(page("花盆"), encoding="utf-8")
    import_files(store, project, [other], base_url="http://two.test/")
    fill({name: page(name) for name in SUBJECTS[:3]})
    texts = {document.url: document.text for document in documents.current(store)}
    assert PROMISE in texts["http://two.test/a.html"]
