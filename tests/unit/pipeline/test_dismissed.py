"""A dismissed contradiction stays dismissed over crawls and analyses; a new answer brings it back and says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from counterspin.configuration import Configuration
from counterspin.model import Verdict
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.store import Store, review, verdicts
from counterspin.wording import said_in

PAGE = """<html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body><h1>{title}</h1>
<p>{lead}</p><p>{body}</p></body></html>"""
LEAD = "办理各种手续之前应当先弄清楚流程，并把需要的材料准备齐全，以免来回奔波耽误时间。这里整理了常见的问题供参考。"
FIVE = "征信里的不良记录保存5年，期满自动删除。"
TWO = "征信里的不良记录会保存2年，期满自动删除。"
COPY = "个人征信的不良记录要保存5年。"
EIGHT = "征信里的不良记录保存8年，期满自动删除。"


@dataclass
class Web:
    """Three sites whose pages are fetched, extracted and analysed anew."""

    store: Store
    project: Configuration

    def crawl(self, number: int, **bodies: str) -> None:
        """Visit the sites as they are now; sites that are not named are not visited."""
        for name, body in bodies.items():
            folder = self.project.folder / "pages" / f"{number}-{name}"
            folder.mkdir(parents=True)
            page = PAGE.format(title=f"{name}的征信知识问答", lead=f"{LEAD}{name}站编辑部。", body=body)
            (folder / "a.html").write_text(page, encoding="utf-8")
            import_files(self.store, self.project, [folder], base_url=f"http://{name}.test/")
        extract_all(self.store, self.project)
        analyse_all(self.store, self.project)

    def flags(self) -> list[tuple[str, str]]:
        """State and machine state of every contradiction that is present."""
        rows = self.store.rows(
            "SELECT state,machine_state FROM flag WHERE rule='numeric' AND machine_state<>'absent' ORDER BY id"
        )
        return [tuple(row) for row in rows]

    def only(self) -> review.FlagView:
        """The one contradiction that is present."""
        rows = self.store.rows("SELECT fingerprint FROM flag WHERE rule='numeric' AND machine_state<>'absent'")
        assert len(rows) == 1
        view = review.flag(self.store.connection, rows[0][0])
        assert view is not None
        return view

    def dismiss(self) -> str:
        """Judge it a false positive; its fingerprint."""
        view = self.only()
        said = Verdict("flag", view.fingerprint, "false_positive", "ann", "2026-11-22T10:00:00Z",
                       evidence_hash=view.evidence_hash)  # fmt: skip
        verdicts.add(self.store, said)
        return view.fingerprint

    def waiting(self) -> list[str]:
        """What the reviewer is asked."""
        return [row.fingerprint for row in review.queue(self.store.connection) if row.rule == "numeric"]


@pytest.fixture
def web(project: Configuration, tmp_path: Path):
    assert tmp_path == project.folder
    with Store.open(project.database) as store:
        made = Web(store, project)
        made.crawl(1, m=FIVE, n=TWO)
        yield made


def test_it_stays_dismissed_when_the_pages_are_edited_and_analysed_again(web):
    dismissed = web.dismiss()
    web.crawl(2, m=f"更新于本月。{FIVE.replace('期满', '到期')}", n=TWO.replace("期满自动", "到期以后"))
    assert web.only().fingerprint == dismissed
    assert web.flags() == [("false_positive", "unchanged")]
    assert web.waiting() == []
    analyse_all(web.store, web.project, force=True)
    assert web.flags() == [("false_positive", "unchanged")]


def test_the_quotes_that_it_shows_are_those_of_the_pages_as_they_are_now(web):
    web.dismiss()
    edited = TWO.replace("期满自动", "到期以后")
    web.crawl(2, n=edited)
    view = web.only()
    assert edited in {view.subject.text, view.counterpart.text}
    assert edited in {piece.text for piece in view.evidence}


@pytest.mark.parametrize("name", ["a", "z"])
def test_it_stays_dismissed_when_another_page_joins_an_answer(web, name):
    dismissed = web.dismiss()
    web.crawl(2, **{name: COPY})
    assert web.only().fingerprint == dismissed
    assert [state for state, _ in web.flags()] == ["false_positive"]
    assert web.waiting() == []


def test_it_stays_dismissed_when_a_page_leaves_an_answer_that_another_still_gives(web):
    web.crawl(2, z=COPY)
    dismissed = web.dismiss()
    web.crawl(3, m="本页内容已经迁移到新的栏目，请从首页重新进入查看，给您带来不便敬请谅解，谢谢支持。")
    assert web.only().fingerprint == dismissed
    assert [state for state, _ in web.flags()] == ["false_positive"]


def test_a_new_answer_brings_it_back_and_the_reason_names_it(web):
    dismissed = web.dismiss()
    web.crawl(2, z=EIGHT)
    view = web.only()
    assert view.fingerprint == dismissed
    assert view.state == "stale"
    assert web.waiting() == [dismissed]
    assert view.reason.endswith("(new since the verdict: 8年)")
    assert "审核之后新出现" in said_in(view.reason, "zh-CN")
    analyse_all(web.store, web.project, force=True)
    assert "new since the verdict" in web.only().reason


def test_a_new_answer_that_is_dismissed_as_well_stays_dismissed(web):
    web.dismiss()
    web.crawl(2, z=EIGHT)
    web.dismiss()
    web.crawl(3, z=f"{EIGHT}本段有更新。")
    assert [state for state, _ in web.flags()] == ["false_positive"]
    assert "new since" not in web.only().reason


def test_a_new_answer_that_goes_again_unseen_leaves_the_verdict_standing(web):
    web.dismiss()
    web.crawl(2, z=EIGHT)
    web.crawl(3, z="本页内容已经迁移到新的栏目，请从首页重新进入查看，给您带来不便敬请谅解，谢谢支持。")
    assert [state for state, _ in web.flags()] == ["false_positive"]
    assert "new since" not in web.only().reason


def test_a_value_that_is_changed_in_place_is_a_new_answer(web):
    dismissed = web.dismiss()
    web.crawl(2, n=TWO.replace("2年", "10年"))
    view = web.only()
    assert view.fingerprint == dismissed
    assert view.state == "stale"
    assert "10年" in view.reason.split("new since the verdict")[1]


def test_dismissed_conflicts_are_no_contradictory_advice(web):
    asked = "SELECT count(*) FROM q07_contradictory_advice"
    assert web.store.value(asked) == 2
    web.dismiss()
    assert web.store.value(asked) == 0


def test_what_all_say_and_what_was_not_compared_can_be_queried(web):
    web.crawl(2, n=COPY, z="换发护照需要先预约，窗口办理一般需要7个工作日，请提前安排好行程再出发。")
    assert web.flags() == []
    rows = web.store.rows("SELECT question,value,voices,sites FROM q21_one_answer_only")
    assert [(row["value"], row["voices"], row["sites"]) for row in rows] == [("5年", 2, 2)]
    left = web.store.rows("SELECT host,measures FROM q22_measures_not_compared")
    assert [(row["host"], "7个工作日" in row["measures"]) for row in left] == [("z.test", True)]
